import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './page';

/** How one row is drawn and what a screen reader hears of it. */
export interface TableRow {
  readonly cells: TemplateResult;
  readonly classes?: string;
  /** Undefined: the row cannot be selected. */
  readonly selected?: boolean;
  readonly disabled?: boolean;
  /** Of a tree grid: how deep the row lies, from 1, and whether those below it are shown. */
  readonly level?: number;
  readonly expanded?: boolean;
}

export interface VirtualTableOptions<R> {
  /** Of the element that takes the keys; unique in the page. */
  readonly id: string;
  readonly role: 'grid' | 'treegrid';
  readonly label: string;
  /** False: one row is selected at a time. */
  readonly multiple?: boolean;
  readonly describedBy: string;
  /** Classes beside those of every table. */
  readonly classes: string;
  readonly rows: readonly R[];
  readonly key: (row: R) => string;
  /** Id of the row's element. */
  readonly rowId: (key: string) => string;
  /** What typed letters jump to. */
  readonly name: (row: R) => string;
  /** In pixels, as the style sheet draws them. */
  readonly heightOf: (row: R) => number;
  /** 0 without a head. */
  readonly headHeight: number;
  /** The first row: heads of columns. A tree of names has none. */
  readonly head?: TemplateResult;
  readonly describe: (row: R) => TableRow;
  readonly onPress: (row: R, event: MouseEvent) => void;
  /** The keys moved to a row. */
  readonly onMove?: (row: R, event: KeyboardEvent) => void;
  /** A key that does not move: answers whether it was one of the owner's. */
  readonly onKey: (event: KeyboardEvent, row: R | undefined) => boolean;
  /** The keys ask for the filter. */
  readonly onFilter: () => void;
}

/** A table of any length of which only the rows in sight are in the document. To be used with `<gp-virtual-table>`'s own focus: one tab stop, the keys of ux.md 17. */
export function virtualTable<R>(options: VirtualTableOptions<R>): TemplateResult {
  return html`<gp-virtual-table .options=${options}></gp-virtual-table>`;
}

/** Letters typed quicker than so one after the other are one name's beginning. */
const typingMs = 800;

/** What changes elsewhere moves neither the row the keys are on nor what is in sight. */
@customElement('gp-virtual-table')
export class VirtualTable extends PageElement {
  @property({ attribute: false }) options!: VirtualTableOptions<unknown>;
  @state() private active: string | undefined;
  private virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined;
  private unmount: (() => void) | undefined;
  private typed = '';
  private typedAt = 0;
  private places: ReadonlyMap<string, number> = new Map();
  /** What was at the upper edge before the rows changed. */
  private anchor: { readonly key: string; readonly offset: number } | undefined;

