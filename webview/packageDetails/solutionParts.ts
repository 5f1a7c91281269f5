import { html, nothing, type TemplateResult } from 'lit';
import type { SpdDialog, SpdInput, SpdProfile } from '../../src/core/formats/spd/read';
import { contentText } from '../../src/core/text/contentText';
import { createText, type Locale, type Text } from '../../src/core/text/messages';
import type { ShownSolution } from '../../src/protocol/page/packageDetails';
import { linkButton } from '../components/button';
import { icon } from '../components/icon';
import type { SectionOptions } from '../components/section';
import { valueRow } from '../components/valueRow';

type Words = Text<keyof typeof contentText.en>;
type Section = Pick<SectionOptions, 'id' | 'title' | 'summary' | 'content'>;

/** Lines of one command that are named. */
const mostLines = 20;

/** Fields of a solution definition, beside those of every package; inside of a list of values. */
export function solutionRows({ path, deploymentKey, schemaVersion }: ShownSolution, locale: Locale, open: (path: string) => void): TemplateResult {
  const text = createText(locale, contentText);
  return html`${valueRow(text('fieldDefinition'), linkButton(path, () => open(path), { icon: 'file-code', id: 'open-definition' }))}
    ${valueRow(text('fieldDeploymentKey'), html`<span class="mono">${deploymentKey}</span>`)}
    ${valueRow(text('fieldSchemaVersion'), schemaVersion)}`;
}

/** What a solution definition asks, installs and cannot do yet. */
export function solutionSections({ summary, profiles, packages, unsupported }: ShownSolution, locale: Locale): readonly Section[] {
  const text = createText(locale, contentText);
  return [
    ...(summary === '' ? [] : [{ id: 'summary', title: text('sectionSummary'), content: () => html`<p class="written">${summary}</p>` }]),
    { id: 'profiles', title: text('sectionProfiles'), summary: String(profiles.length), content: () => html`${profiles.map((profile) => profilePart(profile, text))}` },
    { id: 'packages', title: text('sectionPackages'), summary: String(packages.length), content: () => packageRows(packages, text) },
    { id: 'unsupported', title: text('sectionUnsupported'), summary: String(unsupported.length), content: () => unsupportedRows(unsupported, text) },
  ];
}

function profilePart({ name, description, summary, dialogs }: SpdProfile, text: Words): TemplateResult {
  return html`<section class="profile" aria-label=${name}>
    <h3>${name}</h3>
    ${description === '' ? nothing : html`<p class="written">${description}</p>`}
    ${summary === '' ? nothing : html`<p class="written quiet">${summary}</p>`}
    ${dialogs.length === 0 ? html`<p class="quiet">${text('noDialogs')}</p>` : dialogs.map((dialog, i) => dialogPart(dialog, i, text))}
  </section>`;
}

function dialogPart({ title, description, inputs }: SpdDialog, index: number, text: Words): TemplateResult {
  return html`<h4>${title === '' ? text('pageNumber', { n: index + 1 }) : title}</h4>
    ${description === '' ? nothing : html`<p class="quiet written">${description}</p>`}
    <ul class="rows">${inputs.map((input) => inputRow(input, text))}</ul>`;
}

function inputRow({ name, title, type, defaultValue, required, description }: SpdInput, text: Words): TemplateResult {
  return html`<li><span class="grow" title=${description === '' ? nothing : description}>${title === '' ? nothing : html`<span>${title}</span>`}<span class="mono quiet">${name}</span></span>
    <span class="quiet parts"><span>${type}</span>${required ? html`<span>${text('required')}</span>` : nothing}${
      defaultValue === '' ? nothing : html`<span>${text('defaultValue', { value: defaultValue })}</span>`}</span></li>`;
}

const presences = {
  present: ['pass', 'good', 'inRepository'], missing: ['warning', 'warning', 'notInRepository'], computed: ['question', 'quiet', 'knownAtRun'],
} as const;

function packageRows(packages: ShownSolution['packages'], text: Words): TemplateResult {
  if (packages.length === 0) return html`<p class="quiet">${text('noPackages')}</p>`;
  return html`<ul class="rows">${packages.map(({ longName, version, line, presence }) => {
    const [sign, look, words] = presences[presence];
    return html`<li><span class="grow">${icon('package', 'quiet')}<span>${longName}</span> <span class="quiet">${version}</span> <span class="quiet">${text('onLines', { n: 1, lines: String(line) })}</span></span>
      <span class="state">${icon(sign, look)}<span>${text(words)}</span></span></li>`;
  })}</ul>`;
}

function unsupportedRows(unsupported: ShownSolution['unsupported'], text: Words): TemplateResult {
  if (unsupported.length === 0) return html`<p class="quiet">${text('nothingUnsupported')}</p>`;
  return html`<ul class="rows">${unsupported.map(({ name, lines }) => html`<li><span class="grow">${icon('warning', 'warning')}<span class="mono">${name}</span></span>
    <span class="quiet">${text('onLines', { n: lines.length, lines: lines.slice(0, mostLines).join(', ') + (lines.length > mostLines ? ', …' : '') })}</span></li>`)}</ul>`;
}
