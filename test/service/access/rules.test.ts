import assert from 'node:assert/strict';
import { isProductError, type ErrorCode } from '../../../src/core/errors';
import { fromColumns } from '../../../src/core/packages/held';
import { samples } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { join } from 'node:path';
import type { Repository } from '../../../src/service/repository/repository';
import { importSample, sampleBytes, sampleDeployment, sampleHost } from '../repository/samples';
import { openTestRepository } from '../repository/sqljs';
import { createGuardedParts, type GuardedParts, type GuardedService } from './guardedService';
import { people, setScene, type Person, type Scene } from './people';

/** What handlers ask about single objects of one request, beside what the table holds every request against. */
describe('the rights of people in single requests', () => {
  const folder = useTemporaryFolder();
  let repository: Repository;
  let scene: Scene;
  let service: GuardedParts;
  let as: Record<Person, GuardedService>;

  beforeEach(async () => {
    repository = await openTestRepository(join(folder(), 'repository'));
    scene = await setScene(repository);
    service = createGuardedParts(repository);
    as = Object.fromEntries(people.map((person) => [person, service.as(person)])) as typeof as;
  });
  afterEach(() => repository.close());

  const refused = async (code: ErrorCode, work: Promise<unknown>): Promise<void> => {
    await assert.rejects(work, (error) => isProductError(error, code) || assert.fail(String(error)));
  };
  const [aboveAt, ownAt, belowAt, foreignAt] = [0, 1, 2, 3] as const;
  const place = (at: number) => scene.places[at] ?? assert.fail('no place');
  const item = (at: number) => ({ id: place(at).packageId, tenantId: place(at).tenantId });

  it('copy to the tenants where they may, and tell each refused one by itself', async () => {
    const { environment, north, east, south } = scene.tenantIds;
    const outcomes = await as.curator.request('packages/copyToTenants', { items: [item(ownAt)], tenantIds: [north, east, south, environment] });
    assert.deepEqual(outcomes.map(({ tenantId, outcome, error }) => [tenantId, outcome, error?.code]), [
      [north, 'present', undefined], [east, 'copied', undefined], [south, 'failed', 'general/not-found'], [environment, 'failed', 'general/not-found'],
    ]);
    assert.deepEqual((await repository.listPackageTenants(item(ownAt).id)).map(({ id }) => id).sort(), [east, north].sort());
    const [locked] = await as.eastern.request('packages/copyToTenants', { items: [item(belowAt)], tenantIds: [east] }).catch((error: unknown) => [error]);
    assert.ok(isProductError(locked, 'access/not-allowed') && locked.args['privilege'] === 'copy' && locked.args['administrators'] === 'admin');
  });

  it('delete from all tenants only with the right in each, also in those they may not see', async () => {
    await repository.copyToTenants([item(ownAt)], [scene.tenantIds.south]);
    await refused('access/held-elsewhere', as.curator.request('packages/delete', { ...item(ownAt), allTenants: true }));
    await as.curator.request('packages/delete', item(ownAt));
    assert.deepEqual((await repository.listPackageTenants(item(ownAt).id)).map(({ name }) => name), ['South']);
  });

  it('see of a shared package only the tenants that they see', async () => {
    await repository.copyToTenants([item(ownAt)], [scene.tenantIds.south, scene.tenantIds.east]);
    assert.deepEqual((await as.reader.request('packages/get', { id: item(ownAt).id })).tenants, ['North', 'North East']);
    assert.deepEqual((await as.reader.request('packages/uses', item(ownAt))).tenantIds.length, 2);
    await repository.deletePackage(item(ownAt).id, scene.tenantIds.north);
    assert.equal((await as.eastern.request('packages/get', { id: item(ownAt).id })).tenantId, scene.tenantIds.east, 'not the one of a tenant that sorts before');
  });

  it('are sent of packages only what their own tenants hold, at first and after each change', async () => {
    const { environment, north, east, south } = scene.tenantIds;
    const all = scene.places.map(({ packageId }) => packageId);
    const { revision } = await as.reader.request('packages/groups', {});
    assert.deepEqual((await as.reader.request('packages/shared', { ids: all })).map(({ id }) => id).sort(), [item(ownAt).id, item(belowAt).id].sort());
    assert.deepEqual(await as.reader.request('packages/changes', { since: revision }), { revision, whole: false, places: [], packages: [], held: [] });

    for (const at of [aboveAt, ownAt, foreignAt]) await repository.editPackage(item(at).id, item(at).tenantId, { description: 'new' });
    await repository.copyToTenants([item(ownAt)], [south, east]);
    const changed = await as.reader.request('packages/changes', { since: revision });
    assert.ok(!changed.whole);
    assert.deepEqual(changed.places, [item(ownAt), { id: item(ownAt).id, tenantId: east }]);
    assert.deepEqual(changed.packages.map(({ id }) => id), [item(ownAt).id]);
    assert.deepEqual(changed.held.map(({ tenantId, held }) => [tenantId, fromColumns(held).map(({ packageId, description }) => [packageId, description])]), [
      [north, [[item(ownAt).id, 'new']]], [east, [[item(ownAt).id, 'new']]],
    ]);

    await repository.deletePackage(item(ownAt).id, east);
    await repository.deletePackage(item(aboveAt).id, environment);
    const later = await as.reader.request('packages/changes', { since: changed.revision });
    assert.deepEqual({ ...later, revision: '' }, { revision: '', whole: false, places: [{ id: item(ownAt).id, tenantId: east }], packages: later.whole ? [] : later.packages, held: [] });
    assert.deepEqual((await as.reader.request('packages/changes', { since: `another-life/0` })).whole, true);
  });

  it('import and replace where they may', async () => {
    const path = await writeSample(samples.lca, join(folder(), 'archives'));
    const { north, south } = scene.tenantIds;
    await assert.rejects(as.deployer.request('imports/start', { source: { method: 'archive', path }, tenant: 'South' }), (error) => isProductError(error, 'import/unknown-tenant') && error.args['tenants'] === 'North, North East');
    const started = await as.deployer.request('imports/start', { source: { method: 'archive', path }, tenant: 'north' });
    assert.equal((await as.deployer.request('imports/wait', { id: started.id })).tenantId, north);
    await refused('access/not-allowed', as.deployer.request('imports/start', { source: { method: 'archive', path }, tenant: north, replace: true }));
    const replacing = async (who: Person) => {
      const { id } = await as[who].request('imports/start', { source: { method: 'archive', path }, tenant: north, replace: true });
      return (await as[who].request('imports/wait', { id })).error?.code;
    };
    assert.equal(await replacing('northAdmin'), undefined);
    const [summary] = (await repository.listPackages(north)).filter(({ nickname, name }) => nickname === 'LCA' && name === 'Local Control Agent');
    await repository.copyToTenants([{ id: summary?.id ?? '', tenantId: north }], [south]);
    assert.equal(await replacing('northAdmin'), 'access/held-elsewhere');
    assert.equal(await replacing('admin'), undefined);
  });

  it('are not told of hosts and deployments of foreign tenants by the way', async () => {
    const [own, foreign] = [place(ownAt), place(foreignAt)];
    const inputs = { packageId: own.packageId, tenantId: own.tenantId, profile: 'install' as const, values: [], secretKeys: [], applicationName: '' };
    const check = async (hostId: string) => (await as.deployer.request('deployments/check', { ...inputs, hostIds: [hostId] })).map(({ code }) => code).sort();
    assert.deepEqual(await check(foreign.hostId), await check('host-none'));
    await refused('general/not-found', as.deployer.request('deployments/start', { inputs: { ...inputs, hostIds: [own.hostId, foreign.hostId] }, secrets: [] }));

    // The same package in a foreign tenant, deployed later.
    const theirs = await importSample(repository, sampleBytes(5, 'theirs'), { tenantId: foreign.tenantId, name: 'Package 1', version: '9' });
    const host = await repository.addHost(sampleHost('late'), foreign.tenantId);
    const late = await repository.addDeployment(sampleDeployment(theirs, [host]));
    assert.equal((await as.deployer.request('deployments/remembered', { packageId: own.packageId }))?.deploymentId, own.deploymentId);
    assert.equal((await as.admin.request('deployments/remembered', { packageId: own.packageId }))?.deploymentId, late.id);
  });

  it('move hosts only between tenants where they manage hosts', async () => {
    const settings = sampleHost('host-1');
    await refused('general/not-found', as.deployer.request('hosts/edit', { id: place(ownAt).hostId, settings, tenantId: scene.tenantIds.south }));
    const moved = await as.deployer.request('hosts/edit', { id: place(ownAt).hostId, settings, tenantId: scene.tenantIds.east });
    assert.equal(moved.tenantId, scene.tenantIds.east);
    await refused('access/not-allowed', as.deployer.request('hosts/remove', { id: place(aboveAt).hostId }));
  });

  it('cannot lock themselves out, and an owner from elsewhere can come in', async () => {
    const [admin] = (await as.admin.request('users/list', {})).filter(({ name }) => name === 'admin');
    assert.ok(admin);
    await as.admin.request('users/save', { name: 'second', grants: [...admin.grants] });
    await refused('access/own-administrator', as.admin.request('users/save', { ...admin, grants: [] }));
    await refused('access/own-administrator', as.admin.request('users/remove', { id: admin.id }));
    await service.as('second').request('users/remove', { id: admin.id });
    await refused('access/unknown-user', as.admin.request('packages/list', {}));
    await refused('access/user-known', as.watcher.request('access/claim', {}));
    assert.equal((await as.stranger.request('access/claim', {})).administrator, true);
    await as.stranger.request('users/list', {});
  });

  it('give a role only privileges that exist', async () => {
    await refused('access/unknown-privilege', as.admin.request('roles/save', { name: 'Pilot', privileges: ['task:Product.fly'] }));
    await importSample(repository, sampleBytes(6, 'tasks'), { name: 'Product', tasks: [{ name: 'Product.fly', displayName: 'Fly', group: '' }] });
    assert.deepEqual((await as.admin.request('roles/save', { name: 'Pilot', privileges: ['task:Product.fly'] })).privileges, ['task:Product.fly']);
    assert.deepEqual((await as.admin.request('roles/tasks', {})).map(({ name }) => name), ['Product.fly']);
  });

  it('are recorded with what they do, how it ended, and in which tenant; before it is done', async () => {
    let seen = '';
    const slow = service.as('deployer', { 'packages/edit': async () => {
      seen = (await repository.listAudit(0, 1000)).at(-1)?.outcome ?? '';
      throw new Error('no such luck');
    } });
    await assert.rejects(slow.request('packages/edit', { ...item(ownAt), group: 'x' }));
    assert.equal(seen, 'begun');
    await refused('access/not-allowed', as.reader.request('packages/move', { items: [item(ownAt), item(belowAt)], group: 'x' }));
    await as.deployer.request('packages/move', { items: [item(ownAt)], group: 'x' });
    const last = (await repository.listAudit(0, 1000)).slice(-3).map(({ seq: _, at: __, ...record }) => record);
    const named = (at: number) => `Package ${at} 8.5.100.37 (ENU, Linux 32/64-bit)`;
    assert.deepEqual(last, [
      { user: 'deployer', machine: 'desk', action: 'packages/edit', object: named(1), tenantId: scene.tenantIds.north, outcome: 'failed', code: 'general/unexpected' },
      { user: 'reader', machine: 'desk', action: 'packages/move', object: `${named(1)}, ${named(2)}`, outcome: 'refused', code: 'access/not-allowed' },
      { user: 'deployer', machine: 'desk', action: 'packages/move', object: named(1), tenantId: scene.tenantIds.north, outcome: 'done' },
    ]);
  });
});
