import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeploymentInputs, HostRun } from '../../../src/core/deployment/model';
import type { PackageSummary } from '../../../src/core/packages/model';
import type { LockQuestion } from '../../../src/protocol/service';
import type { Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { addExamplePackage } from './support/examplePackage';
import { assertNothingLeft, followRun, noQuestions, type DeployFixture, type FollowedRun, type TestHost } from './support/fixture';
import { useDeployHost } from './support/useDeployHost';

describe('a deployment to many hosts', () => {
  const folder = useTemporaryFolder();
  let sshd: Sshd;
  let fixture: DeployFixture;
  let hosts: readonly TestHost[];
  let added: PackageSummary;

  useDeployHost(folder, (parts) => {
    ({ sshd, fixture } = parts);
  });
  beforeEach(async () => {
    added = await addExamplePackage(fixture.repository);
    hosts = await addHosts(3);
  });

  const addHosts = (count: number): Promise<TestHost[]> => Promise.all(Array.from({ length: count }, (_, i) => fixture.addHost(`eu-sip-${i + 10}`, sshd)));
  const inputsFor = (change: Partial<DeploymentInputs> = {}, all = hosts): DeploymentInputs => fixture.inputs(added, all, {
    hostValues: all.map(({ host, target }) => ({ hostId: host.id, section: 'IPCommon', key: 'InstallPath', value: target })), ...change,
  });
  const states = (runs: readonly HostRun[]): string => runs.map(({ state }) => state).join(' ');
  const asBob = { acceptNewHostKey: true, questions: noQuestions, startedBy: 'bob@desk', secrets: [] };
  /** Goes on with a deployment, and follows it from there. */
  const goOn = async (id: string, hostIds?: readonly string[], manager = fixture.manager): Promise<FollowedRun> => {
    const after = (await fixture.events(id)).at(-1)?.sequence ?? 0;
    await manager.goOn(id, asBob, hostIds);
    return followRun(manager, fixture.repository, id, after);
  };
  /** Another repository's deployment holds the host: it fails early, and can be mended. */
  const lockByStranger = ({ lock }: TestHost): void => {
    mkdirSync(lock, { recursive: true });
    writeFileSync(join(lock, 'owner'), '{"user":"claire","machine":"desk-7","deployment":"d-x","since":"2026-01-05T10:00:00.000Z"}\n');
  };
  const unlock = ({ lock }: TestHost): void => rmSync(lock, { recursive: true });

  it('tries one host first and holds the rest when that fails; once it is complete they can be gone on with', async () => {
    const [first, ...rest] = hosts as [TestHost, ...TestHost[]];
    lockByStranger(first);
    const failed = await (await fixture.start(inputsFor({ order: { kind: 'canary' } }))).ended;
    assert.deepEqual([failed.state, states(failed.hosts), failed.hosts[1]?.reason], ['failed', 'failed held held', 'first-host-failed']);
    assert.ok(rest.every(({ staging }) => !existsSync(staging)));

    unlock(first);
    const retried = await (await fixture.resume(failed.id)).ended;
    assert.deepEqual([retried.state, states(retried.hosts)], ['held', 'complete held held']);
    const order = (await fixture.events((await (await goOn(failed.id)).ended).id)).flatMap((event) => (event.type === 'hostEnded' ? [event.state] : []));
    assert.deepEqual(order, ['failed', 'complete', 'complete', 'complete']);
    assertNothingLeft(...hosts);
  });

  it('lets the rest begin once the first host is complete', async () => {
    const ended = await (await fixture.start(inputsFor({ order: { kind: 'canary' } }))).ended;
    assert.equal(ended.state, 'complete', fixture.log.join('\n'));
    const order = (await fixture.events(ended.id)).flatMap((event) => (event.type === 'hostStarted' || event.type === 'hostEnded' ? [`${event.type} ${event.host === hosts[0]?.host.id ? 'first' : 'rest'}`] : []));
    assert.deepEqual(order.slice(0, 3), ['hostStarted first', 'hostEnded first', 'hostStarted rest']);
    assertNothingLeft(...hosts);
  });

  it('works in batches, holds the next ones after a failure, and goes on with one of them, with all, and with the failed one', async () => {
    const [first, , third] = hosts as [TestHost, TestHost, TestHost];
    lockByStranger(first);
    const failed = await (await fixture.start(inputsFor({ order: { kind: 'batches', size: 1 }, stopAfterFailures: 1 }))).ended;
    assert.deepEqual([failed.state, states(failed.hosts), failed.hosts[1]?.reason], ['failed', 'failed held held', 'others-failed']);

    const one = await (await goOn(failed.id, [third.host.id])).ended;
    assert.deepEqual([one.state, states(one.hosts)], ['failed', 'failed held complete']);
    unlock(first);
    const retried = await (await fixture.resume(failed.id)).ended;
    assert.deepEqual([retried.state, states(retried.hosts)], ['held', 'complete held complete']);
    await assert.rejects(fixture.manager.resume(failed.id, asBob), { code: 'deploy/only-held' });
    const all = await (await goOn(failed.id)).ended;
    assert.deepEqual([all.state, states(all.hosts)], ['complete', 'complete complete complete']);
    await assert.rejects(fixture.manager.goOn(failed.id, asBob), { code: 'deploy/nothing-held' });
    assertNothingLeft(...hosts);
  });

  it('pauses: who is at work finishes, nobody else begins; that outlasts the service, until it goes on with one host, then with all', async () => {
    const dying = fixture.createManager({ parallelHosts: 1 });
    const run = await fixture.start(inputsFor(), { manager: dying });
    await run.stepBegins('lock');
    await dying.pause(run.id, 'bob@desk');
    await run.seen((event) => event.type === 'hostEnded', 'the end of the first host');
    const paused = await dying.get(run.id);
    assert.deepEqual([paused.state, paused.paused, states(paused.hosts)], ['running', true, 'complete queued queued']);
    await dying.close();

    const manager = fixture.createManager();
    await manager.recover();
    const interrupted = await manager.get(run.id);
    assert.deepEqual([interrupted.state, interrupted.paused, states(interrupted.hosts)], ['interrupted', true, 'complete interrupted interrupted']);
    const resumed = await manager.resume(run.id, asBob);
    assert.deepEqual([resumed.state, resumed.paused, states(resumed.hosts)], ['running', true, 'complete queued queued']);

    const last = hosts[2]?.host.id ?? '';
    const onlyLast = await goOn(run.id, [last], manager);
    await onlyLast.seen((event) => event.type === 'hostEnded' && event.host === last, 'the end of the last host');
    const still = await manager.get(run.id);
    assert.deepEqual([still.paused, states(still.hosts)], [true, 'complete queued complete']);
    const ended = await (await goOn(run.id, undefined, manager)).ended;
    assert.deepEqual([ended.state, ended.paused, states(ended.hosts)], ['complete', undefined, 'complete complete complete']);
    await assert.rejects(manager.pause(run.id, 'bob@desk'), { code: 'deploy/not-running' });
    assertNothingLeft(...hosts);
  });

  it('ends held and paused hosts as stopped when a person stops it', async () => {
    lockByStranger(hosts[0]!);
    const manager = fixture.createManager({ parallelHosts: 2 });
    const run = await fixture.start(inputsFor({
      order: { kind: 'batches', size: 2 }, stopAfterFailures: 1,
      hostValues: hosts.map(({ host }, i) => ({ hostId: host.id, section: 'Example', key: 'Behaviour', value: i === 1 ? 'hang' : 'ok' })),
    }), { manager });
    await run.seen((event) => event.type === 'hostHeld', 'the held hosts');
    await run.seen((event) => event.type === 'output' && event.text === 'hanging', 'the hanging installer');
    await manager.stop(run.id);
    const ended = await run.ended;
    assert.deepEqual([ended.state, states(ended.hosts)], ['failed', 'failed cancelled cancelled']);
  });

  describe('finds a lock of another repository’s deployment', () => {
    const asked: LockQuestion[] = [];
    const answering = (answer: 'takeOver' | 'leave') => ({ confirmTakeOver: (question: LockQuestion) => (asked.push(question), Promise.resolve(answer)) });
    let host: TestHost;
    beforeEach(() => {
      asked.length = 0;
      host = hosts[0]!;
      lockByStranger(host);
    });

    it('and asks who has it, whence and since when; left alone, the host fails and the lock stays', async () => {
      const run = await fixture.start(inputsFor({}, [host]), { questions: answering('leave') });
      const [ended] = (await run.ended).hosts;
      assert.deepEqual([ended?.state, ended?.step, ended?.error?.code], ['failed', 'lock', 'deploy/host-locked']);
      assert.deepEqual(asked, [{ hostName: host.host.name, user: 'claire', machine: 'desk-7', deployment: 'd-x', since: '2026-01-05T10:00:00.000Z', folder: host.host.lockFolder }]);
      assert.ok((await fixture.events(run.id)).some((event) => event.type === 'waiting' && event.question === 'lock'));
      assert.match(readFileSync(join(host.lock, 'owner'), 'utf8'), /claire/);
      assert.ok(!existsSync(host.staging));
    });

    it('and takes it over when a person says so', async () => {
      const ended = await (await fixture.start(inputsFor({}, [host]), { questions: answering('takeOver') })).ended;
      assert.equal(ended.state, 'complete');
      assert.ok((await fixture.events(ended.id)).some((event) => event.type === 'fact' && event.name === 'foreignLockTakenOver' && event.args?.['user'] === 'claire'));
      assertNothingLeft(host);
    });

    it('and does not ask where that was decided on the plan, but does when the lock has passed to another deployment', async () => {
      const plan = await fixture.manager.plan(inputsFor({}, [host]), { ...noQuestions, confirmHostKey: () => Promise.resolve('trust') }, new AbortController().signal);
      assert.deepEqual([plan.hosts[0]?.lock?.user, plan.hosts[0]?.lock?.deployment, plan.hosts[0]?.problems], ['claire', 'd-x', []]);
      const start = (deployment: string) => fixture.manager.start({
        ...asBob, inputs: inputsFor({}, [host]), questions: { ...noQuestions, ...answering('leave') }, takeOverLocks: [{ hostId: host.host.id, deployment }],
      });
      const other = await start('d-y');
      assert.equal((await followRun(fixture.manager, fixture.repository, other.id).ended).hosts[0]?.error?.code, 'deploy/host-locked');
      const same = await start('d-x');
      assert.equal((await followRun(fixture.manager, fixture.repository, same.id).ended).state, 'complete');
      assert.equal(asked.length, 1);
    });
  });
});
