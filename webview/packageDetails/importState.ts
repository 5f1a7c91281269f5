import { html, nothing, type TemplateResult } from 'lit';
import { importSteps } from '../../src/core/packages/model';
import { detailsText } from '../../src/core/text/detailsText';
import { formatFullTime, formatTime } from '../../src/core/text/measures';
import { createText, type Locale } from '../../src/core/text/messages';
import { importStepName } from '../../src/core/text/stateText';
import { viewText } from '../../src/core/text/viewText';
import type { PackageDetailsView } from '../../src/protocol/page/packageDetails';
import { button } from '../components/button';
import { errorBox } from '../components/errorBox';
import { icon } from '../components/icon';
import { joined } from '../components/joined';
import { progressBar, type BarState } from '../components/progressBar';
import { stateLabel, type ShownState } from '../components/stateLabel';
import { valueRow } from '../components/valueRow';

export interface ImportActions {
  readonly retry: () => void;
  readonly replace: () => void;
  readonly stop: () => void;
  readonly copy: () => void;
}

const states: Readonly<Record<'running' | 'failed' | 'cancelled' | 'complete', readonly [state: ShownState, bar: BarState]>> = {
  running: ['running', 'running'], failed: ['failed', 'failed'], cancelled: ['stopped', 'queued'], complete: ['done', 'done'],
};

/** An import that runs, was stopped or has failed: where it stands, why, and what can be done. */
export function importState(
  { import: shown, lock }: Extract<PackageDetailsView, { kind: 'import' }>, locale: Locale, actions: ImportActions, lockWords: TemplateResult | typeof nothing, title: (words: string) => TemplateResult,
): TemplateResult {
  const text = createText(locale, detailsText);
  const words = createText(locale, viewText);
  const { identity, system, file, source, percent } = shown;
  const step = importStepName(locale, shown.step);
  const [state, bar] = states[shown.state];
  const status = shown.state === 'running' ? words('importing', { percent, step })
    : shown.state === 'failed' ? words('importFailed', { step }) : shown.state === 'cancelled' ? words('importStopped') : words('complete');
  const locked = lock !== undefined;
  const replace = button(text('replace'), actions.replace, { kind: 'primary', icon: 'replace', id: 'replace', disabled: locked });
  const again = button(text('tryAgain'), actions.retry, { kind: 'primary', icon: 'debug-restart', id: 'retry', disabled: locked });
  return html`<header class="details-header">${icon('package')}<div>
      ${title(identity?.name ?? file)}
      ${identity === undefined ? html`<p>${text('importTitle', { file })}</p>` : joined(identity.version, identity.localeId, system)}
    </div></header>
    ${shown.state === 'failed' && shown.error !== undefined
      ? errorBox({ message: `${status}. ${shown.error.message}`, advice: text('nothingKept'), code: shown.error.code },
          html`${shown.replaceable === true ? replace : again}${button(text('copyDetails'), actions.copy, { id: 'copy-details' })}${lockWords}`)
      : nothing}
    <dl class="values">
      ${valueRow(text('fieldStatus'), html`<span class="states">${stateLabel(state, status)}</span>`)}
      ${valueRow(text('fieldFile'), source)}
      ${valueRow(text('fieldUpdateTime'), formatTime(locale, shown.startedAt), formatFullTime(locale, shown.startedAt))}
    </dl>
    <div class="values">${progressBar(text('importTitle', { file }), shown.state === 'failed' ? Math.max(percent, failedPercent(shown.step)) : percent, bar)}</div>
    ${shown.state === 'running' ? html`<div class="related actions">${button(text('stopImport'), actions.stop, { icon: 'stop-circle', id: 'stop', disabled: locked })}${lockWords}</div>` : nothing}
    ${shown.state === 'cancelled' ? html`<p class="quiet values">${text('nothingKept')}</p><div class="related actions">${again}${lockWords}</div>` : nothing}`;
}

/** The bar stays where the import failed, and shows that something failed also at the very beginning. */
function failedPercent(step: (typeof importSteps)[number]): number {
  return Math.round(((importSteps.indexOf(step) + 1) * 100) / importSteps.length);
}
