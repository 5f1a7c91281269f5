import { html, nothing, type TemplateResult } from 'lit';
import { findFinding, templateNames, type ImportField } from '../../src/core/packages/importCheck';
import { cleanPath, findTenant } from '../../src/core/packages/importDraft';
import { fileNameOf } from '../../src/core/packages/importSource';
import type { PackageInspection, SourceFinding } from '../../src/core/packages/inspection';
import { contentText, describeNote } from '../../src/core/text/contentText';
import { describeImportProblem, describePackageSystem, importWizardText } from '../../src/core/text/importWizardText';
import { formatBytes } from '../../src/core/text/measures';
import { createText, type Locale, type Text } from '../../src/core/text/messages';
import type { ChoosableKind } from '../../src/protocol/page/importWizard';
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

export interface FileField {
  readonly id: ImportField;
  readonly label: string;
  readonly value: string;
  readonly what: ChoosableKind;
  readonly onInput: (path: string) => void;
  /** Takes the field away, where there are several. */
  readonly onRemove?: () => void;
}

/** A field for the path of a file, with the system's dialog beside it. */
export function fileField(step: MethodStep, { id, label, value, what, onInput, onRemove }: FileField): TemplateResult {
  const text = createText(step.locale, importWizardText);
  const problem = step.problems.find((one) => one.field === id);
  const name = fileNameOf(cleanPath(value));
  return field({ id, label, required: true, ...(problem && { error: describeImportProblem(step.locale, problem) }) }, (control) => html`<div class="with-button">
    ${textInput(control, { value, onInput, onLeave: () => step.leave(id), mono: true })}
    ${button(text('chooseFile'), () => step.choose(what, id), { icon: 'folder-opened', id: `choose-${id}`, describedBy: `${id}-label` })}
    ${onRemove === undefined ? nothing : html`<button type="button" class="icon-button" aria-label=${name === '' ? text('removeEmpty') : text('removeFile', { file: name })} @click=${onRemove}>${icon('close')}</button>`}
  </div>`);
}

/** The field for one archive, and below it what the file is. */
export function archiveField(step: MethodStep, index: number): TemplateResult {
  const { locale, draft, view } = step;
  const text = createText(locale, importWizardText);
  const value = draft.paths[index] ?? '';
  const several = draft.paths.length > 1;
  const finding = findFinding(view.findings, { method: 'archive', path: cleanPath(value) });
  return html`<div class="archive">
    ${fileField(step, {
      id: `path-${index}`, label: several ? text('archiveNumber', { n: index + 1 }) : text('archive'), value, what: 'archives',
      onInput: (path) => step.change({ ...draft, paths: draft.paths.map((other, at) => (at === index ? path : other)) }),
      ...(several && { onRemove: () => step.removeFile(index) }),
    })}
    ${finding === undefined ? nothing : findingBox(step, finding)}
  </div>`;
}

/** What a file is, or how far it has been read. */
export function findingBox(step: MethodStep, finding: SourceFinding): TemplateResult {
  const { locale, draft, view } = step;
  const text = createText(locale, importWizardText);
  const { path } = finding.source;
  const name = fileNameOf(path);
  switch (finding.state) {
    case 'reading': {
      const { percent } = finding;
      const words = percent === undefined ? text('reading', { file: name }) : text('readingPercent', { file: name, percent });
      return html`<div class="finding box">
        <div class="finding-head"><span class="quiet">${words}</span>${linkButton(text('stopReading'), () => step.stopReading(path))}</div>
        ${progressBar(words, percent ?? 0, 'running')}
      </div>`;
    }
    case 'notRead':
      return html`<p class="finding quiet">${text('notRead')} ${linkButton(text('readAgain'), () => step.readAgain(path))}</p>`;
    case 'refused':
      return html`<p class="finding">${linkButton(text('readAgain'), () => step.readAgain(path), { icon: 'refresh' })}</p>`;
    case 'recognized': {
      const tenant = findTenant(draft.tenant, view.tenants);
      const isPresent = tenant !== undefined && finding.package.presentIn.includes(tenant.id);
      return recognized(finding, finding.package, isPresent ? (tenant.mayReplace ? 'alreadyThereReplace' : 'alreadyThere') : 'newHere', text, locale);
    }
  }
}

function recognized(finding: SourceFinding, found: PackageInspection, presence: 'newHere' | 'alreadyThere' | 'alreadyThereReplace', text: Words, locale: Locale): TemplateResult {
  const { identity } = found;
  const names = templateNames(finding);
  const named = names.slice(0, mostNames).join(', ');
  const list = names.length > mostNames ? text('moreNames', { names: named, n: names.length - mostNames }) : named;
  return html`<div class="finding box" role="group" aria-label=${text('recognizedAs', { file: fileNameOf(finding.source.path) })}>
    <div class="finding-head">
      <span class="package-name">${icon(packageIcons[found.kind])}<strong>${identity.name}</strong> <span>${identity.version}</span></span>
      <span class="state">${presence === 'newHere' ? icon('diff-added', 'good') : icon('warning', 'warning')}<span>${text(presence)}</span></span>
    </div>
    <p class="quiet parts">${found.kind === 'solution-definition'
      ? html`<span>${createText(locale, contentText)('solutionDefinition')}</span>`
      : html`<span>${identity.localeId}</span><span>${describePackageSystem(locale, identity)}</span><span>${text('templates', { n: names.length, names: list })}</span>`
    }<span>${formatBytes(locale, found.size)}</span></p>
    ${noteLines(found, locale)}
  </div>`;
}

/** What a person should know of a package that can be imported all the same. */
export function noteLines(found: PackageInspection, locale: Locale): readonly TemplateResult[] {
  return (found.notes ?? []).map((note) => html`<p class="note">${icon('warning', 'warning')}<span>${describeNote(locale, note)}</span></p>`);
}
