import * as assert from 'node:assert/strict';
import { environmentTenant } from '../../../../src/core/packages/model';
import { importSample, sampleBytes, sampleHost } from '../samples';
import { refuses, startedDeployment, type ContractSession } from './session';

const inEnvironment = (roleId: string) => ({ roleId, tenantId: environmentTenant.id });

/** Tenants as a tree, users, roles, the audit trail. */
export function describeAccess(session: ContractSession): void {
  describe('tenants, users and roles', () => {
    it('keeps tenants as a tree, and removes one only when it holds nothing', async () => {
      const north = await session.repository.addTenant('North', environmentTenant.id);
      const branch = await session.repository.addTenant('Branch', north.id);
      await refuses('repository/name-taken', session.repository.renameTenant(branch.id, 'NORTH'));
      await refuses('access/environment-stays', session.repository.renameTenant(environmentTenant.id, 'Root'));
      await refuses('access/environment-stays', session.repository.removeTenant(environmentTenant.id));
      assert.equal((await session.repository.renameTenant(branch.id, 'branch 1')).name, 'branch 1');
      await refuses('access/tenant-in-use', session.repository.removeTenant(north.id));
      const summary = await importSample(session.repository, sampleBytes(10, 'tenant'), { tenantId: branch.id });
      await refuses('access/tenant-in-use', session.repository.removeTenant(branch.id));
      await session.repository.deletePackage(summary.id, branch.id);
      const host = await session.repository.addHost(sampleHost('alpha'), branch.id);
      await refuses('access/tenant-in-use', session.repository.removeTenant(branch.id));
      await session.repository.editHost(host.id, sampleHost('alpha'), north.id);
      await session.repository.removeTenant(branch.id);
      await session.reopen();
      assert.deepEqual(await session.repository.listTenants(), [environmentTenant, north]);
    });

    it('keeps a tenant that deployments or users refer to', async () => {
      const { deployment } = await startedDeployment(session);
      assert.equal(deployment.tenantId, environmentTenant.id);
      const north = await session.repository.addTenant('North', environmentTenant.id);
      await session.repository.addFirstAdministrator('ana');
      await session.repository.saveUser({ name: 'olga', grants: [{ roleId: 'reader', tenantId: north.id }] });
      await refuses('access/tenant-in-use', session.repository.removeTenant(north.id));
    });

    it('makes the first user an Administrator, and nobody after', async () => {
      await session.repository.addFirstAdministrator('ana');
      await session.repository.addFirstAdministrator('bob');
      await session.reopen();
      assert.deepEqual((await session.repository.listUsers()).map(({ name, grants }) => ({ name, grants })), [{ name: 'ana', grants: [inEnvironment('administrator')] }]);
    });

    it('always keeps an Administrator of the environment', async () => {
      await session.repository.addFirstAdministrator('ana');
      const [ana] = await session.repository.listUsers();
      assert.ok(ana);
      await refuses('access/last-administrator', session.repository.removeUser(ana.id));
      await refuses('access/last-administrator', session.repository.saveUser({ ...ana, grants: [inEnvironment('reader')] }));
      const everything = await session.repository.saveRole({ name: 'Everything', privileges: ['administer'] });
      await refuses('access/last-administrator', session.repository.saveUser({ ...ana, grants: [inEnvironment(everything.id)] }));
      const bob = await session.repository.saveUser({ name: 'bob', grants: [inEnvironment('administrator')] });
      await session.repository.removeUser(ana.id);
      assert.deepEqual(await session.repository.listUsers(), [bob]);
    });

    it('compares names of users and roles in any case, and refuses what a user or role refers to in vain', async () => {
      await session.repository.addFirstAdministrator('Ana');
      await refuses('repository/name-taken', session.repository.saveUser({ name: 'ANA', grants: [] }));
      await refuses('general/not-found', session.repository.saveUser({ name: 'bob', grants: [inEnvironment('no-role')] }));
      await refuses('general/not-found', session.repository.saveUser({ name: 'bob', grants: [{ roleId: 'reader', tenantId: 'nobody' }] }));
      await refuses('general/not-found', session.repository.saveUser({ id: 'user-none', name: 'bob', grants: [] }));
      await refuses('repository/name-taken', session.repository.saveRole({ name: 'reader', privileges: [] }));
      await refuses('access/built-in-role', session.repository.saveRole({ id: 'reader', name: 'Reader', privileges: ['deploy'] }));
      await refuses('access/built-in-role', session.repository.removeRole('deployer'));
      const role = await session.repository.saveRole({ name: 'Curator', privileges: ['copy'] });
      const bob = await session.repository.saveUser({ name: 'bob', grants: [inEnvironment(role.id), inEnvironment(role.id)] });
      assert.equal(bob.grants.length, 1);
      await refuses('access/role-in-use', session.repository.removeRole(role.id));
      await session.repository.saveRole({ ...role, privileges: ['copy', 'task:Product.canUse'] });
      await session.repository.removeUser(bob.id);
      await session.reopen();
      assert.deepEqual((await session.repository.listRoles()).at(-1), { ...role, privileges: ['copy', 'task:Product.canUse'] });
      await session.repository.removeRole(role.id);
      assert.deepEqual((await session.repository.listRoles()).map(({ id }) => id), ['administrator', 'deployer', 'reader']);
    });

    it('keeps the privileges that packages bring, also when the package goes', async () => {
      const tasks = [{ name: 'Product.canUse', displayName: 'Can use', group: 'Product' }];
      const summary = await importSample(session.repository, sampleBytes(10, 'tasks'), { tasks });
      await session.repository.deletePackage(summary.id, environmentTenant.id);
      assert.deepEqual(await session.repository.listTasks(), tasks);
    });
  });

  describe('the audit trail', () => {
    it('grows by one record each, says how it ended, and is read from any place', async () => {
      const record = { user: 'ana', machine: 'desk', action: 'packages/delete', object: 'LCA', outcome: 'begun' } as const;
      const first = await session.repository.addAudit({ ...record, tenantId: environmentTenant.id });
      const second = await session.repository.addAudit({ ...record, object: 'MCP' });
      assert.equal(second, first + 1);
      await session.repository.endAudit(first, 'failed', 'repository/package-in-use');
      await session.reopen();
      const [one, two, ...more] = await session.repository.listAudit(0, 10);
      assert.deepEqual([{ ...one, at: '' }, { ...two, at: '' }, more], [
        { ...record, seq: first, at: '', tenantId: environmentTenant.id, outcome: 'failed', code: 'repository/package-in-use' }, { ...record, seq: second, at: '', object: 'MCP' }, [],
      ]);
      assert.ok(one && !Number.isNaN(Date.parse(one.at)));
      assert.deepEqual((await session.repository.listAudit(first, 10)).map(({ seq }) => seq), [second]);
      assert.deepEqual((await session.repository.listAudit(0, 1)).map(({ seq }) => seq), [first]);
      assert.deepEqual((await session.repository.listAudit(0, 10, [environmentTenant.id])).map(({ seq }) => seq), [first]);
      assert.deepEqual(await session.repository.listAudit(0, 10, []), []);
    });
  });
}
