import { environmentTenant, type Tenant } from '../packages/model';
import type { AccessView, Role, User } from './model';
import { isPrivilege, neededPrivilege, privileges, type Action, type Privilege } from './privileges';

/** Ids of tenants from one up to the root, itself included. */
export type TenantPath = readonly string[];

/** Somebody with their grants in a form that decisions need no lists for. */
export interface ActingUser {
  /** Empty: the repository does not know them. */
  readonly id: string;
  readonly name: string;
  readonly grants: readonly { readonly tenant: TenantPath; readonly privileges: readonly Privilege[] }[];
}

/** Something that belongs to a tenant. */
export interface AccessObject {
  readonly tenant: TenantPath;
  /** It also serves the tenants below its own, as hosts do: who may see one of them sees it. */
  readonly serves?: boolean;
}

/**
 * Whether somebody may do something to an object: the one place that decides. A grant holds for its tenant and for all
 * below it. Any role makes an object visible; every other action needs its privilege there.
 */
export function may(user: ActingUser, action: Action, object: AccessObject): boolean {
  const [own] = object.tenant;
  const here = user.grants.filter((grant) => object.tenant.includes(grant.tenant[0] ?? ''));
  if (action !== 'see') return here.some((grant) => grant.privileges.includes(neededPrivilege[action]));
  return here.length > 0 || (object.serves === true && own !== undefined && user.grants.some((grant) => grant.tenant.includes(own)));
}

/** The path of each tenant; a tenant whose parent is missing, or its own ancestor, is led to the root. */
export function tenantPaths(tenants: readonly Tenant[]): ReadonlyMap<string, TenantPath> {
  const parents = new Map(tenants.map((tenant) => [tenant.id, tenant.parentId]));
  return new Map(tenants.map(({ id }) => {
    const path = [id];
    for (let parent = parents.get(id); parent !== undefined && !path.includes(parent); parent = parents.get(parent)) path.push(parent);
    return [id, path.includes(environmentTenant.id) ? path : [...path, environmentTenant.id]];
  }));
}

/** Somebody as `may` needs them. Grants of roles or tenants that are gone count for nothing. */
export function actingUser(user: User, roles: readonly Role[], paths: ReadonlyMap<string, TenantPath>): ActingUser {
  const privilegesOf = new Map(roles.map((role) => [role.id, role.privileges.filter(isPrivilege)]));
  const grants = user.grants.flatMap(({ roleId, tenantId }) => {
    const [tenant, held] = [paths.get(tenantId), privilegesOf.get(roleId)];
    return tenant && held ? [{ tenant, privileges: held }] : [];
  });
  return { id: user.id, name: user.name, grants };
}

/** What pages and views are told of a person's rights. */
export function viewAccess(user: ActingUser, paths: ReadonlyMap<string, TenantPath>): AccessView {
  const visible = [...paths].filter(([, tenant]) => may(user, 'see', { tenant }));
  return {
    user: { id: user.id, name: user.name },
    privileges: visible.map(([tenantId, tenant]) => ({ tenantId, privileges: privileges.filter((privilege) => may(user, privilege, { tenant })) })),
    administrator: may(user, 'administer', { tenant: [environmentTenant.id] }),
  };
}
