import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { PackageSummary } from '../../../src/core/packages/model';
import { createDeploymentManager } from '../../../src/service/deploying/deploymentManager';
import type { Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { addExamplePackage } from './support/examplePackage';
import { assertNothingLeft, assertOnlyPackageKept, createDeployFixture, followRun, killProcessesOf, noQuestions, processesOf, type DeployFixture, type TestHost } from './support/fixture';
import { useDeployHostWithPackage } from './support/useDeployHost';

const asBob = { acceptNewHostKey: true, questions: noQuestions, startedBy: 'bob@desk' };

describe('deployments one after the other, and after a service that is gone', () => {
  const folder = useTemporaryFolder();
  let sshd: Sshd;
  let fixture: DeployFixture;
  let host: TestHost;
  let added: PackageSummary;

  useDeployHostWithPackage(folder, (parts) => {
    ({ sshd, fixture, host, added } = parts);
  });

  it('never run two at a time on one host: the second is refused and names the first', async () => {
    const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'hang' }));
    await run.stepBegins('install');
    await assert.rejects(fixture.start(fixture.inputs(added, [host])), { code: 'repository/host-busy' });
    await assert.rejects(fixture.manager.resume(run.id, { ...asBob, secrets: [] }), { code: 'deploy/still-running' });
    await assert.rejects(fixture.manager.cleanUp(run.id, asBob), { code: 'deploy/still-running' });
    await fixture.manager.stop(run.id);
    assert.equal((await (await fixture.start(fixture.inputs(added, [host]))).ended).state, 'complete');
  });

  it('keep off a host that somebody else’s service has locked, and say who that is', async () => {
    const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'hang' }));
    await run.stepBegins('install');
    const other = await createDeployFixture(join(folder(), 'other'));
    try {
      const same = await other.addHost('eu-sip-04', sshd, { stagingFolder: host.host.stagingFolder, lockFolder: host.host.lockFolder });
      const theirs = await addExamplePackage(other.repository);
      const [ended] = (await (await other.start(other.inputs(theirs, [same]))).ended).hosts;
      // What runs on the host is found first; without it the lock alone keeps others away.
      assert.deepEqual([ended?.state, ended?.step, ended?.error?.code], ['failed', 'check', 'deploy/installer-running']);
      await fixture.manager.stop(run.id);

      mkdirSync(host.lock);
      writeFileSync(join(host.lock, 'owner'), `${JSON.stringify({ user: 'claire', machine: 'desk-7', deployment: 'd-x', since: '2026-11-22T10:00:00.000Z' })}\n`);
      const [locked] = (await (await other.start(other.inputs(theirs, [same]))).ended).hosts;
      assert.deepEqual([locked?.step, locked?.error?.code, locked?.error?.args['user'], locked?.error?.args['machine'], locked?.error?.args['deployment']], ['lock', 'deploy/host-locked', 'claire', 'desk-7', 'd-x']);
      assert.ok(existsSync(host.lock), 'the lock of another is left alone');

      writeFileSync(join(host.lock, 'owner'), 'nobody knows');
      const [unreadable] = (await (await other.start(other.inputs(theirs, [same]))).ended).hosts;
      assert.equal(unreadable?.error?.code, 'deploy/lock-unreadable');
    } finally {
      await other.close();
    }
  });

  it('use what an earlier deployment of the same content left, and take over its lock', async () => {
    const first = await leaveUnknown();
    killProcessesOf(first);
    const second = await fixture.start(fixture.inputs(added, [host]));
    assert.equal((await second.ended).state, 'complete');
    const events = await fixture.events(second.id);
    assert.ok(events.some((event) => event.type === 'fact' && event.name === 'lockTakenOver' && event.value === first));
    assert.ok(events.some((event) => event.type === 'stepSkipped' && event.step === 'transfer' && event.reason === 'equal-content'));
    assertNothingLeft(host);
  });

  it('keep saying that a target is half replaced, when the rest of a failed one is cleaned up', async () => {
    assert.equal((await (await fixture.start(fixture.inputs(added, [host]))).ended).state, 'complete');
    const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'halfDone' }));
    const failed = await run.ended;
    assert.deepEqual([failed.hosts[0]?.state, failed.hosts[0]?.left], ['failed', [host.target]]);
    const cleaned = await fixture.manager.cleanUp(run.id, asBob);
    assert.deepEqual([cleaned.state, cleaned.hosts[0]?.state, cleaned.hosts[0]?.left], ['failed', 'failed', [host.target]]);
    const backup = (await fixture.events(run.id)).find((event) => event.type === 'fact' && event.name === 'backup');
    assert.ok(backup?.type === 'fact' && existsSync(join(backup.value, 'data.txt')), 'the log names the backup');
  });

  it('refuse a host where the installer of an earlier one still runs', async () => {
    const first = await leaveUnknown();
    const [ended] = (await (await fixture.start(fixture.inputs(added, [host]))).ended).hosts;
    assert.deepEqual([ended?.step, ended?.error?.code, ended?.error?.args['deployment']], ['check', 'deploy/installer-running', first]);
    await fixture.manager.cleanUp(first, asBob);
  });

  it('find a file that changed on the host between transfer and installation', async () => {
    const odd = await addExamplePackage(fixture.repository, { version: '9.0.004.00', files: { "ip/it's $HOME -n é.txt": 'odd name' } });
    const run = await fixture.start(fixture.inputs(odd, [host]));
    const unfollow = fixture.manager.follow(run.id, {
      onProgress: () => undefined,
      onEvents: (events) => {
        if (events.some((event) => event.type === 'stepStarted' && event.step === 'verify')) writeFileSync(join(host.staging, run.id, "package/ip/it's $HOME -n é.txt"), 'tampered');
      },
    });
    const deployment = await run.ended;
    unfollow();
    const [ended] = deployment.hosts;
    assert.deepEqual([ended?.step, ended?.error?.code, ended?.error?.args['n'], ended?.error?.args['files']], ['verify', 'deploy/verify-failed', 1, "ip/it's $HOME -n é.txt"]);
    assertOnlyPackageKept(host, deployment);
    assert.equal((await (await fixture.resume(run.id)).ended).state, 'complete');
    const sendings = (await fixture.events(run.id)).flatMap((event) => (event.type === 'fact' && event.name === 'sending' ? [event.args?.['files']] : []));
    assert.equal(sendings[1], 1, 'only the changed file is sent again');
    assertNothingLeft(host);
  });

  describe('when the service is killed', () => {
    for (const step of ['transfer', 'install'] as const) {
      it(`during ${step}: interrupted when the next one starts, complete when it is resumed`, async () => {
        const id = await killDuring(step);
        const next = fixture.createManager();
        await next.recover();
        const interrupted = await fixture.repository.getDeployment(id);
        assert.deepEqual([interrupted.state, interrupted.hosts[0]?.state, interrupted.hosts[0]?.step, interrupted.hosts[0]?.error?.code], ['interrupted', 'interrupted', step, 'deploy/interrupted']);
        assert.deepEqual(interrupted.hosts[0]?.left, [join(host.host.stagingFolder, id), host.host.lockFolder]);
        if (step === 'install') writeFileSync(join(host.staging, id, 'package/go-on'), '');

        const resumed = await fixture.resume(id, { manager: next });
        const deployment = await resumed.ended;
        assert.deepEqual([deployment.state, deployment.hosts[0]?.state, deployment.hosts[0]?.left], ['complete', 'complete', []]);
        assert.equal((await fixture.repository.listDeployedPackages()).length, 1);
        assertNothingLeft(host);
        await assert.rejects(next.resume(id, { ...asBob, secrets: [] }), { code: 'deploy/nothing-to-resume' });
      });
    }

    it('its deployment can be cleaned up instead: no process, no file, no planned application is left', async () => {
      const id = await killDuring('install');
      const next = fixture.createManager();
      await next.recover();
      const deployment = await next.cleanUp(id, asBob);
      assert.deepEqual([deployment.state, deployment.hosts[0]?.state, deployment.hosts[0]?.left], ['cancelled', 'cancelled', []]);
      assert.deepEqual(processesOf(id), []);
      assert.deepEqual(await fixture.repository.listApplications(), []);
      assertNothingLeft(host);
    });

    it('and the folders of its host are changed since, the old ones are cleaned up', async () => {
      const id = await killDuring('transfer');
      const next = fixture.createManager();
      await next.recover();
      await fixture.repository.editHost(host.host.id, { ...host.host, stagingFolder: join(folder(), 'elsewhere'), lockFolder: join(folder(), 'other-lock') });
      assert.deepEqual((await next.cleanUp(id, asBob)).hosts[0]?.left, []);
      assertNothingLeft(host);
    });

    it('and its staging folder is another one before anybody noticed, the old one is cleaned up', async () => {
      const id = await killDuring('transfer');
      await fixture.repository.editHost(host.host.id, { ...host.host, stagingFolder: join(folder(), 'elsewhere') });
      const next = fixture.createManager();
      await next.recover();
      assert.equal((await fixture.repository.getDeployment(id)).hosts[0]?.left[0], join(host.host.stagingFolder, id));
      assert.deepEqual((await next.cleanUp(id, asBob)).hosts[0]?.left, []);
      assertNothingLeft(host);
    });

    it('and its host cannot be reached for the clean-up, it stays interrupted and says why and what is left', async () => {
      const id = await killDuring('transfer');
      const next = fixture.createManager();
      await next.recover();
      await fixture.repository.editHost(host.host.id, { ...host.host, port: 1 });
      const deployment = await next.cleanUp(id, asBob);
      assert.deepEqual([deployment.state, deployment.hosts[0]?.state, deployment.hosts[0]?.error?.code], ['interrupted', 'interrupted', 'host/connection-refused']);
      assert.equal(deployment.hosts[0]?.left.length, 2);
    });
  });

  it('that run when the service ends are interrupted and go on later', async () => {
    const manager = fixture.createManager();
    const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'slow' }), { manager });
    await run.seen((event) => event.type === 'output' && event.text.startsWith('waiting'), 'the waiting installer');
    await manager.close();
    const interrupted = await fixture.repository.getDeployment(run.id);
    assert.deepEqual([interrupted.state, interrupted.hosts[0]?.state, interrupted.hosts[0]?.step], ['interrupted', 'interrupted', 'install']);
    assert.equal(processesOf(run.id).length > 0, true);
    await assert.rejects(manager.start({ ...asBob, secrets: [], inputs: fixture.inputs(added, [host]) }), { code: 'repository/closed' });
    writeFileSync(join(host.staging, run.id, 'package/go-on'), '');
    assert.equal((await (await fixture.resume(run.id)).ended).state, 'complete');
    assertNothingLeft(host);
  });

  /** A deployment whose connection broke while its installer waits. */
  async function leaveUnknown(): Promise<string> {
    const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'slow' }));
    await run.seen((event) => event.type === 'output' && event.text.startsWith('waiting'), 'the waiting installer');
    sshd.dropConnections();
    assert.equal((await run.ended).hosts[0]?.state, 'unknown');
    return run.id;
  }

  /** A deployment whose service is gone from one moment to the next: it stores nothing more, and its connections are cut. */
  async function killDuring(step: 'transfer' | 'install'): Promise<string> {
    let killed = false;
    const repository = new Proxy(fixture.repository, {
      get: (target, name, receiver): unknown => {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => (killed ? new Promise(() => undefined) : Reflect.apply(value, target, args));
      },
    });
    const manager = createDeploymentManager({ ...fixture.parts, repository, machine: hostname(), parallelHosts: 5 });
    const deployment = await manager.start({ ...asBob, secrets: [], inputs: fixture.inputs(added, [host], { behaviour: step === 'install' ? 'slow' : 'ok' }) });
    const run = followRun(manager, fixture.repository, deployment.id);
    if (step === 'install') await run.seen((event) => event.type === 'output' && event.text.startsWith('waiting'), 'the waiting installer');
    else await run.seen((event) => event.type === 'command', 'the transfer');
    killed = true;
    sshd.dropConnections();
    return deployment.id;
  }
});
