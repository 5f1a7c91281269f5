import * as assert from 'node:assert/strict';
import { environmentTenant } from '../../../../src/core/packages/model';
import type { ChangedArea } from '../../../../src/protocol/service';
import { importSample, sampleBytes, sampleHost } from '../samples';
import { refuses, startedDeployment, type ContractSession } from './session';

/** What clients are told, and when. */
export function describeChanges(session: ContractSession): void {
  describe('changes', () => {
    it('tells which lists differ, after each durable change, until the listener is taken off', async () => {
      const told: ChangedArea[][] = [];
      const off = session.repository.onChanged((areas) => told.push([...areas].sort()));
      const host = await session.repository.addHost(sampleHost('alpha'));
      await session.repository.addTenant('Branch', environmentTenant.id);
      await refuses('repository/name-taken', session.repository.addTenant('Branch', environmentTenant.id));
      await session.repository.removeHost(host.id);
      off();
      await session.repository.addHost(sampleHost('beta'));
      assert.deepEqual(told, [['hosts'], ['tenants'], ['applications', 'deployedPackages', 'hosts']]);
    });

    it('tells that deployments differ when one of them comes further', async () => {
      const { host, deployment } = await startedDeployment(session);
      const told: ChangedArea[] = [];
      session.repository.onChanged((areas) => told.push(...areas));
      await session.repository.appendDeploymentEvents(deployment.id, [{ type: 'output', host: host.id, stream: 'stdout', text: 'nothing new' }]);
      assert.deepEqual(told, []);
      await session.repository.appendDeploymentEvents(deployment.id, [{ type: 'hostStarted', host: host.id }]);
      assert.deepEqual(told, ['deployments']);
    });

    it('names the packages that differ, and where, unless they are too many to name', async () => {
      const { repository } = session;
      const branch = await repository.addTenant('Branch', environmentTenant.id);
      const told: unknown[] = [];
      const first = await importSample(repository, sampleBytes(10, 'first'), { group: 'A' });
      repository.onChanged((areas, places) => areas.includes('packages') && told.push([areas.includes('templates'), places]));
      const [here, there] = [{ id: first.id, tenantId: environmentTenant.id }, { id: first.id, tenantId: branch.id }];
      await repository.editPackage(first.id, environmentTenant.id, { description: 'new' });
      await repository.editPackage(first.id, environmentTenant.id, { description: 'new' });
      await repository.copyToTenants([here], [branch.id]);
      await repository.renameGroup(branch.id, 'A', 'B', 'ana');
      await repository.deletePackage(first.id, environmentTenant.id, branch.id);
      assert.deepEqual(told, [[false, [here]], [true, [there]], [false, [there]], [true, [here, there]]], 'templates come and go with packages, and stay with an edit');
      const second = await importSample(repository, sampleBytes(10, 'second'));
      assert.deepEqual(told.at(-1), [true, [{ id: second.id, tenantId: environmentTenant.id }]]);
    });

    it('rejects every call after it is closed', async () => {
      await session.repository.close();
      await refuses('repository/closed', session.repository.listHosts());
      await refuses('repository/closed', session.repository.addHost(sampleHost('alpha')));
      await refuses('repository/closed', session.repository.writeContent(10));
      await session.repository.close();
    });

    it('shows a reader only what is durable, and every change that was acknowledged', async () => {
      const writes = Array.from({ length: 50 }, (_, i) => session.repository.addHost(sampleHost(`host-${i}`)));
      const [listed] = await Promise.all([session.repository.listHosts(), ...writes]);
      assert.equal(listed.length, 50);
      await session.reopen();
      assert.equal((await session.repository.listHosts()).length, 50);
    });
  });
}
