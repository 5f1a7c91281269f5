import { html, nothing, type TemplateResult } from 'lit';
import { draftInputs, enterValue, type DeployHost } from '../../src/core/deployment/draft';
import { fieldNames } from '../../src/core/deployment/draftRules';
import { gaxDirectoryKey } from '../../src/core/deployment/plugIn';
import { chosenGax, gaxDirectoryOn } from '../../src/core/deployment/plugInDraft';
import { describeError } from '../../src/core/errors';
import { deployParametersText } from '../../src/core/text/deployParametersText';
import { createText } from '../../src/core/text/messages';
import { plugInText } from '../../src/core/text/plugInText';
import { button } from '../components/button';
import { icon } from '../components/icon';
import { textInput } from '../components/textInput';
import type { DeployModel } from './deployModel';
import type { AskedValue } from './silentIniField';
import { controlId } from './stepView';

/** A chosen host with its GAX directory as it will be written. */
interface HostDirectory {
  readonly host: DeployHost;
  readonly directory: string;
}

function directoriesOf(model: DeployModel): readonly HostDirectory[] {
  const inputs = draftInputs(model.draft, model.context);
  return model.chosen.flatMap((host) => {
    const directory = gaxDirectoryOn(inputs, model.context, host);
    return directory === undefined ? [] : [{ host, directory }];
  });
}

/** The field of silent.ini that each host has its own value of; none where the installer finds GAX by itself. */
export function gaxDirectoryFields({ isPlugIn, context }: DeployModel): readonly string[] {
  const key = isPlugIn ? gaxDirectoryKey(context.package) : undefined;
  return key === undefined ? [] : [fieldNames.valueOf(key)];
}

/** The hosts that have said that their GAX directory is none. */
export function warnedHosts(model: DeployModel): readonly HostDirectory[] {
  return directoriesOf(model).filter(({ host, directory }) => {
    const known = model.gax.of(host.id, directory);
    return known?.asking === undefined && known?.isGax === false;
  });
}

/** The field of silent.ini that is wrong on the host whose file is shown, with a short word for it: the sentence stands beside the fields. */
export function warnedFields(model: DeployModel): ReadonlyMap<string, string> {
  const shown = model.shownHost ?? model.chosen[0]?.id;
  const warned = model.isPlugIn ? warnedHosts(model).find(({ host }) => host.id === shown) : undefined;
  return new Map(warned === undefined ? [] : gaxDirectoryFields(model).map((field) => [field, createText(model.locale, plugInText)('notGax')]));
}

/** Asks every host of a plug-in about its GAX directory, as far as it was not asked. */
export function askForGax(model: DeployModel): void {
  if (!model.isPlugIn) return;
  for (const { host, directory } of directoriesOf(model)) if (directory.startsWith('/')) void model.gax.ask(model.draft, host.id, directory);
}

/** What the step says of a plug-in. */
export function introducePlugIn(model: DeployModel): string {
  return createText(model.locale, plugInText)(gaxDirectoryKey(model.context.package) === undefined ? 'silentIniTextWindows' : 'silentIniText');
}

/** The installation path of a plug-in is called its own. */
export function labelPlugInPath(model: DeployModel, asked: AskedValue): AskedValue {
  return model.isPlugIn && asked.section === 'IPCommon' && asked.key === 'InstallPath' ? { ...asked, label: createText(model.locale, plugInText)('plugInPath') } : asked;
}

/** The footer of the step while directories are wrong: that is no reason to stay. */
export function warnsOfGax(model: DeployModel): TemplateResult | undefined {
  if (!model.isPlugIn) return undefined;
  const warned = warnedHosts(model);
  if (warned.length === 0) return undefined;
  const words = createText(model.locale, plugInText)('warningsOf', { n: warned.length, hosts: warned.map(({ host }) => host.name).join(', ') });
  return html`<span class="state">${icon('warning', 'warning')}<span>${words}</span></span>`;
}

