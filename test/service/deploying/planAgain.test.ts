import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageSummary } from '../../../src/core/packages/model';
import type { Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { assertNothingLeft, followRun, noQuestions, type DeployFixture, type FollowedRun, type TestHost } from './support/fixture';
import { useDeployHostWithPackage } from './support/useDeployHost';

const asked = { secrets: [], acceptNewHostKey: true, questions: noQuestions, startedBy: 'bob@desk' };

describe('a host that is not as its plan says', () => {
  const folder = useTemporaryFolder();
  let sshd: Sshd;
  let fixture: DeployFixture;
  let host: TestHost;
  let added: PackageSummary;
  useDeployHostWithPackage(folder, (parts) => {
    ({ sshd, fixture, host, added } = parts);
  });

  it('is planned anew as it is now, and then run exactly so', async () => {
    const run = await startChanged();
    await run.ended;
    const again = await planAgain(run.id);
    assert.deepEqual(again.hosts.map(({ hostId, backup, problems }) => [hostId, backup, problems]), [[host.host.id, host.host.stagingFolder.replace(/staging$/, 'target'), []]]);
    assert.deepEqual(readdirSync(host.target), ['file'], 'planning changes nothing');
    assert.equal((await resumeBy(run.id, again.hash)).state, 'complete');
    assertNothingLeft(host);
  });

  it('fails at its check again when it changes once more, and nothing is changed there', async () => {
    const run = await startChanged();
    await run.ended;
    const again = await planAgain(run.id);
    mkdirSync(join(host.target, 'backup_2026-01-01_10-00-00'));
    const [failed] = (await resumeBy(run.id, again.hash)).hosts;
    assert.deepEqual([failed?.state, failed?.step, failed?.error?.code, failed?.error?.args['what']], ['failed', 'check', 'deploy/host-changed', 'backups']);
    assert.deepEqual(readdirSync(host.target).sort(), ['backup_2026-01-01_10-00-00', 'file']);
  });

  it('is not run by a plan that is not its own', async () => {
    const run = await startChanged();
    await run.ended;
    const other = await fixture.addHost('eu-sip-05', sshd);
    const foreign = await fixture.manager.plan(fixture.inputs(added, [other]), noQuestions, new AbortController().signal);
    await assert.rejects(fixture.manager.resume(run.id, { ...asked, plan: [foreign.hash] }), { code: 'deploy/plan-unknown' });
    assert.equal((await fixture.repository.getDeployment(run.id)).state, 'failed');
  });

  it('joins by its new plan while others of its deployment still run', async () => {
    const slow = await fixture.addHost('eu-sip-05', sshd);
    const run = await startChanged(slow);
    await run.seen((event) => event.type === 'hostEnded' && event.host === host.host.id, 'the end of the changed host');
    await run.seen((event) => event.type === 'output' && event.text.startsWith('waiting'), 'the waiting installer');
    const again = await planAgain(run.id, [host.host.id]);
    assert.deepEqual(again.hosts[0]?.warnings, [], 'its own deployment is no reason to wait');
    await fixture.manager.resume(run.id, { ...asked, plan: [again.hash] }, [host.host.id]);
    await run.seen((event) => event.type === 'stepDone' && event.host === host.host.id && event.step === 'check', 'its check');
    for (const each of [slow, host]) {
      await run.seen((event) => event.type === 'output' && event.host === each.host.id && event.text.startsWith('waiting'), 'the installer');
      writeFileSync(join(each.staging, run.id, 'package/go-on'), '');
    }
    assert.equal((await run.ended).state, 'complete');
  });

  it('without a plan is run as it is found, also while others still run', async () => {
    const slow = await fixture.addHost('eu-sip-05', sshd);
    const run = await startChanged(slow);
    await run.seen((event) => event.type === 'hostEnded' && event.host === host.host.id, 'the end of the changed host');
    await fixture.manager.resume(run.id, asked, [host.host.id]);
    await run.seen((event) => event.type === 'stepDone' && event.host === host.host.id && event.step === 'check', 'its check');
    await fixture.manager.stop(run.id);
  });

  /** Plans, changes what is in the host's target, and starts by the plan: that host fails at its check. */
  async function startChanged(slow?: TestHost): Promise<FollowedRun> {
    const hosts = slow ? [host, slow] : [host];
    const own = hosts.map(({ host: { id }, target }) => ({ hostId: id, section: 'IPCommon', key: 'InstallPath', value: target }));
    const inputs = fixture.inputs(added, hosts, { hostValues: own, ...(slow && { behaviour: 'slow' }) });
    const plan = await fixture.manager.plan(inputs, { ...noQuestions, confirmHostKey: () => Promise.resolve('trust' as const) }, new AbortController().signal);
    mkdirSync(host.target);
    writeFileSync(join(host.target, 'file'), 'x');
    const run = await fixture.start(inputs, { plan: [plan.hash] });
    const ended = await run.seen((event) => event.type === 'hostEnded' && event.host === host.host.id, 'the end of the changed host');
    assert.ok(ended.type === 'hostEnded' && ended.error?.code === 'deploy/host-changed');
    return run;
  }

  function planAgain(id: string, hostIds?: readonly string[]) {
    return fixture.manager.planAgain(id, noQuestions, new AbortController().signal, hostIds);
  }

  async function resumeBy(id: string, hash: string) {
    await fixture.manager.resume(id, { ...asked, plan: [hash] });
    const after = (await fixture.events(id)).findLast((event) => event.type === 'resumed')?.sequence ?? 0;
    return await followRun(fixture.manager, fixture.repository, id, after).ended;
  }
});
