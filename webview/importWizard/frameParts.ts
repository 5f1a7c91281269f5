import { html, type TemplateResult } from 'lit';
import type { ImportField, ImportProblem } from '../../src/core/packages/importCheck';
import { findTenant, isScanMethod } from '../../src/core/packages/importDraft';
import { fileNameOf } from '../../src/core/packages/importSource';
import type { ImportCounts } from '../../src/core/packages/importProgress';
import { importScanText } from '../../src/core/text/importScanText';
import { importWizardText } from '../../src/core/text/importWizardText';
import { formatBytes, formatTime } from '../../src/core/text/measures';
import { createText, type Locale } from '../../src/core/text/messages';
import { wizardText } from '../../src/core/text/wizardText';
import type { ImportDraftInput, ImportWizardStep, ImportWizardView } from '../../src/protocol/page/importWizard';
import { firstWrong } from '../components/firstWrong';
import type { HeaderFact, WizardStep } from '../components/wizardFrame';
import type { ArrangedScan } from './scanModel';

/** Which machine reads the files, and where the packages are kept. */
export function headerFacts(locale: Locale, { machine, isRemote, repository }: ImportWizardView): readonly HeaderFact[] {
  const text = createText(locale, importWizardText);
  if (machine === '') return [];
  return [
    { icon: isRemote ? 'remote' : 'device-desktop', words: text(isRemote ? 'filesReadThere' : 'filesReadHere', { machine }) },
    { icon: 'database', words: text('repository', { folder: repository }) },
  ];
}

export interface WizardState {
  readonly locale: Locale;
  readonly view: ImportWizardView;
  readonly step: ImportWizardStep;
  readonly draft: ImportDraftInput;
  readonly counts: ImportCounts;
  readonly found: ArrangedScan;
}

/** The steps with what was chosen and how it went. Packages are chosen only where a place is searched. */
export function wizardSteps(state: WizardState): readonly WizardStep<ImportWizardStep>[] {
  const { locale, view: { run, scan }, step, draft, counts, found } = state;
  const text = createText(locale, importWizardText);
  const inProgress = step === 'progress';
  const places = inProgress ? (run?.places ?? []) : isScanMethod(draft.method) ? draft.places.filter((place) => place.trim() !== '') : [];
  const hasPackages = inProgress ? places.length > 0 : isScanMethod(draft.method);
  const files = hasPackages ? [] : inProgress ? (run?.lanes.map((lane) => lane.record.source.path) ?? []) : entered(draft);
  const [place] = places;
  const chosen = hasPackages
    ? (places.length > 1 ? text('chosenPlaces', { n: places.length }) : place)
    : (files.length > 1 ? text('chosenArchives', { n: files.length }) : files.map(fileNameOf)[0]);
  const ended = [...(counts.complete > 0 ? [text('chosenDone', { n: counts.complete })] : []), ...(counts.failed > 0 ? [text('chosenFailed', { n: counts.failed })] : [])];
  const picked = createText(locale, importScanText);
  const packages: WizardStep<ImportWizardStep> = inProgress
    ? { id: 'packages', name: text('stepPackages'), chosen: text('chosenPackages', { n: counts.all }), visited: false, done: true }
    : { id: 'packages', name: text('stepPackages'), ...(scan !== null && { chosen: picked('chosen', { m: found.sum.count, n: found.sum.open }) }), visited: scan !== null, done: false };
  return [
    { id: 'method', name: text('stepMethod'), ...(chosen !== undefined && { chosen }), visited: true, done: step !== 'method' },
    ...(hasPackages ? [packages] : []),
    { id: 'progress', name: text('stepProgress'), ...(ended.length > 0 && { chosen: ended.join(', ') }), visited: run !== null, done: run !== null && counts.running + counts.waiting === 0 },
  ];
}

/** The paths of files that were entered for the chosen method. */
function entered({ method, paths, parts }: ImportDraftInput): readonly string[] {
  return (method === 'parts' ? [parts.path] : paths).filter((path) => path.trim() !== '');
}

/** Left in the footer before the progress: what the button will do, what is to be corrected, or why it cannot be pressed. */
export function stepFooter(state: WizardState, problems: readonly ImportProblem[], goTo: (field: ImportField) => void): TemplateResult | string {
  const { locale, view, draft, step } = state;
  const text = createText(locale, importWizardText);
  if (!view.isTrusted) return text('restrictedFinish');
  const [first] = problems;
  if (first !== undefined) return firstWrong({ locale, count: problems.length, name: fieldLabel(locale, draft, first.field), goTo: () => goTo(first.field) });
  return step === 'packages' ? packagesFooter(state) : isScanMethod(draft.method) ? placesFooter(state) : filesFooter(state);
}

function placesFooter({ locale, draft }: WizardState): TemplateResult | string {
  const text = createText(locale, importWizardText);
  const places = draft.places.filter((place) => place.trim() !== '');
  const [place] = places;
  if (place === undefined) return text('footerChoose');
  return html`<strong>${createText(locale, wizardText)('next')}</strong> ${places.length > 1 ? text('footerNextSeveral', { n: places.length }) : text('footerNext', { place })}`;
}

function filesFooter({ locale, draft, view }: WizardState): TemplateResult | string {
  const text = createText(locale, importWizardText);
  const n = draft.method === 'parts' ? entered(draft).length : draft.paths.filter((path) => path.trim() !== '').length;
  if (n === 0 || draft.tenant.trim() === '') return text('footerChoose');
  const tenant = findTenant(draft.tenant, view.tenants);
  const found = view.findings.flatMap((finding) => (finding.state === 'recognized' && finding.source.method === 'archive' ? [finding.package] : []));
  const m = tenant === undefined ? 0 : found.filter(({ presentIn }) => presentIn.includes(tenant.id)).length;
  const args = { n, m, tenant: draft.tenant.trim() };
  const words = found.length === n ? text('footerReadySize', { ...args, size: formatBytes(locale, found.reduce((sum, { size }) => sum + size, 0)) }) : text('footerReady', args);
  return html`<strong>${createText(locale, wizardText)('finish')}</strong> ${words}`;
}

function packagesFooter({ locale, found }: WizardState): TemplateResult | string {
  const text = createText(locale, importScanText);
  const { count, size, replaced } = found.sum;
  if (count === 0) return text('footerNone');
  return html`<strong>${createText(locale, wizardText)('finish')}</strong> ${text('footer', { n: count, m: replaced, size: formatBytes(locale, size) })}`;
}

/** The label of a field, as the footer and announcements name it. */
export function fieldLabel(locale: Locale, draft: ImportDraftInput, field: ImportField): string {
  const text = createText(locale, importWizardText);
  switch (field) {
    case 'tenant':
    case 'group':
      return text(field);
    case 'packages':
      return text('stepPackages');
    case 'part-path':
      return text('partPackage');
    case 'part-xml':
      return text('partXml');
    case 'part-apd':
      return text('partApd');
    default: {
      const n = Number(field.slice(field.indexOf('-') + 1)) + 1;
      if (field.startsWith('place-')) return draft.places.length > 1 ? text('placeNumber', { n }) : text('place');
      return draft.paths.length > 1 ? text('archiveNumber', { n }) : text('archive');
    }
  }
}

/** The time of today, else with its day. */
export function formatStart(locale: Locale, iso: string): string {
  const start = new Date(iso);
  return start.toDateString() === new Date().toDateString() ? new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(start) : formatTime(locale, iso);
}
