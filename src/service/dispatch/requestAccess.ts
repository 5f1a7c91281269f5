import { administratorRole, isChiefAdministrator, type User } from '../../core/access/model';
import { actingUser, may, tenantPaths, viewAccess, type ActingUser, type TenantPath } from '../../core/access/may';
import type { AccessView } from '../../core/access/model';
import type { Action } from '../../core/access/privileges';
import { neededPrivilege } from '../../core/access/privileges';
import { ProductError } from '../../core/errors';
import { environmentTenant, type Tenant } from '../../core/packages/model';
import type { Repository } from '../repository/repository';

/** Something that a request is about, with the tenant it belongs to. */
export interface OwnedObject {
  /** As `general/not-found` names it. */
  readonly kind: 'application' | 'deployed' | 'deployment' | 'download' | 'group' | 'host' | 'import' | 'package' | 'tenant' | 'repository';
  readonly id: string;
  readonly tenantId: string;
  /** See `AccessObject.serves`. */
  readonly serves?: boolean;
  /** Of a deployment: which plan it is a run of. */
  readonly planHash?: string;
  /** What people call it; asked for only when it is to be said. */
  name(): Promise<string>;
}

/** The rights of the person who asks, as they stand while one request is answered. */
export interface RequestAccess {
  readonly user: ActingUser;
  readonly view: AccessView;
  /** The tenants that the person may see, the root first. */
  readonly tenants: readonly Tenant[];
  sees(tenantId: string): boolean;
  may(action: Action, tenantId: string): boolean;
  seesHost(host: { readonly tenantId: string }): boolean;
  /**
   * @throws ProductError `general/not-found`, the same as for what does not exist, when they may not see the object;
   * `access/not-allowed` when they may, but not do this to it; `access/unknown-user`
   */
  require(action: Action, object: OwnedObject): Promise<void>;
  /** What a request is refused with that the person may not do in any tenant. */
  refusal(action: Action, object: string, tenantId: string): ProductError;
  /** @throws ProductError `access/unknown-user` */
  requireKnown(): void;
  /** Names of those who administer the environment, for messages. */
  readonly administrators: string;
}

/** Reads what the repository says of somebody. Where it has no users yet, who opens it is their Administrator. */
export async function readAccess(repository: Pick<Repository, 'listUsers' | 'listRoles' | 'listTenants'>, userName: string): Promise<RequestAccess> {
  const [users, roles, tenants] = await Promise.all([repository.listUsers(), repository.listRoles(), repository.listTenants()]);
  const paths = tenantPaths(tenants);
  const user = actingUser(findUser(users, userName), roles, paths);
  const pathOf = (tenantId: string): TenantPath => paths.get(tenantId) ?? [];
  const administrators = users.filter(isChiefAdministrator).map(({ name }) => name).join(', ');
  const sees = (tenantId: string): boolean => may(user, 'see', { tenant: pathOf(tenantId) });
  const nameOf = (tenantId: string): string => tenants.find(({ id }) => id === tenantId)?.name ?? tenantId;

  const refusal = (action: Action, object: string, tenantId: string): ProductError => new ProductError('access/not-allowed', {
    object, administrators, tenant: nameOf(tenantId), privilege: action === 'see' ? 'administer' : neededPrivilege[action],
  });
  const requireKnown = (): void => {
    if (user.id === '') throw new ProductError('access/unknown-user', { user: userName, administrators });
  };
  return {
    user, administrators, sees, refusal, requireKnown,
    view: viewAccess(user, paths),
    tenants: tenants.filter(({ id }) => sees(id)).map(({ parentId, ...tenant }) => ({ ...tenant, ...(parentId !== undefined && sees(parentId) && { parentId }) })),
    may: (action, tenantId) => may(user, action, { tenant: pathOf(tenantId) }),
    seesHost: ({ tenantId }) => may(user, 'see', { tenant: pathOf(tenantId), serves: true }),
    async require(action, object) {
      requireKnown();
      const place = { tenant: pathOf(object.tenantId), ...(object.serves === true && { serves: true }) };
      // That there is an environment is no secret.
      if (object.kind !== 'repository' && !may(user, 'see', place)) throw new ProductError('general/not-found', { kind: object.kind, name: object.id });
      if (!may(user, action, place)) throw refusal(action, await object.name(), object.tenantId);
    },
  };
}

function findUser(users: readonly User[], name: string): User {
  if (users.length === 0) return { id: 'owner', name, grants: [{ roleId: administratorRole.id, tenantId: environmentTenant.id }] };
  return users.find((user) => user.name.toLowerCase() === name.toLowerCase()) ?? { id: '', name, grants: [] };
}
