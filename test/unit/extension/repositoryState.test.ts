import { deepEqual, equal, ok } from 'node:assert/strict';
import type { ErrorData } from '../../../src/core/errors';
import type { PackageSummary } from '../../../src/core/packages/model';
import type { ServiceStatus } from '../../../src/protocol/service';
import { createRepositoryState } from '../../../src/extension/repositoryState';
import { createFakeService, type FakeService } from './fakeService';
import { answerPackages, changesOf } from './fakePackages';
import { sampleHost, samplePackage } from './sampleLists';

describe('the state of the repository in a window', () => {
  let service: FakeService;
  let reported: unknown[];
  const noon = new Date('2026-03-04T12:00:00Z');

  beforeEach(() => {
    service = createFakeService();
    service.answer('hosts/list', () => [sampleHost({ id: 'p1' })]);
    service.answer('service/status', () => status());
    reported = [];
  });

  function create(): ReturnType<typeof createRepositoryState> {
    return createRepositoryState(service, (error) => reported.push(error), () => noon);
  }

  it('asks the service for nothing until somebody watches', () => {
    create();
    deepEqual(service.requests, []);
  });

  it('reads what is watched, and reads it again when the service says that it changed', async () => {
    const state = create();
    state.watch(['hosts']);
    await state.ready(['hosts']);
    deepEqual(state.snapshot.hosts.map((item) => item.id), ['p1']);
    service.answer('hosts/list', () => [sampleHost({ id: 'p2' })]);
    const changed = new Promise<readonly string[]>((resolve) => state.onChanged(resolve));
    service.send('changed', { areas: ['packages', 'hosts'] });
    deepEqual(await changed, ['hosts']);
    deepEqual(state.snapshot.hosts.map((item) => item.id), ['p2']);
    deepEqual(service.requests, ['hosts/list', 'hosts/list']);
  });

  it('joins changes that come while a list is being read into one more read', async () => {
    const state = create();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    service.answer('hosts/list', () => held.then(() => []));
    state.watch(['hosts']);
    for (let i = 0; i < 5; i++) service.send('changed', { areas: ['hosts'] });
    release();
    await state.ready(['hosts']);
    deepEqual(service.requests, ['hosts/list', 'hosts/list']);
  });

  it('reads a list anew that changed while nobody watched it', async () => {
    const state = create();
    const stop = state.watch(['hosts']);
    await state.ready(['hosts']);
    stop();
    service.send('changed', { areas: ['hosts'] });
    deepEqual(service.requests, ['hosts/list']);
    state.watch(['hosts']);
    await state.ready(['hosts']);
    deepEqual(service.requests, ['hosts/list', 'hosts/list']);
  });

  it('keeps the last lists when the service goes, says of when they are, and reads them anew when it is back', async () => {
    const state = create();
    service.become('online');
    state.watch(['hosts']);
    await state.ready(['hosts']);
    equal(state.snapshot.asOf, undefined);
    service.become('offline');
    deepEqual(state.snapshot.hosts.map((item) => item.id), ['p1']);
    equal(state.snapshot.connection, 'offline');
    equal(state.snapshot.asOf, noon);
    const changed = new Promise<readonly string[]>((resolve) => state.onChanged((areas) => areas.length > 0 && resolve(areas)));
    service.become('online');
    deepEqual(await changed, ['hosts']);
    deepEqual(service.requests.filter((name) => name === 'hosts/list').length, 2);
  });

  it('stays offline for the views while another attempt to connect runs', () => {
    const state = create();
    service.become('connecting');
    equal(state.snapshot.connection, 'connecting');
    service.become('offline');
    service.become('connecting');
    equal(state.snapshot.connection, 'offline');
    service.become('online');
    equal(state.snapshot.connection, 'online');
  });

  it('knows when the repository can only be read, and when that is over', async () => {
    const damaged = { code: 'repository/beyond-recovery', args: { folder: '/data', file: 'x' } } as const;
    const state = create();
    service.answer('service/status', () => status(damaged));
    const told = new Promise<void>((resolve) => state.onChanged(() => state.snapshot.readOnly !== undefined && resolve()));
    service.become('online');
    await told;
    deepEqual(state.snapshot.readOnly, damaged);
    service.answer('service/status', () => status());
    await state.refresh();
    equal(state.snapshot.readOnly, undefined);
  });

  it('reports a read that failed, keeps what it had, and reads it again with the next change', async () => {
    const state = create();
    const failure = new Error('gone');
    service.answer('hosts/list', () => Promise.reject(failure));
    state.watch(['hosts']);
    await state.ready(['hosts']);
    ok(reported.includes(failure));
    equal(state.snapshot.known.has('hosts'), false);
    service.answer('hosts/list', () => [sampleHost({ id: 'p3' })]);
    service.send('changed', { areas: ['hosts'] });
    await state.ready(['hosts']);
    deepEqual(state.snapshot.hosts.map((item) => item.id), ['p3']);
  });
});

