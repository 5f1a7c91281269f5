import { asTenantPackage, type HeldPackage, type PlacedPackage, type SharedPackage } from '../../../../core/packages/held';
import type { PackageSummary, PackageTemplate, PackageTemplates } from '../../../../core/packages/model';
import type { PackageNote } from '../../../../core/packages/notes';
import type { Repository } from '../../repository';
import type { Reader, SqlParameter } from '../catalogue';
import { number, text } from '../rows';
import { troubleKey, type Deployments } from './deployments';
import type { RepositoryParts } from './parts';

type ListMethods =
  | 'listPackages' | 'countGroups' | 'listHeldPackages' | 'listPlaces' | 'listSharedPackages' | 'listIdentityTenants' | 'listTemplates';

const sharedColumns = ['p.id', 'p.content', 'c.size', 'p.name', 'p.version', 'p.locale_id', 'p.os_group', 'p.computer_types', 'p.kind', 'p.nickname', 'p.notes'];
type SharedRow = readonly [
  id: string, sha256: string, size: number, name: string, version: string, localeId: string, osGroup: string, computerTypes: string, kind: SharedPackage['kind'], nickname: string, notes: string | null,
];
const heldColumns = ['package_id', 'tenant_id', 'group_name', 'description', 'updated_at'];
type HeldRow = readonly [packageId: string, tenantId: string, group: string, description: string, updatedAt: string];

/** Ids as one parameter. */
const given = '(SELECT value FROM json_each(?))';

/** The lists of packages: read many at a time, in as few calls of the database as there are pages. */
export function createPackageLists({ store }: RepositoryParts, deployments: Deployments): Pick<Repository, ListMethods> {
  const placed = (reader: Reader, rows: readonly HeldRow[]): PlacedPackage[] => {
    const troubles = deployments.troubles(reader);
    return rows.map(([packageId, tenantId, group, description, updatedAt]) => {
      const lastDeployment = troubles.size === 0 ? undefined : troubles.get(troubleKey(packageId, tenantId));
      return { packageId, tenantId, group, description, updatedAt, ...(lastDeployment && { lastDeployment }) };
    });
  };

  return {
    listPackages: (tenantId) => store.read((reader) => {
      const of = tenantId === undefined ? [] : [tenantId];
      const shared = new Map(asShared(readRows<SharedRow>(reader,
        sharedColumns, 'packages p JOIN contents c ON c.sha256 = p.content ORDER BY p.name, p.version, p.id')).map((one, rank) => [one.id, { one, rank }]));
      const held = placed(reader, readRows<HeldRow>(reader, heldColumns, `package_tenants ${tenantId === undefined ? '' : 'WHERE tenant_id = ?'}`, ...of));
      return held
        .flatMap((place): { readonly rank: number; readonly item: PackageSummary }[] => {
          const found = shared.get(place.packageId);
          return found ? [{ rank: found.rank, item: asTenantPackage(found.one, place.tenantId, place) }] : [];
        })
        .sort((a, b) => compare(a.item.tenantId, b.item.tenantId) || a.rank - b.rank)
        .map(({ item }) => item);
    }),
    countGroups: () => store.read((reader) =>
      reader.all('SELECT tenant_id, group_name, count(*) AS n FROM package_tenants GROUP BY tenant_id, group_name')
        .map((row) => ({ tenantId: text(row, 'tenant_id'), group: text(row, 'group_name'), n: number(row, 'n') }))),
    listHeldPackages: (tenantId, limit, after) => store.read((reader) => {
      const rows = readRows<HeldRow>(
        reader, heldColumns, `package_tenants WHERE tenant_id = ? ${after ? 'AND (group_name, package_id) > (?, ?)' : ''} ORDER BY group_name, package_id LIMIT ?`,
        tenantId, ...(after ? [after.group, after.packageId] : []), limit,
      );
      return placed(reader, rows).map(({ tenantId: _, ...held }): HeldPackage => held);
    }),
    listPlaces: (places) => store.read((reader) => placed(reader, readRows<HeldRow>(
      reader, heldColumns, `json_each(?) g JOIN package_tenants ON package_id = json_extract(g.value, '$[0]') AND tenant_id = json_extract(g.value, '$[1]') ORDER BY package_id, tenant_id`,
      JSON.stringify(places.map(({ id, tenantId }) => [id, tenantId])),
    ))),
    listSharedPackages: (packageIds, tenantIds) => store.read((reader) => asShared(readRows<SharedRow>(
      reader, sharedColumns,
      `packages p JOIN contents c ON c.sha256 = p.content
       WHERE p.id IN ${given} AND EXISTS (SELECT 1 FROM package_tenants t WHERE t.package_id = p.id AND t.tenant_id IN ${given})`,
      JSON.stringify(packageIds), JSON.stringify(tenantIds),
    ))),
    listIdentityTenants: (identityKey) => store.read((reader) => reader.all(
      'SELECT t.tenant_id FROM packages p JOIN package_tenants t ON t.package_id = p.id WHERE p.identity = ? ORDER BY t.tenant_id', identityKey,
    ).map((row) => text(row, 'tenant_id'))),
    listTemplates: () => store.read((reader) =>
      readRows<readonly [id: string, name: string, version: string, templates: string, tenantIds: string]>(
        reader,
        ['id', 'name', 'version', 'templates', '(SELECT json_group_array(tenant_id) FROM (SELECT tenant_id FROM package_tenants WHERE package_id = packages.id ORDER BY tenant_id))'],
        `packages WHERE templates <> '[]' ORDER BY name, version, id`,
      ).map(([packageId, name, version, templates, tenantIds]): PackageTemplates => ({
        packageId, name, version, tenantIds: parsed<string[]>(tenantIds), templates: parsed<PackageTemplate[]>(templates),
      }))),
  };
}

/** All rows of a query as one text: value by value they would cross the border of the database some ten times as slowly. */
function readRows<R extends readonly unknown[]>(reader: Reader, columns: readonly string[], from: string, ...parameters: SqlParameter[]): readonly R[] {
  const named = columns.map((column, place) => `${column} AS c${place}`);
  const row = reader.first(`SELECT json_group_array(json_array(${columns.map((_, place) => `c${place}`).join(', ')})) AS list FROM (SELECT ${named.join(', ')} FROM ${from})`, ...parameters);
  return row ? JSON.parse(text(row, 'list')) as R[] : [];
}

/** A nested value: SQLite gives what it knows to be JSON as such, and what it read from a column as a text. */
function parsed<T>(value: unknown): T {
  return (typeof value === 'string' ? JSON.parse(value) : value) as T;
}

function asShared(rows: readonly SharedRow[]): readonly SharedPackage[] {
  // Many packages, few lists of computers.
  const computers = new Map<string, readonly string[]>();
  const computersOf = (json: string): readonly string[] => {
    const known = computers.get(json) ?? JSON.parse(json) as string[];
    computers.set(json, known);
    return known;
  };
  return rows.map(([id, sha256, size, name, version, localeId, osGroup, computerTypes, kind, nickname, notes]) => ({
    id, name, version, localeId, osGroup, computerTypes: computersOf(computerTypes), kind, nickname, size, sha256, ...(notes !== null && { notes: JSON.parse(notes) as PackageNote[] }),
  }));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
