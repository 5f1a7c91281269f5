import { deepEqual, equal } from 'node:assert/strict';
import { builtInRoles, type Role, type User } from '../../../../src/core/access/model';
import { actingUser, may, tenantPaths, viewAccess, type ActingUser } from '../../../../src/core/access/may';
import { privileges } from '../../../../src/core/access/privileges';
import { environmentTenant, type Tenant } from '../../../../src/core/packages/model';

const tenants: readonly Tenant[] = [
  environmentTenant, { id: 'north', name: 'North', parentId: 'environment' }, { id: 'east', name: 'North East', parentId: 'north' }, { id: 'south', name: 'South', parentId: 'environment' },
];
const paths = tenantPaths(tenants);
const at = (tenantId: string) => ({ tenant: paths.get(tenantId) ?? [] });
const copier: Role = { id: 'copier', name: 'Copier', builtIn: false, privileges: ['copy', 'task:Product.canUse'] };
const somebody = (...grants: User['grants'][number][]): ActingUser => actingUser({ id: 'u', name: 'ana', grants }, [...builtInRoles, copier], paths);

describe('may', () => {
  it('lets nobody see anything without a role', () => {
    for (const { id } of tenants) equal(may(somebody(), 'see', { ...at(id), serves: true }), false);
  });

  it('lets a role hold in its tenant and all below it, and nowhere else', () => {
    const deployer = somebody({ roleId: 'deployer', tenantId: 'north' });
    deepEqual(tenants.map(({ id }) => may(deployer, 'see', at(id))), [false, true, true, false]);
    deepEqual(tenants.map(({ id }) => may(deployer, 'deploy', at(id))), [false, true, true, false]);
    deepEqual(tenants.map(({ id }) => may(deployer, 'delete', at(id))), [false, false, false, false]);
  });

  it('does not carry a privilege of one tenant into another where somebody only reads', () => {
    const user = somebody({ roleId: 'copier', tenantId: 'east' }, { roleId: 'reader', tenantId: 'environment' });
    deepEqual(tenants.map(({ id }) => may(user, 'copy', at(id))), [false, false, true, false]);
    deepEqual(tenants.map(({ id }) => may(user, 'see', at(id))), [true, true, true, true]);
  });

  it('shows what serves the tenants below its own to those who may see one of them, to look at only', () => {
    const user = somebody({ roleId: 'deployer', tenantId: 'east' });
    deepEqual(tenants.map(({ id }) => may(user, 'see', { ...at(id), serves: true })), [true, true, true, false]);
    deepEqual(tenants.map(({ id }) => may(user, 'manageHosts', { ...at(id), serves: true })), [false, false, true, false]);
  });

  it('counts grants of roles and tenants that are gone for nothing, and tasks of packages for no action', () => {
    equal(may(somebody({ roleId: 'gone', tenantId: 'north' }, { roleId: 'administrator', tenantId: 'gone' }), 'see', at('north')), false);
    deepEqual(somebody({ roleId: 'copier', tenantId: 'north' }).grants[0]?.privileges, ['copy']);
  });

  it('leads tenants of unknown parents, or in a ring, to the root', () => {
    const odd = tenantPaths([environmentTenant, { id: 'a', name: 'a', parentId: 'b' }, { id: 'b', name: 'b', parentId: 'a' }, { id: 'c', name: 'c', parentId: 'gone' }]);
    deepEqual([...odd.values()], [['environment'], ['a', 'b', 'environment'], ['b', 'a', 'environment'], ['c', 'gone', 'environment']]);
  });

  it('tells pages what is possible where', () => {
    const view = viewAccess(somebody({ roleId: 'copier', tenantId: 'north' }), paths);
    deepEqual(view, { user: { id: 'u', name: 'ana' }, administrator: false, privileges: [{ tenantId: 'north', privileges: ['copy'] }, { tenantId: 'east', privileges: ['copy'] }] });
    deepEqual(viewAccess(somebody({ roleId: 'administrator', tenantId: 'environment' }), paths).privileges.map((one) => one.privileges), tenants.map(() => privileges));
  });
});
