import { maskTemplateOptions } from '../../../../core/configuration/maskedTemplateOptions';
import { ProductError } from '../../../../core/errors';
import { describeIdentity, identityKey, type PackageIdentity } from '../../../../core/packages/identity';
import type { InstallationWay, NestedPackage, PackageDetails, PackageSummary, PackageTemplate, SupportedSystem, TemplateOptions } from '../../../../core/packages/model';
import type { PackageNote } from '../../../../core/packages/notes';
import type { StoredSolution } from '../../../../core/packages/solution';
import type { NewPackage, Repository } from '../../repository';
import type { Reader, Row, SqlParameter } from '../catalogue';
import { asIdentity, asJson, json, number, optionalJson, optionalText, text } from '../rows';
import type { Transaction } from '../store';
import { troubleKey, type Deployments } from './deployments';
import { requireImport } from './imports';
import type { RepositoryParts } from './parts';
import { asTenant, requireTenant } from './tenants';
import { keepTasks } from './users';

type PackageMethods = 'getPackage' | 'listPackageTenants' | 'listPackageFiles' | 'findPackage' | 'addPackage';

const held = 'FROM package_tenants t JOIN packages p ON p.id = t.package_id JOIN contents c ON c.sha256 = p.content';
const place = 't.tenant_id, t.group_name, t.description, t.updated_at';
const columns = 'p.id, p.content, p.name, p.version, p.locale_id, p.os_group, p.computer_types, p.kind, p.nickname, p.notes, c.size';
const summaries = `SELECT ${columns}, ${place} ${held}`;
const details = `SELECT p.*, c.size, ${place} ${held}`;

