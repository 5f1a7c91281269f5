import { html, nothing, type TemplateResult } from 'lit';
import { isPhrase, phraseToConfirm } from '../../src/core/hosts/protection';
import { deploySummaryText } from '../../src/core/text/deploySummaryText';
import { createText } from '../../src/core/text/messages';
import { icon } from '../components/icon';
import { textInput } from '../components/textInput';
import type { DeployModel } from './deployModel';

/** Where what confirms a deployment to protected hosts is typed; nothing where none is chosen. */
export function confirmField(model: DeployModel): TemplateResult | typeof nothing {
  const words = model.wordsToConfirm;
  if (words.length === 0) return nothing;
  const text = createText(model.locale, deploySummaryText);
  const [before, after] = text('typeToConfirm', { phrase: '\u0000' }).split('\u0000');
  const attributes = { id: 'confirm-typed', labelledBy: 'confirm-label', describedBy: 'confirm-why', invalid: false, required: true };
  return html`<div class="confirm-typed">
    <label for="confirm-typed" id="confirm-label">${icon('shield', 'warning')}<span>${before}<strong>${phraseToConfirm(words)}</strong>${after}</span></label>
    ${textInput(attributes, { value: model.typed, mono: true, disabled: model.isStarting, onInput: (value) => model.type(value) })}
    <p class="field-help" id="confirm-why">${text('protectedHosts', { hosts: model.protectedHosts.map(({ name }) => name).join(', ') })}</p>
  </div>`;
}

/** Whether nothing has to be typed, or it has been. */
export function isConfirmedByTyping({ wordsToConfirm, typed }: Pick<DeployModel, 'wordsToConfirm' | 'typed'>): boolean {
  return wordsToConfirm.length === 0 || isPhrase(typed, wordsToConfirm);
}
