import { ProductError } from '../../../../core/errors';
import type { Tenant } from '../../../../core/packages/model';
import type { Repository } from '../../repository';
import type { Reader, Row } from '../catalogue';
import { nameKey, optionalText, text } from '../rows';
import type { RepositoryParts } from './parts';

export function createTenants({ store, newId }: RepositoryParts): Pick<Repository, 'listTenants' | 'addTenant'> {
  return {
    listTenants: () => store.read((reader) => reader.all('SELECT * FROM tenants ORDER BY parent_id IS NOT NULL, name_key').map(asTenant)),
    addTenant: (name, parentId) => store.write((transaction) => {
      requireTenant(transaction, parentId);
      if (transaction.first('SELECT 1 FROM tenants WHERE name_key = ?', nameKey(name))) {
        throw new ProductError('repository/name-taken', { kind: 'tenant', name });
      }
      const tenant: Tenant = { id: newId('tenant'), name, parentId };
      transaction.run('INSERT INTO tenants (id, name, name_key, parent_id) VALUES (?, ?, ?, ?)', tenant.id, name, nameKey(name), parentId);
      transaction.changed('tenants');
      return tenant;
    }),
  };
}

/** @throws ProductError `general/not-found` */
export function requireTenant(reader: Reader, id: string): Tenant {
  const row = reader.first('SELECT * FROM tenants WHERE id = ?', id);
  if (!row) throw new ProductError('general/not-found', { kind: 'tenant', name: id });
  return asTenant(row);
}

function asTenant(row: Row): Tenant {
  const parentId = optionalText(row, 'parent_id');
  return { id: text(row, 'id'), name: text(row, 'name'), ...(parentId !== undefined && { parentId }) };
}
