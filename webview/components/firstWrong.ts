import { html, type TemplateResult } from 'lit';
import { wizardText } from '../../src/core/text/wizardText';
import { createText, type Locale } from '../../src/core/text/messages';
import { linkButton } from './button';
import { icon } from './icon';

export interface FirstWrong {
  readonly locale: Locale;
  /** How many values are to be corrected. */
  readonly count: number;
  /** The label of the first. */
  readonly name: string;
  readonly goTo: () => void;
}

/** What a footer says while values are wrong: how many, and the name of the first, which leads there. */
export function firstWrong({ locale, count, name, goTo }: FirstWrong): TemplateResult {
  // The name stands where the sentence of the language has it.
  const place = '\u0000';
  const [before = '', after = ''] = createText(locale, wizardText)('valuesToCorrect', { n: count, first: place }).split(place);
  return html`<span class="footer-error">${icon('error', 'error')}<span>${before}${linkButton(name, goTo, { id: 'first-wrong' })}${after}</span></span>`;
}
