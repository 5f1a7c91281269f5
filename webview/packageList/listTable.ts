import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ListLine } from '../../src/core/packages/list/lines';
import type { ListColumn, ListSort } from '../../src/core/packages/list/order';
import { packageListText } from '../../src/core/text/packageListText';
import type { ListRow } from '../../src/protocol/page/packageList';
import { Narrow } from '../components/narrow';
import { PageElement } from '../components/page';
import { searchedPlaces, type RowPlaces } from '../components/rowPlaces';
import { virtualTable, type TableRow, type VirtualTable } from '../components/virtualTable';
import { columnHeads, gridColumns, type ColumnWidths } from './columns';
import type { ListLines } from './listModel';
import { entryCells, groupCells } from './rowCells';
import { selectOne, selectRange, toggleOne, type Selection } from './selection';

type Line = ListLine<ListRow>;

/** Heights as the style sheet draws them: one line, and two where the table is narrow. */
const headHeights = { en: 32, fr: 42 } as const;
const wideLine = 28;
const narrowHead = 28;
const narrowEntry = 42;
const wideHeight = (): number => wideLine;
const narrowHeight = (line: Line): number => (line.kind === 'group' ? narrowHead : narrowEntry);
/** From here on a row has one line. */
const wideFrom = 840;

export interface ListTableOptions {
  readonly lines: ListLines;
  readonly grouped: boolean;
  readonly sort: ListSort;
  readonly widths: ColumnWidths;
  readonly selection: Selection;
  /** Names of the tenants, where rows of several stand together. */
  readonly tenantNames: ReadonlyMap<string, string> | undefined;
  readonly onSelect: (selection: Selection) => void;
  /** Enter or a double click. */
  readonly onOpen: (key: string) => void;
  readonly onToggleGroup: (key: string, open: boolean) => void;
  readonly onSort: (column: ListColumn) => void;
  readonly onWidth: (column: ListColumn, width: number) => void;
  readonly onFilter: () => void;
  readonly onDelete: () => void;
  readonly onMoveToGroup: () => void;
  readonly onMenu: (key: string | undefined, element: HTMLElement) => void;
}

/** The table of the list: groups that close, rows that are selected with the mouse and the keys of ux.md 17. */
@customElement('gp-list-table')
export class ListTable extends PageElement {
  @property({ attribute: false }) options!: ListTableOptions;
  private readonly narrow = new Narrow(this, wideFrom);
  @state() private current: ListColumn = 'name';

  protected override willUpdate(): void {
    this.style.setProperty('--columns', gridColumns(this.options.widths, this.locale, this.narrow.is));
  }

  protected override render(): TemplateResult {
    const { lines, grouped, sort, onSort, onWidth, onFilter } = this.options;
    const text = this.text(packageListText);
    return html`<p class="visually-hidden" id="list-keys">${text('tableKeys')}</p><p class="visually-hidden" id="column-keys">${text('columnKeys')}</p>
    <div class="list-frame" @dblclick=${this.onDoubleClick} @contextmenu=${this.onContextMenu}>${virtualTable<Line>({
      id: 'package-table', role: grouped ? 'treegrid' : 'grid', label: text('table'), describedBy: 'list-keys', classes: `list-table ${this.narrow.is ? 'is-narrow' : ''}`,
      rows: lines, key: lineKey, rowId, name: (line) => (line.kind === 'entry' ? line.entry.name : line.group.group),
      heightOf: this.narrow.is ? narrowHeight : wideHeight, places: placesOf(lines, this.narrow.is), indexOf: (key) => lines.lineOf(key), headHeight: headHeights[this.locale],
      head: columnHeads({
        locale: this.locale, sort, isNarrow: this.narrow.is, current: this.current, onSort, onWidth,
        onCurrent: (column) => {
          this.current = column;
        },
      }),
      describe: (line) => this.row(line), onPress: this.onPress, onMove: this.onMove, onKey: this.onKey, onFilter,
    })}</div>`;
  }

  private row(line: Line): TableRow {
    const { tenantNames, grouped, selection } = this.options;
    if (line.kind === 'group') {
      return { classes: 'is-group', level: 1, expanded: line.open, cells: groupCells(line.group, line.open, this.locale, tenantNames?.get(line.group.tenantId)) };
    }
    const { entry } = line;
    return {
      classes: 'is-entry', selected: selection.keys.has(entry.key), ...(grouped && { level: 2 }),
      cells: entryCells(entry, this.locale, this.narrow.is, grouped ? undefined : tenantNames?.get(entry.tenantId)),
    };
  }

