import { fileNameOf } from '../../src/core/packages/importSource';
import { countImports } from '../../src/core/packages/importProgress';
import { describeIdentity } from '../../src/core/packages/identity';
import type { ArchiveFinding } from '../../src/core/packages/inspection';
import { importWizardText } from '../../src/core/text/importWizardText';
import { createText, type Locale } from '../../src/core/text/messages';
import type { ImportRunView } from '../../src/protocol/page/importWizard';
import { describeError } from '../../src/core/errors';
import type { Announcer } from '../components/announcer';

/** Says what files have been found to be since the view before. */
export function announceFindings(announcer: Announcer, locale: Locale, before: readonly ArchiveFinding[], now: readonly ArchiveFinding[]): void {
  const text = createText(locale, importWizardText);
  for (const finding of now) {
    if (before.some((earlier) => earlier.path === finding.path && earlier.state === finding.state)) continue;
    if (finding.state === 'recognized') announcer.say(text('holds', { file: fileNameOf(finding.path), package: describeIdentity(finding.package.identity, text('bit')) }));
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
