import { html, nothing, type TemplateResult } from 'lit';
import { applicationTypes } from '../../src/core/configuration/applicationTypes';
import type { DeployHost, DeployStep } from '../../src/core/deployment/draft';
import { fieldNames } from '../../src/core/deployment/draftRules';
import { chosenGax, gaxOn } from '../../src/core/deployment/plugInDraft';
import { deployParametersText } from '../../src/core/text/deployParametersText';
import { createText } from '../../src/core/text/messages';
import { plugInText } from '../../src/core/text/plugInText';
import { select } from '../components/choices';
import { icon } from '../components/icon';
import type { DeployModel } from './deployModel';
import { warnedHosts } from './gaxDirectories';
import { filledInLine } from './introductionStep';
import { controlId, type StepView } from './stepView';

/** The hosts that a plug-in can go to; undefined for other packages, which go anywhere. */
export function hostsWithGax({ isPlugIn, context }: DeployModel): ReadonlySet<string> | undefined {
  if (!isPlugIn) return undefined;
  return new Set(context.applications.map(({ hostId }) => hostId).filter((hostId) => gaxOn(context, hostId).length > 0));
}

/** Step 3 of a plug-in: the GAX application object of each host. */
export function gaxStep(model: DeployModel): StepView {
  const text = createText(model.locale, plugInText);
  const words = createText(model.locale, deployParametersText);
  return {
    heading: words('applicationHeading'),
    introduction: text('applicationText'),
    content: html`${filledInLine(model)}
      <h3 class="section-title" id="applications-title">${text('gaxObjects')}</h3>
      <table class="plain-table box application-table" aria-labelledby="applications-title">
        <thead><tr><th scope="col">${words('columnHost')}</th><th scope="col">${text('gaxObjects')}</th><th scope="col">${words('whatHappens')}</th></tr></thead>
        <tbody>${model.chosen.map((host) => gaxRow(model, host))}</tbody>
      </table>`,
    footer: nothing,
  };
}

function gaxRow(model: DeployModel, host: DeployHost): TemplateResult {
  const text = createText(model.locale, plugInText);
  const { draft, context } = model;
  // An upgrade stays in the GAX that the plug-in is in.
  const found = model.profile === 'install' ? gaxOn(context, host.id) : gaxOn(context, host.id).filter((one) => one === chosenGax(draft, context, host.id));
  const chosen = chosenGax(draft, context, host.id);
  const fieldName = fieldNames.applicationOf(host.id);
  const id = controlId(fieldName);
  const error = model.shownProblem('application', fieldName)?.message;
  const choose = (name: string): void => {
    const others = draft.hostApplications.filter(({ hostId }) => hostId !== host.id);
    model.edit({ ...draft, hostApplications: name === '' ? others : [...others, { hostId: host.id, name }] });
  };
  const choices = [...(chosen === undefined ? [{ value: '', label: text('chooseGax') }] : []), ...found.map(({ name }) => ({ value: name, label: name }))];
  return html`<tr>
    <th scope="row"><span class="state">${icon('vm')}<span>${host.name}</span></span></th>
    <td class="field ${error === undefined ? '' : 'is-wrong'}">
      ${found.length === 1
        ? html`<span id=${id}>${found[0]?.name ?? ''}</span> <span class="quiet">${applicationTypes[found[0]?.type ?? 0] ?? ''}</span>`
        : html`<label class="visually-hidden" for=${id} id="${id}-label">${text('gaxObjectOf', { host: host.name })}</label>
          ${select({ id, labelledBy: `${id}-label`, describedBy: error === undefined ? undefined : `${id}-error`, invalid: error !== undefined, required: true }, {
            value: chosen?.name ?? '', choices, onChange: choose, onLeave: () => model.touch(fieldName),
          })}`}
      ${error === undefined ? nothing : html`<p class="field-error" id="${id}-error">${icon('error', 'error')}<span>${error}</span></p>`}
    </td>
    <td>${found.length === 1
      ? html`<span class="state">${icon('pass-filled', 'good')}<span>${text('foundByItself')}</span></span>`
      : html`<span class="state">${icon(chosen === undefined ? 'question' : 'pass-filled', chosen === undefined ? 'warning' : 'good')}<span>${text('severalFound', { n: found.length })}</span></span>`}</td>
  </tr>`;
}

/** What was chosen in a step, in the words of plug-ins; undefined where they have no words of their own. */
export function describePlugIn(model: DeployModel, step: DeployStep): string | undefined {
  const text = createText(model.locale, plugInText);
  switch (step) {
    case 'hosts':
      return text('hostsWithGax', { n: model.chosen.length });
    case 'application':
      return text('gaxFound', { n: model.chosen.filter(({ id }) => chosenGax(model.draft, model.context, id) !== undefined).length });
    case 'silentIni': {
      const n = warnedHosts(model).length;
      return n === 0 ? undefined : text('warnings', { n });
    }
    default:
      return undefined;
  }
}
