import { html, nothing, type TemplateResult } from 'lit';
import { cleanPath, findTenant, type ImportField } from '../../src/core/packages/importDraft';
import { fileNameOf } from '../../src/core/packages/importSource';
import type { ArchiveFinding, PackageInspection } from '../../src/core/packages/inspection';
import { contentText, describeNote } from '../../src/core/text/contentText';
import { describeImportProblem, describePackageSystem, importWizardText } from '../../src/core/text/importWizardText';
import { formatBytes } from '../../src/core/text/measures';
import { createText, type Locale, type Text } from '../../src/core/text/messages';
import { button, linkButton } from '../components/button';
import { field } from '../components/field';
import { icon } from '../components/icon';
import { packageIcons } from '../components/packageIcons';
import { progressBar } from '../components/progressBar';
import { textInput } from '../components/textInput';
import type { MethodStep } from './methodStep';

type Words = Text<keyof typeof importWizardText.en>;

/** Names of templates that a line names. */
const mostNames = 4;

/** The field for one archive, and below it what the file is. */
export function archiveField(step: MethodStep, index: number): TemplateResult {
  const { locale, draft, problems, view } = step;
  const text = createText(locale, importWizardText);
  const id: ImportField = `path-${index}`;
  const entered = draft.paths[index] ?? '';
  const several = draft.paths.length > 1;
  const label = several ? text('archiveNumber', { n: index + 1 }) : text('archive');
  const problem = problems.find((one) => one.field === id);
  const finding = view.findings.find(({ path }) => path === cleanPath(entered));
  const name = fileNameOf(cleanPath(entered));
  const setPath = (path: string): void => step.change({ ...draft, paths: draft.paths.map((other, at) => (at === index ? path : other)) });
  return html`<div class="archive">
    ${field({ id, label, required: true, ...(problem && { error: describeImportProblem(locale, problem) }) }, (control) => html`<div class="with-button">
      ${textInput(control, { value: entered, onInput: setPath, onLeave: () => step.leave(id), mono: true })}
      ${button(text('chooseFile'), () => step.chooseFiles(index), { icon: 'folder-opened', id: `choose-${index}`, describedBy: `${id}-label` })}
      ${several ? html`<button type="button" class="icon-button" aria-label=${name === '' ? text('removeEmpty') : text('removeFile', { file: name })} @click=${() => step.removeFile(index)}>${icon('close')}</button>` : nothing}
    </div>`)}
    ${finding === undefined ? nothing : findingBox(step, index, finding, name, text)}
  </div>`;
}

function findingBox(step: MethodStep, index: number, finding: ArchiveFinding, name: string, text: Words): TemplateResult {
  const { locale, draft, view } = step;
  switch (finding.state) {
    case 'reading': {
      const { percent } = finding;
      const words = percent === undefined ? text('reading', { file: name }) : text('readingPercent', { file: name, percent });
      return html`<div class="finding box">
        <div class="finding-head"><span class="quiet">${words}</span>${linkButton(text('stopReading'), () => step.stopReading(index))}</div>
        ${progressBar(words, percent ?? 0, 'running')}
      </div>`;
    }
    case 'notRead':
      return html`<p class="finding quiet">${text('notRead')} ${linkButton(text('readAgain'), () => step.readAgain(index))}</p>`;
    case 'refused':
      return html`<p class="finding">${linkButton(text('readAgain'), () => step.readAgain(index), { icon: 'refresh' })}</p>`;
    case 'recognized': {
      const tenant = findTenant(draft.tenant, view.tenants);
      const present = tenant !== undefined && finding.package.presentIn.includes(tenant.id);
      return recognized(finding.package, name, present, text, locale);
    }
  }
}

function recognized(found: PackageInspection, file: string, present: boolean, text: Words, locale: Locale): TemplateResult {
  const { identity, templates } = found;
  const names = [...new Set(templates.map((template) => template.name))];
  const named = names.slice(0, mostNames).join(', ');
  const list = names.length > mostNames ? text('moreNames', { names: named, n: names.length - mostNames }) : named;
  return html`<div class="finding box" role="group" aria-label=${text('recognizedAs', { file })}>
    <div class="finding-head">
      <span class="package-name">${icon(packageIcons[found.kind])}<strong>${identity.name}</strong> <span>${identity.version}</span></span>
      <span class="state">${present ? html`${icon('warning', 'warning')}<span>${text('alreadyThere')}</span>` : html`${icon('diff-added', 'good')}<span>${text('newHere')}</span>`}</span>
    </div>
    <p class="quiet parts">${found.kind === 'solution-definition'
      ? html`<span>${createText(locale, contentText)('solutionDefinition')}</span>`
      : html`<span>${identity.localeId}</span><span>${describePackageSystem(locale, identity)}</span><span>${text('templates', { n: names.length, names: list })}</span>`
    }<span>${formatBytes(locale, found.size)}</span></p>
    ${(found.notes ?? []).map((note) => html`<p class="note">${icon('warning', 'warning')}<span>${describeNote(locale, note)}</span></p>`)}
  </div>`;
}
