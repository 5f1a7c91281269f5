import { ProductError } from '../../../../core/errors';
import type { Authentication, Host, HostContact, HostSettings, HostSystem, InstallAs } from '../../../../core/hosts/model';
import { protectingTags } from '../../../../core/hosts/protection';
import { orderTags, tagKey } from '../../../../core/hosts/tags';
import { environmentTenant } from '../../../../core/packages/model';
import type { Repository } from '../../repository';
import type { Reader, Row } from '../catalogue';
import { asJson, json, nameKey, number, optionalJson, text } from '../rows';
import type { Transaction } from '../store';
import type { Deployments } from './deployments';
import type { RepositoryParts } from './parts';
import { requireTenant } from './tenants';

type HostMethods = 'listHosts' | 'getHost' | 'addHost' | 'editHost' | 'removeHost' | 'listProtectedTags' | 'protectTags' | 'recordHostContact' | 'listHostKeys' | 'addHostKey';

export function createHosts({ store, newId }: RepositoryParts, deployments: Deployments): Pick<Repository, HostMethods> {
  return {
    listHosts: () => store.read((reader) => {
      const protectedTags = readProtectedTags(reader);
      return reader.all('SELECT * FROM hosts ORDER BY name_key').map((row) => asHost(row, protectedTags));
    }),
    getHost: (id) => store.read((reader) => requireHost(reader, id)),
    addHost: (settings, tenantId = environmentTenant.id) => store.write((transaction) => {
      requireTenant(transaction, tenantId);
      requireFreeName(transaction, settings.name, '');
      const id = newId('host');
      transaction.run(
        `INSERT INTO hosts (id, tenant_id, name, name_key, address, address_key, port, user_name, authentication, staging_folder, lock_folder, install_as, tags)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        id, tenantId, ...settingColumns(settings), asJson(orderTags(settings.tags ?? [])),
      );
      transaction.changed('hosts');
      return requireHost(transaction, id);
    }),
    editHost: (id, settings, tenantId) => store.write((transaction) => {
      const before = requireHost(transaction, id);
      if (tenantId !== undefined) {
        requireTenant(transaction, tenantId);
        transaction.run('UPDATE hosts SET tenant_id = ? WHERE id = ?', tenantId, id);
      }
      requireFreeName(transaction, settings.name, id);
      transaction.run(
        `UPDATE hosts SET name = ?, name_key = ?, address = ?, address_key = ?, port = ?, user_name = ?, authentication = ?, staging_folder = ?, lock_folder = ?, install_as = ?,
           tags = COALESCE(?, tags)
         WHERE id = ?`,
        ...settingColumns(settings), asJson(settings.tags && orderTags(settings.tags)), id,
      );
      if (isElsewhere(before, settings)) {
        // What the machine at the old address told says nothing of the new one.
        transaction.run('UPDATE hosts SET system = NULL, contact = NULL WHERE id = ?', id);
        dropUnusedKeys(transaction, before);
      }
      if (before.name !== settings.name) {
        transaction.run('UPDATE deployed_packages SET host_name = ? WHERE host_id = ?', settings.name, id);
        transaction.run('UPDATE installations SET host_name = ? WHERE host_id = ?', settings.name, id);
        transaction.changed('deployedPackages');
      }
      transaction.changed('hosts');
      return requireHost(transaction, id);
    }),
    removeHost: (id) => store.write((transaction) => {
      const host = requireHost(transaction, id);
      const [running] = deployments.runningOn(transaction, [id]);
      if (running) throw new ProductError('repository/host-in-use', { host: host.name, package: running.package });
      transaction.run('DELETE FROM deployed_packages WHERE host_id = ?', id);
      transaction.run('DELETE FROM installations WHERE host_id = ?', id);
      transaction.run('DELETE FROM applications WHERE host_id = ?', id);
      transaction.run('DELETE FROM hosts WHERE id = ?', id);
      dropUnusedKeys(transaction, host);
      transaction.changed('hosts', 'applications', 'deployedPackages');
    }),
    listProtectedTags: () => store.read(readProtectedTags),
    protectTags: (tags) => store.write((transaction) => {
      transaction.run('DELETE FROM protected_tags');
      for (const tag of orderTags(tags)) transaction.run('INSERT INTO protected_tags (tag_key, tag) VALUES (?, ?)', tagKey(tag), tag);
      transaction.changed('hosts');
      return readProtectedTags(transaction);
    }),
    recordHostContact: (id, contact, system) => store.write((transaction) => {
      requireHost(transaction, id);
      transaction.run('UPDATE hosts SET contact = ?, system = COALESCE(?, system) WHERE id = ?', asJson(contact), asJson(system), id);
      transaction.changed('hosts');
      return requireHost(transaction, id);
    }),

    listHostKeys: (address, port) => store.read((reader) =>
      reader.all('SELECT * FROM host_keys WHERE address_key = ? AND port = ? ORDER BY type, public_key', nameKey(address), port)
        .map((row) => ({ address: text(row, 'address'), port: number(row, 'port'), type: text(row, 'type'), key: text(row, 'public_key') })),
    ),
    addHostKey: ({ address, port, type, key }) => store.write((transaction) => {
      const columns = [nameKey(address), port, type, key] as const;
      if (transaction.first('SELECT 1 FROM host_keys WHERE address_key = ? AND port = ? AND type = ? AND public_key = ?', ...columns)) return;
      transaction.run('INSERT INTO host_keys (address_key, port, type, public_key, address) VALUES (?, ?, ?, ?, ?)', ...columns, address);
      transaction.changed('hosts');
    }),
  };
}

/** @throws ProductError `general/not-found` */
export function requireHost(reader: Reader, id: string): Host {
  const row = reader.first('SELECT * FROM hosts WHERE id = ?', id);
  if (!row) throw new ProductError('general/not-found', { kind: 'host', name: id });
  return asHost(row, readProtectedTags(reader));
}

function requireFreeName(reader: Reader, name: string, own: string): void {
  if (reader.first('SELECT 1 FROM hosts WHERE name_key = ? AND id <> ?', nameKey(name), own)) {
    throw new ProductError('repository/name-taken', { kind: 'host', name });
  }
}

function isElsewhere(before: HostSettings, after: HostSettings): boolean {
  return nameKey(before.address) !== nameKey(after.address) || before.port !== after.port;
}

function dropUnusedKeys(transaction: Transaction, { address, port }: HostSettings): void {
  const place = [nameKey(address), port] as const;
  if (transaction.first('SELECT 1 FROM hosts WHERE address_key = ? AND port = ?', ...place)) return;
  transaction.run('DELETE FROM host_keys WHERE address_key = ? AND port = ?', ...place);
}

function settingColumns(settings: HostSettings) {
  const { name, address, port, user, authentication, stagingFolder, lockFolder, installAs } = settings;
  return [name, nameKey(name), address, nameKey(address), port, user, JSON.stringify(authentication), stagingFolder, lockFolder, asJson(installAs)] as const;
}

function readProtectedTags(reader: Reader): readonly string[] {
  return reader.all('SELECT tag FROM protected_tags ORDER BY tag_key').map((row) => text(row, 'tag'));
}

function asHost(row: Row, protectedTags: readonly string[]): Host {
  const tags = json<readonly string[]>(row, 'tags');
  const system = optionalJson<HostSystem>(row, 'system');
  const contact = optionalJson<HostContact>(row, 'contact');
  const installAs = optionalJson<InstallAs>(row, 'install_as');
  return {
    id: text(row, 'id'),
    tenantId: text(row, 'tenant_id'),
    name: text(row, 'name'),
    address: text(row, 'address'),
    port: number(row, 'port'),
    user: text(row, 'user_name'),
    authentication: json<Authentication>(row, 'authentication'),
    stagingFolder: text(row, 'staging_folder'),
    lockFolder: text(row, 'lock_folder'),
    tags,
    protectedBy: protectingTags(tags, protectedTags),
    ...(installAs && { installAs }),
    ...(system && { system }),
    ...(contact && { contact }),
  };
}
