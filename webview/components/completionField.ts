import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { findCompletions, type CompletionEntry, type CompletionMatch, type Completions } from '../../src/core/text/completion';
import { wizardText } from '../../src/core/text/wizardText';
import type { ControlAttributes } from './field';
import { icon } from './icon';
import { PageElement } from './page';

export interface CompletionOptions {
  readonly value: string;
  /** In the order in which they are offered: most recent first. */
  readonly entries: readonly CompletionEntry[];
  /** Every change, by keys or by an entry that was taken. */
  readonly onInput: (value: string) => void;
  /** The field is left: time to check it. */
  readonly onLeave?: () => void;
  /** An entry was taken, or Enter was pressed on what was typed: for fields that act at once. */
  readonly onAccept?: (value: string) => void;
  readonly disabled?: boolean;
  /** Any value may be entered: where no entry matches there is nothing to say. */
  readonly isOpenEnded?: boolean;
  /** Paths are shown in the fixed-width font. */
  readonly mono?: boolean;
}

/**
 * One line of text that offers entries which contain what was typed (ux.md 7): Down opens the list, Enter takes, Escape
 * closes the list only. To be used as the control of a `field`.
 */
export function completionField(attributes: ControlAttributes, options: CompletionOptions): TemplateResult {
  return html`<gp-completion-field .control=${attributes} .options=${options}></gp-completion-field>`;
}

@customElement('gp-completion-field')
export class CompletionField extends PageElement {
  @property({ attribute: false }) control: ControlAttributes = { id: '', labelledBy: '', describedBy: undefined, invalid: false, required: false };
  @property({ attribute: false }) options: CompletionOptions = { value: '', entries: [], onInput: () => undefined };
  @state() private isOpen = false;
  /** The entry that the keys are on; -1: none, Enter takes nothing. */
  @state() private active = -1;
  /** Since the list was opened something was typed. Before that it shows all entries, not only the one the field holds. */
  private typed = false;

  protected override render(): TemplateResult {
    const { id, describedBy, invalid, required } = this.control;
    const { value, disabled = false, isOpenEnded = false, mono = false } = this.options;
    const matches = this.isOpen ? this.find() : undefined;
    const found = isOpenEnded && matches?.shown.length === 0 ? undefined : matches;
    const listId = `${id}-list`;
    return html`<div class="completion" @focusout=${this.onFocusOut}>
      <input
        type="text" class="input ${mono ? 'mono' : ''}" id=${id} role="combobox" autocomplete="off" spellcheck="false"
        aria-autocomplete="list" aria-expanded=${found === undefined ? 'false' : 'true'} aria-controls=${found === undefined ? nothing : listId}
        aria-activedescendant=${found !== undefined && this.active >= 0 ? `${id}-option-${this.active}` : nothing}
        aria-describedby=${ifDefined(describedBy)} aria-invalid=${invalid ? 'true' : nothing} aria-required=${required ? 'true' : nothing}
        ?disabled=${disabled} .value=${live(value)}
        @input=${this.onInput} @keydown=${this.onKeyDown}>
      <button type="button" class="completion-open" tabindex="-1" aria-hidden="true" ?disabled=${disabled} @mousedown=${this.onPress}>${icon('chevron-down')}</button>
      ${found === undefined ? nothing : this.list(found, listId)}
    </div>`;
  }

  private list({ shown, more }: Completions, listId: string): TemplateResult {
    const text = this.text(wizardText);
    const { id, labelledBy } = this.control;
    const words = shown.length === 0 ? text('noEntry', { text: this.options.value }) : more > 0 ? text('showMore', { n: more }) : '';
    return html`<div class="completion-popup" @mousedown=${(event: MouseEvent) => event.preventDefault()}>
      <div class="completion-list" role="listbox" id=${listId} aria-labelledby=${labelledBy}>
        ${shown.map((match, index) => this.option(match, index, id))}
      </div>
      <p class="completion-rest quiet" role="status" ?hidden=${words === ''}>${words}</p>
    </div>`;
  }

  private option({ entry, before, match, after }: CompletionMatch, index: number, id: string): TemplateResult {
    return html`<div class="completion-option" role="option" id="${id}-option-${index}" aria-selected=${index === this.active ? 'true' : 'false'} @click=${() => this.take(entry)}>
      <span>${entry.label ?? html`${before}${match === '' ? nothing : html`<mark>${match}</mark>`}${after}`}</span>${entry.detail === undefined ? nothing : html`<span class="quiet">${entry.detail}</span>`}
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('active' as keyof CompletionField) && this.active >= 0) this.querySelector(`[aria-selected="true"]`)?.scrollIntoView({ block: 'nearest' });
  }

  private find(): Completions {
    return findCompletions(this.options.entries, this.typed ? this.options.value : '');
  }

  private open(): void {
    this.isOpen = true;
    this.typed = false;
    this.active = -1;
  }

  private close(): void {
    this.isOpen = false;
    this.active = -1;
  }

  private take(entry: CompletionEntry): void {
    this.close();
    this.options.onInput(entry.value);
    this.options.onAccept?.(entry.value);
    this.querySelector('input')?.focus();
  }

  private readonly onInput = (event: InputEvent): void => {
    if (!this.isOpen) this.open();
    this.typed = true;
    this.active = -1;
    this.options.onInput((event.currentTarget as HTMLInputElement).value);
    this.requestUpdate();
  };

  /** The chevron is for the pointer; with the keys Down does the same. */
  private readonly onPress = (event: MouseEvent): void => {
    event.preventDefault();
    this.querySelector('input')?.focus();
    if (this.isOpen) this.close();
    else this.open();
  };

  private readonly onFocusOut = (event: FocusEvent): void => {
    if (event.relatedTarget instanceof Node && this.contains(event.relatedTarget)) return;
    this.close();
    this.options.onLeave?.();
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        this.move(event.key === 'ArrowDown' ? 1 : -1);
        return;
      case 'Enter': {
        const chosen = this.isOpen ? this.find().shown[this.active] : undefined;
        event.preventDefault();
        if (chosen !== undefined) this.take(chosen.entry);
        else if (this.options.onAccept !== undefined) {
          this.close();
          this.options.onAccept(this.options.value);
        }
        return;
      }
      case 'Escape':
        if (!this.isOpen) return;
        event.preventDefault();
        event.stopPropagation();
        this.close();
        return;
      default:
    }
  };

  /** The keys go round: below the last entry comes the first. */
  private move(by: 1 | -1): void {
    if (!this.isOpen) this.open();
    const count = this.find().shown.length;
    if (count > 0) this.active = this.active < 0 ? (by > 0 ? 0 : count - 1) : (this.active + by + count) % count;
  }
}
