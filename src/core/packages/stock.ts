import type { PackagePlace } from './copy';
import type { GroupCount } from './held';
import type { PackageSummary } from './model';

/**
 * The packages of all tenants as a reader knows them. A stock never changes: another follows it, in which every package
 * that may differ is another object, and every tenant of which nothing differs has the same list.
 */
export interface PackageStock {
  /** All that are there, however many of them are read by now: a package counts for each tenant that holds it. */
  readonly size: number;
  /** The counts are right, whether or not the packages are read. */
  readonly isCounted: boolean;
  /** Everything has been read. */
  readonly isWhole: boolean;
  readonly tenantIds: readonly string[];
  /** The packages of a tenant as far as they are read, in no order. */
  of(tenantId: string): readonly PackageSummary[];
  /** Whether all packages of a tenant have been read. */
  isRead(tenantId: string): boolean;
  /** How many packages are in each group of a tenant; known before they are read. */
  groups(tenantId: string): ReadonlyMap<string, number>;
  /** How many packages a tenant holds. */
  count(tenantId: string): number;
  /** A package as a tenant holds it; without a tenant, as any holds it. */
  find(id: string, tenantId?: string): PackageSummary | undefined;
  /** The tenants that hold a package. */
  holders(id: string): readonly string[];
  /** Every package of every tenant: for those who must look at each. */
  all(): readonly PackageSummary[];
}

/** What is known of one tenant. */
interface Shelf {
  readonly packages: readonly PackageSummary[];
  readonly isRead: boolean;
  /** Read before the packages were; once they are, they count for themselves. */
  readonly counted: ReadonlyMap<string, number>;
}

/** A stock that another can be made from. */
export interface GrowingStock extends PackageStock {
  /** The tenants that exist, with their counts: others are gone; packages that have been read stay. */
  counted(tenantIds: readonly string[], groups: readonly GroupCount[]): GrowingStock;
  /** These tenants exist and no others. */
  tenants(tenantIds: readonly string[]): GrowingStock;
  /** All that is read of a tenant by now; `isLast`: there are no more. */
  read(tenantId: string, packages: readonly PackageSummary[], isLast: boolean): GrowingStock;
  /** What is in these places now, and nothing else. */
  changed(places: readonly PackagePlace[], packages: readonly PackageSummary[]): GrowingStock;
}

const nothing: readonly PackageSummary[] = [];
const noGroups: ReadonlyMap<string, number> = new Map();

const unread: Shelf = { packages: nothing, isRead: false, counted: noGroups };

export const emptyStock: GrowingStock = createStock(new Map(), false);

/** The stock of packages that are all known. */
export function stockOf(packages: readonly PackageSummary[]): GrowingStock {
  const shelves = new Map<string, PackageSummary[]>();
  for (const item of packages) {
    const shelf = shelves.get(item.tenantId);
    if (shelf === undefined) shelves.set(item.tenantId, [item]);
    else shelf.push(item);
  }
  return createStock(new Map([...shelves].map(([tenantId, its]) => [tenantId, { packages: its, isRead: true, counted: noGroups }])), true);
}

function createStock(shelves: ReadonlyMap<string, Shelf>, isCounted: boolean): GrowingStock {
  const shelfOf = (tenantId: string): Shelf | undefined => shelves.get(tenantId);
  const groupsOf = (shelf: Shelf | undefined): ReadonlyMap<string, number> =>
    shelf === undefined ? noGroups : shelf.isRead ? countGroups(shelf.packages) : shelf.counted;
  const countOf = (shelf: Shelf): number => (shelf.isRead ? shelf.packages.length : sum(shelf.counted.values()));
  let size: number | undefined;
  let all: readonly PackageSummary[] | undefined;
  const withShelves = (changed: Iterable<readonly [string, Shelf]>): GrowingStock => createStock(new Map([...shelves, ...changed]), isCounted);

  return {
    get size() {
      size ??= sum([...shelves.values()].map(countOf));
      return size;
    },
    tenantIds: [...shelves.keys()],
    isCounted,
    isWhole: isCounted && [...shelves.values()].every(({ isRead }) => isRead),
    of: (tenantId) => shelfOf(tenantId)?.packages ?? nothing,
    isRead: (tenantId) => shelfOf(tenantId)?.isRead ?? isCounted,
    groups: (tenantId) => groupsOf(shelfOf(tenantId)),
    count: (tenantId) => {
      const shelf = shelfOf(tenantId);
      return shelf === undefined ? 0 : countOf(shelf);
    },
    find: (id, tenantId) => {
      if (tenantId !== undefined) return indexOf(shelfOf(tenantId)?.packages ?? nothing).get(id);
      for (const { packages } of shelves.values()) {
        const found = indexOf(packages).get(id);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    holders: (id) => [...shelves].flatMap(([tenantId, { packages }]) => (indexOf(packages).has(id) ? [tenantId] : [])),
    all: () => {
      all ??= [...shelves.values()].flatMap(({ packages }) => packages);
      return all;
    },
    counted: (tenantIds, groups) => {
      const counts = new Map<string, Map<string, number>>(tenantIds.map((id) => [id, new Map()]));
      for (const { tenantId, group, n } of groups) counts.get(tenantId)?.set(group, n);
      return createStock(new Map([...counts].map(([tenantId, counted]) => {
        const shelf = shelfOf(tenantId);
        return [tenantId, shelf?.isRead === true ? shelf : { packages: shelf?.packages ?? nothing, isRead: counted.size === 0, counted }];
      })), true);
    },
    tenants: (tenantIds) => createStock(new Map(tenantIds.map((id) => [id, shelfOf(id) ?? unread])), isCounted),
    read: (tenantId, packages, isLast) => withShelves([[tenantId, { packages, isRead: isLast, counted: shelfOf(tenantId)?.counted ?? noGroups }]]),
    changed: (places, packages) => {
      const gone = new Map<string, Set<string>>();
      for (const { id, tenantId } of places) gone.set(tenantId, (gone.get(tenantId) ?? new Set()).add(id));
      return withShelves([...gone].flatMap(([tenantId, ids]): (readonly [string, Shelf])[] => {
        const shelf = shelfOf(tenantId) ?? { packages: nothing, isRead: true, counted: noGroups };
        return [[tenantId, { ...shelf, packages: [...shelf.packages.filter(({ id }) => !ids.has(id)), ...packages.filter((item) => item.tenantId === tenantId)] }]];
      }));
    },
  };
}

const indexes = new WeakMap<readonly PackageSummary[], ReadonlyMap<string, PackageSummary>>();

/** The packages of one list by id; made when somebody first looks for one. */
function indexOf(packages: readonly PackageSummary[]): ReadonlyMap<string, PackageSummary> {
  const known = indexes.get(packages) ?? new Map(packages.map((item) => [item.id, item]));
  indexes.set(packages, known);
  return known;
}

const groupCounts = new WeakMap<readonly PackageSummary[], ReadonlyMap<string, number>>();

function countGroups(packages: readonly PackageSummary[]): ReadonlyMap<string, number> {
  const known = groupCounts.get(packages);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const { group } of packages) counts.set(group, (counts.get(group) ?? 0) + 1);
  groupCounts.set(packages, counts);
  return counts;
}

function sum(values: Iterable<number>): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}
