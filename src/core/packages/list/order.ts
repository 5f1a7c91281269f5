import { compareParsedVersions, parseVersion } from '../version';

/** Columns of the list of packages (product.md B2). */
export const listColumns = ['name', 'version', 'localeId', 'system', 'status', 'updatedAt'] as const;
export type ListColumn = (typeof listColumns)[number];

export interface ListSort {
  readonly column: ListColumn;
  readonly descending: boolean;
}

/** By name, and within a name the newest version first: as the tree is ordered. */
export const firstSort: ListSort = { column: 'name', descending: false };

/** What the rules of lists need to know of a package or of an import. */
export interface ListEntry {
  readonly name: string;
  readonly nickname: string;
  readonly version: string;
  readonly localeId: string;
  /** The operating system in the reader's words. */
  readonly system: string;
  /** Its place among the states: what wants attention comes first. */
  readonly statusOrder: number;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
  readonly tenantId: string;
  /** Empty: no group. */
  readonly group: string;
}

/** Orders names as the reader's language does. */
export type CompareNames = (a: string, b: string) => number;

/**
 * The order of entries: versions as versions, times as times, everything else as the language orders it. Equal entries
 * follow each other by name, newest version first, system and locale, whichever way the column is ordered.
 * Each distinct value is compared once: a language's rules cost far more than two numbers, and lists repeat their values.
 */
export function sortEntries<T extends ListEntry>(entries: readonly T[], sort: ListSort, compareNames: CompareNames): readonly T[] {
  const names = rank(entries.map((entry) => entry.name), compareNames);
  const versions = rankVersions(entries.map((entry) => entry.version));
  const systems = rank(entries.map((entry) => entry.system), compareNames);
  const locales = rank(entries.map((entry) => entry.localeId), compareNames);
  const value = (entry: T): number => {
    switch (sort.column) {
      case 'name':
        return names(entry.name);
      case 'version':
        return versions(entry.version);
      case 'localeId':
        return locales(entry.localeId);
      case 'system':
        return systems(entry.system);
      case 'status':
        return entry.statusOrder;
      case 'updatedAt':
        return timeOf(entry.updatedAt);
    }
  };
  const direction = sort.descending ? -1 : 1;
  return entries
    .map((entry) => ({
      entry, value: value(entry) * direction, name: names(entry.name), version: -versions(entry.version), system: systems(entry.system), locale: locales(entry.localeId),
    }))
    .sort((a, b) => a.value - b.value || a.name - b.name || a.version - b.version || a.system - b.system || a.locale - b.locale)
    .map(({ entry }) => entry);
}

/** Orders groups by name; what has no group comes last. */
export function compareGroups(a: string, b: string, compareNames: CompareNames): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  return compareNames(a, b);
}

/** The column and direction after a click on a header: another column ascending, the same one reversed. */
export function nextSort(present: ListSort, column: ListColumn): ListSort {
  return { column, descending: present.column === column && !present.descending };
}

/** What is no time comes first. */
function timeOf(iso: string): number {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? -Infinity : time;
}

/** The place of each distinct value in their order: of a long list each is compared once. */
export function rank(values: readonly string[], compare: CompareNames): (value: string) => number {
  return placesOf([...new Set(values)].sort(compare));
}

/** The same for versions: each is cut into its parts once, not at every comparison. */
export function rankVersions(values: readonly string[]): (value: string) => number {
  return placesOf([...new Set(values)].map(parseVersion).sort(compareParsedVersions).map(({ text }) => text));
}

function placesOf(ordered: readonly string[]): (value: string) => number {
  const places = new Map(ordered.map((value, place) => [value, place]));
  return (value) => places.get(value) ?? -1;
}