describe('the packages in a window', () => {
  const tenants = [{ id: 'environment', name: 'Environment' }, { id: 'emea', name: 'EMEA' }, { id: 'apac', name: 'APAC' }];
  const first = ['a', 'b', 'c', 'd', 'e'].map((id) => samplePackage({ id }));
  let service: FakeService;
  let packages: readonly PackageSummary[];
  let seen: Map<string, string[]>;

  beforeEach(() => {
    service = createFakeService();
    packages = [...first, ...first.slice(0, 2).map((item) => ({ ...item, tenantId: 'emea', group: 'Shops' }))];
    seen = new Map();
    service.answer('tenants/list', () => tenants);
    answerPackages(service, () => packages, 2);
  });
  const create = () => createRepositoryState(service, (error) => {
    throw error;
  });
  const ids = (of: readonly PackageSummary[]): string[] => of.map(({ id }) => id).sort();
  const asked = (name: string): number => service.requests.filter((each) => each === name).length;

  it('are counted first, then read page by page and tenant by tenant, what tenants share once', async () => {
    const state = create();
    const steps: [number, number, number][] = [];
    state.onChanged(() => steps.push([state.snapshot.packages.size, state.snapshot.packages.of('environment').length, state.snapshot.packages.of('emea').length]));
    state.watch(['packages']);
    await state.ready(['packages'], 'begun');
    equal(state.snapshot.known.has('packages'), false);
    deepEqual([...state.snapshot.packages.groups('emea')], [['Shops', 2]]);
    await state.ready(['packages']);
    const { packages: stock } = state.snapshot;
    deepEqual([...new Map(steps.map((step) => [step.join(), step])).values()], [[7, 0, 0], [7, 2, 0], [7, 4, 0], [7, 5, 0], [7, 5, 2]]);
    deepEqual([ids(stock.of('environment')), ids(stock.of('emea')), stock.isWhole, stock.find('b', 'emea')?.group, stock.holders('b')], [ids(first), ['a', 'b'], true, 'Shops', ['environment', 'emea']]);
    deepEqual([asked('packages/held'), asked('packages/shared')], [4, 3], 'the second tenant holds what is known already, the third nothing');
  });

  it('are read no further once nobody watches them, and from there on when somebody does again', async () => {
    const state = create();
    const unwatch = state.watch(['packages']);
    await state.ready(['packages'], 'begun');
    unwatch();
    await state.ready(['packages']);
    const before = asked('packages/held');
    equal(state.snapshot.known.has('packages'), false);
    ok(before < 4, `${before} pages`);
    state.watch(['packages']);
    await state.ready(['packages']);
    equal(state.snapshot.packages.isWhole, true);
  });

  it('read a tenant first that somebody waits for', async () => {
    const state = create();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    service.answer('packages/groups', async () => {
      await held;
      return { revision: 'fake', groups: [...tenants.slice(0, 2).map(({ id }) => ({ tenantId: id, group: '', n: 1 }))] };
    });
    const order: string[] = [];
    answerHeld((tenantId) => order.push(tenantId));
    state.watch(['packages']);
    release();
    await state.ready(['packages'], 'begun');
    await state.tenantReady('emea');
    deepEqual(ids(state.snapshot.packages.of('emea')), ['a', 'b']);
    equal(order.at(-1), 'emea');
    ok(!state.snapshot.packages.isRead('environment') || order.indexOf('emea') <= order.lastIndexOf('environment') + 1);
  });

  it('are asked after a change for what has changed, and nothing else of them becomes another', async () => {
    const state = create();
    state.watch(['packages']);
    service.answer('packages/changes', ({ since }) => ({ ...changesOf(since, [], []) }));
    await state.ready(['packages']);
    const before = state.snapshot.packages;
    const [reads, shared] = [asked('packages/held'), asked('packages/shared')];
    const moved = { ...first[0]!, tenantId: 'emea', group: 'GAX' };
    service.answer('packages/changes', () => changesOf('2', [{ id: 'a', tenantId: 'emea' }, { id: 'b', tenantId: 'emea' }, { id: 'new', tenantId: 'apac' }], [moved, samplePackage({ id: 'new', tenantId: 'apac' })]));
    const told = new Promise<void>((resolve) => state.onChanged((areas) => areas.includes('packages') && resolve()));
    service.send('changed', { areas: ['packages'] });
    await told;
    const after = state.snapshot.packages;
    deepEqual([after.of('emea').map(({ id, group }) => [id, group]), ids(after.of('apac')), after.size], [[['a', 'GAX']], ['new'], 7]);
    equal(after.of('environment'), before.of('environment'), 'a tenant of which nothing differs keeps its list');
    deepEqual([asked('packages/held'), asked('packages/shared'), asked('packages/groups')], [reads, shared, 1]);
  });

  it('are read whole when the service is another one, and show what they were until then', async () => {
    const state = create();
    state.watch(['packages']);
    await state.ready(['packages']);
    packages = [samplePackage({ id: 'z' }), samplePackage({ id: 'z', tenantId: 'apac' })];
    state.onChanged(() => seen.set(ids(state.snapshot.packages.of('environment')).join(''), []));
    service.become('offline');
    service.become('online');
    await untilTold(state, () => state.snapshot.packages.find('z') !== undefined && state.snapshot.packages.of('emea').length === 0 && state.snapshot.packages.of('apac').length === 1);
    deepEqual([...seen.keys()], ['abcde', 'z'], 'never half of it');
  });

  it('follow the tenants that the person may see', async () => {
    const state = create();
    service.answer('tenants/list', () => tenants.slice(0, 1));
    service.answer('packages/changes', ({ since }) => changesOf(since, [], []));
    state.watch(['packages']);
    await state.ready(['packages']);
    equal(state.snapshot.packages.size, 5);
    service.answer('tenants/list', () => tenants.slice(1));
    service.send('changed', { areas: ['access'] });
    await untilTold(state, () => state.snapshot.packages.isRead('emea') && state.snapshot.packages.size === 2);
    deepEqual([state.snapshot.packages.tenantIds, ids(state.snapshot.packages.all())], [['emea', 'apac'], ['a', 'b']]);
  });

  function answerHeld(tell: (tenantId: string) => void): void {
    const answer = createFakeService();
    answerPackages(answer, () => packages, 2);
    service.answer('packages/held', (params) => {
      tell(params.tenantId);
      return answer.request('packages/held', params);
    });
  }

  async function untilTold(state: ReturnType<typeof create>, holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve) => {
      const stop = state.onChanged(() => {
        if (!holds()) return;
        stop();
        resolve();
      });
    });
  }
});

function status(readOnly?: ErrorData): ServiceStatus {
  return {
    version: '1', protocol: 1, pid: 1, generation: 1, dataFolder: '/data', machine: 'm', startedAt: '', clients: 1, runningImports: 0, runningDeployments: 0,
    nodeVersion: '24', memory: { resident: 1, peak: 1 }, ...(readOnly && { readOnly }),
  };
}
