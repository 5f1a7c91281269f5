import { html, nothing, type TemplateResult } from 'lit';
import type { ListGroup } from '../../src/core/packages/list/lines';
import { formatFullTime, formatTime } from '../../src/core/text/measures';
import { createText, type Locale } from '../../src/core/text/messages';
import { packageListText } from '../../src/core/text/packageListText';
import type { ListRow, RowStatus } from '../../src/protocol/page/packageList';
import { icon } from '../components/icon';
import { packageIcons } from '../components/packageIcons';
import { progressBar } from '../components/progressBar';
import { stateLabel } from '../components/stateLabel';


/** The cells of a package. @param tenant named beside it where rows of several tenants stand together */
export function entryCells(row: ListRow, locale: Locale, isNarrow: boolean, tenant: string | undefined): TemplateResult {
  const time = formatTime(locale, row.updatedAt);
  const fullTime = formatFullTime(locale, row.updatedAt);
  const name = html`${icon(row.kind === 'import' ? 'package' : packageIcons[row.kind], 'quiet')}<span class="entry-name"><span class="entry-words">${row.name}${tenant === undefined ? nothing : html` <span class="quiet">${tenant}</span>`}</span>${
    isNarrow ? html`<span class="entry-more quiet">${[row.localeId, row.system, time].filter((part) => part !== '').map((part) => html`<span>${part}</span>`)}</span>` : nothing}</span>`;
  if (isNarrow) return html`<span role="gridcell" class="cell-name" title=${fullTime}>${name}</span><span role="gridcell">${orDash(row.version)}</span>${statusCell(row.status, row.name)}`;
  return html`<span role="gridcell" class="cell-name" title=${row.name}>${name}</span>
    <span role="gridcell">${orDash(row.version)}</span><span role="gridcell">${orDash(row.localeId)}</span><span role="gridcell">${orDash(row.system)}</span>
    ${statusCell(row.status, row.name)}<span role="gridcell" title=${fullTime}>${time}</span>`;
}

/** The one cell of a group's head. @param tenant named where groups of several tenants stand together */
export function groupCells(group: ListGroup<ListRow>, open: boolean, locale: Locale, tenant: string | undefined): TemplateResult {
  const name = group.group === '' ? createText(locale, packageListText)('ungrouped') : group.group;
  return html`<span role="gridcell" class="cell-group">${icon(open ? 'chevron-down' : 'chevron-right')}<strong>${name}</strong><span class="quiet">${
    new Intl.NumberFormat(locale).format(group.entries.length)}</span>${tenant === undefined ? nothing : html`<span class="quiet group-tenant">${icon('organization')}${tenant}</span>`}</span>`;
}

const bars = { running: 'running', queued: 'queued', failed: 'failed', stopped: 'queued', done: 'done' } as const satisfies Readonly<Record<RowStatus['state'], string>>;

function statusCell(status: RowStatus, name: string): TemplateResult {
  const { state, words, percent, deployment } = status;
  return html`<span role="gridcell" class="cell-status" title=${deployment === undefined ? words : `${words} · ${deployment.words}`}>${stateLabel(state, deployment === undefined ? words : `${words} · ${deployment.words}`)}${
    percent === undefined ? nothing : progressBar(name, percent, bars[state])}</span>`;
}

function orDash(value: string): string {
  return value === '' ? '–' : value;
}
