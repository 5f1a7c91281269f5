import { html, type TemplateResult } from 'lit';
import type { ImportField, ImportProblem } from '../../src/core/packages/importDraft';
import { fileNameOf } from '../../src/core/packages/importSource';
import type { ImportCounts } from '../../src/core/packages/importProgress';
import { importWizardText } from '../../src/core/text/importWizardText';
import { formatBytes, formatTime } from '../../src/core/text/measures';
import { createText, type Locale } from '../../src/core/text/messages';
import { wizardText } from '../../src/core/text/wizardText';
import type { ImportDraftInput, ImportWizardStep, ImportWizardView } from '../../src/protocol/page/importWizard';
import { firstWrong } from '../components/firstWrong';
import type { HeaderFact, WizardStep } from '../components/wizardFrame';

/** Which machine reads the files, and where the packages are kept. */
export function headerFacts(locale: Locale, { machine, isRemote, repository }: ImportWizardView): readonly HeaderFact[] {
  const text = createText(locale, importWizardText);
  if (machine === '') return [];
  return [
    { icon: isRemote ? 'remote' : 'device-desktop', words: text(isRemote ? 'filesReadThere' : 'filesReadHere', { machine }) },
    { icon: 'database', words: text('repository', { folder: repository }) },
  ];
}

/** The steps with what was chosen and how it went. */
export function wizardSteps(locale: Locale, { run }: ImportWizardView, counts: ImportCounts, step: ImportWizardStep, draft: ImportDraftInput): readonly WizardStep<ImportWizardStep>[] {
  const text = createText(locale, importWizardText);
  const files = step === 'progress' ? (run?.lanes.map((lane) => lane.record.source.path) ?? []) : draft.paths.filter((path) => path.trim() !== '');
  const chosen = files.length > 1 ? text('chosenArchives', { n: files.length }) : files.map(fileNameOf)[0];
  const ended = [...(counts.complete > 0 ? [text('chosenDone', { n: counts.complete })] : []), ...(counts.failed > 0 ? [text('chosenFailed', { n: counts.failed })] : [])];
  return [
    { id: 'method', name: text('stepMethod'), ...(chosen !== undefined && { chosen }), visited: true, done: step === 'progress' },
    { id: 'progress', name: text('stepProgress'), ...(ended.length > 0 && { chosen: ended.join(', ') }), visited: run !== null, done: run !== null && counts.running + counts.waiting === 0 },
  ];
}

/** Left in the footer of the first step: what Finish will do, what is to be corrected, or why Finish cannot be pressed. */
export function methodFooter(locale: Locale, view: ImportWizardView, draft: ImportDraftInput, problems: readonly ImportProblem[], goTo: (field: ImportField) => void): TemplateResult | string {
  const text = createText(locale, importWizardText);
  const common = createText(locale, wizardText);
  if (!view.isTrusted) return text('restrictedFinish');
  const [first] = problems;
  if (first !== undefined) return firstWrong({ locale, count: problems.length, name: fieldLabel(locale, draft, first.field), goTo: () => goTo(first.field) });
  const chosen = draft.paths.filter((path) => path.trim() !== '');
  if (chosen.length === 0 || draft.tenant.trim() === '') return text('footerChoose');
  const sizes = view.findings.flatMap((finding) => (finding.state === 'recognized' ? [finding.package.size] : []));
  const args = { n: chosen.length, tenant: draft.tenant.trim() };
  const words = sizes.length === chosen.length
    ? text('footerReadySize', { ...args, size: formatBytes(locale, sizes.reduce((sum, size) => sum + size, 0)) }) : text('footerReady', args);
  return html`<strong>${common('finish')}</strong> ${words}`;
}

/** The label of a field, as the footer and announcements name it. */
export function fieldLabel(locale: Locale, draft: ImportDraftInput, field: ImportField): string {
  const text = createText(locale, importWizardText);
  if (field === 'tenant' || field === 'group') return text(field);
  return draft.paths.length > 1 ? text('archiveNumber', { n: indexOf(field) + 1 }) : text('archive');
}

/** The number of a path's field, from 0. */
export function indexOf(field: `path-${number}`): number {
  return Number(field.slice('path-'.length));
}

/** The time of today, else with its day. */
export function formatStart(locale: Locale, iso: string): string {
  const start = new Date(iso);
  return start.toDateString() === new Date().toDateString() ? new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(start) : formatTime(locale, iso);
}
