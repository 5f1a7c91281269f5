import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deploymentSteps } from '../../../src/core/deployment/model';
import type { PackageSummary } from '../../../src/core/packages/model';
import { startSshd, type Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';
import { addExamplePackage, randomBytes } from './support/examplePackage';
import { assertNothingLeft, assertOnlyPackageKept, plainShell, processesOf, type DeployFixture, type TestHost } from './support/fixture';
import { useDeployHostWithPackage } from './support/useDeployHost';

describe('a deployment in trouble', () => {
  const folder = useTemporaryFolder();
  let sshd: Sshd;
  let fixture: DeployFixture;
  let host: TestHost;
  let added: PackageSummary;

  useDeployHostWithPackage(folder, (parts) => {
    ({ sshd, fixture, host, added } = parts);
  });

  describe('on several hosts', () => {
    let full: Sshd;
    before(async function () {
      if (process.getuid?.() !== 0) this.skip();
      full = await startSshd({ ...plainShell, privateTmpfs: { sizeMB: 2, folder: '/mnt' } });
    });
    after(() => full.stop());

    it('ends each in its own way: one refuses the key, one has no space, one is fine; nothing is left on any', async () => {
      const stranger = await startSshd(plainShell);
      try {
        const big = await addExamplePackage(fixture.repository, { version: '9.0.003.00', files: { 'ip/payload': randomBytes(3_000_000) } });
        const refusing = await fixture.addHost('refusing', sshd, { authentication: { kind: 'key', keyFile: stranger.clientKey } });
        const small = await fixture.addHost('small', full, { folder: '/mnt/small' });
        const deployment = await (await fixture.start(fixture.inputs(big, [host, refusing, small]))).ended;

        assert.equal(deployment.state, 'failed');
        assert.deepEqual(deployment.hosts.map((run) => [run.hostName, run.state, run.step, run.error?.code, run.left]), [
          ['eu-sip-04', 'complete', 'cleanUp', undefined, []],
          ['refusing', 'failed', 'connect', 'host/login-refused', []],
          ['small', 'failed', 'check', 'deploy/disk-full', []],
        ]);
        assert.deepEqual(deployment.hosts[2]?.error?.args['folder'], small.host.stagingFolder);
        assertNothingLeft(host, refusing, small);
        assert.deepEqual((await fixture.repository.listDeployedPackages()).map((record) => record.hostName), ['eu-sip-04']);
      } finally {
        await stranger.stop();
      }
    });

    it('says that a host ran full in the middle, and removes what was there by then', async () => {
      const big = await addExamplePackage(fixture.repository, { version: '9.0.003.00', files: { 'ip/payload': randomBytes(1_200_000) } });
      const small = await fixture.addHost('small', full, { folder: '/mnt/midway' });
      const run = await fixture.start({ ...fixture.inputs(big, [host]), hostIds: [small.host.id] });
      fixture.manager.follow(run.id, {
        onProgress: () => undefined,
        onEvents: (events) => {
          if (events.some((event) => event.type === 'stepStarted' && event.step === 'lock')) writeFileSync(full.pathSeenByTest('/mnt/filler'), randomBytes(1_500_000));
        },
      });
      const [ended] = (await run.ended).hosts;
      assert.deepEqual([ended?.state, ended?.step, ended?.error?.code, ended?.left], ['failed', 'transfer', 'deploy/disk-full-midway', []]);
      assertNothingLeft(small);
    });

    it('works on no more hosts at a time than allowed', async () => {
      const manager = fixture.createManager({ parallelHosts: 1 });
      const other = await fixture.addHost('eu-sip-05', sshd);
      const deployment = await (await fixture.start(fixture.inputs(added, [host, other]), { manager })).ended;
      const order = (await fixture.events(deployment.id)).flatMap((event) => (event.type === 'hostStarted' || event.type === 'hostEnded' ? [event.host] : []));
      assert.equal(deployment.state, 'complete');
      assert.deepEqual([order[0], order[2]], [order[1], order[3]]);
    });
  });

  describe('when it is stopped', () => {
    const stoppable = deploymentSteps.slice(0, deploymentSteps.indexOf('result'));
    for (const step of deploymentSteps) {
      const expected = stoppable.includes(step) ? 'cancelled' : 'complete';
      it(`as ${step} begins: the host ends ${expected}, and nothing is left on it`, async () => {
        const run = await fixture.start(fixture.inputs(added, [host]));
        let stopped: Promise<void> | undefined;
        fixture.manager.follow(run.id, {
          onProgress: () => undefined,
          onEvents: (events) => {
            if (events.some((event) => event.type === 'stepStarted' && event.step === step)) stopped ??= fixture.manager.stop(run.id);
          },
        });
        const deployment = await run.ended;
        await stopped;
        assert.equal(deployment.state, expected);
        assert.deepEqual([deployment.hosts[0]?.state, deployment.hosts[0]?.step, deployment.hosts[0]?.left], [expected, expected === 'complete' ? 'cleanUp' : step, []]);
        assert.equal((await fixture.repository.listApplications()).length, expected === 'complete' ? 1 : 0);
        assert.equal((await fixture.repository.listDeployedPackages()).length, expected === 'complete' ? 1 : 0);
        assertNothingLeft(host);
        assert.equal(existsSync(host.target), expected === 'complete');
      });
    }

    it('ends a hanging installer with all its processes, those too that went off on their own or ignore it', async () => {
      const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'hang' }));
      await run.seen((event) => event.type === 'output' && event.text === 'hanging', 'the hanging installer');
      await until(() => processesOf(run.id).length >= 4, 'all processes of the installer');
      await fixture.manager.stop(run.id);
      assert.equal((await fixture.repository.getDeployment(run.id)).hosts[0]?.state, 'cancelled');
      assert.deepEqual(processesOf(run.id), []);
      assertNothingLeft(host);
    });

    it('leaves hosts whose turn has not come untouched', async () => {
      const manager = fixture.createManager({ parallelHosts: 1 });
      const other = await fixture.addHost('eu-sip-05', sshd);
      const run = await fixture.start(fixture.inputs(added, [host, other], { behaviour: 'hang' }), { manager });
      await run.seen((event) => event.type === 'output' && event.text === 'hanging', 'the hanging installer');
      await manager.stop(run.id);
      const deployment = await fixture.repository.getDeployment(run.id);
      assert.deepEqual(deployment.hosts.map((each) => [each.state, each.step]), [['cancelled', 'install'], ['cancelled', undefined]]);
      const begun = (await fixture.events(run.id)).filter((event) => event.type === 'hostStarted');
      assert.equal(begun.length, 1);
    });
  });

  it('stops an installer that takes longer than a step may, and cleans up', async () => {
    const manager = fixture.createManager({ timeouts: { install: 500 } });
    const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'hang' }), { manager });
    const deployment = await run.ended;
    const [ended] = deployment.hosts;
    assert.deepEqual([ended?.state, ended?.step, ended?.error?.code, ended?.left], ['failed', 'install', 'deploy/step-timeout', []]);
    assert.deepEqual(processesOf(run.id), []);
    assertOnlyPackageKept(host, deployment);
  });

  it('gives up a transfer through which nothing gets any more', async () => {
    const manager = fixture.createManager({ timeouts: { transfer: 1500 } });
    const big = await addExamplePackage(fixture.repository, { version: '9.0.003.00', files: { 'ip/payload': randomBytes(8_000_000) } });
    const run = await fixture.start(fixture.inputs(big, [host]), { manager });
    let tar: number | undefined;
    manager.follow(run.id, {
      onEvents: () => undefined,
      onProgress: () => {
        tar ??= suspendTar(join(host.staging, run.id, 'package'));
      },
    });
    try {
      await until(() => tar !== undefined, 'the transfer');
      const [running] = (await manager.get(run.id)).hosts;
      assert.ok(running?.step === 'transfer' && Number(running.stepPercent) > 0 && Number(running.stepPercent) < 100, JSON.stringify(running));
      const [ended] = (await run.ended).hosts;
      assert.deepEqual([ended?.state, ended?.step, ended?.error?.code], ['failed', 'transfer', 'deploy/transfer-stalled']);
    } finally {
      if (tar !== undefined) process.kill(tar, 'SIGCONT');
    }
  });

  describe('when the connection breaks', () => {
    it('in mid-install, the outcome is unknown; resumed, the installer that went on is followed to its end', async () => {
      const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'slow' }));
      await run.seen((event) => event.type === 'output' && event.text.startsWith('waiting'), 'the waiting installer');
      sshd.dropConnections();
      const lost = await run.ended;
      assert.deepEqual([lost.state, lost.hosts[0]?.state, lost.hosts[0]?.step, lost.hosts[0]?.error?.code], ['failed', 'unknown', 'install', 'deploy/outcome-unknown']);
      assert.deepEqual(lost.hosts[0]?.left, [join(host.host.stagingFolder, run.id), host.host.lockFolder]);
      assert.deepEqual((await fixture.repository.listDeployedPackages()).map((record) => record.status), ['unknown']);

      const resumed = await fixture.resume(run.id);
      await resumed.seen((event) => event.type === 'fact' && event.name === 'installerFollowed', 'the installer to be followed');
      writeFileSync(join(host.staging, run.id, 'package/go-on'), '');
      const deployment = await resumed.ended;
      assert.deepEqual([deployment.state, deployment.hosts[0]?.state, deployment.hosts[0]?.left], ['complete', 'complete', []]);
      assert.deepEqual((await fixture.repository.listDeployedPackages()).map((record) => record.status), ['complete']);
      assertNothingLeft(host);
    });

    it('and the installer ends meanwhile, it is not run again', async () => {
      const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'slow' }));
      await run.seen((event) => event.type === 'output' && event.text.startsWith('waiting'), 'the waiting installer');
      sshd.dropConnections();
      await run.ended;
      writeFileSync(join(host.staging, run.id, 'package/go-on'), '');
      await until(() => existsSync(join(host.staging, run.id, 'run/exit')), 'the end of the installer');

      const resumed = await fixture.resume(run.id);
      const skipped = await resumed.seen((event) => event.type === 'stepSkipped' && event.step === 'install', 'the skipped step');
      assert.equal(skipped.type === 'stepSkipped' && skipped.reason, 'already-ran');
      assert.equal((await resumed.ended).state, 'complete');
      assertNothingLeft(host);
    });

    it('in mid-transfer, the lock is gone and only the rest is sent the next time', async () => {
      const files = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`ip/part${i}`, randomBytes(500_000, `${i}`)]));
      const big = await addExamplePackage(fixture.repository, { version: '9.0.003.00', files });
      const run = await fixture.start(fixture.inputs(big, [host]));
      let cut = false;
      fixture.manager.follow(run.id, {
        onEvents: () => undefined,
        onProgress: ({ bytesDone }) => {
          if (!cut && bytesDone > 4_000_000) sshd.dropConnections();
          cut ||= bytesDone > 4_000_000;
        },
      });
      const lost = await run.ended;
      const [ended] = lost.hosts;
      assert.deepEqual([ended?.state, ended?.step, ended?.error?.code], ['failed', 'transfer', 'deploy/connection-lost']);
      assert.ok(Number(ended?.error?.args['sent']) >= 4 && Number(ended?.error?.args['total']) >= 15);
      assert.deepEqual(ended?.left, []);
      assertOnlyPackageKept(host, lost);

      const deployment = await (await fixture.resume(run.id)).ended;
      assert.equal(deployment.state, 'complete');
      const events = await fixture.events(run.id);
      const present = events.find((event) => event.type === 'fact' && event.name === 'present');
      assert.ok(present?.type === 'fact' && Number(present.value) > 0, 'some files were there');
      const sendings = events.flatMap((event) => (event.type === 'fact' && event.name === 'sending' ? [[event.value, event.args?.['files']]] : []));
      assert.deepEqual(sendings.map(([value]) => value), ['tar', 'missing']);
      assert.equal(Number(present.value) + Number(sendings[1]?.[1]), 35);
      assertNothingLeft(host);
    });
  });

  it('fails, and cleans up all the same, when its events cannot be stored; later it can be taken up again', async () => {
    let broken = false;
    const repository = Object.create(fixture.repository, {
      appendDeploymentEvents: {
        value: (...args: Parameters<typeof fixture.repository.appendDeploymentEvents>) => {
          broken ||= args[1].some((event) => event.type === 'stepStarted' && event.step === 'object');
          return broken ? Promise.reject(new Error('disk is gone')) : fixture.repository.appendDeploymentEvents(...args);
        },
      },
    }) as typeof fixture.repository;
    const manager = fixture.createManager({ repository });
    await manager.start({ inputs: fixture.inputs(added, [host]), secrets: [], acceptNewHostKey: true, questions: noOne(), startedBy: 'anna@desk' });
    await until(() => manager.running === 0, 'the end of the run');
    assertNothingLeft(host);
    const [deployment] = await fixture.repository.listDeployments();
    assert.equal(deployment?.state, 'running');
    assert.ok(fixture.log.some((line) => line.includes('its events cannot be stored')));
    assert.equal((await (await fixture.resume(deployment.id)).ended).state, 'complete');
  });
});

function noOne() {
  return { agentSocket: undefined, confirmHostKey: () => Promise.resolve('refuse' as const), askSecret: () => Promise.resolve(undefined) };
}

/** Suspends the `tar` that works in a folder, and with it the transfer. @returns its process */
function suspendTar(folder: string): number | undefined {
  const pid = readdirSync('/proc').find((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`) === folder && readFileSync(`/proc/${name}/comm`, 'utf8') === 'tar\n';
    } catch {
      return false;
    }
  });
  if (pid !== undefined) process.kill(Number(pid), 'SIGSTOP');
  return pid === undefined ? undefined : Number(pid);
}
