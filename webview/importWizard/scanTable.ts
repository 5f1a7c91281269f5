import { fileNameOf } from '../../src/core/packages/importSource';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { mayBeTicked, type ScanRow } from '../../src/core/packages/scanChoice';
import { scanColumns, type ScanColumn, type ScanSort } from '../../src/core/packages/scanOrder';
import { describePrivilege } from '../../src/core/text/accessText';
import { importScanText } from '../../src/core/text/importScanText';
import { describePackageSystem } from '../../src/core/text/importWizardText';
import { formatBytes } from '../../src/core/text/measures';
import { icon } from '../components/icon';
import { Narrow } from '../components/narrow';
import { packageIcons } from '../components/packageIcons';
import { PageElement } from '../components/page';
import { virtualTable, type TableRow, type VirtualTable } from '../components/virtualTable';

/** Heights as the style sheet draws them: in one line, and in two where the page is narrow. */
const headHeights = { en: 32, fr: 42 } as const;
const wideHeight = (): number => 30;
const narrowHeight = (): number => 42;
/** From here on a row has one line. */
const wideFrom = 740;

export const columnNames = {
  name: 'columnName', version: 'columnVersion', localeId: 'columnLocaleId', system: 'columnSystem', size: 'columnSize', presence: 'columnPresence',
} as const satisfies Readonly<Record<ScanColumn, keyof typeof importScanText.en>>;
const narrowColumns: readonly ScanColumn[] = ['name', 'version', 'presence'];

export interface ScanTableOptions {
  readonly rows: readonly ScanRow[];
  readonly ticked: ReadonlySet<string>;
  readonly sort: ScanSort;
  readonly onTick: (keys: ReadonlySet<string>, ticked: boolean) => void;
  readonly onSort: (column: ScanColumn) => void;
  /** The keys ask for the filter. */
  readonly onFilter: () => void;
}

/** The table of packages that a search has found, with check boxes. */
@customElement('gp-scan-table')
export class ScanTable extends PageElement {
  @property({ attribute: false }) options!: ScanTableOptions;
  private readonly narrow = new Narrow(this, wideFrom);
  private current: ScanColumn = 'name';

  protected override render(): TemplateResult {
    const text = this.text(importScanText);
    return html`<p class="visually-hidden" id="scan-keys">${text('tableKeys')}</p><p class="visually-hidden" id="scan-column-keys">${text('columnKeys')}</p>
      ${virtualTable<ScanRow>({
        id: 'scan-table', role: 'grid', label: text('table'), describedBy: 'scan-keys', classes: `scan-table box ${this.narrow.is ? 'is-narrow' : ''}`,
        rows: this.options.rows, key: ({ key }) => key, rowId: (key) => `found-${encodeURIComponent(key)}`, name: ({ identity }) => identity.name,
        heightOf: this.narrow.is ? narrowHeight : wideHeight, headHeight: headHeights[this.locale], head: this.head(), describe: (row) => this.row(row),
        onPress: (row) => this.toggle(row), onKey: this.onKey, onFilter: this.options.onFilter,
      })}`;
  }

  private head(): TemplateResult {
    const text = this.text(importScanText);
    const { sort, ticked } = this.options;
    const open = this.options.rows.filter(mayBeTicked);
    const all = open.length > 0 && open.every(({ key }) => ticked.has(key));
    const some = open.some(({ key }) => ticked.has(key));
    const shown = this.narrow.is ? narrowColumns : scanColumns;
    const current = shown.includes(this.current) ? this.current : 'name';
    return html`<div role="row" class="table-row" aria-rowindex="1">
      <span role="columnheader" class="cell-check"><button type="button" class="check" tabindex="-1" aria-label=${text('selectAll')} aria-pressed=${all ? 'true' : some ? 'mixed' : 'false'}
        ?disabled=${open.length === 0} @click=${() => this.tickAll(!all)}>${all ? icon('check') : some ? icon('remove') : nothing}</button></span>
      ${shown.map((column) => html`<span role="columnheader" class="column cell-${column}" aria-sort=${sort.column === column ? (sort.descending ? 'descending' : 'ascending') : nothing}>
        <button type="button" class="column-button" data-column=${column} tabindex=${column === current ? 0 : -1} aria-describedby="scan-column-keys"
          @click=${() => this.options.onSort(column)} @keydown=${(event: KeyboardEvent) => this.onHeadKey(event, column, shown)}>
          <span>${text(columnNames[column])}</span>${sort.column === column ? icon(sort.descending ? 'arrow-down' : 'arrow-up') : nothing}
        </button></span>`)}
    </div>`;
  }

