import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { wholeName, type PlannedCopy } from '../../src/core/packages/tenantCopy';
import { copyToTenantsText } from '../../src/core/text/copyToTenantsText';
import type { CopyResultRow } from '../../src/protocol/page/copyToTenants';
import { icon } from '../components/icon';
import { PageElement } from '../components/page';
import { stateLabel } from '../components/stateLabel';
import { virtualTable } from '../components/virtualTable';

/** One package in one tenant: what will be done, or what was. */
export interface CopyRow {
  readonly key: string;
  readonly package: string;
  readonly tenant: string;
  readonly outcome: 'planned' | CopyResultRow['outcome'];
}

/** What Finish will do. */
export function plannedRows(plan: readonly PlannedCopy[]): readonly CopyRow[] {
  return plan.map(({ package: item, tenant, outcome }) => ({ key: `${tenant.id}.${item.id}`, package: wholeName(item), tenant: tenant.name, outcome: outcome === 'copied' ? 'planned' : outcome }));
}

/** What Finish has done. */
export function doneRows(result: readonly CopyResultRow[]): readonly CopyRow[] {
  return result.map((row) => ({ key: `${row.tenantId}.${row.id}`, package: row.package, tenant: row.tenant, outcome: row.outcome }));
}

/** As the style sheet draws head and rows. */
const height = 30;

/** Packages and tenants, with what becomes of each pair; of any length. */
@customElement('gp-copy-table')
export class CopyTable extends PageElement {
  @property({ attribute: false }) rows: readonly CopyRow[] = [];

  protected override render(): TemplateResult {
    const text = this.text(copyToTenantsText);
    return virtualTable<CopyRow>({
      id: 'copy-table', role: 'grid', label: text('table'), multiple: false, describedBy: 'footer-words', classes: 'copy-table box',
      rows: this.rows, key: ({ key }) => key, rowId: (key) => `copy-${key}`, name: (row) => row.tenant, heightOf: () => height, headHeight: height,
      head: html`<div role="row" class="table-row" aria-rowindex="1">
        <span role="columnheader">${text('columnTenant')}</span><span role="columnheader">${text('columnPackage')}</span><span role="columnheader">${text('columnOutcome')}</span></div>`,
      describe: (row) => ({
        cells: html`<span role="gridcell" class="tenant-name">${icon('organization')}<span title=${row.tenant}>${row.tenant}</span></span>
          <span role="gridcell" title=${row.package}>${row.package}</span><span role="gridcell">${this.outcome(row)}</span>`,
      }),
      onPress: () => undefined, onKey: () => false, onFilter: () => undefined,
    });
  }

  private outcome({ outcome }: CopyRow): TemplateResult {
    const text = this.text(copyToTenantsText);
    switch (outcome) {
      case 'planned':
        return html`<span class="state">${icon('copy')}<span>${text('willCopy')}</span></span>`;
      case 'copied':
        return stateLabel('done', text('copied'));
      case 'present':
        return html`<span class="state">${icon('pass', 'quiet')}<span>${text('present')}</span></span>`;
      case 'failed':
        return stateLabel('failed', text('failed'));
    }
  }
}
