import { deepEqual, equal, ok } from 'node:assert/strict';
import { createNameFilter } from '../../../../src/core/packages/list/filter';
import { groupKey, groupLines, type ListGroup } from '../../../../src/core/packages/list/lines';
import { compareGroups, firstSort, listColumns, nextSort, sortEntries, type ListEntry } from '../../../../src/core/packages/list/order';
import { filterTenants, listTenants } from '../../../../src/core/packages/list/tenants';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const compareNames = (a: string, b: string): number => collator.compare(a, b);

function entry(change: Partial<ListEntry> & { readonly id?: string } = {}): ListEntry & { readonly id: string } {
  return {
    id: '', name: 'Local Control Agent', nickname: 'LCA', version: '8.5.100.37', localeId: 'ENU', system: 'Linux 64-bit', statusOrder: 5, updatedAt: '2026-11-20T15:28:00.000Z',
    tenantId: 'environment', group: 'Framework', ...change,
  };
}

type Entry = ReturnType<typeof entry>;

function grouped(...shelves: readonly (readonly Entry[])[]): readonly ListGroup<Entry>[] {
  return shelves.flatMap((entries) => entries.slice(0, 1).map(({ tenantId, group }) => ({ key: groupKey(tenantId, group), tenantId, group, entries })));
}

describe('the order of the list', () => {
  it('sorts versions as versions and times as times, in both directions', () => {
    const versions = ['8.5.9', '8.5.10', '8.5.100.37', '9.0', '8.5.9.1'].map((version) => entry({ version }));
    deepEqual(sortEntries(versions, { column: 'version', descending: false }, compareNames).map(({ version }) => version), ['8.5.9', '8.5.9.1', '8.5.10', '8.5.100.37', '9.0']);
    deepEqual(sortEntries(versions, { column: 'version', descending: true }, compareNames).map(({ version }) => version), ['9.0', '8.5.100.37', '8.5.10', '8.5.9.1', '8.5.9']);
    // As texts the second would come first.
    const times = ['2026-03-04T05:06:07.000Z', '2026-03-04T05:06:07Z', '2025-12-31T23:59:59.999Z', 'never'].map((updatedAt) => entry({ updatedAt }));
    deepEqual(sortEntries(times, { column: 'updatedAt', descending: true }, compareNames).map(({ updatedAt }) => updatedAt.slice(0, 4)), ['2026', '2026', '2025', 'neve']);
  });

  it('puts equal entries by name, newest version first, whichever way the column goes', () => {
    const entries = [entry({ id: 'b9', name: 'B', version: '9' }), entry({ id: 'a8', name: 'A', version: '8' }), entry({ id: 'b10', name: 'B', version: '10' }), entry({ id: 'a8w', name: 'A', version: '8', system: 'Windows' })];
    for (const descending of [false, true]) {
      deepEqual(sortEntries(entries, { column: 'localeId', descending }, compareNames).map(({ id }) => id), ['a8', 'a8w', 'b10', 'b9']);
    }
    deepEqual(sortEntries(entries, { column: 'name', descending: true }, compareNames).map(({ id }) => id), ['b10', 'b9', 'a8', 'a8w']);
  });

  it('reverses what is ordered already, and begins another column ascending', () => {
    deepEqual(nextSort(firstSort, 'name'), { column: 'name', descending: true });
    deepEqual(nextSort({ column: 'name', descending: true }, 'name'), firstSort);
    deepEqual(nextSort({ column: 'name', descending: true }, 'status'), { column: 'status', descending: false });
  });

  it('loses no entry and keeps what it was given, by every column', () => {
    const entries = Array.from({ length: 300 }, (_, i) => entry({ id: String(i), name: `P${i % 7}`, version: `8.${(i * 13) % 11}`, statusOrder: i % 4 }));
    const before = JSON.stringify(entries);
    for (const column of listColumns) deepEqual(new Set(sortEntries(entries, { column, descending: false }, compareNames).map(({ id }) => id)).size, 300, column);
    equal(JSON.stringify(entries), before);
  });
});