  private row(row: ScanRow): TableRow {
    const { locale } = this;
    const { identity } = row;
    const isOpen = mayBeTicked(row);
    const isTicked = this.options.ticked.has(row.key);
    const system = describePackageSystem(locale, identity);
    const size = formatBytes(locale, row.size);
    const name = html`${icon(packageIcons[row.kind])}<span class="found-name" title=${row.key}>${identity.name}</span>`;
    const check = html`<span role="gridcell" class="cell-check"><span class="check ${isOpen ? '' : 'is-locked'}" aria-hidden="true">${isTicked ? icon('check') : nothing}</span></span>`;
    return {
      classes: isOpen ? '' : 'is-locked', selected: isTicked, disabled: !isOpen,
      cells: this.narrow.is
        ? html`${check}<span role="gridcell" class="cell-name">${name}<span class="cell-more quiet parts">${[identity.localeId, system, size].filter((part) => part !== '').map((part) => html`<span>${part}</span>`)}</span></span>
          <span role="gridcell">${identity.version}</span>${this.presence(row, isTicked)}`
        : html`${check}<span role="gridcell" class="cell-name">${name}</span><span role="gridcell">${identity.version}</span><span role="gridcell">${identity.localeId}</span>
          <span role="gridcell">${system}</span><span role="gridcell" class="cell-size">${size}</span>${this.presence(row, isTicked)}`,
    };
  }

  /** What the repository holds of a package, and what would be done with it. */
  private presence(row: ScanRow, isTicked: boolean): TemplateResult {
    const text = this.text(importScanText);
    const cell = (name: string, color: string, words: string, title = words): TemplateResult => html`<span role="gridcell" class="cell-presence" title=${title}>${icon(name, color)}<span>${words}</span></span>`;
    switch (row.state) {
      case 'new':
        return cell('diff-added', 'good', text('new'));
      case 'repeated':
        return cell('diff-added', 'quiet', text('repeated', { file: fileNameOf(row.sameAs ?? '') }), row.sameAs);
      case 'identical':
        return cell('pass', 'quiet', text('identical'));
      case 'replaceable':
        return isTicked ? cell('warning', 'warning', text('replace')) : cell('pass', 'quiet', text('present'));
      case 'locked':
        return cell('lock', 'quiet', text('present'), text('needsPrivilege', { privilege: describePrivilege(this.locale, 'replace') }));
    }
  }

  private toggle(row: ScanRow): void {
    if (mayBeTicked(row)) this.options.onTick(new Set([row.key]), !this.options.ticked.has(row.key));
  }

  private tickAll(ticked: boolean): void {
    this.options.onTick(new Set(this.options.rows.map(({ key }) => key)), ticked);
  }

  /** Brings the keys to the first row. */
  enter(): void {
    this.querySelector<VirtualTable>('gp-virtual-table')?.enter();
  }

  private readonly onKey = (event: KeyboardEvent, row: ScanRow | undefined): boolean => {
    if (event.key === ' ' && row !== undefined) {
      this.toggle(row);
      return true;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      this.tickAll(true);
      return true;
    }
    return false;
  };

  private onHeadKey(event: KeyboardEvent, column: ScanColumn, shown: readonly ScanColumn[]): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = by === undefined ? undefined : shown[shown.indexOf(column) + by];
    if (next === undefined) return;
    event.preventDefault();
    this.current = next;
    this.requestUpdate();
    this.querySelector<HTMLElement>(`[data-column=${next}]`)?.focus();
  }
}