export function createPackages({ store, contents, newId, now }: RepositoryParts, deployments: Deployments): Pick<Repository, PackageMethods> {
  const refuseRunning = (reader: Reader, id: string, tenantIds: readonly string[], identity: PackageIdentity): void => {
    const running = tenantIds.flatMap((tenantId) => deployments.runningOf(reader, id, tenantId));
    if (running.length === 0) return;
    throw new ProductError('repository/package-in-use', { package: describeIdentity(identity), hosts: running.map(({ host }) => host.hostName).join(', ') });
  };

  /** Gives a package of a tenant new content: id, tenants, groups, descriptions and history stay. @returns the package's id */
  const replace = (transaction: Transaction, old: PackageSummary, key: string, added: NewPackage): string => {
    const holders = transaction.all('SELECT tenant_id FROM package_tenants WHERE package_id = ?', old.id).map((row) => text(row, 'tenant_id'));
    if (!holders.every((holder) => added.replaceIn?.includes(holder))) throw new ProductError('access/held-elsewhere', { what: 'replace', package: describeIdentity(added) });
    refuseRunning(transaction, old.id, holders, added);
    const same = transaction.first('SELECT id FROM packages WHERE identity = ? AND content = ?', key, added.content.sha256);
    const id = same ? text(same, 'id') : old.id;
    if (!same) updatePackage(transaction, id, added);
    if (id !== old.id) {
      // Another tenant has the new content already: it is one package from now on, with the history of both.
      transaction.run('UPDATE package_tenants SET package_id = ? WHERE package_id = ?', id, old.id);
      transaction.run(`UPDATE deployments SET package_id = ?, inputs = json_set(inputs, '$.packageId', ?) WHERE package_id = ?`, id, id, old.id);
      transaction.run('UPDATE deployed_packages SET package_id = ? WHERE package_id = ?', id, old.id);
      transaction.run('UPDATE installations SET package_id = ? WHERE package_id = ?', id, old.id);
      transaction.run('DELETE FROM packages WHERE id = ?', old.id);
      transaction.changed('deployments', 'deployedPackages');
    }
    for (const holder of holders) transaction.run('UPDATE package_tenants SET updated_at = ? WHERE package_id = ? AND tenant_id = ?', now().toISOString(), id, holder);
    for (const holder of holders) for (const each of new Set([id, old.id])) transaction.packageChanged({ id: each, tenantId: holder });
    if (old.sha256 !== added.content.sha256) contents.drop(transaction, old.sha256);
    return id;
  };

  const add = (transaction: Transaction, key: string, added: NewPackage): string => {
    const same = transaction.first('SELECT id FROM packages WHERE identity = ? AND content = ?', key, added.content.sha256);
    const id = same ? text(same, 'id') : insertPackage(transaction, newId('package'), key, added);
    transaction.run(
      'INSERT INTO package_tenants (tenant_id, package_id, identity, group_name, description, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
      added.tenantId, id, key, added.group, added.description, now().toISOString(),
    );
    return id;
  };

  return {
    getPackage: (id, tenantId) => store.read((reader) => {
      const rows = reader.all(`${details} WHERE p.id = ? ORDER BY t.tenant_id`, id);
      const row = tenantId === undefined ? rows[0] : rows.find((candidate) => candidate['tenant_id'] === tenantId);
      if (!row) throw new ProductError('general/not-found', { kind: 'package', name: id });
      const tenants = reader.all('SELECT n.name FROM package_tenants t JOIN tenants n ON n.id = t.tenant_id WHERE t.package_id = ? ORDER BY n.name_key', id);
      return asDetails(row, asSummary(row, deployments.troubles(reader, id)), tenants.map((tenant) => text(tenant, 'name')));
    }),
    listPackageTenants: (id) => store.read((reader) =>
      reader.all('SELECT n.* FROM package_tenants t JOIN tenants n ON n.id = t.tenant_id WHERE t.package_id = ? ORDER BY n.name_key', id).map(asTenant)),
    async listPackageFiles(id) {
      const sha256 = await store.read((reader) => {
        const row = reader.first('SELECT content FROM packages WHERE id = ?', id);
        if (!row) throw new ProductError('general/not-found', { kind: 'package', name: id });
        return text(row, 'content');
      });
      return contents.listFiles(sha256);
    },
    findPackage: (tenantId, key) => store.read((reader) => {
      const row = reader.first(`${summaries} WHERE t.tenant_id = ? AND t.identity = ?`, tenantId, key);
      return row && asSummary(row, deployments.troubles(reader, text(row, 'id')));
    }),
    async addPackage(added) {
      const summary = await store.write((transaction) => {
        requireImport(transaction, added.importId);
        requireTenant(transaction, added.tenantId);
        const key = identityKey(added);
        const present = transaction.first('SELECT package_id FROM package_tenants WHERE tenant_id = ? AND identity = ?', added.tenantId, key);
        if (present && !added.replaceIn?.includes(added.tenantId)) throw new ProductError('import/already-present', { package: describeIdentity(added) });
        contents.register(transaction, added.content.sha256);
        const id = present
          ? replace(transaction, requirePackage(transaction, deployments, text(present, 'package_id'), added.tenantId), key, added)
          : add(transaction, key, added);
        keepTasks(transaction, added.tasks ?? []);
        transaction.run('DELETE FROM imports WHERE id = ?', added.importId);
        transaction.packageChanged({ id, tenantId: added.tenantId });
        transaction.changed('templates', 'imports');
        return requirePackage(transaction, deployments, id, added.tenantId);
      });
      await contents.settle(added.content.sha256);
      return summary;
    },
  };
}

/** The package as a tenant holds it. @throws ProductError `general/not-found` */
export function requirePackage(reader: Reader, deployments: Deployments, id: string, tenantId: string): PackageSummary {
  const row = reader.first(`${summaries} WHERE p.id = ? AND t.tenant_id = ?`, id, tenantId);
  if (!row) throw new ProductError('general/not-found', { kind: 'package', name: id });
  return asSummary(row, deployments.troubles(reader, id));
}

