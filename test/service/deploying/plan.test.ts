import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeKey, valuesOf } from '../../../src/core/configuration/applicationValue';
import type { DeploymentInputs } from '../../../src/core/deployment/model';
import type { DeploymentPlan, HostPlanView } from '../../../src/core/deployment/planView';
import type { PackageSummary } from '../../../src/core/packages/model';
import type { Questions } from '../../../src/service/questions';
import type { Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';
import { addExamplePackage } from './support/examplePackage';
import { assertNothingLeft, assertOnlyPackageKept, noQuestions, type DeployFixture, type TestHost } from './support/fixture';
import { useDeployHostWithPackage } from './support/useDeployHost';

const trusting: Questions = { ...noQuestions, confirmHostKey: () => Promise.resolve('trust') };

describe('what a person asks before a deployment', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();
  let sshd: Sshd;
  let fixture: DeployFixture;
  let host: TestHost;
  let added: PackageSummary;

  useDeployHostWithPackage(folder, (parts) => {
    ({ sshd, fixture, host, added } = parts);
  });

  const plan = (inputs: DeploymentInputs, questions = trusting, signal = new AbortController().signal): Promise<DeploymentPlan> => fixture.manager.plan(inputs, questions, signal);
  const only = ({ hosts }: DeploymentPlan): HostPlanView => {
    assert.equal(hosts.length, 1);
    return hosts[0]!;
  };

  it('plans a first installation and leaves nothing behind', async () => {
    const before = everything(host);
    const view = only(await plan(fixture.inputs(added, [host], {
      secretKeys: [{ section: 'ConfigServer', key: 'Password' }], application: { tenantObject: 'Environment', port: '4999', primaryServer: 'cs_primary', backupServer: '' },
    })));
    assert.deepEqual([view.error, view.problems, view.warnings, view.skip, view.backup, view.installedVersion], [undefined, [], [], undefined, undefined, undefined]);
    assert.deepEqual([view.hostName, view.applicationName, view.installPath, view.files], ['eu-sip-04', 'Example_eu-sip-04', host.target, 5]);
    assert.ok(view.bytes > 1000 && view.space.length > 0 && view.space.every(({ needed, free }) => needed > 0 && free > needed));
    assert.equal(view.application.change, 'create');
    assert.deepEqual(view.application.values.map(({ name, result, why }) => [name, result, why]), [
      ['version', '9.0.001.02', 'newVersion'], ['workingDirectory', host.target, 'entered'],
      ['commandLineArguments', '-host cs.example.com -port 2020 -app "Example_eu-sip-04"', 'added'],
      ['tenantObject', 'Environment', 'entered'], ['port', '4999', 'entered'], ['primaryServer', 'cs_primary', 'entered'], ['state', 'CFGEnabled', 'added'], ['log/verbose', 'all', 'added'],
    ]);
    assert.match(view.silentIni, /^Password=•+$/m);
    assert.match(view.silentIni, /^ApplicationName=Example_eu-sip-04$/m);
    assert.equal(view.commands.length, 3);
    assert.match(view.commands[2] ?? '', /^cd .*\/package\/ip && \.\/install\.sh -s -fr .*silent\.ini -fl .*result\.log$/);

    assert.deepEqual(everything(host), before);
    assertNothingLeft(host);
    assert.deepEqual([await fixture.repository.listDeployments(), await fixture.repository.listApplications()], [[], []]);
  });

  it('plans what the deployment then does: merge, backup, parameters of the application', async () => {
    const first = fixture.inputs(added, [host], { application: { tenantObject: 'Environment', port: '4999', primaryServer: 'cs_primary', backupServer: 'cs_backup' }, options: [{ section: 'log', key: 'verbose', value: 'none' }] });
    assert.equal((await (await fixture.start(first)).ended).state, 'complete', fixture.log.join('\n'));
    const newer = await addExamplePackage(fixture.repository, { version: '9.0.002.00' });
    const inputs = fixture.inputs(newer, [host], { application: { tenantObject: '', port: '5000', primaryServer: '', backupServer: '' } });
    const view = only(await plan(inputs));
    assert.deepEqual([view.application.change, view.backup, view.installedVersion], ['merge', host.target, '9.0.001.02']);
    const changed = view.application.values.filter(({ why }) => why !== 'equal');
    assert.deepEqual(changed.map(({ name, existing, result, why }) => [name, existing, result, why]), [
      ['version', '9.0.001.02', '9.0.002.00', 'newVersion'], ['commandLine', './example', './example', 'existingKept'],
      ['port', '4999', '5000', 'entered'], ['primaryServer', 'cs_primary', 'cs_primary', 'existingKept'], ['backupServer', 'cs_backup', 'cs_backup', 'existingKept'],
      ['log/verbose', 'none', 'none', 'existingKept'],
    ]);
    assert.equal((await (await fixture.start(inputs)).ended).state, 'complete', fixture.log.join('\n'));
    const [application] = await fixture.repository.listApplications();
    const said = new Map(valuesOf(application!).map(({ value, ...key }) => [describeKey(key), value]));
    for (const { name, result } of view.application.values) assert.equal(said.get(name), result, name);
  });

  it('has the same hash while nothing changed, and another one when a host or the inputs did', async () => {
    const inputs = fixture.inputs(added, [host]);
    const first = await plan(inputs);
    assert.equal((await plan(inputs)).hash, first.hash);
    assert.notEqual((await plan({ ...inputs, applicationName: 'Other' })).hash, first.hash);
    mkdirSync(host.target);
    writeFileSync(join(host.target, 'file'), 'x');
    assert.notEqual((await plan(inputs)).hash, first.hash);
  });

  it('is run exactly, or stops at the check of a host that is not as it says, and nothing is changed there', async () => {
    const second = await fixture.addHost('eu-sip-05', sshd);
    const own = [host, second].map((at) => ({ hostId: at.host.id, section: 'IPCommon', key: 'InstallPath', value: at.target }));
    const inputs = fixture.inputs(added, [host, second], { hostValues: own });
    // Host by host, as a page asks; together they are the plan.
    const hashes = await Promise.all([host, second].map(async ({ host: { id } }) => (await plan({ ...inputs, hostIds: [id], hostValues: own.filter(({ hostId }) => hostId === id) })).hash));
    await assert.rejects(fixture.start(inputs, { plan: hashes.slice(0, 1) }), { code: 'deploy/plan-unknown' });
    await assert.rejects(fixture.start({ ...inputs, applicationName: 'Other' }, { plan: hashes }), { code: 'deploy/plan-unknown' });

    mkdirSync(second.target);
    writeFileSync(join(second.target, 'file'), 'x');
    const run = await fixture.start(inputs, { plan: hashes });
    const ended = await run.ended;
    assert.deepEqual(ended.hosts.map(({ state, step, error }) => [state, step, error?.code]), [['complete', 'cleanUp', undefined], ['failed', 'check', 'deploy/host-changed']], fixture.log.join('\n'));
    assert.deepEqual(ended.hosts[1]?.error?.args, { host: 'eu-sip-05', what: 'installed', value: '', before: '–', now: 'files', others: 0 });
    assert.deepEqual(readdirSync(second.target), ['file']);
    assertNothingLeft(host, second);
    // Tried again it is a person's new decision, about the host as it is.
    assert.equal((await (await fixture.resume(run.id)).ended).state, 'complete', fixture.log.join('\n'));
  });

  it('of a host that is left out, or cannot be asked, is not run as something else', async () => {
    const gone = await fixture.addHost('gone', sshd, { address: '127.0.0.1', port: 1 });
    const unasked = fixture.inputs(added, [gone]);
    await assert.rejects(fixture.start(unasked, { plan: [(await plan(unasked)).hash] }), { code: 'deploy/plan-unknown' });

    const inputs = fixture.inputs(added, [host], { skipReinstallation: true });
    const before = await plan(inputs);
    await (await fixture.start(fixture.inputs(added, [host]))).ended;
    // The plan was to install; meanwhile the object exists, so that it would be left out.
    const ended = await (await fixture.start(inputs, { plan: [before.hash] })).ended;
    assert.deepEqual(ended.hosts.map(({ state, step, error }) => [state, step, error?.code]), [['failed', 'check', 'deploy/host-changed']]);
    const skipping = await plan(inputs);
    assert.equal((await (await fixture.start(inputs, { plan: [skipping.hash] })).ended).hosts[0]?.state, 'skipped');
    const [application] = await fixture.repository.listApplications();
    await fixture.repository.removeApplication(application!.id);
    const again = await (await fixture.start(inputs, { plan: [skipping.hash] })).ended;
    assert.deepEqual(again.hosts.map(({ state, error }) => [state, error?.code, error?.args['what']]), [['failed', 'deploy/host-changed', 'application']]);
  });

  it('tells of one host that cannot be asked in its own part, and of another that may not be deployed to', async () => {
    const gone = await fixture.addHost('gone', sshd, { address: '127.0.0.1', port: 1 });
    const wrong = await fixture.addHost('wrong', sshd);
    mkdirSync(wrong.target);
    writeFileSync(join(wrong.target, 'ip_description.xml'), otherProduct);
    const inputs = fixture.inputs(added, [host, gone, wrong], { hostValues: [{ hostId: wrong.host.id, section: 'IPCommon', key: 'InstallPath', value: wrong.target }], hostApplications: [{ hostId: wrong.host.id, name: 'Own' }] });
    const { hosts } = await plan(inputs);
    assert.deepEqual(hosts.map(({ hostName, error, problems }) => [hostName, error?.code.split('/')[0], problems.map(({ code }) => code)]), [
      ['eu-sip-04', undefined, []], ['gone', 'host', []], ['wrong', undefined, ['deploy/other-product']],
    ]);
    assert.deepEqual([hosts[2]?.installPath, hosts[2]?.applicationName, hosts[2]?.backup], [wrong.target, 'Own', wrong.target]);
    assert.ok(hosts[1]?.silentIni.includes(`InstallPath=${host.target}`));
  });

  it('warns of a host that somebody works on, and of an installation in another folder; leaves out what is not to be installed again', async () => {
    await (await fixture.start(fixture.inputs(added, [host]))).ended;
    mkdirSync(host.lock);
    writeFileSync(join(host.lock, 'owner'), `${JSON.stringify({ user: 'claire', machine: 'desk-7', deployment: 'd-x', since: '2026-11-22T10:00:00.000Z' })}\n`);
    const elsewhere = fixture.inputs(added, [host], { values: [{ section: 'IPCommon', key: 'InstallPath', value: `${host.target}2` }] });
    assert.deepEqual(only(await plan(elsewhere)).warnings.map(({ code, args }) => [code, args['user'] ?? args['folder']]), [['deploy/host-locked', 'claire'], ['deploy/installed-elsewhere', host.target]]);
    const open = { ...elsewhere, values: [] };
    assert.deepEqual(only(await plan(open)).warnings.map(({ code }) => code), ['deploy/host-locked', 'deploy/install-path-open']);

    const skipped = only(await plan({ ...elsewhere, skipReinstallation: true }, noQuestions));
    assert.deepEqual([skipped.skip, skipped.warnings, skipped.problems], ['application-exists', [], []]);
  });

  it('asks whoever wants the plan for an unknown host key, and ends when it is taken back', async () => {
    const stop = new AbortController();
    const asking: Questions = { ...noQuestions, confirmHostKey: (_, signal) => new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('taken back')));
      stop.abort();
    }) };
    await assert.rejects(plan(fixture.inputs(added, [host]), asking, stop.signal), { code: 'general/cancelled' });
    const refused = only(await plan(fixture.inputs(added, [host]), { ...noQuestions, confirmHostKey: () => Promise.resolve('refuse') }));
    assert.equal(refused.error?.code, 'host/key-unknown');
  });

  it('finds the package’s own questions in its archive', async () => {
    const metadata = '<metaData><cfgApplication type="7"><installation><step name="s" type="GenesysSilent">\n<parameter name="Threads" mandatory="true"/>\n<strange/></step></installation></cfgApplication></metaData>';
    for (const format of ['tar.gz', 'zip'] as const) {
      const asking = await addExamplePackage(fixture.repository, { nickname: `Asking${format}`, version: format === 'zip' ? '9.2.001.00' : '9.1.001.00', format, files: { 'templates/Example_900.xml': metadata } });
      const { questions, notUnderstood } = await fixture.manager.questions(asking.id, new AbortController().signal);
      assert.deepEqual(questions.map(({ section, key, file, line }) => [section, key, file, line]), [
        [`Asking${format}`, 'Threads', 'templates/Example_900.xml', 2], ['IPCommon', 'InstallPath', 'ip/genesys_silent.ini', 2], ['ConfigServer', 'ApplicationName', 'ip/genesys_silent.ini', 8],
      ]);
      assert.deepEqual(notUnderstood, [{ file: 'templates/Example_900.xml', line: 3, text: '<strange/></step></installation></cfgApplication></metaData>' }]);
    }
  });

  it('remembers the inputs of the last deployment of any version, per host, never a secret', async () => {
    assert.equal(await fixture.manager.remembered(added.id), undefined);
    const other = await fixture.addHost('eu-sip-05', sshd);
    const secrets = [{ section: 'ConfigServer', key: 'Password', value: 'correct horse battery' }];
    const inputs = fixture.inputs(added, [host], { secretKeys: [{ section: 'ConfigServer', key: 'Password' }] });
    const first = await (await fixture.start(inputs, { secrets })).ended;
    const second = await (await fixture.start({ ...inputs, hostIds: [other.host.id], applicationName: 'Second' }, { secrets })).ended;
    const newer = await addExamplePackage(fixture.repository, { version: '9.0.002.00' });
    const last = await fixture.manager.remembered(newer.id);
    assert.deepEqual([last?.deploymentId, last?.at, last?.hostNames, last?.inputs.applicationName], [second.id, second.startedAt, ['eu-sip-05'], 'Second']);
    assert.deepEqual(await fixture.manager.remembered(newer.id, [host.host.id]), { deploymentId: first.id, at: first.startedAt, hostNames: ['eu-sip-04'], inputs });
    assert.equal(await fixture.manager.remembered(newer.id, ['nobody']), undefined);
    const windows = await addExamplePackage(fixture.repository, { osGroup: 'windows' });
    assert.equal(await fixture.manager.remembered(windows.id), undefined);
    assert.ok(!JSON.stringify(last).includes('correct horse'));
  });

  it('takes single hosts up again, also while another still runs', async () => {
    const [second, third] = [await fixture.addHost('eu-sip-05', sshd), await fixture.addHost('eu-sip-06', sshd)];
    const own = (at: TestHost, key: string, value: string) => ({ hostId: at.host.id, section: key === 'InstallPath' ? 'IPCommon' : 'Example', key, value });
    const run = await fixture.start(fixture.inputs(added, [host, second, third], {
      hostValues: [own(host, 'Behaviour', 'hang'), own(second, 'InstallPath', second.target), own(second, 'Behaviour', 'error'), own(third, 'InstallPath', third.target), own(third, 'Behaviour', 'error')],
    }));
    const ends = async (times: number): Promise<void> => {
      await until(async () => (await fixture.events(run.id)).filter((event) => event.type === 'hostEnded' && event.host === second.host.id).length >= times, 'the end of the second host');
    };
    await run.seen((event) => event.type === 'stepStarted' && event.step === 'install' && event.host === host.host.id, 'the hanging installer');
    await ends(1);
    await run.seen((event) => event.type === 'hostEnded' && event.host === third.host.id, 'the end of the third host');
    const asBob = { acceptNewHostKey: true, questions: noQuestions, startedBy: 'bob@desk', secrets: [] };
    const resumed = await fixture.manager.resume(run.id, asBob, [second.host.id]);
    assert.equal(resumed.state, 'running');
    await ends(2);
    assert.deepEqual((await fixture.events(run.id)).flatMap((event) => (event.type === 'resumed' ? [event.hosts] : [])), [[second.host.id]]);
    await assert.rejects(fixture.manager.resume(run.id, asBob, [host.host.id]), { code: 'deploy/nothing-to-resume' });
    await fixture.manager.stop(run.id);
    const ended = await run.ended;
    assert.deepEqual([ended.state, ended.hosts.map(({ state }) => state)], ['failed', ['cancelled', 'failed', 'failed']]);

    const later = await fixture.manager.resume(run.id, asBob, [third.host.id]);
    assert.deepEqual(later.hosts.map(({ state }) => state === 'queued' || state === 'running'), [false, false, true]);
    await fixture.manager.stop(run.id);
    assert.equal((await fixture.manager.get(run.id)).hosts[0]?.state, 'cancelled');
    assertNothingLeft(host);
    assertOnlyPackageKept(second, ended);
    assert.ok(!existsSync(third.lock));
  });

  it('stops after the hosts that are at work, when a person wants that', async () => {
    const second = await fixture.addHost('eu-sip-05', sshd);
    const manager = fixture.createManager({ parallelHosts: 1 });
    const run = await fixture.start(fixture.inputs(added, [host, second]), { manager });
    await run.stepBegins('lock');
    manager.beginNoMore(run.id);
    const ended = await run.ended;
    assert.deepEqual([ended.state, ended.hosts.map(({ state }) => state)], ['cancelled', ['complete', 'cancelled']], fixture.log.join('\n'));
    assert.equal((await (await fixture.resume(run.id, { manager })).ended).state, 'complete');
  });
});

const otherProduct = '<InstallationPackage FormatVersion="8.0"><Product License="NotRequired"><Release Version="1.0.000.00"/><Name><Long>Other</Long><Nickname>Other</Nickname></Name>'
  + '<Language LocaleId="ENU"/></Product><Platforms OSGroupName="linux"><Computer Type="Intel EM64T"/></Platforms></InstallationPackage>';

/** Everything below the folders of a host. */
function everything({ target }: TestHost): string[] {
  return readdirSync(join(target, '..'), { recursive: true }).map(String).sort();
}
