import type { DeployPackage } from '../../src/core/deployment/draft';
import { neededBits } from '../../src/core/deployment/draftRules';
import { hostFit, neededReleases } from '../../src/core/deployment/hostFit';
import { mayReplaceOn } from '../../src/core/deployment/replaceable';
import { describeOperatingSystem } from '../../src/core/packages/identity';
import type { DeployWizardTextKey } from '../../src/core/text/deployWizardText';
import { formatTime } from '../../src/core/text/measures';
import { createText, type Locale, type Text } from '../../src/core/text/messages';
import { plugInText } from '../../src/core/text/plugInText';
import type { HostRow } from '../../src/protocol/page/deployWizard';

/** What the column *Check* says of a host, and what a click on it does. */
export interface HostCheck {
  readonly icon: string;
  readonly color: string;
  readonly words: string;
  readonly action?: 'test' | 'open';
  readonly mayBeChosen: boolean;
}

/** The states of ux.md 9, most telling first: what keeps a host out, then what it does, then how it was last met. @param hasGax false for a plug-in on a host without GAX */
export function checkHost(row: HostRow, item: DeployPackage, text: Text<DeployWizardTextKey>, locale: Locale, hasGax = true): HostCheck {
  const fit = hostFit(item, row.system);
  if (fit === 'wrong-system') {
    return { icon: 'circle-slash', color: 'quiet', words: text('needsSystem', { system: describeOperatingSystem({ osGroup: item.osGroup, computerTypes: [] }, '') }), mayBeChosen: false };
  }
  if (fit === 'wrong-width') return { icon: 'circle-slash', color: 'quiet', words: text('needsWidth', { bits: neededBits(item) }), mayBeChosen: false };
  if (fit === 'wrong-release' && row.system !== undefined) {
    const systems = new Set(neededReleases(item, row.system).map(({ name, version = '' }) => `${name} ${version}`.trim()));
    return { icon: 'circle-slash', color: 'quiet', words: text('needsRelease', { systems: [...systems].join(', ') }), mayBeChosen: false };
  }
  const barred = barredWords(row, item, text);
  if (barred !== undefined) return { icon: 'circle-slash', color: 'quiet', words: barred, mayBeChosen: false };
  if (!hasGax) return { icon: 'circle-slash', color: 'quiet', words: createText(locale, plugInText)('noGaxOnHost'), mayBeChosen: false };
  if (row.testing === true) return { icon: 'sync codicon-modifier-spin', color: 'busy', words: text('testing'), mayBeChosen: true };
  if (row.contact?.state === 'key-changed') return { icon: 'shield', color: 'error', words: text('keyChanged'), action: 'open', mayBeChosen: true };
  if (row.busy !== undefined) return { icon: 'sync', color: 'busy', words: text('busy', { deployment: row.busy }), mayBeChosen: true };
  switch (row.contact?.state) {
    case 'unreachable':
      return { icon: 'warning', color: 'warning', words: text('unreachableSince', { time: formatSince(locale, row.contact.at) }), action: 'test', mayBeChosen: true };
    case 'login-refused':
      return { icon: 'key', color: 'warning', words: text('loginRefused'), action: 'test', mayBeChosen: true };
    case 'key-unknown':
      return { icon: 'shield', color: 'warning', words: text('keyUnknown'), action: 'test', mayBeChosen: true };
    default:
      return fit === 'unknown'
        ? { icon: 'question', color: 'warning', words: text('testConnection'), action: 'test', mayBeChosen: true }
        : { icon: 'pass-filled', color: 'good', words: text('fits'), mayBeChosen: true };
  }
}

/** Why an upgrade or a roll back has nothing to replace on a host; undefined when it has. */
function barredWords({ replaceable }: HostRow, item: DeployPackage, text: Text<DeployWizardTextKey>): string | undefined {
  if (mayReplaceOn(replaceable)) return undefined;
  const [first] = replaceable ?? [];
  if (first === undefined) return text('notDeployedHere');
  return text(first.barred === 'notBefore' ? 'notBeforeHere' : 'notHigherHere', { installed: first.version, version: item.version });
}

/** A time of today without its date. */
function formatSince(locale: Locale, iso: string): string {
  const time = new Date(iso);
  return time.toDateString() === new Date().toDateString() ? new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(time) : formatTime(locale, iso);
}
