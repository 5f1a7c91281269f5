import { html, nothing, type TemplateResult } from 'lit';
import { createText, type Locale } from '../../src/core/text/messages';
import { packageListText } from '../../src/core/text/packageListText';
import { formatTime } from '../../src/core/text/measures';
import type { ListState } from '../../src/protocol/page/packageList';
import { button } from '../components/button';
import { icon } from '../components/icon';
import { notice } from '../components/notice';
import type { ArrangedList } from './listModel';
import { describeTenants } from './listToolbar';

/** The line above the table: how many there are, or how many match. */
export function countLine(list: ArrangedList, { expected }: Pick<ListState, 'expected'>, filter: string, grouped: boolean, locale: Locale): string {
  const text = createText(locale, packageListText);
  if (filter.trim() !== '') return text('countMatches', { m: list.matching, n: list.all, text: filter.trim() });
  if (expected !== undefined) return text('countReading', { n: list.all, all: Math.max(expected, list.all) });
  const packages = text('countPackages', { n: list.all });
  return [
    grouped ? text('countInGroups', { packages, n: list.groups.length }) : packages,
    ...(list.importing > 0 ? [text('countImporting', { n: list.importing })] : []),
    ...(list.failed > 0 ? [text('countFailed', { n: list.failed })] : []),
  ].join(' · ');
}

/** Lines between the toolbar and the table: out of reach, and why something is locked. */
export function listNotices(state: ListState, locale: Locale, needsTrust: string): TemplateResult {
  const text = createText(locale, packageListText);
  const locked = state.lock === undefined ? state.importForbidden : state.lock.kind === 'needsTrust' ? needsTrust : state.lock.message;
  return html`${state.offlineSince === undefined ? nothing : notice('warning', text('offlineSince', { time: formatTime(locale, state.offlineSince) }))}
    ${locked === undefined ? nothing : html`<p class="lock-words">${icon('lock')}<span>${locked}</span></p>`}`;
}

export interface EmptyActions {
  readonly onImport: () => void;
  readonly onClearFilter: () => void;
}

/** What stands in the middle of a list without rows. */
export function emptyList(state: ListState, list: ArrangedList, filter: string, locale: Locale, actions: EmptyActions): TemplateResult {
  const text = createText(locale, packageListText);
  if (state.unknown) return html`<div class="list-empty"><p>${text('offline')}</p></div>`;
  if (state.tenants.length === 0) return html`<div class="list-empty"><p>${text('noTenant')}</p></div>`;
  if (list.all > 0) {
    return html`<div class="list-empty"><p>${text('noMatch', { text: filter.trim(), tenants: describeTenants(state, locale) })}</p>${button(text('clearFilter'), actions.onClearFilter, { id: 'no-match-clear' })}</div>`;
  }
  if (state.expected !== undefined && state.expected > 0) return loadingList(locale);
  const isLocked = state.lock !== undefined || state.importForbidden !== undefined;
  return html`<div class="list-empty"><p>${text('noPackages')}</p>${button(text('importPackages'), actions.onImport, { kind: 'primary', id: 'no-packages-import', disabled: isLocked })}</div>`;
}

/** Grey rows while nothing is known. */
export function loadingList(locale: Locale): TemplateResult {
  return html`<div class="list-loading"><p role="status">${createText(locale, packageListText)('loading')}</p>${Array.from({ length: 12 }, () => html`<div class="skeleton" aria-hidden="true"></div>`)}</div>`;
}
