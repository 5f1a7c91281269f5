import { countImports } from '../../src/core/packages/importProgress';
import { describeIdentity } from '../../src/core/packages/identity';
import { fileNameOf, isSameSource } from '../../src/core/packages/importSource';
import type { SourceFinding } from '../../src/core/packages/inspection';
import { importWizardText } from '../../src/core/text/importWizardText';
import { importScanText } from '../../src/core/text/importScanText';
import { createText, type Locale } from '../../src/core/text/messages';
import type { ImportRunView, ScanView } from '../../src/protocol/page/importWizard';
import { describeError } from '../../src/core/errors';
import type { Announcer } from '../components/announcer';
import type { ArrangedScan } from './scanModel';

/** Says what files have been found to be since the view before. */
export function announceFindings(announcer: Announcer, locale: Locale, before: readonly SourceFinding[], now: readonly SourceFinding[]): void {
  const text = createText(locale, importWizardText);
  for (const finding of now) {
    if (before.some((earlier) => isSameSource(earlier.source, finding.source) && earlier.state === finding.state)) continue;
    if (finding.state === 'recognized') announcer.say(text('holds', { file: fileNameOf(finding.source.path), package: describeIdentity(finding.package.identity, text('bit')) }));
    if (finding.state === 'refused') announcer.sayNow(describeError(locale, finding.error));
  }
}

/** Says how far imports are at 25, 50 and 75 %, with each that ends, and when all have ended. */
export function announceProgress(announcer: Announcer, locale: Locale, before: ImportRunView | null, now: ImportRunView | null): void {
  if (before === null || now === null) return;
  const text = createText(locale, importWizardText);
  const [earlier, counts] = [countImports(before.lanes), countImports(now.lanes)];
  const args = { n: counts.complete, m: counts.all, k: counts.failed };
  const left = counts.running + counts.waiting;
  const ended = (of: typeof counts): number => of.complete + of.failed + of.stopped;
  if (left === 0 && earlier.running + earlier.waiting > 0) announcer.sayNow(text('announceEnd', args));
  else if (ended(counts) > ended(earlier) || Math.floor(counts.percent / 25) > Math.floor(earlier.percent / 25)) announcer.say(text('announceProgress', args));
}

/** Says how many packages a search has found, and what it came to. */
export function announceScan(announcer: Announcer, locale: Locale, before: ScanView | null, now: ScanView | null, { all, sum }: Pick<ArrangedScan, 'all' | 'sum'>): void {
  if (now === null) return;
  const text = createText(locale, importScanText);
  const isOver = now.state !== 'searching';
  if (isOver && before?.state === 'searching') announcer.sayNow(text('announceEnd', { m: all.length, k: sum.open }));
  else if (!isOver && all.length > 0) announcer.say(text('announceFound', { m: all.length }));
}
