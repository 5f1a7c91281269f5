import { ProductError } from '../../../../core/errors';
import { describeIdentity, identityKey } from '../../../../core/packages/identity';
import type { PackageDetails, PackageSummary, PackageTemplate, SupportedSystem } from '../../../../core/packages/model';
import type { NewPackage, Repository } from '../../repository';
import type { Reader, Row } from '../catalogue';
import { asIdentity, json, number, optionalText, text } from '../rows';
import type { Transaction } from '../store';
import { troubleKey, type Deployments } from './deployments';
import { requireImport } from './imports';
import type { RepositoryParts } from './parts';
import { requireTenant } from './tenants';

type PackageMethods = 'listPackages' | 'getPackage' | 'listPackageFiles' | 'findPackage' | 'addPackage' | 'editPackage' | 'deletePackage';

const joined = `
  SELECT p.*, t.tenant_id, t.group_name, t.description, t.updated_at, c.size
  FROM package_tenants t JOIN packages p ON p.id = t.package_id JOIN contents c ON c.sha256 = p.content`;

export function createPackages({ store, contents, newId, now }: RepositoryParts, deployments: Deployments): Pick<Repository, PackageMethods> {
  const find = (reader: Reader, id: string, tenantId: string): PackageSummary => {
    const row = reader.first(`${joined} WHERE p.id = ? AND t.tenant_id = ?`, id, tenantId);
    if (!row) throw new ProductError('general/not-found', { kind: 'package', name: id });
    return asSummary(row, deployments.troubles(reader, id));
  };

  return {
    listPackages: (tenantId) => store.read((reader) => {
      const order = 'ORDER BY t.tenant_id, p.name, p.version, p.id';
      const rows = tenantId === undefined ? reader.all(`${joined} ${order}`) : reader.all(`${joined} WHERE t.tenant_id = ? ${order}`, tenantId);
      const troubles = deployments.troubles(reader);
      return rows.map((row) => asSummary(row, troubles));
    }),
    getPackage: (id, tenantId) => store.read((reader) => {
      const rows = reader.all(`${joined} WHERE p.id = ? ORDER BY t.tenant_id`, id);
      const row = tenantId === undefined ? rows[0] : rows.find((candidate) => candidate['tenant_id'] === tenantId);
      if (!row) throw new ProductError('general/not-found', { kind: 'package', name: id });
      const tenants = reader.all('SELECT n.name FROM package_tenants t JOIN tenants n ON n.id = t.tenant_id WHERE t.package_id = ? ORDER BY n.name_key', id);
      return asDetails(row, asSummary(row, deployments.troubles(reader, id)), tenants.map((tenant) => text(tenant, 'name')));
    }),
    async listPackageFiles(id) {
      const sha256 = await store.read((reader) => {
        const row = reader.first('SELECT content FROM packages WHERE id = ?', id);
        if (!row) throw new ProductError('general/not-found', { kind: 'package', name: id });
        return text(row, 'content');
      });
      return contents.listFiles(sha256);
    },
    findPackage: (tenantId, key) => store.read((reader) => {
      const row = reader.first(`${joined} WHERE t.tenant_id = ? AND t.identity = ?`, tenantId, key);
      return row && asSummary(row, deployments.troubles(reader, text(row, 'id')));
    }),
    async addPackage(added) {
      const summary = await store.write((transaction) => {
        requireImport(transaction, added.importId);
        requireTenant(transaction, added.tenantId);
        const key = identityKey(added);
        if (transaction.first('SELECT 1 FROM package_tenants WHERE tenant_id = ? AND identity = ?', added.tenantId, key)) {
          throw new ProductError('import/already-present', { package: describeIdentity(added) });
        }
        contents.register(transaction, added.content.sha256);
        const same = transaction.first('SELECT id FROM packages WHERE identity = ? AND content = ?', key, added.content.sha256);
        const id = same ? text(same, 'id') : insertPackage(transaction, newId('package'), key, added);
        transaction.run(
          'INSERT INTO package_tenants (tenant_id, package_id, identity, group_name, description, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
          added.tenantId, id, key, added.group, added.description, now().toISOString(),
        );
        transaction.run('DELETE FROM imports WHERE id = ?', added.importId);
        transaction.changed('packages', 'imports');
        return find(transaction, id, added.tenantId);
      });
      await contents.settle(added.content.sha256);
      return summary;
    },
    editPackage: (id, tenantId, { group, description }) => store.write((transaction) => {
      find(transaction, id, tenantId);
      transaction.run(
        `UPDATE package_tenants SET group_name = COALESCE(?, group_name), description = COALESCE(?, description), updated_at = ?
         WHERE package_id = ? AND tenant_id = ?`,
        group ?? null, description ?? null, now().toISOString(), id, tenantId,
      );
      transaction.changed('packages');
      return find(transaction, id, tenantId);
    }),
    deletePackage: (id, tenantId) => store.write((transaction) => {
      const summary = find(transaction, id, tenantId);
      const running = deployments.runningOf(transaction, id, tenantId);
      if (running.length > 0) {
        throw new ProductError('repository/package-in-use', { package: describeIdentity(summary), hosts: running.map(({ host }) => host.hostName).join(', ') });
      }
      transaction.run('DELETE FROM package_tenants WHERE package_id = ? AND tenant_id = ?', id, tenantId);
      if (!transaction.first('SELECT 1 FROM package_tenants WHERE package_id = ?', id)) {
        transaction.run('DELETE FROM packages WHERE id = ?', id);
        contents.drop(transaction, summary.sha256);
      }
      transaction.changed('packages');
    }),
  };
}

