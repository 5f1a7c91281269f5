import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeploymentEvent } from '../../../src/core/deployment/model';
import type { HostSettings } from '../../../src/core/hosts/model';
import type { PackageSummary } from '../../../src/core/packages/model';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import type { DefaultShell } from '../../support/windows/commandLines';
import type { MachineTraits } from '../../support/windows/machine';
import type { SetupBehaviour } from '../../support/windows/setupExe';
import { ownRights } from '../../support/windows/scripts';
import { startWindowsPeer, type WindowsPeer } from '../../support/windows/windowsPeer';
import { addExamplePackage } from './support/examplePackage';
import { createDeployFixture, noQuestions, type DeployFixture, type FollowedRun, type StartOptions, type TestHost } from './support/fixture';

const target = 'C:\\GCTI\\Example';
const staging = 'C:\\ProgramData\\gax-packages';
const password = 'geheim-ist-es';

describe('a deployment to a Windows host, played by a peer', () => {
  const folder = useTemporaryFolder();
  let peer: WindowsPeer;
  let fixture: DeployFixture;
  let host: TestHost;

  async function start(traits: Partial<MachineTraits> & { readonly defaultShell?: DefaultShell } = {}, settings: Partial<HostSettings> = {}): Promise<void> {
    peer = await startWindowsPeer(folder(), traits);
    fixture = await createDeployFixture(folder());
    const added = await fixture.repository.addHost({
      name: 'eu-win-03', address: peer.server.address, port: peer.server.port, user: 'CORP\\operator', authentication: { kind: 'key', keyFile: peer.clientKey },
      stagingFolder: '', lockFolder: '', ...settings,
    });
    host = { host: added, staging: peer.machine.real(staging), lock: peer.machine.real(`${staging}-lock`), target: peer.machine.real(target) };
  }
  afterEach(async () => {
    await fixture.close();
    await peer.stop();
    assert.deepEqual(peer.faults, []);
  });

  const addWindowsPackage = (version = '9.0.001.02', files: Readonly<Record<string, string>> = {}): Promise<PackageSummary> => addExamplePackage(fixture.repository, {
    version, osGroup: 'windows', format: 'zip', files: { 'ip/setup.exe': 'MZ', ...files }, changes: { supportedSystems: [{ name: 'Windows Server 2012' }, { name: 'Windows Server 2016' }] },
  });
  const deploy = (added: PackageSummary, behaviour: SetupBehaviour = 'ok', options: StartOptions & { readonly installPath?: string } = {}): Promise<FollowedRun> => fixture.start(
    fixture.inputs(added, [host], {
      values: [{ section: 'IPCommon', key: 'InstallPath', value: options.installPath ?? target }, { section: 'Example', key: 'Behaviour', value: behaviour }],
      secretKeys: [{ section: 'ConfigServer', key: 'Password' }],
    }),
    { secrets: [{ section: 'ConfigServer', key: 'Password', value: password }], ...options },
  );
  const facts = (events: readonly DeploymentEvent[], name: string): string[] => events.flatMap((event) => (event.type === 'fact' && event.name === name ? [event.value] : []));
  function assertNothingLeft(): void {
    assert.ok(!existsSync(host.staging) && !existsSync(host.lock), 'nothing of ours is left');
    assert.deepEqual([...peer.machine.processes.values()], []);
  }

  for (const defaultShell of ['cmd', 'powershell', 'bash'] as const) {
    it(`installs where the default shell is ${defaultShell}: files, record, application object; no secret on a command line`, async () => {
      await start({ defaultShell });
      const run = await deploy(await addWindowsPackage('9.0.001.02', { "ip/it's a “test” 100% & $more.txt": 'odd name', 'ip/deep/er/ü.txt': 'deep' }), 'prints');
      const deployment = await run.ended;
      assert.equal(deployment.state, 'complete', fixture.log.join('\n') + JSON.stringify(deployment.hosts));
      assert.deepEqual(readdirSync(host.target).sort(), ['data.txt', 'ip_description.xml']);
      assertNothingLeft();
      const [record] = await fixture.repository.listDeployedPackages();
      assert.deepEqual([record?.status, record?.installPath, record?.hostName], ['complete', target, 'eu-win-03']);
      const [application] = await fixture.repository.listApplications();
      assert.deepEqual([application?.workingDirectory, application?.commandLine, application?.state], [target, '', 'enabled']);
      const { system } = await fixture.repository.getHost(host.host.id);
      assert.deepEqual(system, { osGroup: 'windows', architecture: 'AMD64', bits: 64, release: 'Windows Server 2019', releaseVersion: '10.0.17763' });
      const events = await fixture.events(run.id);
      assert.ok(events.some((event) => event.type === 'output' && event.text === 'Déjà installé'), 'output comes in the console’s code page');
      const folderOfRun = `${staging}\\${run.id}`;
      assert.ok(events.some((event) => event.type === 'command'
        && event.text === `cd /d ${folderOfRun}\\package\\ip && setup.exe /s /z"-s '${folderOfRun}\\silent.ini' -sl '${folderOfRun}\\result.log' -t '${folderOfRun}\\wizard.log'"`));
      assert.ok(!peer.server.commands.some((command) => command.includes(password)), 'commands hold no secret');
      assert.equal(new Set(peer.server.commands).size, 1, 'and are all the same');
    });
  }

  it('writes silent.ini with the line ends and characters of Windows, for the user, the system and the administrators alone', async () => {
    await start();
    const run = await deploy(await addWindowsPackage(), 'slow', { installPath: 'C:\\GCTI\\Écran' });
    await run.stepBegins('install');
    const file = `${staging}\\${run.id}\\silent.ini`;
    const bytes = readFileSync(peer.machine.real(file));
    assert.ok(bytes.includes(Buffer.from('InstallPath=C:\\GCTI\\\xc9cran\r\n', 'latin1')));
    assert.ok(bytes.includes(`Password=${password}\r\n`));
    assert.deepEqual([peer.machine.rights.get(file), peer.machine.rights.get(`${staging}\\${run.id}`)], [ownRights, ownRights]);
    goOn(run.id);
    assert.equal((await run.ended).state, 'complete');
    assertNothingLeft();
  });

  it('reports what the installer said, or the last words of its own log, and takes back what was planned', async () => {
    await start();
    const added = await addWindowsPackage();
    const [failed] = (await (await deploy(added, 'error')).ended).hosts;
    assert.deepEqual([failed?.step, failed?.error?.code, failed?.error?.args['message']], ['result', 'deploy/installer-error', 'Host name was not found in Configuration Server.'], JSON.stringify(failed));
    assert.ok(failed?.kept !== undefined && !existsSync(host.lock), JSON.stringify(failed));
    assert.deepEqual(readdirSync(peer.machine.real(failed.kept)).sort(), ['content', 'package']);
    const [died] = (await (await deploy(added, 'silentDeath')).ended).hosts;
    assert.deepEqual([died?.error?.code, died?.error?.args['code']], ['deploy/installer-ended', -1073741819]);
    assert.match(String(died?.error?.args['output']), /Unable to write to C:\\GCTI/);
    assert.deepEqual(await fixture.repository.listApplications(), []);
    assert.equal(peer.scripts.filter((name) => name === 'unpack').length, 1, 'the second one is given the package that the first one kept');
    assert.ok(died?.kept !== undefined && !existsSync(host.lock));
  });

  it('counts an exit code that asks for a restart as done, and says so', async () => {
    await start();
    const run = await deploy(await addWindowsPackage(), 'restart');
    assert.equal((await run.ended).state, 'complete');
    const events = await fixture.events(run.id);
    assert.deepEqual([facts(events, 'exitCode'), facts(events, 'restartWanted')], [['3010'], ['eu-win-03']]);
  });

  it('waits for an installer that starts itself anew and ends', async () => {
    await start();
    const run = await deploy(await addWindowsPackage(), 'relaunch');
    await run.seen((event) => event.type === 'fact' && event.name === 'installerStarted', 'the installer');
    goOn(run.id);
    assert.equal((await run.ended).state, 'complete');
    assert.deepEqual(readdirSync(host.target).sort(), ['data.txt', 'ip_description.xml']);
  });

  it('ends the installer with all that it started when it is stopped', async () => {
    await start();
    const run = await deploy(await addWindowsPackage(), 'slow');
    await run.seen((event) => event.type === 'fact' && event.name === 'installerStarted', 'the installer');
    await fixture.manager.stop(run.id);
    const deployment = await run.ended;
    assert.deepEqual([deployment.state, deployment.hosts[0]?.left], ['cancelled', []]);
    assertNothingLeft();
  });

  it('is lost with its connection in mid-install, the installer goes on, and a resumed run takes its result', async () => {
    await start();
    const run = await deploy(await addWindowsPackage(), 'slow');
    await run.seen((event) => event.type === 'fact' && event.name === 'installerStarted', 'the installer');
    await peer.server.dropConnections();
    assert.equal((await run.ended).hosts[0]?.state, 'unknown');
    assert.deepEqual([...peer.machine.processes.values()].map(({ name }) => name), ['powershell.exe', 'setup.exe'], 'the installer outlives the connection');
    const resumed = await fixture.resume(run.id, { secrets: [{ section: 'ConfigServer', key: 'Password', value: password }] });
    await resumed.seen((event) => event.type === 'fact' && event.name === 'installerFollowed', 'the installer that is followed');
    goOn(run.id);
    assert.equal((await resumed.ended).state, 'complete');
    assert.equal(peer.scripts.filter((name) => name === 'unpack').length, 1, 'the package is sent once');
    assertNothingLeft();
  });

  it('keeps its things where the person who deploys has set it, and is gone on with there by somebody who has not', async () => {
    await start();
    mkdirSync(peer.machine.real('D:\\'));
    const added = await addWindowsPackage();
    const ssh = { configFile: 'none', stagingFolderWindows: 'D:\\gax', stagingFolder: '/srv/gax' };
    const run = await deploy(added, 'slow', { questions: { ssh } });
    await run.seen((event) => event.type === 'fact' && event.name === 'installerStarted', 'the installer');
    await peer.server.dropConnections();
    assert.deepEqual((await run.ended).hosts[0]?.left, [`D:\\gax\\${run.id}`, `${staging}-lock`]);
    writeFileSync(peer.machine.real(`D:\\gax\\${run.id}\\package\\ip\\go-on`), '');
    peer.machine.touch();
    const resumed = await fixture.resume(run.id, { secrets: [{ section: 'ConfigServer', key: 'Password', value: password }] });
    assert.equal((await resumed.ended).state, 'complete');
    assert.equal(peer.scripts.filter((name) => name === 'unpack').length, 1);
    assert.ok(!existsSync(peer.machine.real('D:\\gax')));
    assertNothingLeft();
  });

  it('sends only what is missing where an earlier attempt left the package', async () => {
    await start();
    const added = await addWindowsPackage();
    const first = await deploy(added, 'slow');
    await first.seen((event) => event.type === 'fact' && event.name === 'installerStarted', 'the installer');
    await peer.server.dropConnections();
    await first.ended;
    for (const pid of [...peer.machine.processes.keys()]) peer.machine.kill(pid);
    writeFileSync(peer.machine.real(`${staging}\\${first.id}\\package\\ip\\data.txt`), 'tampered');
    const second = await deploy(added);
    assert.equal((await second.ended).state, 'complete');
    const events = await fixture.events(second.id);
    assert.ok(events.some((event) => event.type === 'fact' && event.name === 'sending' && event.args?.['files'] === 1));
    assert.deepEqual([facts(events, 'lockTakenOver'), readFileSync(join(host.target, 'data.txt'), 'utf8')], [[first.id], 'content of 9.0.001.02\n']);
    assertNothingLeft();
  });

  it('upgrades: the files that were there go into a backup, the application object stays', async () => {
    await start();
    await (await deploy(await addWindowsPackage())).ended;
    const [deployed] = await fixture.repository.listDeployedPackages();
    const newer = await addWindowsPackage('9.0.002.00');
    const inputs = await fixture.manager.prefill('upgrade', newer.id, [deployed!.id]);
    const run = await fixture.start(inputs, { secrets: [{ section: 'ConfigServer', key: 'Password', value: password }] });
    assert.equal((await run.ended).state, 'complete');
    const events = await fixture.events(run.id);
    assert.deepEqual(facts(events, 'installed'), ['Example Server 9.0.001.02']);
    assert.match(facts(events, 'backup')[0] ?? '', /^C:\\GCTI\\Example\\backup_/);
    assert.deepEqual((await fixture.repository.listDeployedPackages()).map((one) => one.package.version), ['9.0.002.00']);
    assertNothingLeft();
  });

  const refusals: readonly (readonly [what: string, code: string, traits: Partial<MachineTraits>])[] = [
    ['without tar.exe', 'deploy/tools-missing', { hasTar: false }],
    ['where the user is no administrator', 'deploy/not-administrator', { administrator: false }],
    ['of a release that is too old', 'deploy/wrong-release', { version: '6.1.7601' }],
    ['without space', 'deploy/disk-full', { free: 100 }],
  ];
  for (const [what, code, traits] of refusals) {
    it(`refuses a host ${what}, and changes nothing there`, async () => {
      await start(traits);
      const [refused] = (await (await deploy(await addWindowsPackage())).ended).hosts;
      assert.deepEqual([refused?.state, refused?.step, refused?.error?.code], ['failed', 'check', code]);
      assertNothingLeft();
    });
  }

  it('refuses paths that would be too long, programs that run from the target, and a folder of another system', async () => {
    await start();
    const long = await addWindowsPackage('9.0.003.00', { [`ip/${'long-folder-name/'.repeat(12)}file.txt`]: 'x' });
    assert.equal((await (await deploy(long)).ended).hosts[0]?.error?.code, 'deploy/path-too-long');
    mkdirSync(host.target, { recursive: true });
    peer.machine.start('example.exe', `${target}\\example.exe`, 1, ({ ended }) => new Promise((resolve) => { ended.addEventListener('abort', () => resolve()); }));
    const added = await addWindowsPackage();
    assert.equal((await (await deploy(added)).ended).hosts[0]?.error?.code, 'deploy/programs-running');
    await fixture.repository.editHost(host.host.id, { ...host.host, stagingFolder: '/var/tmp/gax' });
    assert.equal((await (await deploy(added)).ended).hosts[0]?.error?.code, 'deploy/folder-of-other-system');
  });

  it('refuses another user to install as: Windows knows no sudo', async () => {
    await start({}, { installAs: { kind: 'sudo', user: 'root' } });
    const [refused] = (await (await deploy(await addWindowsPackage())).ended).hosts;
    assert.deepEqual([refused?.step, refused?.error?.code], ['connect', 'host/no-other-user']);
  });

  it('plans in the words of Windows before anything is changed', async () => {
    await start();
    const added = await addWindowsPackage();
    const inputs = fixture.inputs(added, [host], { values: [{ section: 'IPCommon', key: 'InstallPath', value: target }] });
    const { hosts: [plan] } = await fixture.manager.plan(inputs, { ...noQuestions, confirmHostKey: () => Promise.resolve('trust') }, new AbortController().signal);
    assert.deepEqual(plan?.problems, []);
    assert.equal(plan.commands[0], `cd /d ${staging}\\deployment\\package && tar.exe -xf -`);
    assert.deepEqual(plan.space.map(({ mount }) => mount), ['C:\\']);
    assertNothingLeft();
  });

  function goOn(id: string): void {
    writeFileSync(peer.machine.real(`${staging}\\${id}\\package\\ip\\go-on`), '');
    peer.machine.touch();
  }
});
