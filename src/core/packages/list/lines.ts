/** A shelf of one tenant with its entries, in their order. */
export interface ListGroup<T> {
  /** One text for one tenant and group. */
  readonly key: string;
  readonly tenantId: string;
  /** Empty: what has no group. */
  readonly group: string;
  readonly entries: readonly T[];
}

/** One line of the list: the head of a group, or an entry. */
export type ListLine<T> =
  | { readonly kind: 'group'; readonly group: ListGroup<T>; readonly open: boolean }
  | { readonly kind: 'entry'; readonly entry: T };

export function groupKey(tenantId: string, group: string): string {
  return `${tenantId}/${group}`;
}

/** A list of which a row is made when it is looked at; an array is one. */
export interface RowList<T> {
  readonly length: number;
  at(index: number): T | undefined;
}

/** The lines of grouped entries. */
export interface LineList<T> extends RowList<ListLine<T>> {
  /** The line of a group's head; undefined when there is no such group. */
  headOf(groupKey: string): number | undefined;
  /** The line of an entry; undefined while it is not to be seen. */
  lineOf(groupKey: string, entry: T): number | undefined;
  /** How many heads of groups there are above a line. */
  headsAbove(index: number): number;
}

/**
 * The lines of grouped entries: each group's head, and below it its entries while it is open. Of thousands of lines only
 * those that are looked at are made, and only their groups are brought into their order.
 */
export function groupLines<T>(groups: readonly ListGroup<T>[], isClosed: (key: string) => boolean, inOrder: (entries: readonly T[]) => readonly T[] = (entries) => entries): LineList<T> {
  const heads: number[] = [];
  const open: boolean[] = [];
  let length = 0;
  for (const group of groups) {
    const isOpen = !isClosed(group.key);
    heads.push(length);
    open.push(isOpen);
    length += 1 + (isOpen ? group.entries.length : 0);
  }
  const places = new Map(groups.map(({ key }, place) => [key, place]));
  const ordered = new Map<number, readonly T[]>();
  const entriesOf = (place: number): readonly T[] => {
    const entries = ordered.get(place) ?? inOrder(groups[place]?.entries ?? []);
    ordered.set(place, entries);
    return entries;
  };
  /** The last group whose head is at a line or above it. */
  const groupAt = (index: number): number => {
    let [low, high] = [0, heads.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((heads[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    length,
    at: (index) => {
      if (index < 0 || index >= length) return undefined;
      const place = groupAt(index);
      const [group, head] = [groups[place], heads[place] ?? 0];
      if (group === undefined) return undefined;
      if (index === head) return { kind: 'group', group, open: open[place] === true };
      const entry = entriesOf(place)[index - head - 1];
      return entry === undefined ? undefined : { kind: 'entry', entry };
    },
    headOf: (groupKey) => heads[places.get(groupKey) ?? -1],
    lineOf: (groupKey, entry) => {
      const place = places.get(groupKey);
      if (place === undefined || open[place] !== true) return undefined;
      const row = entriesOf(place).indexOf(entry);
      return row < 0 ? undefined : (heads[place] ?? 0) + 1 + row;
    },
    headsAbove: (index) => {
      const place = groupAt(index);
      return (heads[place] ?? 0) < index ? place + 1 : place;
    },
  };
}