function insertPackage(transaction: Transaction, id: string, key: string, added: NewPackage): string {
  transaction.run(
    `INSERT INTO packages
       (id, identity, content, name, version, locale_id, os_group, computer_types, kind, nickname, build_number, build_date, release_type,
        product_description, archive_name, archive_format, file_count, unpacked_size, templates, silent_ini, installer_folder,
        supported_systems, license_needed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id, key, added.content.sha256, added.name, added.version, added.localeId, added.osGroup, JSON.stringify(added.computerTypes), added.kind,
    added.nickname, added.buildNumber, added.buildDate, added.releaseType, added.productDescription, added.archiveName, added.archiveFormat,
    added.fileCount, added.unpackedSize, JSON.stringify(added.templates), added.silentIni ?? null, added.installerFolder,
    added.supportedSystems ? JSON.stringify(added.supportedSystems) : null, added.licenseNeeded ? 1 : 0,
  );
  return id;
}

function asSummary(row: Row, troubles: ReturnType<Deployments['troubles']>): PackageSummary {
  const id = text(row, 'id');
  const tenantId = text(row, 'tenant_id');
  const lastDeployment = troubles.get(troubleKey(id, tenantId));
  return {
    id,
    ...asIdentity(row),
    kind: text(row, 'kind') as PackageSummary['kind'],
    nickname: text(row, 'nickname'),
    tenantId,
    group: text(row, 'group_name'),
    description: text(row, 'description'),
    updatedAt: text(row, 'updated_at'),
    size: number(row, 'size'),
    sha256: text(row, 'content'),
    ...(lastDeployment && { lastDeployment }),
  };
}

function asDetails(row: Row, summary: PackageSummary, tenants: readonly string[]): PackageDetails {
  const silentIni = optionalText(row, 'silent_ini');
  return {
    ...summary,
    buildNumber: text(row, 'build_number'),
    buildDate: text(row, 'build_date'),
    releaseType: text(row, 'release_type'),
    productDescription: text(row, 'product_description'),
    archiveName: text(row, 'archive_name'),
    archiveFormat: text(row, 'archive_format') as PackageDetails['archiveFormat'],
    fileCount: number(row, 'file_count'),
    unpackedSize: number(row, 'unpacked_size'),
    templates: json<PackageTemplate[]>(row, 'templates'),
    tenants,
    ...(silentIni !== undefined && { silentIni }),
    installerFolder: text(row, 'installer_folder'),
    licenseNeeded: number(row, 'license_needed') !== 0,
    ...(optionalText(row, 'supported_systems') !== undefined && { supportedSystems: json<SupportedSystem[]>(row, 'supported_systems') }),
  };
}
