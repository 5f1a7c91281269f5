import type { PackageSummary } from '../model';
import { createNameFilter } from './filter';

/**
 * The packages of one list by group, made so that each text of a filter passes over numbers alone: a repository holds the
 * same names in every tenant, and people type a key every tenth of a second.
 */
export interface GroupIndex {
  /** How many packages of each group match a text; groups without any are left out. An empty text takes all. */
  counts(text: string): ReadonlyMap<string, number>;
  /** The packages of a group that match a text. */
  matching(group: string, text: string): readonly PackageSummary[];
}

/** Every name that a list of this process has held gets a number, so that a text is looked for in each once. */
const numbers = new Map<string, number>();
const names: string[] = [];

function numberOf(name: string): number {
  let number = numbers.get(name);
  if (number === undefined) {
    number = names.length;
    names.push(name);
    numbers.set(name, number);
  }
  return number;
}

let last: { readonly text: string; readonly found: Uint8Array } | undefined;

/** By the number of a name: 1 where the text is part of it. */
function find(text: string): Uint8Array {
  if (last?.text === text && last.found.length === names.length) return last.found;
  const matches = createNameFilter(text);
  const found = Uint8Array.from(names, (name) => (matches({ name, nickname: '' }) ? 1 : 0));
  last = { text, found };
  return found;
}

const indexes = new WeakMap<readonly PackageSummary[], GroupIndex>();

/** The index of a list, which must not change any more: made when it is first asked for. */
export function groupIndexOf(packages: readonly PackageSummary[]): GroupIndex {
  const known = indexes.get(packages) ?? createIndex(packages);
  indexes.set(packages, known);
  return known;
}

function createIndex(packages: readonly PackageSummary[]): GroupIndex {
  const places = new Map<string, number>();
  const groups: string[] = [];
  const nameOf = new Uint32Array(packages.length);
  const nicknameOf = new Uint32Array(packages.length);
  const groupOf = new Uint32Array(packages.length);
  for (const [at, item] of packages.entries()) {
    let place = places.get(item.group);
    if (place === undefined) {
      place = groups.length;
      groups.push(item.group);
      places.set(item.group, place);
    }
    nameOf[at] = numberOf(item.name);
    nicknameOf[at] = numberOf(item.nickname);
    groupOf[at] = place;
  }
  const isMatch = (found: Uint8Array, at: number): number => (found[nameOf[at] ?? 0] ?? 0) | (found[nicknameOf[at] ?? 0] ?? 0);
  return {
    counts: (text) => {
      const found = find(text);
      const counted = new Uint32Array(groups.length);
      for (let at = 0; at < nameOf.length; at++) {
        const place = groupOf[at] ?? 0;
        counted[place] = (counted[place] ?? 0) + isMatch(found, at);
      }
      const counts = new Map<string, number>();
      for (const [place, n] of counted.entries()) if (n > 0) counts.set(groups[place] ?? '', n);
      return counts;
    },
    matching: (group, text) => {
      const place = places.get(group);
      const found = find(text);
      return packages.filter((_, at) => groupOf[at] === place && isMatch(found, at) === 1);
    },
  };
}