describe('the quick filter', () => {
  const matches = (text: string, change: Partial<ListEntry>): boolean => createNameFilter(text)(entry(change));

  it('finds any part of the name or nickname, in any case, accents or not', () => {
    ok(matches('control', {}));
    ok(matches(' lca ', {}));
    ok(matches('evenement', { name: 'Serveur d’Événements' }));
    ok(matches('ÉVÉ', { name: 'Serveur d’Evenements' }));
    ok(!matches('linux', {}), 'the system is no name');
  });

  it('takes a text as it is, and an empty one for all', () => {
    ok(matches('', {}));
    ok(matches('  ', {}));
    ok(!matches('.*', {}));
    ok(matches('(a+b)', { name: 'Plug-in (A+B)' }));
  });
});

describe('the groups of the list', () => {
  const entries = [entry({ id: '1', group: '' }), entry({ id: '2', group: 'Voice 10' }), entry({ id: '3', group: 'Voice 9' }), entry({ id: '4', tenantId: 'emea', group: 'Voice 9' }), entry({ id: '5', tenantId: 'foreign' }), entry({ id: '6', group: 'Voice 9' })];

  it('are ordered by name, what has no group last', () => {
    deepEqual(['', 'Voice 10', 'Voice 9'].sort((a, b) => compareGroups(a, b, compareNames)), ['Voice 9', 'Voice 10', '']);
  });

  it('show their entries while they are open', () => {
    const lines = groupLines(grouped(entries.slice(2, 6).filter(({ tenantId }) => tenantId === 'environment'), entries.slice(1, 2), entries.slice(0, 1)), (key) => key === 'environment/Voice 9');
    const shown = Array.from({ length: lines.length }, (_, index) => lines.at(index)).map((line) => (line?.kind === 'group' ? `${line.group.group} ${line.open ? 'open' : 'closed'}` : line?.entry.id));
    deepEqual(shown, ['Voice 9 closed', 'Voice 10 open', '2', ' open', '1']);
    deepEqual([lines.at(-1), lines.at(5)], [undefined, undefined]);
    deepEqual([0, 1, 2, 3, 4].map((index) => lines.headsAbove(index)), [0, 1, 2, 2, 3]);
    deepEqual([lines.headOf('environment/'), lines.headOf('gone'), lines.lineOf('environment/Voice 10', entries[1]!), lines.lineOf('environment/Voice 9', entries[2]!), lines.lineOf('environment/', entries[1]!)], [3, undefined, 2, undefined, undefined]);
  });
});

describe('the lines of groups', () => {
  it('are brought into their order only where somebody looks', () => {
    const asked: string[] = [];
    const groups = grouped([entry({ id: '1', group: 'A' })], [entry({ id: '2', group: 'B' }), entry({ id: '3', group: 'B' })]);
    const lines = groupLines(groups, () => false, (rows) => {
      asked.push(rows[0]?.group ?? '');
      return [...rows].reverse();
    });
    deepEqual([lines.length, asked], [5, []]);
    const ids = [3, 4, 3].map((index) => lines.at(index)).map((line) => (line?.kind === 'entry' ? line.entry.id : ''));
    deepEqual([ids, asked], [['3', '2', '3'], ['B']]);
  });
});

describe('the tree of tenants', () => {
  const tenants = [
    { id: 'retail', name: 'EMEA Retail', parentId: 'emea' }, { id: 'environment', name: 'Environment', parentId: null }, { id: 'emea', name: 'EMEA', parentId: 'environment' },
    { id: 'apac', name: 'APAC', parentId: 'environment' }, { id: 'health', name: 'Health', parentId: 'unseen' },
  ];
  const outline = (lines: ReturnType<typeof listTenants>): string[] => lines.map(({ tenant, depth }) => `${'  '.repeat(depth)}${tenant.name}`);

  it('has parents before their children, by name; a tenant below one that may not be seen stands on the first level', () => {
    deepEqual(outline(listTenants(tenants, compareNames)), ['Environment', '  APAC', '  EMEA', '    EMEA Retail', 'Health']);
  });

  it('names each once, also when two are below each other', () => {
    deepEqual(outline(listTenants([{ id: 'a', name: 'A', parentId: 'b' }, { id: 'b', name: 'B', parentId: 'a' }, { id: 'c', name: 'C', parentId: 'a' }], compareNames)), ['A', '  C', 'B']);
  });

  it('is filtered by any part of a name, with the parents of what matches', () => {
    deepEqual(outline(filterTenants(listTenants(tenants, compareNames), 'retail')), ['Environment', '  EMEA', '    EMEA Retail']);
    deepEqual(filterTenants(listTenants(tenants, compareNames), 'nothing'), []);
  });
});
