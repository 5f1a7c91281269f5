import { readColumn } from '../../src/core/packages/held';
import { createNameFilter } from '../../src/core/packages/list/filter';
import { groupKey, groupLines, type LineList, type ListGroup, type ListLine, type RowList } from '../../src/core/packages/list/lines';
import { compareGroups, sortEntries, type ListSort } from '../../src/core/packages/list/order';
import type { Locale } from '../../src/core/text/messages';
import type { ListRow, ListTenant, RowBatch, SharedRow, TenantRows } from '../../src/protocol/page/packageList';
import { memo } from '../memo';
import { createPackageRow, type PackageRow } from './packageRow';

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
  readonly matching: number;
  readonly groups: readonly ListGroup<ListRow>[];
  readonly lines: ListLines;
  readonly importing: number;
  readonly failed: number;
}

/** The lines to draw. */
export interface ListLines extends RowList<ListLine<ListRow>> {
  /** The line of a row, or of a group's head, by key; undefined when it is not to be seen. */
  lineOf(key: string): number | undefined;
  headOf(row: ListRow): number | undefined;
  headsAbove(index: number): number;
}

/** The rows of the list and what is to be seen of them. What does not depend on a change is not made anew: a key in the filter neither sorts nor counts. */
export interface ListModel {
  clear(): void;
  change(batch: RowBatch): void;
  find(key: string): ListRow | undefined;
  arrange(choice: ListChoice): ArrangedList;
}

/** The rows of one tenant, with those of them that match on their shelves. */
interface Shelf {
  readonly packages: Map<string, PackageRow>;
  readonly imports: Map<string, ListRow>;
  groups: ReadonlyMap<string, readonly ListRow[]> | undefined;
  matching: { readonly filter: string; readonly groups: ReadonlyMap<string, readonly ListRow[]> } | undefined;
}

