import { html, nothing, type TemplateResult } from 'lit';
import { isScanMethod } from '../../src/core/packages/importDraft';
import { importWizardText } from '../../src/core/text/importWizardText';
import { createText, type Locale } from '../../src/core/text/messages';
import { wizardText } from '../../src/core/text/wizardText';
import type { ImportDraftInput, ImportWizardStep } from '../../src/protocol/page/importWizard';
import { button } from '../components/button';

export interface WizardButtons {
  readonly locale: Locale;
  readonly step: ImportWizardStep;
  readonly draft: Pick<ImportDraftInput, 'method'>;
  /** Some import has not ended. */
  readonly isRunning: boolean;
  readonly isTrusted: boolean;
  /** The host does not answer. */
  readonly waiting: boolean;
  /** The last press is being acted on. */
  readonly isBusy: boolean;
  readonly cancel: () => void;
  readonly back: () => void;
  readonly next: () => void;
  readonly finish: () => void;
  readonly stop: () => void;
  readonly close: () => void;
}

/** The buttons in the footer of the import wizard. */
export function wizardButtons(options: WizardButtons): TemplateResult {
  const { locale, step, draft, isRunning, isTrusted, waiting, isBusy } = options;
  const common = createText(locale, wizardText);
  if (step === 'progress') {
    return html`${isRunning ? button(createText(locale, importWizardText)('stopImport'), options.stop, { icon: 'stop-circle', id: 'stop', disabled: waiting }) : nothing}
      ${button(common('close'), options.close, { kind: 'primary', id: 'close', disabled: waiting })}`;
  }
  const cannotAct = waiting || isBusy;
  const isNext = step === 'method' && isScanMethod(draft.method);
  return html`${button(common('cancel'), options.cancel, { id: 'cancel', disabled: cannotAct })}
    ${button(common('back'), options.back, { id: 'back', disabled: step === 'method' || cannotAct })}
    ${isNext
      ? button(common('next'), options.next, { kind: 'primary', id: 'next', disabled: cannotAct || !isTrusted, describedBy: 'footer-words' })
      : button(common('finish'), options.finish, { kind: 'primary', id: 'finish', disabled: cannotAct || !isTrusted, describedBy: 'footer-words' })}`;
}
