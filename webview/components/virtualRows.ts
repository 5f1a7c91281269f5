import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './page';

/** Rows that are drawn above and below those that can be seen, so that scrolling shows no gap. */
const spare = 10;

export interface VirtualRowsOptions<T> {
  /** What the list holds, for a screen reader. */
  readonly label: string;
  readonly rows: readonly T[];
  readonly key: (row: T) => string;
  readonly draw: (row: T) => TemplateResult;
}

/** A list of any length of which only the visible rows are in the document. All rows have one height. */
export function virtualRows<T>(options: VirtualRowsOptions<T>): TemplateResult {
  return html`<gp-virtual-rows .options=${options}></gp-virtual-rows>`;
}

@customElement('gp-virtual-rows')
export class VirtualRows extends PageElement {
  @property({ attribute: false }) options: VirtualRowsOptions<unknown> = { label: '', rows: [], key: String, draw: () => html`` };
  @state() private first = 0;

  private readonly rowHeight = 24;
  private readonly shown = 20;

  protected override render(): TemplateResult {
    const { label, rows, key, draw } = this.options;
    const from = Math.max(0, Math.min(this.first, rows.length - this.shown) - spare);
    const visible = rows.slice(from, from + this.shown + 2 * spare);
    // As a property: the policy of the page forbids style attributes, also those that a template writes.
    const height = (count: number): string => `height: ${count * this.rowHeight}px`;
    // The keys must reach it: without a control inside, only a list that takes focus can be scrolled by them.
    return html`<div class="virtual-rows" role="list" aria-label=${label} tabindex="0" .style=${height(Math.min(rows.length, this.shown))} @scroll=${this.onScroll}>
      <div class="virtual-space" role="presentation" .style=${height(rows.length)}>
        <div role="presentation" .style=${`transform: translateY(${from * this.rowHeight}px)`}>
          ${repeat(visible, key, (row, index) => html`<div class="virtual-row" role="listitem" aria-setsize=${rows.length} aria-posinset=${from + index + 1}>${draw(row)}</div>`)}
        </div>
      </div>
    </div>`;
  }

  private readonly onScroll = (event: Event): void => {
    this.first = Math.floor((event.currentTarget as HTMLElement).scrollTop / this.rowHeight);
  };
}
