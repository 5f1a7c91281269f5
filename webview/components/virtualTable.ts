import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RowList } from '../../src/core/packages/list/lines';
import { PageElement } from './page';
import { measuredPlaces, type RowPlaces } from './rowPlaces';

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
  readonly rows: RowList<R>;
  readonly key: (row: R) => string;
  /** Id of the row's element. */
  readonly rowId: (key: string) => string;
  /** What typed letters jump to. */
  readonly name: (row: R) => string;
  /** In pixels, as the style sheet draws them. */
  readonly heightOf: (row: R) => number;
  /** Where the rows lie; default: measured one by one. */
  readonly places?: RowPlaces;
  /** Finds a row by its key; default: by a list of all keys. */
  readonly indexOf?: (key: string) => number | undefined;
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

/** Rows drawn above and below those in sight. */
const overscan = 10;

/** Letters typed quicker than so one after the other are one name's beginning. */
const typingMs = 800;

/** What changes elsewhere moves neither the row the keys are on nor what is in sight. */
@customElement('gp-virtual-table')
export class VirtualTable extends PageElement {
  @property({ attribute: false }) options!: VirtualTableOptions<unknown>;
  @state() private active: string | undefined;
  private watched: HTMLElement | undefined;
  private readonly resized = new ResizeObserver(() => this.requestUpdate());
  private typed = '';
  private typedAt = 0;
  private places: RowPlaces = measuredPlaces([], () => 0);
  /** Made when a row is looked for by its key. */
  private indexes: ReadonlyMap<string, number> | undefined;
  /** What was at the upper edge before the rows changed. */
  private anchor: { readonly key: string; readonly offset: number } | undefined;

  private get scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.table');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.watched = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('options') as VirtualTableOptions<unknown> | undefined;
    const { rows, heightOf } = this.options;
    if (before !== undefined && before.rows !== rows) this.keepAnchor(before);
    if (before?.rows !== rows) this.indexes = undefined;
    if (this.options.places !== undefined) this.places = this.options.places;
    else if (before?.rows !== rows || before.heightOf !== heightOf) this.places = measuredPlaces(rows, heightOf);
  }

  protected override updated(): void {
    const { scroller, anchor } = this;
    if (scroller !== null && scroller !== this.watched) {
      this.resized.disconnect();
      this.resized.observe(scroller);
      this.watched = scroller;
    }
    this.anchor = undefined;
    if (anchor === undefined || scroller === null) return;
    const index = this.indexOf(anchor.key);
    if (index !== undefined) scroller.scrollTop = this.places.startOf(index) + anchor.offset;
  }

  private indexOf(wanted: string): number | undefined {
    const { indexOf, rows, key } = this.options;
    if (indexOf !== undefined) return indexOf(wanted);
    this.indexes ??= new Map(Array.from({ length: rows.length }, (_, index) => [key(rows.at(index)), index]));
    return this.indexes.get(wanted);
  }

  /** Called before the places follow the rows. */
  private keepAnchor({ rows, key }: VirtualTableOptions<unknown>): void {
    const top = this.scroller?.scrollTop ?? 0;
    const index = this.places.rowAt(top);
    const first = rows.at(index);
    // At the upper end there is nothing to hold on to: new first rows are to be seen.
    this.anchor = top === 0 || first === undefined ? undefined : { key: key(first), offset: top - this.places.startOf(index) };
  }

  /** The rows to draw: those in sight and some around them. */
  private drawn(): readonly number[] {
    const { rows } = this.options;
    if (rows.length === 0) return [];
    // Before the first picture nothing has a height: a window holds no more than that.
    const [top, height] = [this.scroller?.scrollTop ?? 0, this.scroller?.clientHeight ?? window.innerHeight];
    const first = Math.max(0, this.places.rowAt(top) - overscan);
    const last = Math.min(rows.length - 1, this.places.rowAt(top + height) + overscan);
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  }

  protected override render(): TemplateResult {
    const { id, role, label, multiple = true, describedBy, classes, rows, key, rowId, head } = this.options;
    const drawn = this.drawn();
    const activeIndex = this.active === undefined ? undefined : this.indexOf(this.active);
    // Styles are set as properties: the policy of the page forbids style attributes, also those that a template writes.
    return html`<div
      class="table ${classes}" id=${id} role=${role} tabindex="0" aria-label=${label} aria-multiselectable=${multiple ? 'true' : nothing} aria-rowcount=${rows.length + (head === undefined ? 0 : 1)} aria-describedby=${describedBy}
      aria-activedescendant=${this.active !== undefined && activeIndex !== undefined && drawn.includes(activeIndex) ? rowId(this.active) : nothing}
      @keydown=${this.onKey} @focus=${this.onFocus} @scroll=${this.onScroll}>
      ${head === undefined ? nothing : html`<div role="rowgroup" class="table-head">${head}</div>`}
      <div role="rowgroup" class="table-body" .style=${`height: ${this.places.startOf(rows.length)}px`}>
        ${repeat(drawn, (index) => key(rows.at(index)), (index) => this.row(index, this.places.startOf(index)))}
      </div>
    </div>`;
  }

  private row(index: number, start: number): TemplateResult | typeof nothing {
    const { rows, key, rowId, head, describe, onPress } = this.options;
    const row = rows.at(index);
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
    this.moveTo(key === undefined ? 0 : (this.indexOf(key) ?? 0));
  }

  private readonly onFocus = (): void => {
    const { rows, key } = this.options;
    if (this.active !== undefined && this.indexOf(this.active) !== undefined) return;
    const first = rows.at(0);
    this.active = first === undefined ? undefined : key(first);
  };

  private readonly onScroll = (): void => this.requestUpdate();

  /** Answers the row that the keys are on now. */
  private moveTo(place: number): unknown {
    const { scroller } = this;
    const { rows, key, heightOf, headHeight } = this.options;
    const index = Math.max(0, Math.min(rows.length - 1, place));
    const row = rows.at(index);
    if (row === undefined || scroller === null) return undefined;
    this.active = key(row);
    const top = this.places.startOf(index);
    const inSight = scroller.clientHeight - headHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + heightOf(row) > scroller.scrollTop + inSight) scroller.scrollTop = top + heightOf(row) - inSight;
    return row;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    // Keys of the head's own buttons are theirs.
    if (event.target !== event.currentTarget || event.isComposing) return;
    const { rows, onKey, onMove, onFilter, heightOf, headHeight } = this.options;
    const index = this.active === undefined ? -1 : (this.indexOf(this.active) ?? -1);
    const row = index < 0 ? undefined : rows.at(index);
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
      const row = rows.at(place);
      if (row !== undefined && name(row).toLowerCase().startsWith(this.typed)) return this.moveTo(place);
    }
    return undefined;
  }
}
