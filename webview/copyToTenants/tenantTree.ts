import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { createNameFilter } from '../../src/core/packages/list/filter';
import { filterTenants } from '../../src/core/packages/list/tenants';
import { shortNames, targetState, withTargets, type CopyPackage } from '../../src/core/packages/tenantCopy';
import { copyToTenantsText } from '../../src/core/text/copyToTenantsText';
import type { TenantRow } from '../../src/protocol/page/copyToTenants';
import { icon } from '../components/icon';
import { PageElement } from '../components/page';
import { virtualTable, type TableRow, type VirtualTable } from '../components/virtualTable';

/** As the style sheet draws a row. */
const rowHeight = (): number => 30;
/** How much further in each level begins. */
const levelWidth = 23;
/** Names that are said of what a tenant has; of more only their number. */
const mostNames = 2;

/** The tree of tenants with check boxes, and the filter above it. */
@customElement('gp-tenant-tree')
export class TenantTree extends PageElement {
  @property({ attribute: false }) packages: readonly CopyPackage[] = [];
  @property({ attribute: false }) tenants: readonly TenantRow[] = [];
  @property({ attribute: false }) chosen: readonly string[] = [];
  /** Id of the element that says what is wrong with the choice. */
  @property({ attribute: false }) problem: string | undefined;
  @property({ attribute: false }) onChoose: (tenantIds: readonly string[]) => void = () => undefined;
  @property({ attribute: false }) say: (words: string) => void = () => undefined;
  @state() private filter = '';
  private shown: { readonly of: readonly unknown[]; readonly rows: readonly TenantRow[]; readonly matches: number } | undefined;

  protected override render(): TemplateResult {
    const text = this.text(copyToTenantsText);
    const { rows, matches } = this.found();
    const names = shortNames(this.packages);
    const chosen = new Set(this.chosen);
    return html`<div class="tenant-box box">
      <div class="tenant-filter"><div class="filter">
        ${icon('search')}
        <input type="text" class="input" id="tenant-filter" aria-label=${text('quickFilter')} aria-describedby="tenant-count ${this.problem ?? ''}" aria-invalid=${this.problem === undefined ? nothing : 'true'}
          placeholder=${text('quickFilter')} autocomplete="off" spellcheck="false" .value=${this.filter} @input=${this.onInput} @keydown=${this.onFilterKey}>
        <span class="filter-count quiet" id="tenant-count">${this.filter.trim() === '' ? text('count', { n: this.tenants.length }) : text('countOf', { m: matches, n: this.tenants.length })}</span>
        ${this.filter === '' ? nothing : html`<button type="button" class="icon-button" aria-label=${text('clearFilter')} @click=${this.clear}>${icon('close')}</button>`}
      </div></div>
      <p class="visually-hidden" id="tenant-keys">${text('treeKeys')}</p>
      ${rows.length === 0 ? html`<p class="tenant-none quiet">${text('noMatch', { text: this.filter.trim() })}</p>` : virtualTable<TenantRow>({
        id: 'tenant-tree', role: 'treegrid', label: text('tenants'), describedBy: `tenant-keys ${this.problem ?? ''}`, classes: 'tenant-tree',
        rows, key: ({ id }) => id, rowId: (id) => `tenant-${id}`, name: ({ name }) => name, heightOf: rowHeight, headHeight: 0,
        describe: (row) => this.row(row, chosen.has(row.id), names),
        onPress: (row) => this.toggle(row), onKey: this.onKey, onFilter: this.focusFilter,
      })}
    </div>`;
  }

  private row(row: TenantRow, isChosen: boolean, names: ReadonlyMap<string, string>): TableRow {
    const state = targetState(row, this);
    const isTicked = isChosen || state === 'complete';
    return {
      classes: state === 'open' ? '' : 'is-locked', selected: isTicked, disabled: state !== 'open' && !isChosen, level: row.depth + 1,
      cells: html`<span role="gridcell" class="tenant-name" .style=${`padding-left: ${row.depth * levelWidth}px`}>
          <span class="check ${state === 'open' ? '' : 'is-locked'}" aria-hidden="true">${isTicked ? icon('check') : nothing}</span>${icon('organization')}<span>${row.name}</span></span>
        <span role="gridcell" class="tenant-has">${this.has(row, names)}</span>`,
    };
  }

  /** What a tenant has already, or why nothing may be copied to it. */
  private has(row: TenantRow, names: ReadonlyMap<string, string>): TemplateResult | typeof nothing {
    const text = this.text(copyToTenantsText);
    const line = (name: string, words: string): TemplateResult => html`${icon(name)}<span title=${words}>${words}</span>`;
    const n = this.packages.length;
    switch (targetState(row, this)) {
      case 'complete':
        return line('pass', text('hasAll', { n }));
      case 'readOnly':
        return line('lock', text('readOnly'));
      case 'open': {
        const k = row.held.length;
        if (k === 0) return nothing;
        return line('pass', k > mostNames ? text('hasCount', { k, n }) : text('hasSome', { packages: row.held.map((id) => names.get(id) ?? id).join(', ') }));
      }
    }
  }

  private found(): { readonly rows: readonly TenantRow[]; readonly matches: number } {
    if (this.shown?.of[0] !== this.tenants || this.shown.of[1] !== this.filter) {
      const matches = createNameFilter(this.filter);
      this.shown = {
        of: [this.tenants, this.filter],
        rows: filterTenants(this.tenants.map((tenant) => ({ tenant, depth: tenant.depth })), this.filter).map(({ tenant }) => tenant),
        matches: this.tenants.filter(({ name }) => matches({ name, nickname: '' })).length,
      };
    }
    return this.shown;
  }

  private toggle(row: TenantRow): void {
    this.onChoose(withTargets(this.chosen, [row.id], !this.chosen.includes(row.id), this));
  }

  private readonly onKey = (event: KeyboardEvent, row: TenantRow | undefined): boolean => {
    const withControl = event.ctrlKey || event.metaKey;
    if (event.key === ' ' && row !== undefined) {
      this.toggle(row);
      return true;
    }
    if (withControl && event.key.toLowerCase() === 'a') {
      this.onChoose(withTargets(this.chosen, this.found().rows.map(({ id }) => id), true, this));
      return true;
    }
    return false;
  };

  private readonly onInput = (event: InputEvent): void => this.setFilter((event.currentTarget as HTMLInputElement).value);

  private setFilter(filter: string): void {
    this.filter = filter;
    this.say(this.text(copyToTenantsText)('countAnnouncement', { m: this.found().matches, n: this.tenants.length }));
  }

  private readonly onFilterKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.querySelector<VirtualTable>('gp-virtual-table')?.enter();
    } else if (event.key === 'Escape' && this.filter !== '') {
      event.preventDefault();
      this.clear();
    }
  };

  private readonly clear = (): void => {
    this.setFilter('');
    this.focusFilter();
  };

  private readonly focusFilter = (): void => this.querySelector<HTMLElement>('#tenant-filter')?.focus();
}
