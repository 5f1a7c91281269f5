import { administratorRole, builtInRoles, isChiefAdministrator, type Grant, type Role, type User } from '../../../../core/access/model';
import type { KnownTask } from '../../../../core/access/privileges';
import { ProductError } from '../../../../core/errors';
import { environmentTenant } from '../../../../core/packages/model';
import type { Repository } from '../../repository';
import type { Reader, Row } from '../catalogue';
import { json, nameKey, text } from '../rows';
import type { Transaction } from '../store';
import type { RepositoryParts } from './parts';
import { requireTenant } from './tenants';

type AccessMethods = 'listUsers' | 'addFirstAdministrator' | 'saveUser' | 'removeUser' | 'listRoles' | 'saveRole' | 'removeRole' | 'listTasks';

export function createUsers({ store, newId }: RepositoryParts): Pick<Repository, AccessMethods> {
  const insertUser = (transaction: Transaction, name: string): string => {
    const id = newId('user');
    transaction.run('INSERT INTO users (id, name, name_key) VALUES (?, ?, ?)', id, name, nameKey(name));
    return id;
  };
  const chief: Grant = { roleId: administratorRole.id, tenantId: environmentTenant.id };

  return {
    listUsers: () => store.read(readUsers),
    addFirstAdministrator: (name) => store.write((transaction) => {
      if (transaction.first('SELECT 1 FROM users')) return;
      setGrants(transaction, insertUser(transaction, name), [chief]);
      transaction.changed('access');
    }),
    saveUser: ({ id, name, grants }) => store.write((transaction) => {
      if (id !== undefined) requireUser(transaction, id);
      requireFreeName(transaction, 'user', name, id ?? '');
      for (const { roleId, tenantId } of grants) {
        requireTenant(transaction, tenantId);
        requireRole(transaction, roleId);
      }
      const saved = id ?? insertUser(transaction, name);
      if (id !== undefined) transaction.run('UPDATE users SET name = ?, name_key = ? WHERE id = ?', name, nameKey(name), id);
      setGrants(transaction, saved, grants);
      requireAdministrator(transaction, name);
      transaction.changed('access');
      return requireUser(transaction, saved);
    }),
    removeUser: (id) => store.write((transaction) => {
      const { name } = requireUser(transaction, id);
      transaction.run('DELETE FROM grants WHERE user_id = ?', id);
      transaction.run('DELETE FROM users WHERE id = ?', id);
      requireAdministrator(transaction, name);
      transaction.changed('access');
    }),
    listRoles: () => store.read(readRoles),
    saveRole: ({ id, name, privileges }) => store.write((transaction) => {
      if (id !== undefined) requireOwnRole(transaction, id);
      requireFreeName(transaction, 'role', name, id ?? '');
      const saved = id ?? newId('role');
      transaction.run(
        `INSERT INTO roles (id, name, name_key, privileges) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, privileges = excluded.privileges`,
        saved, name, nameKey(name), JSON.stringify(privileges),
      );
      transaction.changed('access');
      return requireRole(transaction, saved);
    }),
    removeRole: (id) => store.write((transaction) => {
      const { name } = requireOwnRole(transaction, id);
      const holders = transaction.all('SELECT DISTINCT u.name, u.name_key FROM grants g JOIN users u ON u.id = g.user_id WHERE g.role_id = ? ORDER BY u.name_key', id);
      if (holders.length > 0) throw new ProductError('access/role-in-use', { role: name, users: holders.map((row) => text(row, 'name')).join(', ') });
      transaction.run('DELETE FROM roles WHERE id = ?', id);
      transaction.changed('access');
    }),
    listTasks: () => store.read((reader) => reader.all('SELECT * FROM tasks ORDER BY name').map((row): KnownTask => (
      { name: text(row, 'name'), displayName: text(row, 'display_name'), group: text(row, 'group_name') }))),
  };
}

/** Keeps the privileges that a package brings; a newer package may name them anew. */
export function keepTasks(transaction: Transaction, tasks: readonly KnownTask[]): void {
  for (const { name, displayName, group } of tasks) {
    transaction.run(
      `INSERT INTO tasks (name, display_name, group_name) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET display_name = excluded.display_name, group_name = excluded.group_name`,
      name, displayName, group,
    );
  }
  if (tasks.length > 0) transaction.changed('access');
}

function setGrants(transaction: Transaction, userId: string, grants: readonly Grant[]): void {
  transaction.run('DELETE FROM grants WHERE user_id = ?', userId);
  for (const { roleId, tenantId } of grants) {
    transaction.run('INSERT OR IGNORE INTO grants (user_id, role_id, tenant_id) VALUES (?, ?, ?)', userId, roleId, tenantId);
  }
}

function readUsers(reader: Reader): readonly User[] {
  const grants = new Map<string, Grant[]>();
  for (const row of reader.all('SELECT * FROM grants ORDER BY user_id, tenant_id, role_id')) {
    const userId = text(row, 'user_id');
    grants.set(userId, [...(grants.get(userId) ?? []), { roleId: text(row, 'role_id'), tenantId: text(row, 'tenant_id') }]);
  }
  return reader.all('SELECT * FROM users ORDER BY name_key').map((row) => ({ id: text(row, 'id'), name: text(row, 'name'), grants: grants.get(text(row, 'id')) ?? [] }));
}

function readRoles(reader: Reader): readonly Role[] {
  return [...builtInRoles, ...reader.all('SELECT * FROM roles ORDER BY name_key').map(asRole)];
}

function asRole(row: Row): Role {
  return { id: text(row, 'id'), name: text(row, 'name'), builtIn: false, privileges: json<Role['privileges']>(row, 'privileges') };
}

function requireUser(reader: Reader, id: string): User {
  const user = readUsers(reader).find((one) => one.id === id);
  if (!user) throw new ProductError('general/not-found', { kind: 'user', name: id });
  return user;
}

function requireRole(reader: Reader, id: string): Role {
  const role = readRoles(reader).find((one) => one.id === id);
  if (!role) throw new ProductError('general/not-found', { kind: 'role', name: id });
  return role;
}

function requireOwnRole(reader: Reader, id: string): Role {
  const role = requireRole(reader, id);
  if (role.builtIn) throw new ProductError('access/built-in-role', { role: role.name });
  return role;
}

function requireFreeName(reader: Reader, kind: 'user' | 'role', name: string, own: string): void {
  const taken = kind === 'user'
    ? reader.first('SELECT 1 FROM users WHERE name_key = ? AND id <> ?', nameKey(name), own)
    : builtInRoles.some((role) => nameKey(role.name) === nameKey(name)) || reader.first('SELECT 1 FROM roles WHERE name_key = ? AND id <> ?', nameKey(name), own);
  if (taken) throw new ProductError('repository/name-taken', { kind, name });
}

/** Looked at in the transaction that would take the role from the last one. */
function requireAdministrator(reader: Reader, user: string): void {
  if (!readUsers(reader).some(isChiefAdministrator)) throw new ProductError('access/last-administrator', { user });
}