  /** Brings the keys to a row, or to the first one. */
  enter(key?: string): void {
    this.querySelector<VirtualTable>('gp-virtual-table')?.enter(key);
  }

  private order(): readonly string[] {
    const { lines } = this.options;
    return Array.from({ length: lines.length }, (_, index) => lines.at(index)).flatMap((line) => (line?.kind === 'entry' ? [line.entry.key] : []));
  }

  private readonly onPress = (line: Line, event: MouseEvent): void => {
    const { selection, onSelect, onToggleGroup } = this.options;
    if (line.kind === 'group') return onToggleGroup(line.group.key, !line.open);
    const { key } = line.entry;
    if (event.shiftKey) onSelect(selectRange(selection, key, this.order()));
    else onSelect(event.ctrlKey || event.metaKey ? toggleOne(selection, key) : selectOne(key));
  };

  private readonly onMove = (line: Line, event: KeyboardEvent): void => {
    if (line.kind === 'group' || event.ctrlKey || event.metaKey) return;
    const { selection, onSelect } = this.options;
    onSelect(event.shiftKey ? selectRange(selection, line.entry.key, this.order()) : selectOne(line.entry.key));
  };

  private readonly onKey = (event: KeyboardEvent, line: Line | undefined): boolean => {
    const { selection, onSelect, onOpen, onDelete, onMoveToGroup } = this.options;
    const withControl = event.ctrlKey || event.metaKey;
    if (event.key === 'a' && withControl) {
      const order = this.order();
      onSelect({ keys: new Set(order), anchor: order[0] });
      return true;
    }
    if (event.key === 'Delete' || (event.key === 'Backspace' && event.metaKey)) {
      onDelete();
      return true;
    }
    if (event.key === 'F2') {
      onMoveToGroup();
      return true;
    }
    if (line === undefined || withControl || event.altKey) return false;
    if (line.kind === 'group') return this.onGroupKey(event, line);
    switch (event.key) {
      case ' ':
        onSelect(toggleOne(selection, line.entry.key));
        return true;
      case 'Enter':
        onOpen(line.entry.key);
        return true;
      case 'ArrowLeft':
        return this.toHead(line.entry);
      default:
        return false;
    }
  };

  private onGroupKey(event: KeyboardEvent, { group, open }: Extract<Line, { kind: 'group' }>): boolean {
    const wanted = { ArrowLeft: false, ArrowRight: true, Enter: !open, ' ': !open }[event.key];
    if (wanted === undefined) return false;
    if (wanted !== open) this.options.onToggleGroup(group.key, wanted);
    return true;
  }

  /** From a package to the head of its group. */
  private toHead(entry: ListRow): boolean {
    const { lines } = this.options;
    const head = lines.at(lines.headOf(entry) ?? -1);
    if (head === undefined) return false;
    this.enter(lineKey(head));
    return true;
  }

  private keyUnder(target: EventTarget | null): string | undefined {
    const id = target instanceof Element ? target.closest('.table-body .table-row')?.id : undefined;
    const { lines } = this.options;
    const line = id === undefined ? undefined : lines.at(lines.lineOf(keyOfRow(id)) ?? -1);
    return line?.kind === 'entry' ? line.entry.key : undefined;
  }

  private readonly onDoubleClick = (event: MouseEvent): void => {
    const key = this.keyUnder(event.target);
    if (key !== undefined) this.options.onOpen(key);
  };

  private readonly onContextMenu = (event: MouseEvent): void => {
    // The menu key acts on the row that the keys are on.
    const active = this.querySelector<VirtualTable>('gp-virtual-table')?.activeKey;
    this.options.onMenu(this.keyUnder(event.target) ?? active, event.currentTarget as HTMLElement);
  };
}

function lineKey(line: Line): string {
  return line.kind === 'group' ? `group:${line.group.key}` : line.entry.key;
}

function rowId(key: string): string {
  // An id of an element holds no blanks; groups are named by people.
  return `row-${encodeURIComponent(key)}`;
}

function keyOfRow(id: string): string {
  return decodeURIComponent(id.slice('row-'.length));
}

/** Heads and entries have one height each: where a line lies follows from how many heads there are above it. */
function placesOf(lines: ListLines, isNarrow: boolean): RowPlaces {
  return searchedPlaces(lines.length, isNarrow ? (index) => index * narrowEntry - lines.headsAbove(index) * (narrowEntry - narrowHead) : (index) => index * wideLine);
}
