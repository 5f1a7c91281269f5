import { html, nothing, type TemplateResult } from 'lit';
import { applicationTypes } from '../../src/core/configuration/applicationTypes';
import { applicationExists, type DeployHost } from '../../src/core/deployment/draft';
import { fieldNames } from '../../src/core/deployment/draftRules';
import type { Replaceable } from '../../src/core/deployment/replaceable';
import { deployParametersText, type DeployParametersTextKey } from '../../src/core/text/deployParametersText';
import { createText, type Text } from '../../src/core/text/messages';
import { select } from '../components/choices';
import { completionField } from '../components/completionField';
import type { ControlAttributes } from '../components/field';
import { icon } from '../components/icon';
import type { DeployModel } from './deployModel';
import { controlId } from './stepView';

/** The application object of each host: as it is called, and what becomes of it. */
export function applicationTable(model: DeployModel): TemplateResult {
  const text = createText(model.locale, deployParametersText);
  const replaces = model.profile !== 'install';
  return html`<h3 class="section-title" id="applications-title">${text('applicationTable')}</h3>
    <table class="plain-table box application-table" aria-labelledby="applications-title">
      <thead><tr>
        <th scope="col">${text('columnHost')}</th>${replaces ? html`<th scope="col">${text('existingObject')}</th>` : nothing}<th scope="col">${text('applicationObject')}</th><th scope="col">${text('whatHappens')}</th>
      </tr></thead>
      <tbody>${model.chosen.map((host) => applicationRow(model, text, host))}</tbody>
    </table>
    ${replaces ? html`<p class="state quiet permissions-move">${icon('info')}<span>${text('permissionsMove')}</span></p>` : nothing}`;
}

function applicationRow(model: DeployModel, text: Text<DeployParametersTextKey>, host: DeployHost): TemplateResult {
  const { draft, context } = model;
  const name = model.nameOn(host);
  const fieldName = fieldNames.applicationOf(host.id);
  const id = controlId(fieldName);
  const error = model.shownProblem('application', fieldName)?.message;
  const enter = (value: string): void => {
    const others = draft.hostApplications.filter(({ hostId }) => hostId !== host.id);
    model.edit({ ...draft, hostApplications: [...others, { hostId: host.id, name: value }] });
  };
  const entries = context.applications.filter(({ hostId }) => hostId === host.id).map(({ name: value, type }) => ({ value, ...(applicationTypes[type] !== undefined && { detail: applicationTypes[type] }) }));
  const attributes: ControlAttributes = { id, labelledBy: `${id}-label`, describedBy: error === undefined ? undefined : `${id}-error`, invalid: error !== undefined, required: true };
  return html`<tr>
    <th scope="row"><span class="state">${icon('vm')}<span>${host.name}</span></span></th>
    ${model.profile === 'install' ? nothing : html`<td data-column=${text('existingObject')}>${existingObject(model, text, host)}</td>`}
    <td class="field ${error === undefined ? '' : 'is-wrong'}" data-column=${text('applicationObject')}>
      <label class="visually-hidden" for=${id} id="${id}-label">${text('applicationObjectOf', { host: host.name })}</label>
      ${completionField(attributes, { value: name, entries, onInput: enter, onLeave: () => model.touch(fieldName), isOpenEnded: true })}
      ${error === undefined ? nothing : html`<p class="field-error" id="${id}-error">${icon('error', 'error')}<span>${error}</span></p>`}
    </td>
    <td>${whatHappens(model, text, host)}</td>
  </tr>`;
}

/** What is replaced cannot be changed; only where a host has several of the product one of them is chosen. */
function existingObject(model: DeployModel, text: Text<DeployParametersTextKey>, host: DeployHost): TemplateResult {
  const replaced = model.replacedOn(host);
  const choices = (host.replaceable ?? []).filter(({ barred }) => barred === undefined);
  if (replaced === undefined || choices.length < 2) return replaced === undefined ? html`–` : html`<span class="existing-object">${describe(replaced)}</span>`;
  const id = controlId(`existing-${host.id}`);
  return html`<label class="visually-hidden" for=${id} id="${id}-label">${text('existingObjectOf', { host: host.name })}</label>
    ${select({ id, labelledBy: `${id}-label`, describedBy: undefined, invalid: false, required: true }, {
      value: replaced.applicationId, choices: choices.map((one) => ({ value: one.applicationId, label: `${one.applicationName} ${one.version}` })), onChange: (value) => model.replace(host.id, value),
    })}`;
}

function describe({ applicationName, version }: Replaceable): TemplateResult {
  return html`<span>${applicationName}</span> <span class="quiet">${version}</span>`;
}

function whatHappens(model: DeployModel, text: Text<DeployParametersTextKey>, host: DeployHost): TemplateResult {
  const words = (glyph: string, color: string, key: DeployParametersTextKey): TemplateResult => html`<span class="state">${icon(glyph, color)}<span>${text(key)}</span></span>`;
  const name = model.nameOn(host);
  const replaced = model.replacedOn(host);
  if (replaced !== undefined && replaced.applicationName !== name) return words('diff-renamed', 'warning', 'existingRenamed');
  if (replaced === undefined && !applicationExists(model.context, host.id, name)) return words('diff-added', 'good', 'newCreated');
  return model.draft.skipReinstallation ? words('debug-step-over', 'quiet', 'existingSkipped') : words('diff-modified', 'warning', 'existingChanged');
}