export function createListModel(locale: Locale): ListModel {
  const shared = new Map<string, SharedRow>();
  const shelves = new Map<string, Shelf>();
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  let version = 0;
  /** The rows whose name matches, found once for all tenants that hold the package. */
  let match: { readonly filter: string; readonly version: number; readonly matches: (row: ListRow) => boolean } | undefined;

  const shelfOf = (tenantId: string): Shelf => {
    const shelf = shelves.get(tenantId) ?? { packages: new Map<string, PackageRow>(), imports: new Map<string, ListRow>(), groups: undefined, matching: undefined };
    shelves.set(tenantId, shelf);
    return shelf;
  };
  const touch = (shelf: Shelf): void => {
    shelf.groups = undefined;
    shelf.matching = undefined;
  };
  const changeTenant = ({ tenantId, ids, groups, times, statuses, gone }: TenantRows): void => {
    const shelf = shelfOf(tenantId);
    for (const id of gone) shelf.packages.delete(id);
    const [group, time, status] = [readColumn(groups), readColumn(times), readColumn(statuses)];
    for (const [place, id] of ids.entries()) {
      const one = shared.get(id);
      if (one !== undefined) shelf.packages.set(id, createPackageRow(one, tenantId, group(place), time(place), status(place)));
    }
    touch(shelf);
  };
  const changeImports = ({ changed, gone }: RowBatch['imports']): void => {
    const keys = new Set([...gone, ...changed.map(({ key }) => key)]);
    if (keys.size === 0) return;
    for (const shelf of shelves.values()) for (const key of keys) if (shelf.imports.delete(key)) touch(shelf);
    for (const row of changed) {
      const shelf = shelfOf(row.tenantId);
      shelf.imports.set(row.key, row);
      touch(shelf);
    }
  };

  const matcher = (filter: string): ((row: ListRow) => boolean) => {
    if (match?.filter === filter && match.version === version) return match.matches;
    const matches = createNameFilter(filter);
    const found = new Set<SharedRow>();
    for (const one of shared.values()) if (matches(one)) found.add(one);
    match = { filter, version, matches: (row) => ('shared' in row ? found.has((row as PackageRow).shared) : matches(row)) };
    return match.matches;
  };
  const groupsOf = (shelf: Shelf): ReadonlyMap<string, readonly ListRow[]> => {
    if (shelf.groups === undefined) {
      const groups = new Map<string, ListRow[]>();
      for (const rows of [shelf.packages.values(), shelf.imports.values()]) {
        for (const row of rows) {
          const group = groups.get(row.group);
          if (group === undefined) groups.set(row.group, [row]);
          else group.push(row);
        }
      }
      shelf.groups = groups;
    }
    return shelf.groups;
  };
  const matchingOf = (shelf: Shelf, filter: string): ReadonlyMap<string, readonly ListRow[]> => {
    if (filter === '') return groupsOf(shelf);
    if (shelf.matching?.filter !== filter) {
      const matches = matcher(filter);
      const groups = new Map<string, readonly ListRow[]>();
      for (const [group, rows] of groupsOf(shelf)) {
        const left = rows.filter(matches);
        if (left.length > 0) groups.set(group, left);
      }
      shelf.matching = { filter, groups };
    }
    return shelf.matching.groups;
  };

  const counted = memo((tenants: readonly ListTenant[], _version: number) => {
    const shown = tenants.flatMap(({ id }) => shelves.get(id) ?? []);
    const imports = shown.flatMap((shelf) => [...shelf.imports.values()]);
    return {
      all: shown.reduce((sum, { packages, imports: its }) => sum + packages.size + its.size, 0),
      importing: imports.filter(({ status }) => status.state === 'running' || status.state === 'queued').length,
      failed: imports.filter(({ status }) => status.state === 'failed').length,
    };
  });
  const grouped = memo((tenants: readonly ListTenant[], filter: string, _version: number): readonly ListGroup<ListRow>[] => {
    const found = tenants.map(({ id }) => [id, shelves.has(id) ? matchingOf(shelfOf(id), filter) : new Map<string, readonly ListRow[]>()] as const);
    // Their names repeat from tenant to tenant.
    const names = new Set(found.flatMap(([, groups]) => [...groups.keys()]));
    const places = new Map([...names].sort((a, b) => compareGroups(a, b, compare)).map((name, place) => [name, place]));
    return found.flatMap(([tenantId, groups]) => [...groups]
      .sort(([a], [b]) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
      .map(([group, entries]) => ({ key: groupKey(tenantId, group), tenantId, group, entries })));
  });
  const linesOf = memo((groups: readonly ListGroup<ListRow>[], closed: ReadonlySet<string>, sort: ListSort): ListLines =>
    groupedLines(groupLines(groups, (key) => closed.has(key), (entries) => sortEntries(entries, sort, compare)), find));
  const sorted = memo((tenants: readonly ListTenant[], sort: ListSort, _version: number) =>
    sortEntries(tenants.flatMap(({ id }) => [...groupsOf(shelfOf(id)).values()].flat()), sort, compare));
  const flat = memo((entries: readonly ListRow[], filter: string, _version: number) => flatLines(filter === '' ? entries : entries.filter(matcher(filter)), find));

  function find(key: string): ListRow | undefined {
    const [kind, first = '', second = ''] = key.split(':');
    if (kind === 'package') return shelves.get(first)?.packages.get(second);
    for (const { imports } of shelves.values()) {
      const row = imports.get(key);
      if (row !== undefined) return row;
    }
    return undefined;
  }

  return {
    clear: () => {
      shared.clear();
      shelves.clear();
      version += 1;
    },
    change: (batch) => {
      // Rows that are known keep what they share: it is told anew only to be another.
      for (const one of batch.shared) {
        const known = shared.get(one.id);
        if (known === undefined) shared.set(one.id, { ...one });
        else Object.assign(known, one);
      }
      for (const tenant of batch.tenants) changeTenant(tenant);
      changeImports(batch.imports);
      version += 1;
    },
    find,
    arrange: ({ tenants, filter, sort, grouped: isGrouped, closed }) => {
      const wanted = filter.trim();
      const groups = grouped(tenants, wanted, version);
      return {
        ...counted(tenants, version), groups, matching: groups.reduce((sum, { entries }) => sum + entries.length, 0),
        lines: isGrouped ? linesOf(groups, closed, sort) : flat(sorted(tenants, sort, version), wanted, version),
      };
    },
  };
}

function groupedLines(lines: LineList<ListRow>, find: (key: string) => ListRow | undefined): ListLines {
  const keyOf = (row: ListRow): string => groupKey(row.tenantId, row.group);
  return {
    length: lines.length, at: (index) => lines.at(index), headsAbove: (index) => lines.headsAbove(index),
    headOf: (row) => lines.headOf(keyOf(row)),
    lineOf: (key) => {
      if (key.startsWith('group:')) return lines.headOf(key.slice('group:'.length));
      const row = find(key);
      return row === undefined ? undefined : lines.lineOf(keyOf(row), row);
    },
  };
}

function flatLines(entries: readonly ListRow[], find: (key: string) => ListRow | undefined): ListLines {
  return {
    length: entries.length, headsAbove: () => 0, headOf: () => undefined,
    at: (index) => {
      const entry = entries[index];
      return entry === undefined ? undefined : { kind: 'entry', entry };
    },
    lineOf: (key) => {
      const row = find(key);
      const index = row === undefined ? -1 : entries.indexOf(row);
      return index < 0 ? undefined : index;
    },
  };
}
