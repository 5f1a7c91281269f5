import { administratorRole, isChiefAdministrator } from '../../core/access/model';
import { isPrivilege, privileges } from '../../core/access/privileges';
import { ProductError } from '../../core/errors';
import { environmentTenant } from '../../core/packages/model';
import type { accessMethods } from '../../protocol/service/access';
import type { GuardedHandlers } from './handlers';
import { readAccess, type RequestAccess } from './requestAccess';
import type { ServiceParts } from './serviceParts';

/** Records that one request reads at most. */
const auditPage = 1000;

/** Tenants, users, roles and the audit trail. */
export function createAccessHandlers(
  { repository }: Pick<ServiceParts, 'repository'>, options: { readonly userName: string; readonly machine: string },
): Pick<GuardedHandlers, keyof typeof accessMethods> {
  return {
    'access/me': (_, { access }) => Promise.resolve(access.view),
    'access/claim': async (_, { access }) => {
      if (access.user.id !== '') throw new ProductError('access/user-known', { user: options.userName, administrators: access.administrators });
      await repository.addAudit({ user: options.userName, machine: options.machine, action: 'access/claim', object: options.userName, outcome: 'done' });
      await repository.saveUser({ name: options.userName, grants: [{ roleId: administratorRole.id, tenantId: environmentTenant.id }] });
      return (await readAccess(repository, options.userName)).view;
    },

    'tenants/list': () => repository.listTenants(),
    'tenants/add': ({ name, parentId = environmentTenant.id }) => repository.addTenant(name, parentId),
    'tenants/rename': ({ id, name }) => repository.renameTenant(id, name),
    'tenants/remove': async ({ id }) => {
      await repository.removeTenant(id);
      return null;
    },

    'users/list': () => repository.listUsers(),
    'users/save': async (user, { access }) => {
      if (user.id === access.user.id && !isChiefAdministrator(user)) throw ownRole(access);
      return repository.saveUser(user);
    },
    'users/remove': async ({ id }, { access }) => {
      if (id === access.user.id) throw ownRole(access);
      await repository.removeUser(id);
      return null;
    },
    'roles/list': () => repository.listRoles(),
    'roles/save': async (role) => {
      const tasks = new Set((await repository.listTasks()).map(({ name }) => `task:${name}`));
      const unknown = role.privileges.find((privilege) => !isPrivilege(privilege) && !tasks.has(privilege));
      if (unknown !== undefined) throw new ProductError('access/unknown-privilege', { privilege: unknown, privileges: privileges.join(', ') });
      return repository.saveRole(role);
    },
    'roles/remove': async ({ id }) => {
      await repository.removeRole(id);
      return null;
    },
    'roles/tasks': () => repository.listTasks(),

    'audit/list': ({ after = 0, limit = auditPage }, { access }) => {
      const administered = access.tenants.filter(({ id }) => access.may('administer', id)).map(({ id }) => id);
      return repository.listAudit(after, limit, access.view.administrator ? undefined : administered);
    },
  };
}

/** Nobody can lock themselves out: another administrator takes the role away. */
function ownRole(access: RequestAccess): ProductError {
  return new ProductError('access/own-administrator', { administrators: access.administrators });
}