/** The GAX directory of each host, with what the host says of it; nothing where the installer finds GAX by itself. */
export function gaxDirectories(model: DeployModel): TemplateResult | typeof nothing {
  const key = model.isPlugIn ? gaxDirectoryKey(model.context.package) : undefined;
  if (key === undefined) return nothing;
  const text = createText(model.locale, plugInText);
  const directories = directoriesOf(model);
  return html`<section class="ini-section gax-directories">
    <h3 id="gax-directories-title">${text('gaxDirectory')} <code class="quiet">[${key.section}] ${key.key}</code></h3>
    <table class="plain-table box" aria-labelledby="gax-directories-title">
      <thead><tr><th scope="col">${createText(model.locale, deployParametersText)('columnHost')}</th><th scope="col">${text('gaxDirectory')}</th><th scope="col">${text('columnCheck')}</th></tr></thead>
      <tbody>${directories.map((one) => directoryRow(model, one))}</tbody>
    </table>
    ${warnedHosts(model).map((one) => warning(model, one))}
  </section>`;
}

function directoryRow(model: DeployModel, { host, directory }: HostDirectory): TemplateResult {
  const text = createText(model.locale, plugInText);
  const key = gaxDirectoryKey(model.context.package);
  const field = fieldNames.gaxDirectoryOf(host.id);
  const id = controlId(field);
  const error = model.shownProblem('silentIni', field)?.message;
  const enter = (value: string): void => {
    if (key !== undefined) model.edit(enterValue(model.draft, key, value, host.id));
  };
  const leave = (): void => {
    model.touch(field);
    askForGax(model);
  };
  const isWarned = warnedHosts(model).some((one) => one.host.id === host.id);
  const describedBy = error !== undefined ? `${id}-error` : isWarned ? `${id}-warning` : undefined;
  return html`<tr data-field=${key === undefined ? nothing : fieldNames.valueOf(key)}>
    <th scope="row"><span class="state">${icon('vm')}<span>${host.name}</span></span></th>
    <td class="field ${error === undefined ? '' : 'is-wrong'}">
      <label class="visually-hidden" for=${id} id="${id}-label">${text('gaxDirectoryOf', { host: host.name })}</label>
      ${textInput({ id, labelledBy: `${id}-label`, describedBy, invalid: error !== undefined, required: true }, { value: directory, onInput: enter, onLeave: leave, mono: true })}
      ${error === undefined ? nothing : html`<p class="field-error" id="${id}-error">${icon('error', 'error')}<span>${error}</span></p>`}
    </td>
    <td>${checkOf(model, { host, directory })}</td>
  </tr>`;
}

function checkOf(model: DeployModel, { host, directory }: HostDirectory): TemplateResult {
  const text = createText(model.locale, plugInText);
  const known = model.gax.of(host.id, directory);
  const state = (name: string, color: string, words: string, title?: string): TemplateResult => html`<span class="state" title=${title ?? nothing}>${icon(name, color)}<span>${words}</span></span>`;
  if (known === undefined) return state('question', 'quiet', text('notAsked'));
  if (known.asking !== undefined) return state('sync codicon-modifier-spin', 'busy', text('asking'));
  if (known.isGax === undefined) return state('question', 'warning', text('notAsked'), known.error?.message);
  if (!known.isGax) return state('warning', 'warning', text('notGax'));
  return state('pass-filled', 'good', known.version === undefined ? text('foundAny') : text('found', { version: known.version }));
}

function warning(model: DeployModel, { host, directory }: HostDirectory): TemplateResult {
  const text = createText(model.locale, plugInText);
  const key = gaxDirectoryKey(model.context.package);
  const id = controlId(fieldNames.gaxDirectoryOf(host.id));
  const known = chosenGax(model.draft, model.context, host.id)?.workingDirectory ?? '';
  const use = (): void => {
    if (key === undefined) return;
    model.edit(enterValue(model.draft, key, known, host.id));
    askForGax(model);
    document.getElementById(id)?.focus();
  };
  const again = (): void => {
    void model.gax.ask(model.draft, host.id, directory, true);
    document.getElementById(id)?.focus();
  };
  return html`<div class="notice is-warning-notice" role="status" id="${id}-warning">
    ${icon('warning', 'warning')}<div>
      <p>${describeError(model.locale, { code: 'plugIn/not-gax-directory', args: { path: directory, host: host.name } })}</p>
      <p>${text('correctOrCopy')}</p>
      <div class="actions">${known === '' || known === directory ? nothing : button(text('useDirectory', { path: known }), use)}${button(text('checkAgain'), again)}</div>
    </div>
  </div>`;
}
