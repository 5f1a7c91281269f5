import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { detailsText } from '../../src/core/text/detailsText';
import { formatTime } from '../../src/core/text/measures';
import type { DescribeOutcome, DescriptionDraft } from '../../src/protocol/page/packageDetails';
import { button } from '../components/button';
import { icon } from '../components/icon';
import { notice } from '../components/notice';
import { PageElement } from '../components/page';
import { stateLabel } from '../components/stateLabel';

export interface DescriptionOptions {
  /** As stored now. */
  readonly description: string;
  /** When the package was last changed. */
  readonly updatedAt: string;
  /** What an earlier load of the page left unsaved. */
  readonly draft: DescriptionDraft | null;
  readonly locked: boolean;
  readonly save: (draft: DescriptionDraft) => Promise<DescribeOutcome>;
  readonly keep: (draft: DescriptionDraft | null) => void;
  readonly announce: (words: string) => void;
}

/** How long *Saved* stays. */
const savedMs = 3000;

/**
 * The description, edited in place: saved on leaving it or with Ctrl+Enter, restored with Escape. What someone else wrote
 * meanwhile is never overwritten unseen.
 */
@customElement('gp-description-field')
export class DescriptionField extends PageElement {
  @property({ attribute: false }) options: DescriptionOptions | undefined;
  /** What was entered and is not saved. */
  @state() private draft: DescriptionDraft | undefined;
  @state() private saved = false;
  @state() private problem: string | undefined;
  /** Who changed it meanwhile and when; the host says so when it refuses to save over it. */
  @state() private other: Extract<DescribeOutcome, { readonly outcome: 'changedElsewhere' }> | undefined;
  /** What this page has saved and not been shown yet, with what it was shown instead. */
  private awaited: { readonly text: string; readonly seen: string } | undefined;
  private saving = false;
  private begun = false;
  private timer: number | undefined;

  protected override willUpdate(): void {
    if (this.options === undefined) return;
    if (!this.begun) {
      this.begun = true;
      this.draft = this.options.draft ?? undefined;
    }
    // The same words by another way: nothing is left to save.
    if (this.draft?.text === this.present && !this.saving) this.setDraft(undefined);
  }

  /** The stored description, as far as this page knows it. */
  private get present(): string {
    const description = this.options?.description ?? '';
    return this.awaited?.seen === description ? this.awaited.text : description;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.options === undefined) return nothing;
    const words = this.text(detailsText);
    const { updatedAt, locked } = this.options;
    const conflict = this.isConflict();
    return html`<div class="value-row field ${this.problem === undefined ? '' : 'is-wrong'}">
      <label for="description" id="description-label">${words('fieldDescription')}</label>
      <div>
        <textarea class="input" id="description" rows="3" maxlength="65536" aria-describedby="description-help" aria-invalid=${this.problem === undefined ? nothing : 'true'}
          ?readonly=${locked} .value=${live(this.draft?.text ?? this.present)} @input=${this.onInput} @blur=${this.onLeave} @keydown=${this.onKeyDown}></textarea>
        <div class="field-words"><span id="description-help">${locked ? '' : words('descriptionHelp')}</span>${this.saved ? stateLabel('done', words('saved')) : nothing}</div>
        ${this.problem === undefined ? nothing : html`<p class="field-error" role="alert">${icon('error', 'error')}<span>${this.problem}</span></p>`}
        ${conflict ? notice('warning', this.describeConflict(updatedAt), { actions: html`
          ${button(words('showTheirs'), this.takeTheirs, { id: 'show-theirs' })}${button(words('keepMine'), this.keepMine, { id: 'keep-mine' })}` }) : nothing}
        ${conflict ? html`<p class="theirs" aria-label=${words('theirs')}>${this.present}</p>` : nothing}
      </div>
    </div>`;
  }

  private describeConflict(updatedAt: string): string {
    const words = this.text(detailsText);
    if (this.other === undefined) return words('descriptionChanged', { time: formatTime(this.locale, updatedAt) });
    return words('descriptionChangedBy', { user: this.other.user, time: formatTime(this.locale, new Date(this.other.time).toISOString()) });
  }

  private isConflict(): boolean {
    return this.draft !== undefined && !this.saving && this.draft.base !== this.present;
  }

  private setDraft(draft: DescriptionDraft | undefined): void {
    if (draft?.text === this.draft?.text && draft?.base === this.draft?.base) return;
    this.draft = draft;
    if (!this.isConflict()) this.other = undefined;
    this.options?.keep(draft ?? null);
  }

  private readonly onInput = (event: InputEvent): void => {
    const { value } = event.currentTarget as HTMLTextAreaElement;
    const base = this.draft?.base ?? this.present;
    this.problem = undefined;
    this.saved = false;
    this.setDraft(value === base ? undefined : { text: value, base });
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.draft !== undefined) {
      event.preventDefault();
      this.problem = undefined;
      this.setDraft(undefined);
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.save();
    }
  };

  private readonly onLeave = (): void => void this.save();

  private readonly takeTheirs = (): void => {
    this.setDraft(undefined);
    this.querySelector('textarea')?.focus();
  };

  private readonly keepMine = (): void => {
    if (this.draft === undefined) return;
    this.setDraft({ text: this.draft.text, base: this.present });
    void this.save();
    this.querySelector('textarea')?.focus();
  };

  private async save(): Promise<void> {
    const { draft, options } = this;
    if (draft === undefined || options === undefined || options.locked || this.saving) return;
    // Asked once more, so that the host says who it was; it stores nothing over what this page has not seen.
    if (this.isConflict() && this.other !== undefined) return;
    this.saving = true;
    this.problem = undefined;
    const seen = options.description;
    try {
      const answer = await options.save(draft);
      if (answer.outcome === 'changedElsewhere') this.other = answer;
      else {
        this.awaited = { text: draft.text, seen };
        // What was typed since then goes on from what is saved now.
        if (this.draft?.text === draft.text) this.setDraft(undefined);
        else if (this.draft !== undefined) this.setDraft({ text: this.draft.text, base: draft.text });
        this.tellSaved();
      }
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.saving = false;
      this.requestUpdate();
    }
  }

  private tellSaved(): void {
    this.saved = true;
    this.options?.announce(this.text(detailsText)('saved'));
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.saved = false;
    }, savedMs);
  }
}
