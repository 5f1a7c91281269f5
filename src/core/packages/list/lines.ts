import { compareGroups, type CompareNames, type ListEntry } from './order';

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

/**
 * Puts entries on their shelves: tenants in the given order, in each the groups by name, what has no group last; within a
 * group the entries keep their order. Entries of a tenant that is not named are left out.
 */
export function groupEntries<T extends Pick<ListEntry, 'tenantId' | 'group'>>(entries: readonly T[], tenantIds: readonly string[], compareNames: CompareNames): readonly ListGroup<T>[] {
  const shelves = new Map<string, Map<string, T[]>>(tenantIds.map((id) => [id, new Map()]));
  for (const entry of entries) {
    const groups = shelves.get(entry.tenantId);
    const shelf = groups?.get(entry.group);
    if (shelf !== undefined) shelf.push(entry);
    else groups?.set(entry.group, [entry]);
  }
  return [...shelves].flatMap(([tenantId, groups]) =>
    [...groups]
      .sort(([a], [b]) => compareGroups(a, b, compareNames))
      .map(([group, shelf]) => ({ key: groupKey(tenantId, group), tenantId, group, entries: shelf })));
}

/** The lines of grouped entries: each group's head, and below it its entries while it is open. */
export function groupLines<T>(groups: readonly ListGroup<T>[], isClosed: (key: string) => boolean): readonly ListLine<T>[] {
  const lines: ListLine<T>[] = [];
  for (const group of groups) {
    const open = !isClosed(group.key);
    lines.push({ kind: 'group', group, open });
    if (open) for (const entry of group.entries) lines.push({ kind: 'entry', entry });
  }
  return lines;
}
