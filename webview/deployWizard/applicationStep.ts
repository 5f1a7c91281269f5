import { html, nothing, type TemplateResult } from 'lit';
import { applicationExists, applicationParameters, knownConfigServers, type DeployHost } from '../../src/core/deployment/draft';
import { fieldNames } from '../../src/core/deployment/draftRules';
import type { ApplicationParameters } from '../../src/core/deployment/model';
import type { CompletionEntry } from '../../src/core/text/completion';
import { deployParametersText, type DeployParametersTextKey } from '../../src/core/text/deployParametersText';
import { createText, type Text } from '../../src/core/text/messages';
import { applicationTypes } from '../../src/core/configuration/applicationTypes';
import { button } from '../components/button';
import { radioGroup } from '../components/choices';
import { completionField } from '../components/completionField';
import { field, type ControlAttributes } from '../components/field';
import { textInput } from '../components/textInput';
import { applicationTable } from './applicationTable';
import type { DeployModel } from './deployModel';
import { filledInLine } from './introductionStep';
import { controlId, type StepView } from './stepView';

/** Hosts that are named in a sentence; more are counted. */
const mostNames = 5;

/** Step 3: the application object of each host, and what all of them say. */
export function applicationStep(model: DeployModel): StepView {
  const text = createText(model.locale, deployParametersText);
  const { draft, context } = model;
  const parameters = applicationParameters(draft, context);
  const edit = (changed: Partial<ApplicationParameters>): void => model.edit({ ...draft, application: { ...draft.application, ...changed } });
  const wrong = (name: string): { error?: string } => {
    const problem = model.shownProblem('application', name);
    return problem === undefined ? {} : { error: problem.message };
  };
  const named = (name: keyof ApplicationParameters, entries: readonly CompletionEntry[], required: boolean): TemplateResult =>
    field({ id: controlId(name), label: text(name === 'port' ? 'applicationPort' : name), required, ...wrong(name) }, (attributes) => html`<div class="with-button">
      ${completionField(attributes, { value: parameters[name], entries, onInput: (value) => edit({ [name]: value }), onLeave: () => model.touch(name), isOpenEnded: true })}
      ${browseButton(model, text, attributes, entries, (value) => edit({ [name]: value }))}
    </div>`);
  const servers = configServerEntries(model);
  return {
    heading: text('applicationHeading'),
    content: html`${filledInLine(model)}
      ${applicationTable(model)}
      <h3 class="section-title">${text('forAllHosts')}</h3>
      <div class="form form-rows">
        ${named('tenantObject', context.tenants.map(({ name }) => ({ value: name })), true)}
        ${field({ id: controlId(fieldNames.port), label: text('applicationPort'), help: text(model.profile === 'install' ? 'portHelp' : 'portKept'), ...wrong(fieldNames.port) }, (attributes) => html`<div class="short">
          ${textInput(attributes, { value: parameters.port, onInput: (value) => edit({ port: value.trim() }), onLeave: () => model.touch(fieldNames.port) })}
        </div>`)}
        ${named('primaryServer', servers, false)}
        ${named('backupServer', servers, false)}
        ${skipChoice(model, text)}
      </div>`,
    footer: nothing,
  };
}

function browseButton(model: DeployModel, text: Text<DeployParametersTextKey>, { id, labelledBy }: ControlAttributes, entries: readonly CompletionEntry[], take: (value: string) => void): TemplateResult {
  const browse = async (): Promise<void> => {
    const title = document.getElementById(labelledBy)?.textContent.trim() ?? '';
    await model.ask(async () => {
      const value = await model.connection.request('values/browse', { title, values: entries.map(({ value: known }) => known) });
      if (value !== null) take(value);
    });
    document.getElementById(id)?.focus();
  };
  return button(text('browse'), () => void browse(), { describedBy: labelledBy, disabled: entries.length === 0 });
}

/** Known Configuration Servers with the host and port of those that have an object here. */
function configServerEntries({ context }: DeployModel): readonly CompletionEntry[] {
  return knownConfigServers(context).map((value) => {
    const object = context.applications.find(({ name }) => name === value);
    const host = object === undefined ? undefined : context.hosts.get(object.hostId)?.name;
    const place = host === undefined ? '' : object?.port === '' ? host : `${host}:${object?.port ?? ''}`;
    const detail = [object === undefined ? '' : (applicationTypes[object.type] ?? ''), place].filter((part) => part !== '').join(', ');
    return { value, ...(detail !== '' && { detail }) };
  });
}

function skipChoice(model: DeployModel, text: Text<DeployParametersTextKey>): TemplateResult {
  const { draft, context, chosen } = model;
  const missing = chosen.filter((host) => !applicationExists(context, host.id, model.nameOn(host)));
  return radioGroup({
    id: 'skip-reinstallation', label: text('skipReinstallation'), value: draft.skipReinstallation ? 'true' : 'false',
    choices: [
      { value: 'true', label: text('skipTrue'), help: text('skipTrueText', { hosts: listNames(text, missing) }) },
      { value: 'false', label: text('skipFalse'), help: text('skipFalseText', { hosts: text('allOfThem', { n: chosen.length }) }) },
    ],
    onChange: (value) => model.edit({ ...draft, skipReinstallation: value === 'true' }),
  });
}

function listNames(text: Text<DeployParametersTextKey>, hosts: readonly DeployHost[]): string {
  if (hosts.length === 0) return text('noneOfThem');
  const names = hosts.slice(0, mostNames).map(({ name }) => name).join(', ');
  return hosts.length > mostNames ? text('andMore', { names, n: hosts.length - mostNames }) : names;
}
