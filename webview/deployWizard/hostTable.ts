import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DeployPackage } from '../../src/core/deployment/draft';
import { deployWizardText } from '../../src/core/text/deployWizardText';
import type { HostRow } from '../../src/protocol/page/deployWizard';
import { hostTags } from '../components/hostTags';
import { icon } from '../components/icon';
import { Narrow } from '../components/narrow';
import { PageElement } from '../components/page';
import { virtualTable, type TableRow, type VirtualTable } from '../components/virtualTable';
import { checkHost, type HostCheck } from './hostCheck';

const headHeight = 30;
/** Heights of a row, as the style sheet draws them: in one line, and in two where the page is narrow. */
const wideHeight = (): number => 30;
const narrowHeight = (): number => 42;
/** From here on a row has one line (ux.md 19). */
const wideFrom = 760;

/** The table of hosts, with check boxes. */
@customElement('gp-host-table')
export class HostTable extends PageElement {
  @property({ attribute: false }) rows: readonly HostRow[] = [];
  @property({ attribute: false }) chosen: ReadonlySet<string> = new Set();
  @property({ attribute: false }) package: DeployPackage | undefined;
  /** Of a plug-in: the hosts that have GAX. */
  @property({ attribute: false }) hostsWithGax: ReadonlySet<string> | undefined;
  @property({ attribute: false }) onToggle: (ids: readonly string[], chosen: boolean) => void = () => undefined;
  @property({ attribute: false }) onAct: (action: 'test' | 'open', id: string) => void = () => undefined;
  /** The keys ask for the filter. */
  @property({ attribute: false }) onFilter: () => void = () => undefined;
  @property() describedBy = '';
  private readonly narrow = new Narrow(this, wideFrom);

  protected override render(): TemplateResult {
    return virtualTable<HostRow>({
      id: 'host-table', role: 'grid', label: this.text(deployWizardText)('hostTable'), describedBy: `host-keys ${this.describedBy}`,
      classes: `host-table box ${this.narrow.is ? 'is-narrow' : ''}`,
      rows: this.rows, key: ({ id }) => id, rowId: (id) => `host-${id}`, name: ({ name }) => name,
      heightOf: this.narrow.is ? narrowHeight : wideHeight, headHeight, head: this.head(), describe: (row) => this.row(row),
      onPress: (row) => this.toggleOne(row), onKey: this.onKey, onFilter: this.onFilter,
    });
  }

  private head(): TemplateResult {
    const text = this.text(deployWizardText);
    const choosable = this.choosable();
    const all = choosable.length > 0 && choosable.every(({ id }) => this.chosen.has(id));
    const some = choosable.some(({ id }) => this.chosen.has(id));
    return html`<div role="row" class="table-row" aria-rowindex="1">
      <span role="columnheader" class="cell-check"><button type="button" class="check" tabindex="-1" aria-label=${text('selectAll')} aria-pressed=${all ? 'true' : some ? 'mixed' : 'false'}
        @click=${() => this.toggle(choosable, !all)}>${all ? icon('check') : some ? icon('remove') : nothing}</button></span>
      <span role="columnheader" class="cell-name">${text('columnHost')}</span>
      <span role="columnheader" class="cell-wide">${text('columnAddress')}</span>
      <span role="columnheader" class="cell-wide">${text('columnSystem')}</span>
      <span role="columnheader" class="cell-wide">${text('columnInstalled')}</span>
      <span role="columnheader" class="cell-state">${text('columnCheck')}</span>
    </div>`;
  }

  private row(row: HostRow): TableRow {
    const text = this.text(deployWizardText);
    const check = this.check(row);
    const chosen = this.chosen.has(row.id);
    const system = row.system === undefined ? text('systemUnknown') : text('systemBits', { system: row.system.release || row.system.osGroup, bits: row.system.bits });
    const short = [row.address, system, ...(row.installed === undefined ? [] : [text('installedShort', { version: row.installed })])];
    return {
      classes: check.mayBeChosen ? '' : 'is-locked', selected: chosen, disabled: !check.mayBeChosen,
      cells: html`<span role="gridcell" class="cell-check"><span class="check ${check.mayBeChosen ? '' : 'is-locked'}" aria-hidden="true">${chosen ? icon('check') : nothing}</span></span>
        <span role="gridcell" class="cell-name">${icon('vm')}<span class="host-name">${row.name}</span>${hostTags(row.tags, row.protectedBy)}<span class="cell-narrow quiet">${short.map((words) => html`<span>${words}</span>`)}</span></span>
        <span role="gridcell" class="cell-wide">${row.address}</span>
        <span role="gridcell" class="cell-wide">${system}</span>
        <span role="gridcell" class="cell-wide">${row.installed ?? text('notInstalled')}</span>
        <span role="gridcell" class="cell-state" title=${check.words}>${icon(check.icon, check.color)}${this.stateWords(row, check)}</span>`,
    };
  }

  private stateWords(row: HostRow, { words, action }: HostCheck): TemplateResult {
    if (action === undefined) return html`<span>${words}</span>`;
    const act = (event: Event): void => {
      event.stopPropagation();
      this.onAct(action, row.id);
    };
    return html`<button type="button" class="link" tabindex="-1" @click=${act}>${words}</button>`;
  }

  private check(row: HostRow): HostCheck {
    if (this.package === undefined) return { icon: 'question', color: 'warning', words: '', mayBeChosen: false };
    return checkHost(row, this.package, this.text(deployWizardText), this.locale, this.hostsWithGax?.has(row.id) ?? true);
  }

  private choosable(): readonly HostRow[] {
    return this.rows.filter((row) => this.check(row).mayBeChosen);
  }

  private toggleOne(row: HostRow): void {
    if (this.check(row).mayBeChosen) this.onToggle([row.id], !this.chosen.has(row.id));
  }

  private toggle(rows: readonly HostRow[], chosen: boolean): void {
    this.onToggle(rows.map(({ id }) => id), chosen);
  }

  /** Brings the keys to the first row. */
  enter(): void {
    this.querySelector<VirtualTable>('gp-virtual-table')?.enter();
  }

  private readonly onKey = (event: KeyboardEvent, row: HostRow | undefined): boolean => {
    const withControl = event.ctrlKey || event.metaKey;
    if (event.key === ' ' && row !== undefined) {
      this.toggleOne(row);
      return true;
    }
    if (event.key === 'Enter' && !withControl && row !== undefined) {
      const { action } = this.check(row);
      if (action !== undefined) this.onAct(action, row.id);
      return true;
    }
    if (withControl && event.key.toLowerCase() === 'a') {
      this.toggle(this.choosable(), true);
      return true;
    }
    return false;
  };
}
