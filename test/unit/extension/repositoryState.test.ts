import { deepEqual, equal, ok } from 'node:assert/strict';
import type { ErrorData } from '../../../src/core/errors';
import type { ServiceStatus } from '../../../src/protocol/service';
import { createRepositoryState } from '../../../src/extension/repositoryState';
import { createFakeService, type FakeService } from './fakeService';
import { samplePackage } from './sampleLists';

describe('the state of the repository in a window', () => {
  let service: FakeService;
  let reported: unknown[];
  const noon = new Date('2026-03-04T12:00:00Z');

  beforeEach(() => {
    service = createFakeService();
    service.answer('packages/list', () => [samplePackage({ id: 'p1' })]);
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
    state.watch(['packages']);
    await state.ready(['packages']);
    deepEqual(state.snapshot.packages.map((item) => item.id), ['p1']);
    service.answer('packages/list', () => [samplePackage({ id: 'p2' })]);
    const changed = new Promise<readonly string[]>((resolve) => state.onChanged(resolve));
    service.send('changed', { areas: ['packages', 'hosts'] });
    deepEqual(await changed, ['packages']);
    deepEqual(state.snapshot.packages.map((item) => item.id), ['p2']);
    deepEqual(service.requests, ['packages/list', 'packages/list']);
  });

  it('joins changes that come while a list is being read into one more read', async () => {
    const state = create();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    service.answer('packages/list', () => held.then(() => []));
    state.watch(['packages']);
    for (let i = 0; i < 5; i++) service.send('changed', { areas: ['packages'] });
    release();
    await state.ready(['packages']);
    deepEqual(service.requests, ['packages/list', 'packages/list']);
  });

  it('reads a list anew that changed while nobody watched it', async () => {
    const state = create();
    const stop = state.watch(['packages']);
    await state.ready(['packages']);
    stop();
    service.send('changed', { areas: ['packages'] });
    deepEqual(service.requests, ['packages/list']);
    state.watch(['packages']);
    await state.ready(['packages']);
    deepEqual(service.requests, ['packages/list', 'packages/list']);
  });

  it('keeps the last lists when the service goes, says of when they are, and reads them anew when it is back', async () => {
    const state = create();
    service.become('online');
    state.watch(['packages']);
    await state.ready(['packages']);
    equal(state.snapshot.asOf, undefined);
    service.become('offline');
    deepEqual(state.snapshot.packages.map((item) => item.id), ['p1']);
    equal(state.snapshot.connection, 'offline');
    equal(state.snapshot.asOf, noon);
    const changed = new Promise<readonly string[]>((resolve) => state.onChanged((areas) => areas.length > 0 && resolve(areas)));
    service.become('online');
    deepEqual(await changed, ['packages']);
    deepEqual(service.requests.filter((name) => name === 'packages/list').length, 2);
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
    service.answer('packages/list', () => Promise.reject(failure));
    state.watch(['packages']);
    await state.ready(['packages']);
    ok(reported.includes(failure));
    equal(state.snapshot.known.has('packages'), false);
    service.answer('packages/list', () => [samplePackage({ id: 'p3' })]);
    service.send('changed', { areas: ['packages'] });
    await state.ready(['packages']);
    deepEqual(state.snapshot.packages.map((item) => item.id), ['p3']);
  });
});

function status(readOnly?: ErrorData): ServiceStatus {
  return {
    version: '1', protocol: 1, pid: 1, generation: 1, dataFolder: '/data', machine: 'm', startedAt: '', clients: 1, runningImports: 0, runningDeployments: 0,
    nodeVersion: '24', memory: { resident: 1, peak: 1 }, ...(readOnly && { readOnly }),
  };
}
