import * as v from 'valibot';
import type { AccessView, AuditRecord, Grant, Role, User } from '../../core/access/model';
import { isPrivilege, type KnownTask, type Privilege, type TaskPrivilege } from '../../core/access/privileges';
import type { Tenant } from '../../core/packages/model';
import { byId, id, name, nothing } from '../fields';
import { method } from '../method';

/** Entries of one list of a user or role; more comes from nobody's hand. */
const mostEntries = 5000;

const privilege = v.custom<Privilege | TaskPrivilege>(
  (value) => typeof value === 'string' && (isPrivilege(value) || /^task:[^\u0000-\u001f]{1,255}$/.test(value)), 'is no privilege',
);
const grants = v.pipe(v.array(v.strictObject({ roleId: id, tenantId: id })), v.maxLength(mostEntries));

/** Tenants, users, roles, and the trail of what they did. */
export const accessMethods = {
  /** What the person who asks may do, in every tenant they may see. Pages and views grey or hide by it; the service decides anyway. */
  'access/me': method<object, AccessView>(nothing),
  /** Makes the owner of the data folder an Administrator, when the repository does not know them: it came from elsewhere. */
  'access/claim': method<object, AccessView>(nothing),

  /** The tenants that the person may see, by name, the root first. A tenant whose parent they may not see has none. */
  'tenants/list': method<object, readonly Tenant[]>(nothing),
  /** Adds a tenant below another one; default: below the environment. */
  'tenants/add': method<{ name: string; parentId?: string | undefined }, Tenant>(v.strictObject({ name, parentId: v.optional(id) })),
  'tenants/rename': method<{ id: string; name: string }, Tenant>(v.strictObject({ id, name })),
  /** Removes a tenant that holds nothing. */
  'tenants/remove': method<{ id: string }, null>(byId),

  'users/list': method<object, readonly User[]>(nothing),
  /** Adds a user, or changes the one with that id: `grants` are all roles held from now on. */
  'users/save': method<{ id?: string | undefined; name: string; grants: Grant[] }, User>(v.strictObject({ id: v.optional(id), name, grants })),
  'users/remove': method<{ id: string }, null>(byId),
  /** Built-in roles first. */
  'roles/list': method<object, readonly Role[]>(nothing),
  /** Adds a role, or changes the one with that id. */
  'roles/save': method<{ id?: string | undefined; name: string; privileges: (Privilege | TaskPrivilege)[] }, Role>(
    v.strictObject({ id: v.optional(id), name, privileges: v.pipe(v.array(privilege), v.maxLength(mostEntries)) }),
  ),
  /** Removes a role that nobody holds. */
  'roles/remove': method<{ id: string }, null>(byId),
  /** The privileges that packages have brought, for roles to hold. */
  'roles/tasks': method<object, readonly KnownTask[]>(nothing),

  /** Records of the audit trail after a sequence number, oldest first; those of tenants that the person administers. */
  'audit/list': method<{ after?: number | undefined; limit?: number | undefined }, readonly AuditRecord[]>(v.strictObject({
    after: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
  })),
} as const;
