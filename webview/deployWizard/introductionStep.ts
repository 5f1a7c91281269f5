import { html, nothing, type TemplateResult } from 'lit';
import { deployWizardText } from '../../src/core/text/deployWizardText';
import { formatBytes, formatTime } from '../../src/core/text/measures';
import { createText } from '../../src/core/text/messages';
import { radioGroup } from '../components/choices';
import type { DeployModel } from './deployModel';
import type { StepView } from './stepView';

/** Step 1: what is deployed, what it needs, and where its values come from. */
export function introductionStep(model: DeployModel): StepView {
  const { locale, context: { package: item }, start } = model;
  const text = createText(locale, deployWizardText);
  const remembered = start?.remembered ?? null;
  const fact = (name: string, value: string | TemplateResult): TemplateResult => html`<div class="fact-row"><dt>${name}</dt><dd>${value}</dd></div>`;
  const supported = (item.supportedSystems ?? []).map(({ name, version }) => (version === undefined ? html`${name}` : html`<span>${name}</span> <span>${version}</span>`));
  return {
    heading: text('introductionHeading'),
    introduction: text('introductionText'),
    content: html`<dl class="fact-list">
        ${fact(text('factPackage'), html`<span class="fact-words"><span>${item.name}</span><span>${item.version}</span><span>${item.localeId}</span></span>`)}
        ${item.productDescription === '' ? nothing : fact(text('factDescription'), item.productDescription)}
        ${fact(text('factProfile'), profileText(model))}
        ${fact(text('factSystem'), start?.system ?? '')}
        ${supported.length === 0 ? nothing : fact(text('factSupported'), html`<ul>${supported.map((words) => html`<li>${words}</li>`)}</ul>`)}
        ${fact(text('factTemplates'), item.templates.length === 0 ? text('noTemplates') : html`<ul>${item.templates.map(({ path }) => html`<li class="mono">${path}</li>`)}</ul>`)}
        ${fact(text('factSize'), text('sizeText', { size: formatBytes(locale, item.unpackedSize), n: item.fileCount }))}
      </dl>
      ${remembered === null ? nothing : radioGroup({
        id: 'start-from', label: text('startFrom'), value: model.draft.filledFrom === undefined ? 'defaults' : 'remembered',
        choices: [
          { value: 'remembered', label: text('startRemembered', { date: formatTime(locale, remembered.from.at) }), help: text('startRememberedOn', { hosts: remembered.from.hostNames.join(', ') }) },
          { value: 'defaults', label: text('startDefaults'), help: text('startDefaultsText') },
        ],
        onChange: (value) => model.startFrom(value === 'remembered' ? remembered : null),
      })}`,
    footer: nothing,
  };
}

function profileText(model: DeployModel): string {
  const text = createText(model.locale, deployWizardText);
  const { profile } = model;
  if (profile === 'install') return text('installProfile');
  const versions = [...new Set(model.chosen.flatMap((host) => model.replacedOn(host)?.version ?? []))];
  return text(profile === 'upgrade' ? 'upgradeProfile' : 'rollBackProfile', { versions: versions.join(', ') });
}

/** The line that says where values came from, on the steps that hold them. */
export function filledInLine(model: DeployModel): TemplateResult | typeof nothing {
  const { filledFrom } = model.draft;
  if (filledFrom === undefined) return nothing;
  const text = createText(model.locale, deployWizardText);
  return html`<p class="filled-in quiet"><span class="codicon codicon-history" aria-hidden="true"></span>
    <span>${text('filledIn', { date: formatTime(model.locale, filledFrom.at), hosts: filledFrom.hostNames.join(', ') })}</span>
    <button type="button" class="link" id="clear-filled-in" @click=${() => model.startFrom(null)}>${text('clear')}</button></p>`;
}
