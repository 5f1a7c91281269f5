import * as assert from 'node:assert/strict';
import { isProductError } from '../../../../src/core/errors';
import { environmentTenant } from '../../../../src/core/packages/model';
import { importSample, readAll, sampleApplication, sampleBytes, sampleDeployed, sampleDeployment, sampleHost } from '../samples';
import { refuses, startedDeployment, type ContractSession } from './session';

const environment = environmentTenant.id;

/** What tenants do with the packages they hold. */
export function describePackageChanges(session: ContractSession): void {
  const held = async () => (await session.repository.listPackages()).map(({ id, tenantId, group, description, sha256 }) => ({ id, tenantId, group, description, sha256 }));

  describe('packages of several tenants', () => {
    it('moves packages into a group, all or none, and renames a group of one tenant', async () => {
      const north = (await session.repository.addTenant('North', environment)).id;
      const [a, b] = [await importSample(session.repository, sampleBytes(10, 'a'), { group: 'Old' }), await importSample(session.repository, sampleBytes(10, 'b'), { version: '2', group: 'Old' })];
      await session.repository.copyToTenants([{ id: a.id, tenantId: environment }], [north]);
      await refuses('general/not-found', session.repository.movePackages([{ id: a.id, tenantId: environment }, { id: 'none', tenantId: environment }], 'New', 'ana'));
      assert.ok((await held()).every(({ group }) => group === 'Old'));
      await session.repository.movePackages([{ id: a.id, tenantId: environment }], 'New', 'ana');
      await session.repository.renameGroup(environment, 'New', 'Newer', 'ana');
      await refuses('general/not-found', session.repository.renameGroup(environment, 'New', 'Newest', 'ana'));
      await session.reopen();
      const groups = (await held()).map(({ id, tenantId, group }) => `${id === a.id ? 'a' : 'b'} ${tenantId === north ? 'north' : tenantId}: ${group}`).sort();
      assert.deepEqual(groups, ['a environment: Newer', 'a north: Old', 'b environment: Old']);
      assert.equal(b.group, 'Old');
    });

    it('refuses an edit of what somebody else has changed since, and says who', async () => {
      const { id } = await importSample(session.repository, sampleBytes(10, 'edit'), { description: 'first' });
      const edit = (by: string, description: string, known: string) => session.repository.editPackage(id, environment, { description }, { by, known: { description: known } });
      await edit('ana', 'second', 'first');
      await assert.rejects(edit('bob', 'third', 'first'), (error) => isProductError(error, 'access/edited-meanwhile')
        && error.args['user'] === 'ana' && error.args['stored'] === 'second' && error.args['field'] === 'description' && typeof error.args['time'] === 'number');
      await edit('bob', 'second', 'first');
      await session.repository.editPackage(id, environment, { group: 'G' }, { by: 'bob', known: { group: '' } });
      assert.equal((await edit('cyd', 'third', 'second')).description, 'third');
    });

    it('copies packages to tenants without their content, and leaves one with other content as it is', async () => {
      const [north, south] = [(await session.repository.addTenant('North', environment)).id, (await session.repository.addTenant('South', environment)).id];
      const bytes = sampleBytes(100_000, 'copied');
      const { id, sha256 } = await importSample(session.repository, bytes, { group: 'G', description: 'D' });
      const other = await importSample(session.repository, sampleBytes(10, 'other'), { tenantId: south });
      const copied = await session.repository.copyToTenants([{ id, tenantId: environment }], [north, south, environment]);
      assert.deepEqual(copied.map(({ tenantId, outcome, error }) => [tenantId, outcome, error?.code]), [[north, 'copied', undefined], [south, 'failed', 'repository/other-content'], [environment, 'present', undefined]]);
      await refuses('general/not-found', session.repository.copyToTenants([{ id, tenantId: environment }], [north, 'nobody']));
      await session.reopen();
      assert.deepEqual((await held()).find(({ tenantId }) => tenantId === north), { id, tenantId: north, group: 'G', description: 'D', sha256 });
      await session.repository.deletePackage(id, environment);
      assert.deepEqual(await readAll(session.repository, sha256), bytes, 'the content stays for the other tenant');
      await session.repository.deletePackage(id, north);
      await refuses('general/not-found', readAll(session.repository, sha256));
      assert.deepEqual((await held()).map((one) => one.id), [other.id]);
    });

    it('deletes a package from several tenants, from all or from none', async () => {
      const north = (await session.repository.addTenant('North', environment)).id;
      const { summary } = await startedDeployment(session);
      await session.repository.copyToTenants([{ id: summary.id, tenantId: environment }], [north]);
      await refuses('repository/package-in-use', session.repository.deletePackage(summary.id, north, environment));
      assert.equal((await held()).length, 2);
    });

    it('replaces a package where it may, and keeps id, group, description, tenants and history', async () => {
      const north = (await session.repository.addTenant('North', environment)).id;
      const first = await importSample(session.repository, sampleBytes(50_000, 'first'), { group: 'G', description: 'D' });
      await session.repository.copyToTenants([{ id: first.id, tenantId: environment }], [north]);
      const bytes = sampleBytes(60_000, 'second');
      await refuses('import/already-present', importSample(session.repository, bytes, { replaceIn: [north] }));
      await refuses('access/held-elsewhere', importSample(session.repository, bytes, { replaceIn: [environment] }));
      assert.deepEqual(await readAll(session.repository, first.sha256), sampleBytes(50_000, 'first'), 'the old content stays until then');
      const second = await importSample(session.repository, bytes, { replaceIn: [environment, north], group: 'other', description: 'other', nickname: 'LCA2' });
      assert.deepEqual((await held()).map(({ tenantId: _, ...one }) => one), [1, 2].map(() => ({ id: first.id, group: 'G', description: 'D', sha256: second.sha256 })));
      await session.reopen();
      assert.equal((await session.repository.getPackage(first.id)).nickname, 'LCA2');
      assert.deepEqual(await readAll(session.repository, second.sha256), bytes);
      await refuses('general/not-found', readAll(session.repository, first.sha256));
    });

    it('makes one package of two when the new content is that of another tenant, with the history of both', async () => {
      const north = (await session.repository.addTenant('North', environment)).id;
      const host = await session.repository.addHost(sampleHost('alpha'));
      const mine = await importSample(session.repository, sampleBytes(10, 'mine'));
      const theirs = await importSample(session.repository, sampleBytes(10, 'theirs'), { tenantId: north });
      const deployment = await session.repository.addDeployment(sampleDeployment(mine, [host]));
      await refuses('repository/package-in-use', importSample(session.repository, sampleBytes(10, 'theirs'), { replaceIn: [environment] }));
      await session.repository.appendDeploymentEvents(deployment.id, [{ type: 'hostEnded', host: host.id, state: 'complete', left: [] }, { type: 'ended', state: 'complete' }]);
      await session.repository.recordDeployedPackage(sampleDeployed(mine, sampleApplication(host.id)), sampleApplication(host.id));
      await importSample(session.repository, sampleBytes(10, 'theirs'), { replaceIn: [environment] });
      await session.reopen();
      assert.deepEqual((await held()).map(({ id }) => id), [theirs.id, theirs.id]);
      assert.equal((await session.repository.getDeployment(deployment.id)).packageId, theirs.id);
      assert.equal((await session.repository.getDeploymentInputs(deployment.id)).packageId, theirs.id);
      assert.deepEqual((await session.repository.packageUses(theirs.id, environment)).hostNames, ['alpha']);
    });

    it('says where a package is deployed, and which roll backs go with it', async () => {
      const host = await session.repository.addHost(sampleHost('alpha'));
      const [older, newer] = [await importSample(session.repository, sampleBytes(10, '1'), { version: '1' }), await importSample(session.repository, sampleBytes(10, '2'), { version: '2' })];
      const application = sampleApplication(host.id);
      for (const summary of [older, newer]) {
        const { id } = await session.repository.addDeployment(sampleDeployment(summary, [host]));
        assert.deepEqual((await session.repository.packageUses(summary.id, environment)).runningHostNames, ['alpha']);
        await session.repository.appendDeploymentEvents(id, [{ type: 'hostEnded', host: host.id, state: 'complete', left: [] }, { type: 'ended', state: 'complete' }]);
        await session.repository.recordDeployedPackage(sampleDeployed(summary, application, { deploymentId: id }), application);
      }
      assert.deepEqual(await session.repository.packageUses(older.id, environment), { hostNames: [], rollBackHostNames: ['alpha'], runningHostNames: [], tenantIds: [environment] });
      assert.deepEqual(await session.repository.packageUses(newer.id, environment), { hostNames: ['alpha'], rollBackHostNames: [], runningHostNames: [], tenantIds: [environment] });
    });
  });
}
