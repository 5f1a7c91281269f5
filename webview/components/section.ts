import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon';

export interface SectionOptions {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** Beside the title, e.g. how many there are. */
  readonly summary?: string;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  /** Made only while the section is open. */
  readonly content: () => TemplateResult;
}

/** A part of a page that can be closed. */
export function section({ id, title, summary, open, onToggle, content }: SectionOptions): TemplateResult {
  return html`<section class="section" aria-labelledby="${id}-title">
    <h2 class="section-head">
      <button type="button" class="section-button" id="${id}-title" aria-expanded=${open ? 'true' : 'false'} aria-controls="${id}-content" @click=${() => onToggle(!open)}>
        ${icon(open ? 'chevron-down' : 'chevron-right')}<span>${title}</span>${summary === undefined ? nothing : html`<span class="section-summary quiet">${summary}</span>`}
      </button>
    </h2>
    <div class="section-content" id="${id}-content" ?hidden=${!open}>${open ? content() : nothing}</div>
  </section>`;
}
