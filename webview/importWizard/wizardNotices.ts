import { html, nothing, type TemplateResult } from 'lit';
import { importWizardText } from '../../src/core/text/importWizardText';
import { formatTime } from '../../src/core/text/measures';
import { createText, type Locale } from '../../src/core/text/messages';
import { wizardText } from '../../src/core/text/wizardText';
import type { ImportWizardView } from '../../src/protocol/page/importWizard';
import { linkButton } from '../components/button';
import { icon } from '../components/icon';

export interface WizardNotices {
  readonly locale: Locale;
  readonly view: ImportWizardView;
  /** What the last press came to. */
  readonly notice: string;
  /** When the draft of earlier was last changed. */
  readonly draftOf: string | null;
  readonly manageTrust: () => void;
  readonly connect: () => void;
  readonly startAgain: () => void;
}

/** What stands in the way, or is to be known, before the step's own content. */
export function wizardNotices({ locale, view, notice, draftOf, manageTrust, connect, startAgain }: WizardNotices): TemplateResult {
  const text = createText(locale, importWizardText);
  const common = createText(locale, wizardText);
  return html`
    ${view.isTrusted ? nothing : html`<p class="import-notice">${icon('shield', 'warning')}<span>${text('restricted')}</span>${linkButton(text('manageTrust'), manageTrust)}</p>`}
    ${view.isOffline ? html`<p class="import-notice" role="status">${icon('debug-disconnect', 'warning')}<span>${text('offline')}</span>${linkButton(text('connectAgain'), connect)}</p>` : nothing}
    ${notice === '' ? nothing : html`<p class="import-notice" role="alert">${icon('error', 'error')}<span>${notice}</span></p>`}
    ${draftOf === null ? nothing : html`<p class="import-notice">${icon('history')}<span>${common('draftOf', { time: formatTime(locale, draftOf) })}</span>${linkButton(common('startAgain'), startAgain, { id: 'start-again' })}</p>`}`;
}
