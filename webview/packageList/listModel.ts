import { createNameFilter } from '../../src/core/packages/list/filter';
import { groupEntries, groupLines, type ListGroup, type ListLine } from '../../src/core/packages/list/lines';
import { sortEntries, type ListSort } from '../../src/core/packages/list/order';
import type { Locale } from '../../src/core/text/messages';
import type { ListRow, ListTenant, RowChanges } from '../../src/protocol/page/packageList';
import { memo } from '../memo';

/** What of the rows is to be shown, and how. */
export interface ListChoice {
  readonly tenants: readonly ListTenant[];
  readonly filter: string;
  readonly sort: ListSort;
  readonly grouped: boolean;
  /** Groups that are closed. */
  readonly closed: ReadonlySet<string>;
}

/** The list as it is to be drawn. */
export interface ArrangedList {
  /** All rows of the shown tenants, before the filter. */
  readonly all: number;
  readonly matching: readonly ListRow[];
  readonly groups: readonly ListGroup<ListRow>[];
  readonly lines: readonly ListLine<ListRow>[];
  readonly importing: number;
  readonly failed: number;
}

/** The rows of the list and what is to be seen of them. What does not depend on a change is not made anew: a key in the filter neither sorts nor counts. */
export interface ListModel {
  replace(rows: readonly ListRow[]): void;
  change(changes: RowChanges): void;
  find(key: string): ListRow | undefined;
  arrange(choice: ListChoice): ArrangedList;
}

export function createListModel(locale: Locale): ListModel {
  const rows = new Map<string, ListRow>();
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  let version = 0;

  const ofTenants = memo((tenants: readonly ListTenant[], _version: number) => {
    const ids = new Set(tenants.map(({ id }) => id));
    const listed = [...rows.values()].filter(({ tenantId }) => ids.has(tenantId));
    return {
      listed,
      importing: listed.filter(({ status }) => status.state === 'running' || status.state === 'queued').length,
      failed: listed.filter(({ status }) => status.state === 'failed').length,
    };
  });
  const sorted = memo((listed: readonly ListRow[], sort: ListSort) => sortEntries(listed, sort, compare));
  const filtered = memo((entries: readonly ListRow[], filter: string) => (filter === '' ? entries : entries.filter(createNameFilter(filter))));
  const grouped = memo((entries: readonly ListRow[], tenants: readonly ListTenant[]) => groupEntries(entries, tenants.map(({ id }) => id), compare));
  const linesOf = memo((groups: readonly ListGroup<ListRow>[], closed: ReadonlySet<string>) => groupLines(groups, (key) => closed.has(key)));
  const flat = memo((entries: readonly ListRow[]) => entries.map((entry): ListLine<ListRow> => ({ kind: 'entry', entry })));

  return {
    replace: (next) => {
      rows.clear();
      for (const row of next) rows.set(row.key, row);
      version += 1;
    },
    change: ({ changed, gone }) => {
      for (const key of gone) rows.delete(key);
      for (const row of changed) rows.set(row.key, row);
      version += 1;
    },
    find: (key) => rows.get(key),
    arrange: ({ tenants, filter, sort, grouped: isGrouped, closed }) => {
      const { listed, importing, failed } = ofTenants(tenants, version);
      const matching = filtered(sorted(listed, sort), filter.trim());
      const groups = grouped(matching, tenants);
      return { all: listed.length, matching, groups, lines: isGrouped ? linesOf(groups, closed) : flat(matching), importing, failed };
    },
  };
}
