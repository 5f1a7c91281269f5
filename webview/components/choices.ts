import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { ControlAttributes } from './field';

export interface RadioChoice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** One sentence below the choice. */
  readonly help?: string;
}

export interface RadioGroup<T extends string> {
  /** Unique in the page; names the group of the browser's radio buttons. */
  readonly id: string;
  readonly label: string;
  readonly value: T;
  readonly choices: readonly RadioChoice<T>[];
  readonly onChange: (value: T) => void;
}

/** One of a few, all shown. The browser's own buttons: arrow keys, one tab stop, and a screen reader's counting come with them. */
export function radioGroup<T extends string>({ id, label, value, choices, onChange }: RadioGroup<T>): TemplateResult {
  return html`<div class="radio-group" role="radiogroup" id=${id} aria-labelledby="${id}-label">
    <p class="radio-label" id="${id}-label">${label}</p>
    <div>
    ${choices.map((choice) => html`<div class="radio">
      <input type="radio" id="${id}-${choice.value}" name=${id} .checked=${live(choice.value === value)} aria-describedby=${choice.help === undefined ? nothing : `${id}-${choice.value}-help`}
        @change=${() => onChange(choice.value)}>
      <div><label for="${id}-${choice.value}">${choice.label}</label>${choice.help === undefined ? nothing : html`<p class="field-help" id="${id}-${choice.value}-help">${choice.help}</p>`}</div>
    </div>`)}
    </div></div>`;
}

export interface SelectOptions<T extends string> {
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly onLeave?: () => void;
  readonly disabled?: boolean;
}

/** One of several, in a list that opens. */
export function select<T extends string>(attributes: ControlAttributes, { value, choices, onChange, onLeave, disabled = false }: SelectOptions<T>): TemplateResult {
  return html`<select
    class="input select" id=${attributes.id} aria-describedby=${ifDefined(attributes.describedBy)} aria-invalid=${attributes.invalid ? 'true' : nothing}
    aria-required=${attributes.required ? 'true' : nothing} ?disabled=${disabled} .value=${live(value)}
    @change=${(event: Event) => onChange((event.currentTarget as HTMLSelectElement).value as T)} @blur=${() => onLeave?.()}>
    ${choices.map((choice) => html`<option value=${choice.value} ?selected=${choice.value === value}>${choice.label}</option>`)}
  </select>`;
}
