import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApplicationObject, DeployedPackage, DeploymentInputs } from '../../../src/core/deployment/model';
import { nothingSaid } from '../../../src/core/deployment/model';
import type { PackageSummary } from '../../../src/core/packages/model';
import { ProductError } from '../../../src/core/errors';
import type { Repository } from '../../../src/service/repository/repository';
import type { Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { addExamplePackage } from './support/examplePackage';
import { assertNothingLeft, assertOnlyPackageKept, noQuestions, type DeployFixture, type TestHost } from './support/fixture';
import { useDeployHost } from './support/useDeployHost';

const template = '<metaData><cfgApplication type="7"><configuration><core><startInfo><parameter name="startupTimeout"><format default="120"/></parameter></startInfo></core>'
  + '<options><section name="log"><parameter name="verbose"><format default="standard"/></parameter><parameter name="segment"><format default="1000"/></parameter></section></options></configuration></cfgApplication></metaData>';

describe('upgrade and roll back on real hosts', function () {
  // Several deployments each, one after the other.
  this.timeout(120_000);
  const folder = useTemporaryFolder();
  let sshd: Sshd;
  let fixture: DeployFixture;
  let host: TestHost;
  let first: PackageSummary;
  let second: PackageSummary;

  useDeployHost(folder, (parts) => {
    ({ sshd, fixture, host } = parts);
  });
  beforeEach(async () => {
    first = await addExamplePackage(fixture.repository);
    second = await addExamplePackage(fixture.repository, { version: '9.0.010.00', files: { 'templates/Example_900.xml': template } });
  });

  const deploy = async (inputs: DeploymentInputs, options: Parameters<DeployFixture['start']>[1] = {}) => {
    const run = await fixture.start(inputs, options);
    return await run.ended;
  };
  const complete = async (inputs: DeploymentInputs): Promise<void> => {
    const ended = await deploy(inputs);
    assert.equal(ended.state, 'complete', fixture.log.join('\n') + JSON.stringify(ended.hosts));
  };
  const onlyDeployed = async (): Promise<DeployedPackage> => {
    const [deployed, ...others] = await fixture.repository.listDeployedPackages();
    assert.deepEqual(others, []);
    return deployed!;
  };
  const onlyApplication = async (): Promise<ApplicationObject> => {
    const [application, ...others] = await fixture.repository.listApplications();
    assert.deepEqual(others, []);
    return application!;
  };
  const profiles = async () => {
    const { upgrades, rollBack } = await fixture.manager.profiles((await onlyDeployed()).id);
    return { upgrades: upgrades.map((one) => one.package.version), rollBack: rollBack.possible ? rollBack.package.version : rollBack.reason };
  };
  const shown = (application: ApplicationObject) => [application.version, application.port, application.options, application.settings];
  const installed = (at: TestHost = host) => readFileSync(join(at.target, 'data.txt'), 'utf8');

  it('takes one host up and back again: files, application object, record and history are true at each step', async () => {
    const application = { tenantObject: '', port: '4999', primaryServer: 'confserv', backupServer: '' };
    await complete(fixture.inputs(first, [host], { application, options: [{ section: 'log', key: 'verbose', value: 'none' }] }));
    const before = await onlyApplication();
    assert.deepEqual(await profiles(), { upgrades: ['9.0.010.00'], rollBack: 'nothing-before' });

    const upgrade = await fixture.manager.prefill('upgrade', second.id, [(await onlyDeployed()).id]);
    assert.deepEqual([upgrade.hostIds, upgrade.values, upgrade.hostApplications?.map(({ name }) => name)], [[host.host.id], [{ section: 'IPCommon', key: 'InstallPath', value: host.target }], ['Example_eu-sip-04']]);
    await complete({ ...upgrade, applicationEdits: [{ part: 'field', section: '', key: 'port', value: '5000' }] });
    const upgraded = await onlyApplication();
    assert.equal(upgraded.id, before.id);
    assert.deepEqual(shown(upgraded), ['9.0.010.00', '5000', { log: { verbose: 'none', segment: '1000' } }, { state: 'CFGEnabled', startupTimeout: '120' }]);
    const record = await onlyDeployed();
    assert.deepEqual([record.package.version, record.status, record.profile, record.by], ['9.0.010.00', 'complete', 'upgrade', 'anna@desk']);
    assert.equal(installed(), 'content of 9.0.010.00\n');
    assert.deepEqual(await profiles(), { upgrades: [], rollBack: '9.0.001.02' });

    const back = await fixture.manager.prefill('rollBack', first.id, [record.id]);
    assert.deepEqual(back.applicationEdits?.map(({ key, value }) => [key, value]), [['port', '4999']]);
    await complete(back);
    // What only the upgrade added stays, as merging has it.
    assert.deepEqual(shown(await onlyApplication()), ['9.0.001.02', '4999', { log: { verbose: 'none', segment: '1000' } }, { state: 'CFGEnabled', startupTimeout: '120' }]);
    assert.equal(installed(), 'content of 9.0.001.02\n');
    assert.deepEqual(await profiles(), { upgrades: ['9.0.010.00'], rollBack: 'nothing-before' });

    const history = await fixture.repository.listInstallations(before.id);
    assert.deepEqual(history.map((one) => [one.package.version, one.profile, one.by, one.installPath]), [
      ['9.0.001.02', 'rollBack', 'anna@desk', host.target], ['9.0.010.00', 'upgrade', 'anna@desk', host.target], ['9.0.001.02', 'install', 'anna@desk', host.target],
    ]);
    assert.deepEqual(history[1]?.replaced.map(({ key, before: was, after }) => [key, was, after]), [['version', '9.0.001.02', '9.0.010.00'], ['port', '4999', '5000']]);
    assert.deepEqual((await fixture.repository.getDeploymentInputs(history[2]!.deploymentId)).application, application);
    assert.equal(readdirSync(host.target).filter((name) => name.startsWith('backup_')).length, 2);
    assertNothingLeft(host);
  });

  it('takes three hosts up and back at once, each with its own folder, name and values', async () => {
    const others = [await fixture.addHost('eu-sip-05', sshd), await fixture.addHost('eu-sip-06', sshd)];
    const hosts = [host, ...others];
    const own = hosts.map((at) => ({ hostId: at.host.id, section: 'IPCommon', key: 'InstallPath', value: at.target }));
    await complete(fixture.inputs(first, hosts, { hostValues: own, hostApplications: [{ hostId: others[0]!.host.id, name: 'Own_05' }] }));
    const ids = async () => (await fixture.repository.listDeployedPackages()).map(({ id }) => id);
    const versions = async () => (await fixture.repository.listDeployedPackages()).map((one) => [one.hostName, one.applicationName, one.package.version, one.status, one.installPath === hosts.find(({ host: { id } }) => id === one.hostId)?.target]);

    await complete(await fixture.manager.prefill('upgrade', second.id, await ids()));
    const upgraded = ['eu-sip-04 Example_eu-sip-04', 'eu-sip-05 Own_05', 'eu-sip-06 Example_eu-sip-06'].map((names) => [...names.split(' '), '9.0.010.00', 'complete', true]);
    assert.deepEqual(await versions(), upgraded);
    assert.deepEqual(hosts.map(installed), hosts.map(() => 'content of 9.0.010.00\n'));

    await complete(await fixture.manager.prefill('rollBack', first.id, await ids()));
    assert.deepEqual(await versions(), upgraded.map(([name, application]) => [name, application, '9.0.001.02', 'complete', true]));
    assert.deepEqual(hosts.map(installed), hosts.map(() => 'content of 9.0.001.02\n'));
    assertNothingLeft(...hosts);
  });

  it('finds what it replaces by itself, also for a host that is added, and refuses what no profile can do', async () => {
    await complete(fixture.inputs(first, [host]));
    const empty = await fixture.addHost('eu-sip-05', sshd);
    const upgrade = fixture.inputs(second, [host], { profile: 'upgrade' });
    const codes = async (inputs: DeploymentInputs) => (await fixture.manager.check(inputs, 'en')).filter(({ severity }) => severity === 'error').map(({ code, hostId }) => [code, hostId]);
    assert.deepEqual(await codes(upgrade), []);
    assert.deepEqual(await codes({ ...upgrade, hostIds: [host.host.id, empty.host.id] }), [['deploy/nothing-deployed', empty.host.id]]);
    assert.deepEqual(await codes({ ...upgrade, packageId: first.id }), [['deploy/not-higher', host.host.id]]);
    assert.deepEqual(await codes({ ...upgrade, profile: 'rollBack' }), [['deploy/nothing-before', host.host.id]]);
    await assert.rejects(fixture.start({ ...upgrade, packageId: first.id }), { code: 'deploy/inputs' });
    await assert.rejects(fixture.manager.prefill('upgrade', first.id, [(await onlyDeployed()).id]), { code: 'deploy/not-higher' });
    await complete(upgrade);
    assert.equal((await onlyDeployed()).profile, 'upgrade');
    await fixture.repository.deletePackage(first.id, first.tenantId);
    assert.deepEqual(await profiles(), { upgrades: [], rollBack: 'package-gone' });
  });

  it('moves the application object to another name, with permissions and connections and what names it, and back', async () => {
    await complete(fixture.inputs(first, [host]));
    const before = await onlyApplication();
    const permissions = { Operators: { access: 'read' } };
    const connections = { MessageServer: { mode: 'CFGTMBoth' } };
    await fixture.repository.saveApplication({ ...before, permissions, connections });
    await fixture.repository.saveApplication({ ...before, ...nothingSaid, id: 'a-urs', name: 'URS', connections: { [before.name]: { mode: 'CFGTMBoth' } } });
    const deployed = await onlyDeployed();
    const name = 'Example_{host}_9010';
    const inputs = { ...await fixture.manager.prefill('upgrade', second.id, [deployed.id]), hostApplications: [], applicationName: name };
    const { hosts: [view] } = await fixture.manager.plan(inputs, { agentSocket: undefined, confirmHostKey: () => Promise.resolve('trust'), askSecret: () => Promise.resolve(undefined) }, new AbortController().signal);
    assert.deepEqual([view?.application.change, view?.application.movesFrom, view?.application.referredBy, view?.skip], ['merge', before.name, ['URS'], undefined]);

    // Skipping is about the object of the planned name, and that does not exist yet.
    await complete({ ...inputs, skipReinstallation: true });
    const moved = (await fixture.repository.getApplication(before.id))!;
    assert.deepEqual([moved.name, moved.permissions, moved.connections, moved.version], ['Example_eu-sip-04_9010', permissions, connections, '9.0.010.00']);
    assert.deepEqual((await fixture.repository.getApplication('a-urs'))?.connections, { 'Example_eu-sip-04_9010': { mode: 'CFGTMBoth' } });
    const again = await onlyDeployed();
    assert.deepEqual([again.applicationId, again.applicationName], [before.id, 'Example_eu-sip-04_9010']);

    await complete(await fixture.manager.prefill('rollBack', first.id, [again.id]));
    assert.equal((await fixture.repository.getApplication(before.id))?.name, before.name);
    assert.deepEqual((await fixture.repository.getApplication('a-urs'))?.connections, { [before.name]: { mode: 'CFGTMBoth' } });
  });

  it('leaves out a host whose application object exists when reinstallation is to be skipped, as its plan says', async () => {
    await complete(fixture.inputs(first, [host]));
    const inputs = { ...await fixture.manager.prefill('upgrade', second.id, [(await onlyDeployed()).id]), skipReinstallation: true };
    const ended = await deploy(inputs);
    assert.deepEqual([ended.hosts[0]?.state, ended.hosts[0]?.reason], ['skipped', 'application-exists']);
    assert.equal((await onlyDeployed()).package.version, '9.0.001.02');
  });

  it('leaves the application object as it was when the installer fails, says so, and can go on or back from there', async () => {
    await complete(fixture.inputs(first, [host], { application: { tenantObject: '', port: '4999', primaryServer: '', backupServer: '' } }));
    const before = await onlyApplication();
    const upgrade = await fixture.manager.prefill('upgrade', second.id, [(await onlyDeployed()).id]);
    const failing = { ...upgrade, values: [...upgrade.values, { section: 'Example', key: 'Behaviour', value: 'error' }], applicationEdits: [{ part: 'field' as const, section: '', key: 'port', value: '5000' }] };
    const run = await fixture.start(failing);
    assert.equal((await run.ended).hosts[0]?.error?.code, 'deploy/installer-error');
    assert.deepEqual(await onlyApplication(), before);
    assert.ok((await fixture.events(run.id)).some((event) => event.type === 'fact' && event.name === 'applicationAsBefore' && event.value === before.name));
    const record = await onlyDeployed();
    assert.deepEqual([record.package.version, record.status, record.profile, record.deploymentId], ['9.0.001.02', 'failed', 'upgrade', run.id]);
    assert.deepEqual(await profiles(), { upgrades: ['9.0.010.00'], rollBack: '9.0.001.02' });

    // Tried again it still takes the place of what it marked itself.
    const again = await (await fixture.resume(run.id)).ended;
    assert.equal(again.hosts[0]?.error?.code, 'deploy/installer-error');
    await complete(await fixture.manager.prefill('rollBack', first.id, [(await onlyDeployed()).id]));
    assert.deepEqual([(await onlyDeployed()).status, shown(await onlyApplication())], ['complete', shown(before)]);
    await fixture.manager.cleanUp(run.id, { acceptNewHostKey: true, questions: noQuestions, startedBy: 'anna@desk' });
    assertNothingLeft(host);
  });

  it('changes nothing when the name to move to is taken meanwhile', async () => {
    await complete(fixture.inputs(first, [host]));
    const before = await onlyApplication();
    const inputs = { ...await fixture.manager.prefill('upgrade', second.id, [(await onlyDeployed()).id]), hostApplications: [], applicationName: 'Taken' };
    const run = await fixture.start(inputs);
    await run.stepBegins('lock');
    await fixture.repository.saveApplication({ ...before, id: 'a-other', name: 'Taken' });
    const ended = await run.ended;
    assert.deepEqual([ended.hosts[0]?.step, ended.hosts[0]?.error?.code], ['object', 'deploy/application-taken']);
    assert.deepEqual(await fixture.repository.getApplication(before.id), before);
    assert.deepEqual([(await onlyDeployed()).package.version, (await onlyDeployed()).status, installed()], ['9.0.001.02', 'complete', 'content of 9.0.001.02\n']);
    assertOnlyPackageKept(host, ended);
  });

  it('leaves object and record as they were when what is installed cannot be recorded, and records it once it runs again', async () => {
    await complete(fixture.inputs(first, [host]));
    const before = await onlyApplication();
    let isBroken = true;
    const repository: Repository = {
      ...fixture.repository,
      recordDeployedPackage: (...record) => (isBroken ? Promise.reject(new ProductError('repository/disk-full', { file: 'x' })) : fixture.repository.recordDeployedPackage(...record)),
    };
    const manager = fixture.createManager({ repository });
    const run = await fixture.start(await fixture.manager.prefill('upgrade', second.id, [(await onlyDeployed()).id]), { manager });
    const ended = await run.ended;
    assert.deepEqual([ended.hosts[0]?.step, ended.hosts[0]?.error?.code], ['record', 'repository/disk-full']);
    assert.deepEqual(await onlyApplication(), before);
    assert.deepEqual([(await onlyDeployed()).package.version, installed()], ['9.0.001.02', 'content of 9.0.010.00\n']);
    isBroken = false;
    assert.equal((await (await fixture.resume(run.id, { manager })).ended).state, 'complete');
    assert.deepEqual([(await onlyDeployed()).package.version, (await onlyApplication()).version], ['9.0.010.00', '9.0.010.00']);
    assertNothingLeft(host);
  });
});
