import { ProductError } from '../../../../core/errors';
import { environmentTenant, type Tenant } from '../../../../core/packages/model';
import type { Repository } from '../../repository';
import type { Reader, Row } from '../catalogue';
import { nameKey, optionalText, text } from '../rows';
import type { RepositoryParts } from './parts';

type TenantMethods = 'listTenants' | 'addTenant' | 'renameTenant' | 'removeTenant';

/** What keeps a tenant: the word of the message, and the table with the column that names it. */
const contents = [
  ['tenants', 'SELECT 1 FROM tenants WHERE parent_id = ?'],
  ['packages', 'SELECT 1 FROM package_tenants WHERE tenant_id = ?'],
  ['imports', 'SELECT 1 FROM imports WHERE tenant_id = ?'],
  ['hosts', 'SELECT 1 FROM hosts WHERE tenant_id = ?'],
  ['applications', 'SELECT 1 FROM applications WHERE tenant_id = ?'],
  ['deployments', 'SELECT 1 FROM deployments WHERE tenant_id = ?1 UNION SELECT 1 FROM deployed_packages WHERE tenant_id = ?1'],
  ['users', 'SELECT 1 FROM grants WHERE tenant_id = ?'],
] as const;

export function createTenants({ store, newId }: RepositoryParts): Pick<Repository, TenantMethods> {
  return {
    listTenants: () => store.read((reader) => reader.all('SELECT * FROM tenants ORDER BY parent_id IS NOT NULL, name_key').map(asTenant)),
    addTenant: (name, parentId) => store.write((transaction) => {
      requireTenant(transaction, parentId);
      requireFreeName(transaction, name, '');
      const tenant: Tenant = { id: newId('tenant'), name, parentId };
      transaction.run('INSERT INTO tenants (id, name, name_key, parent_id) VALUES (?, ?, ?, ?)', tenant.id, name, nameKey(name), parentId);
      transaction.changed('tenants');
      return tenant;
    }),
    renameTenant: (id, name) => store.write((transaction) => {
      const tenant = requireOther(transaction, id);
      requireFreeName(transaction, name, id);
      transaction.run('UPDATE tenants SET name = ?, name_key = ? WHERE id = ?', name, nameKey(name), id);
      transaction.changed('tenants');
      return { ...tenant, name };
    }),
    removeTenant: (id) => store.write((transaction) => {
      const tenant = requireOther(transaction, id);
      const kept = contents.find(([, query]) => transaction.first(query, id));
      if (kept) throw new ProductError('access/tenant-in-use', { tenant: tenant.name, what: kept[0] });
      transaction.run('DELETE FROM tenants WHERE id = ?', id);
      transaction.changed('tenants');
    }),
  };
}

/** @throws ProductError `general/not-found` */
export function requireTenant(reader: Reader, id: string): Tenant {
  const row = reader.first('SELECT * FROM tenants WHERE id = ?', id);
  if (!row) throw new ProductError('general/not-found', { kind: 'tenant', name: id });
  return asTenant(row);
}

/** Any tenant but the root. */
function requireOther(reader: Reader, id: string): Tenant {
  const tenant = requireTenant(reader, id);
  if (id === environmentTenant.id) throw new ProductError('access/environment-stays');
  return tenant;
}

function requireFreeName(reader: Reader, name: string, own: string): void {
  if (reader.first('SELECT 1 FROM tenants WHERE name_key = ? AND id <> ?', nameKey(name), own)) {
    throw new ProductError('repository/name-taken', { kind: 'tenant', name });
  }
}

/** A row of `tenants`. */
export function asTenant(row: Row): Tenant {
  const parentId = optionalText(row, 'parent_id');
  return { id: text(row, 'id'), name: text(row, 'name'), ...(parentId !== undefined && { parentId }) };
}
