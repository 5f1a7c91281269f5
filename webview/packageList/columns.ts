import { html, nothing, type TemplateResult } from 'lit';
import { listColumns, type ListColumn, type ListSort } from '../../src/core/packages/list/order';
import { packageListText } from '../../src/core/text/packageListText';
import { createText, type Locale } from '../../src/core/text/messages';
import { icon } from '../components/icon';
import { between, widthOfColumn } from './rememberedList';

export const columnNames = {
  name: 'columnName', version: 'columnVersion', localeId: 'columnLocaleId', system: 'columnSystem', status: 'columnStatus', updatedAt: 'columnUpdateTime',
} as const satisfies Readonly<Record<ListColumn, keyof typeof packageListText.en>>;

/** Widths in pixels before anybody changes them; the name takes what is left. */
const firstWidths: Readonly<Record<Locale, Readonly<Record<Exclude<ListColumn, 'name'>, number>>>> = {
  en: { version: 92, localeId: 74, system: 122, status: 238, updatedAt: 146 },
  fr: { version: 88, localeId: 132, system: 118, status: 232, updatedAt: 130 },
};
/** One press of a key. */
const step = 16;

export type ColumnWidths = Readonly<Partial<Record<ListColumn, number>>>;

/** The columns as a grid of the style sheet. */
export function gridColumns(widths: ColumnWidths, locale: Locale, isNarrow: boolean): string {
  if (isNarrow) return 'minmax(0, 1fr) 96px minmax(110px, 32%)';
  return listColumns.map((column) => {
    const width = widths[column];
    if (column === 'name') return width === undefined ? 'minmax(140px, 1fr)' : `${width}px`;
    return `${width ?? firstWidths[locale][column]}px`;
  }).join(' ');
}

export interface HeadOptions {
  readonly locale: Locale;
  readonly sort: ListSort;
  readonly isNarrow: boolean;
  /** The column whose button is the tab stop. */
  readonly current: ListColumn;
  readonly onSort: (column: ListColumn) => void;
  readonly onCurrent: (column: ListColumn) => void;
  readonly onWidth: (column: ListColumn, width: number) => void;
}

/** The heads of the columns: one tab stop; Left and Right go from one to the next, Enter sorts, Alt with them changes the width. */
export function columnHeads(options: HeadOptions): TemplateResult {
  const text = createText(options.locale, packageListText);
  const shown = options.isNarrow ? (['name', 'version', 'status'] as const) : listColumns;
  const current = shown.some((column) => column === options.current) ? options.current : 'name';
  return html`<div role="row" class="table-row" aria-rowindex="1">${shown.map((column) => {
    const isSorted = options.sort.column === column;
    const words = text(columnNames[column]);
    return html`<span role="columnheader" class="column" aria-sort=${isSorted ? (options.sort.descending ? 'descending' : 'ascending') : nothing}>
      <button type="button" class="column-button" data-column=${column} tabindex=${column === current ? 0 : -1} aria-describedby="column-keys"
        @click=${() => options.onSort(column)} @focus=${() => options.onCurrent(column)} @keydown=${(event: KeyboardEvent) => onKey(event, column, shown, options)}>
        <span>${words}</span>${isSorted ? icon(options.sort.descending ? 'arrow-down' : 'arrow-up') : nothing}
      </button>
      ${options.isNarrow ? nothing : html`<span class="column-edge" aria-hidden="true" @pointerdown=${(event: PointerEvent) => drag(event, column, options)}></span>`}
    </span>`;
  })}</div>`;
}

function onKey(event: KeyboardEvent, column: ListColumn, shown: readonly ListColumn[], { onWidth, isNarrow }: HeadOptions): void {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by === undefined || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const button = event.currentTarget as HTMLElement;
  if (event.altKey) {
    if (!isNarrow) onWidth(column, between((button.closest<HTMLElement>('.column')?.offsetWidth ?? 0) + by * step, widthOfColumn));
    return;
  }
  const next = shown[shown.indexOf(column) + by];
  if (next !== undefined) button.closest('.table-row')?.querySelector<HTMLElement>(`[data-column=${next}]`)?.focus();
}

function drag(event: PointerEvent, column: ListColumn, { onWidth }: HeadOptions): void {
  event.preventDefault();
  const edge = event.currentTarget as HTMLElement;
  const width = edge.closest<HTMLElement>('.column')?.offsetWidth ?? 0;
  followPointer(edge, event, (moved) => onWidth(column, between(width + moved, widthOfColumn)));
}

/** Follows a drag from its first press to its end. @param onMove hears how far it went to the right, in pixels */
export function followPointer(element: HTMLElement, { pointerId, clientX }: PointerEvent, onMove: (pixels: number) => void): void {
  element.setPointerCapture(pointerId);
  const move = (event: PointerEvent): void => onMove(event.clientX - clientX);
  element.addEventListener('pointermove', move);
  element.addEventListener('lostpointercapture', () => element.removeEventListener('pointermove', move), { once: true });
}