  private get scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.table');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unmount?.();
    this.virtualizer = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('options') as VirtualTableOptions<unknown> | undefined;
    const { rows, key, heightOf } = this.options;
    if (before?.rows !== rows) {
      if (before !== undefined) this.keepAnchor(before);
      this.places = new Map(rows.map((row, index) => [key(row), index]));
    }
    if (this.virtualizer === undefined || (before?.rows === rows && before.heightOf === heightOf)) return;
    this.virtualizer.setOptions({ ...this.virtualizer.options, ...this.measures() });
    this.virtualizer.measure();
  }

  private measures(): { readonly count: number; readonly estimateSize: (index: number) => number; readonly getItemKey: (index: number) => string | number } {
    const { rows, key, heightOf } = this.options;
    return {
      count: rows.length, estimateSize: (index) => (rows[index] === undefined ? 0 : heightOf(rows[index])), getItemKey: (index) => (rows[index] === undefined ? index : key(rows[index])),
    };
  }

  protected override firstUpdated(): void {
    this.virtualizer = new Virtualizer<HTMLElement, HTMLElement>({
      ...this.measures(), overscan: 10, getScrollElement: () => this.scroller, scrollToFn: elementScroll, observeElementRect, observeElementOffset,
      onChange: () => this.requestUpdate(),
    });
    this.unmount = this.virtualizer._didMount();
    this.requestUpdate();
  }

  protected override updated(): void {
    this.virtualizer?._willUpdate();
    const { scroller, anchor } = this;
    this.anchor = undefined;
    if (anchor === undefined || scroller === null) return;
    const index = this.places.get(anchor.key);
    if (index !== undefined) scroller.scrollTop = this.startOf(index) + anchor.offset;
  }

  /** Where a row begins below the head. */
  private startOf(index: number): number {
    return this.virtualizer?.getOffsetForIndex(index, 'start') === undefined ? 0 : (this.virtualizer.measurementsCache[index]?.start ?? 0);
  }

  private keepAnchor({ rows, key }: VirtualTableOptions<unknown>): void {
    const top = this.scroller?.scrollTop ?? 0;
    const item = this.virtualizer?.getVirtualItemForOffset(top);
    const first = item === undefined ? undefined : rows[item.index];
    // At the upper end there is nothing to hold on to: new first rows are to be seen.
    this.anchor = top === 0 || item === undefined || first === undefined ? undefined : { key: key(first), offset: top - item.start };
  }

  protected override render(): TemplateResult {
    const { id, role, label, multiple = true, describedBy, classes, rows, rowId, head } = this.options;
    const items = this.virtualizer?.getVirtualItems() ?? [];
    const activeIndex = this.active === undefined ? undefined : this.places.get(this.active);
    // Styles are set as properties: the policy of the page forbids style attributes, also those that a template writes.
    return html`<div
      class="table ${classes}" id=${id} role=${role} tabindex="0" aria-label=${label} aria-multiselectable=${multiple ? 'true' : nothing} aria-rowcount=${rows.length + (head === undefined ? 0 : 1)} aria-describedby=${describedBy}
      aria-activedescendant=${this.active !== undefined && items.some(({ index }) => index === activeIndex) ? rowId(this.active) : nothing}
      @keydown=${this.onKey} @focus=${this.onFocus}>
      ${head === undefined ? nothing : html`<div role="rowgroup" class="table-head">${head}</div>`}
      <div role="rowgroup" class="table-body" .style=${`height: ${this.virtualizer?.getTotalSize() ?? 0}px`}>
        ${repeat(items, ({ key }) => key, ({ index, start }) => this.row(index, start))}
      </div>
    </div>`;
  }

  private row(index: number, start: number): TemplateResult | typeof nothing {
    const { rows, key, rowId, head, describe, onPress } = this.options;
    const row = rows[index];
    if (row === undefined) return nothing;
    const { cells, classes = '', selected, disabled, level, expanded } = describe(row);
    const text = (value: boolean | undefined): 'true' | 'false' | undefined => (value === undefined ? undefined : value ? 'true' : 'false');
    return html`<div
      role="row" class="table-row ${classes} ${key(row) === this.active ? 'is-active' : ''} ${selected === true ? 'is-selected' : ''}" id=${rowId(key(row))} aria-rowindex=${index + (head === undefined ? 1 : 2)}
      aria-selected=${ifDefined(text(selected))} aria-disabled=${disabled === true ? 'true' : nothing} aria-level=${ifDefined(level)} aria-expanded=${ifDefined(text(expanded))}
      .style=${`transform: translateY(${start}px)`}
      @click=${(event: MouseEvent) => {
        this.active = key(row);
        this.scroller?.focus({ preventScroll: true });
        onPress(row, event);
      }}>${cells}</div>`;
  }

  /** The row that the keys are on. */
  get activeKey(): string | undefined {
    return this.active;
  }

  /** Brings the keys to a row: the first where none is named. */
  enter(key?: string): void {
    this.scroller?.focus();
    this.moveTo(key === undefined ? 0 : (this.places.get(key) ?? 0));
  }

  private readonly onFocus = (): void => {
    const { rows, key } = this.options;
    if (this.active === undefined || !this.places.has(this.active)) this.active = rows[0] === undefined ? undefined : key(rows[0]);
  };

  /** Answers the row that the keys are on now. */
  private moveTo(place: number): unknown {
    const { scroller } = this;
    const { rows, key, heightOf, headHeight } = this.options;
    const index = Math.max(0, Math.min(rows.length - 1, place));
    const row = rows[index];
    if (row === undefined || scroller === null) return undefined;
    this.active = key(row);
    const top = this.startOf(index);
    const inSight = scroller.clientHeight - headHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + heightOf(row) > scroller.scrollTop + inSight) scroller.scrollTop = top + heightOf(row) - inSight;
    return row;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    // Keys of the head's own buttons are theirs.
    if (event.target !== event.currentTarget || event.isComposing) return;
    const { rows, onKey, onMove, onFilter, heightOf, headHeight } = this.options;
    const index = this.active === undefined ? -1 : (this.places.get(this.active) ?? -1);
    const row = rows[index];
    const withControl = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor(((this.scroller?.clientHeight ?? 0) - headHeight) / (row === undefined ? headHeight : heightOf(row))) - 1);
    const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1, PageDown: index + page, PageUp: index - page }[event.key];
    if (onKey(event, row)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (target !== undefined && !event.altKey) {
      event.preventDefault();
      const moved = this.moveTo(target);
      if (moved !== undefined) onMove?.(moved, event);
    } else if (event.key === '/' || (withControl && event.key.toLowerCase() === 'f')) {
      event.preventDefault();
      event.stopPropagation();
      onFilter();
    } else if (event.key.length === 1 && event.key !== ' ' && !withControl && !event.altKey) {
      const found = this.jump(event.key, index);
      if (found !== undefined) onMove?.(found, event);
    }
  };

  private jump(letter: string, index: number): unknown {
    const { rows, name } = this.options;
    const now = performance.now();
    const isNew = now - this.typedAt > typingMs;
    this.typed = (isNew ? letter : this.typed + letter).toLowerCase();
    this.typedAt = now;
    const from = isNew ? index + 1 : Math.max(0, index);
    for (let step = 0; step < rows.length; step++) {
      const place = (from + step) % rows.length;
      const row = rows[place];
      if (row !== undefined && name(row).toLowerCase().startsWith(this.typed)) return this.moveTo(place);
    }
    return undefined;
  }
}