/** The columns that come from an archive, as against those of its identity. */
const contentColumns = [
  'content', 'kind', 'nickname', 'build_number', 'build_date', 'release_type', 'product_description', 'archive_name', 'archive_format', 'file_count',
  'unpacked_size', 'templates', 'silent_ini', 'installer_folder', 'supported_systems', 'license_needed', 'import_method', 'nested',
  'notes', 'template_options', 'installation', 'solution',
] as const;

function contentValues(added: NewPackage): SqlParameter[] {
  return [
    added.content.sha256, added.kind, added.nickname, added.buildNumber, added.buildDate, added.releaseType, added.productDescription, added.archiveName,
    added.archiveFormat, added.fileCount, added.unpackedSize, JSON.stringify(added.templates), added.silentIni ?? null, added.installerFolder,
    asJson(added.supportedSystems), added.licenseNeeded ? 1 : 0, added.importMethod, asJson(added.nested),
    asJson(added.notes), asJson(added.templateOptions?.map(maskTemplateOptions)), asJson(added.installation), asJson(added.solution),
  ];
}

function insertPackage(transaction: Transaction, id: string, key: string, added: NewPackage): string {
  const columns = ['id', 'identity', 'name', 'version', 'locale_id', 'os_group', 'computer_types', ...contentColumns];
  transaction.run(
    `INSERT INTO packages (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    id, key, added.name, added.version, added.localeId, added.osGroup, JSON.stringify(added.computerTypes), ...contentValues(added),
  );
  return id;
}

function updatePackage(transaction: Transaction, id: string, added: NewPackage): void {
  transaction.run(`UPDATE packages SET ${contentColumns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`, ...contentValues(added), id);
}

function asSummary(row: Row, troubles: ReturnType<Deployments['troubles']>): PackageSummary {
  const [id, tenantId] = [text(row, 'id'), text(row, 'tenant_id')];
  const lastDeployment = troubles.get(troubleKey(id, tenantId));
  const notes = optionalJson<PackageNote[]>(row, 'notes');
  return {
    id,
    ...asIdentity(row),
    kind: text(row, 'kind') as PackageSummary['kind'],
    nickname: text(row, 'nickname'),
    size: number(row, 'size'),
    sha256: text(row, 'content'),
    ...(notes && { notes }),
    tenantId,
    group: text(row, 'group_name'),
    description: text(row, 'description'),
    updatedAt: text(row, 'updated_at'),
    ...(lastDeployment && { lastDeployment }),
  };
}

function asDetails(row: Row, summary: PackageSummary, tenants: readonly string[]): PackageDetails {
  const silentIni = optionalText(row, 'silent_ini');
  const supportedSystems = optionalJson<SupportedSystem[]>(row, 'supported_systems');
  const templateOptions = optionalJson<TemplateOptions[]>(row, 'template_options');
  const installation = optionalJson<InstallationWay[]>(row, 'installation');
  const solution = optionalJson<StoredSolution>(row, 'solution');
  const nested = optionalJson<NestedPackage>(row, 'nested');
  return {
    ...summary,
    buildNumber: text(row, 'build_number'),
    buildDate: text(row, 'build_date'),
    releaseType: text(row, 'release_type'),
    productDescription: text(row, 'product_description'),
    archiveName: text(row, 'archive_name'),
    archiveFormat: text(row, 'archive_format') as PackageDetails['archiveFormat'],
    ...(nested && { nested }),
    importMethod: text(row, 'import_method') as PackageDetails['importMethod'],
    fileCount: number(row, 'file_count'),
    unpackedSize: number(row, 'unpacked_size'),
    templates: json<PackageTemplate[]>(row, 'templates'),
    tenants,
    ...(silentIni !== undefined && { silentIni }),
    installerFolder: text(row, 'installer_folder'),
    licenseNeeded: number(row, 'license_needed') !== 0,
    ...(supportedSystems && { supportedSystems }),
    ...(templateOptions && { templateOptions }),
    ...(installation && { installation }),
    ...(solution && { solution }),
  };
}
