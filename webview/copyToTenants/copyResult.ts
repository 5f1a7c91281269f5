import { html, nothing, type TemplateResult } from 'lit';
import { countCopies } from '../../src/core/packages/tenantCopy';
import { copyToTenantsText } from '../../src/core/text/copyToTenantsText';
import { createText, type Locale } from '../../src/core/text/messages';
import type { CopyResultRow } from '../../src/protocol/page/copyToTenants';
import { icon } from '../components/icon';
import { doneRows } from './copyTable';

/** Refusals that are listed with their reason; the table below them has all. */
const mostRefusals = 50;

/** What became of a copy: first each tenant that was refused, by name. */
export function copyResult(locale: Locale, result: readonly CopyResultRow[]): TemplateResult {
  const text = createText(locale, copyToTenantsText);
  const refused = result.filter(({ outcome }) => outcome === 'failed');
  return html`${refused.length === 0 ? nothing : html`<div class="refusals" role="alert">
      <ul>${refused.slice(0, mostRefusals).map((row) => html`<li>${icon('error', 'error')}<span>${text('refused', { package: row.package, tenant: row.tenant, reason: row.error?.message ?? '' })} ${
        row.error === undefined ? nothing : html`<code class="quiet">${row.error.code}</code>`}</span></li>`)}
      ${refused.length > mostRefusals ? html`<li class="quiet">${text('moreTargets', { n: refused.length - mostRefusals })}</li>` : nothing}</ul>
      ${countCopies(result).packages > 0 ? html`<p>${text('othersDone')}</p>` : nothing}</div>`}
    <gp-copy-table .rows=${doneRows(result)}></gp-copy-table>`;
}
