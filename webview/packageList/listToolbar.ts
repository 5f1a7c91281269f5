import { html, nothing, type TemplateResult } from 'lit';
import { listColumns, type ListColumn, type ListSort } from '../../src/core/packages/list/order';
import { createText, type Locale } from '../../src/core/text/messages';
import { packageListText } from '../../src/core/text/packageListText';
import type { ListState } from '../../src/protocol/page/packageList';
import { button, iconButton } from '../components/button';
import { select } from '../components/choices';
import { icon } from '../components/icon';
import { columnNames } from './columns';

/** Names on the button of the tenants; the rest as a number. */
const namedTenants = 2;

export interface ToolbarOptions {
  readonly locale: Locale;
  readonly state: ListState;
  readonly filter: string;
  /** Of the filter: how many match, of how many. */
  readonly matching: number;
  readonly all: number;
  readonly grouped: boolean;
  readonly sort: ListSort;
  readonly onFilter: (text: string) => void;
  readonly onFilterKey: (event: KeyboardEvent) => void;
  readonly onTenants: () => void;
  readonly onGrouped: (grouped: boolean) => void;
  readonly onCollapse: () => void;
  readonly onSort: (sort: ListSort) => void;
  readonly onRefresh: () => void;
  readonly onImport: () => void;
}

/** What stands above the list (ux.md 5). */
export function listToolbar(options: ToolbarOptions): TemplateResult {
  const { locale, state, filter, matching, all, grouped, sort } = options;
  const text = createText(locale, packageListText);
  const isLocked = state.lock !== undefined || state.importForbidden !== undefined;
  return html`<header class="list-toolbar">
    <div class="filter">
      ${icon('search')}
      <input type="text" class="input" id="list-filter" aria-label=${text('quickFilter')} aria-describedby="list-count" placeholder=${text('quickFilter')} autocomplete="off" spellcheck="false"
        .value=${filter} @input=${(event: InputEvent) => options.onFilter((event.currentTarget as HTMLInputElement).value)} @keydown=${options.onFilterKey}>
      <span class="filter-count quiet">${filter.trim() === '' ? nothing : text('matchCount', { m: matching, n: all })}</span>
      ${filter === '' ? nothing : iconButton(text('clearFilter'), 'close', () => options.onFilter(''), { id: 'clear-filter' })}
    </div>
    ${state.choice ? html`<button type="button" class="tenant-button" id="tenants" @click=${options.onTenants}>${icon('organization')}<span>${text('tenants', { names: describeTenants(state, locale) })}</span>${icon('chevron-down')}</button>` : nothing}
    <button type="button" class="icon-button is-toggle" id="group-rows" aria-pressed=${grouped ? 'true' : 'false'} aria-label=${text('groupRows')} title=${text('groupRows')} @click=${() => options.onGrouped(!grouped)}>${icon('list-tree')}</button>
    ${iconButton(text('collapseAll'), 'collapse-all', options.onCollapse, { id: 'collapse-all', disabled: !grouped })}
    <span class="sort-by"><label for="sort-by" id="sort-by-label">${text('sortBy')}</label>
      ${select<ListColumn>({ id: 'sort-by', labelledBy: 'sort-by-label', describedBy: undefined, invalid: false, required: false }, {
        value: sort.column, choices: listColumns.map((column) => ({ value: column, label: text(columnNames[column]) })), onChange: (column) => options.onSort({ column, descending: sort.descending }),
      })}
      ${iconButton(text(sort.descending ? 'descending' : 'ascending'), sort.descending ? 'arrow-down' : 'arrow-up', () => options.onSort({ ...sort, descending: !sort.descending }), { id: 'reverse' })}
    </span>
    <span class="toolbar-end">
      ${iconButton(text('refresh'), 'refresh', options.onRefresh, { id: 'refresh' })}
      ${button(text('import'), options.onImport, { kind: 'primary', icon: 'add', id: 'import', disabled: isLocked })}
    </span>
  </header>`;
}

/** The shown tenants, in words. */
export function describeTenants({ tenants, allTenants }: Pick<ListState, 'tenants' | 'allTenants'>, locale: Locale): string {
  const text = createText(locale, packageListText);
  const names = tenants.map(({ name }) => name);
  if (allTenants && names.length > namedTenants) return text('allTenants');
  return names.length > namedTenants ? text('moreTenants', { names: names.slice(0, namedTenants).join(', '), n: names.length - namedTenants }) : names.join(', ');
}
