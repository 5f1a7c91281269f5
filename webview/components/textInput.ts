import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { ControlAttributes } from './field';

export interface TextInputOptions {
  readonly value: string;
  /** Every change. */
  readonly onInput: (value: string) => void;
  /** The field is left: time to check it. */
  readonly onLeave?: () => void;
  readonly disabled?: boolean;
  /** Where a label would only repeat what the place says, e.g. of a filter; the label is there for screen readers. */
  readonly placeholder?: string;
  /** Paths and keys are shown in the fixed-width font. */
  readonly mono?: boolean;
}

/** One line of text. The browser's own field: labels, descriptions and errors reach it, and Enter submits nothing. */
export function textInput(attributes: ControlAttributes, { value, onInput, onLeave, disabled = false, placeholder, mono = false }: TextInputOptions): TemplateResult {
  return html`<input
    type="text" class="input ${mono ? 'mono' : ''}" id=${attributes.id} autocomplete="off" spellcheck="false" placeholder=${ifDefined(placeholder)}
    aria-describedby=${ifDefined(attributes.describedBy)} aria-invalid=${attributes.invalid ? 'true' : nothing} aria-required=${attributes.required ? 'true' : nothing}
    ?disabled=${disabled} .value=${live(value)}
    @input=${(event: InputEvent) => onInput((event.currentTarget as HTMLInputElement).value)} @blur=${() => onLeave?.()}>`;
}
