import type { PackageSummary } from './model';

/** What of a package is the same for all tenants that hold it. */
export type SharedPackage = Omit<PackageSummary, 'tenantId' | keyof TenantView>;

/** What each tenant has of its own on a package. */
type TenantView = Pick<PackageSummary, 'group' | 'description' | 'updatedAt' | 'lastDeployment'>;

/** How one tenant holds a package. */
export interface HeldPackage extends TenantView {
  readonly packageId: string;
}

/** A held package with its tenant. */
export interface PlacedPackage extends HeldPackage {
  readonly tenantId: string;
}

/** How many packages of a tenant are in one of its groups. */
export interface GroupCount {
  readonly tenantId: string;
  /** Empty: no group. */
  readonly group: string;
  readonly n: number;
}

/** Values of which few differ: each once, and for each row its place among them; no places where all rows have the one value. */
export interface Column<T> {
  readonly values: readonly T[];
  readonly places: readonly number[];
}

/** Held packages column by column, as they travel: a tenant has thousands that share group, description and time. */
export interface HeldColumns {
  readonly ids: readonly string[];
  readonly groups: Column<string>;
  readonly descriptions: Column<string>;
  readonly times: Column<string>;
  /** Rows whose last deployment did not end well. */
  readonly troubles: readonly (readonly [row: number, trouble: NonNullable<PackageSummary['lastDeployment']>])[];
}

export function asColumns(held: readonly HeldPackage[]): HeldColumns {
  return {
    ids: held.map(({ packageId }) => packageId),
    groups: asColumn(held.map(({ group }) => group)),
    descriptions: asColumn(held.map(({ description }) => description)),
    times: asColumn(held.map(({ updatedAt }) => updatedAt)),
    troubles: held.flatMap(({ lastDeployment }, row) => (lastDeployment === undefined ? [] : [[row, lastDeployment] as const])),
  };
}

export function fromColumns({ ids, groups, descriptions, times, troubles }: HeldColumns): readonly HeldPackage[] {
  const [group, description, time] = [readColumn(groups), readColumn(descriptions), readColumn(times)];
  const held: HeldPackage[] = ids.map((packageId, row) => ({ packageId, group: group(row), description: description(row), updatedAt: time(row) }));
  for (const [row, lastDeployment] of troubles) {
    const one = held[row];
    if (one !== undefined) held[row] = { ...one, lastDeployment };
  }
  return held;
}

/** Values that are the same object or text are one. */
export function asColumn<T>(values: readonly T[]): Column<T> {
  const places = new Map<T, number>();
  const column = values.map((value) => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    return places.size - 1;
  });
  return { values: [...places.keys()], places: places.size > 1 ? column : [] };
}

/** The value of a row of the column. @throws RangeError for a row that it has not */
export function readColumn<T>({ values, places }: Column<T>): (row: number) => T {
  return (row) => {
    const place = places[row] ?? 0;
    if (place >= values.length) throw new RangeError('the column has no such row');
    return values[place] as T;
  };
}

/** The package as its tenant sees it. Its texts are those of `shared`: however many tenants hold it, they are kept once. */
export function asTenantPackage(shared: SharedPackage, tenantId: string, { group, description, updatedAt, lastDeployment }: TenantView): PackageSummary {
  const { id, name, version, localeId, osGroup, computerTypes, kind, nickname, size, sha256, notes } = shared;
  // Written out: a spread of as many packages takes several times as long.
  const item = { id, name, version, localeId, osGroup, computerTypes, kind, nickname, tenantId, group, description, updatedAt, size, sha256 };
  return lastDeployment === undefined && notes === undefined ? item : { ...item, ...(lastDeployment && { lastDeployment }), ...(notes && { notes }) };
}
