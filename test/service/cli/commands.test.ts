import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/runCommandLine';
import type { ErrorCode } from '../../../src/core/errors';
import { connectToService, type ServiceClient } from '../../../src/service/client';
import { createFakeTerminal, type FakeTerminal, type FakeTerminalOptions } from '../../support/fakeTerminal';
import { projectRoot } from '../../support/projectRoot';
import { linuxPackageEntries } from '../../support/samplePackages/packageEntries';
import { samples, type Sample } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { connectOptions, endService, kill, ownerPid } from '../../support/serviceProcess';
import { findSshd, needsSshd, startSshd, type Sshd } from '../../support/sshd';
import { until } from '../../support/until';

/** A package whose response file knows the keys that make its installer fail or wait. */
const troubled: Sample = (() => {
  const description = { ...samples.mediaControl.description, name: 'Queue Agent', nickname: 'QAgent', version: '9.1.000.05' };
  const silentIni = '[IPCommon]\nInstallPath=/opt/genesys/agent\n#[SandboxTest]\n#Fail=<words>\n#WaitFor=<path>\n';
  return { fileName: 'IP_QAgent_9100005b1_ENU_linux.tar.gz', format: 'tar.gz', description, entries: () => linuxPackageEntries({ description, silentIni, templates: [] }) };
})();

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly notes: string;
  readonly terminal: FakeTerminal;
}

/** The commands in the order a person uses them, on one repository: what a test leaves is there for the next one. */
describe('gaxpkg with a package service', function () {
  this.timeout(60_000);
  let folder = '';
  let client: ServiceClient;
  let sshd: Sshd | undefined;
  const dataFolder = () => join(folder, 'data');
  const archives: Record<'lca' | 'lcaNewer' | 'mediaControl', string> = { lca: '', lcaNewer: '', mediaControl: '' };

  before('write packages and start a service that ends with the tests', async () => {
    folder = mkdtempSync(join(tmpdir(), 'gp-'));
    for (const name of Object.keys(archives) as (keyof typeof archives)[]) archives[name] = await writeSample(samples[name], join(folder, 'archives'));
    client = await connectToService(connectOptions(dataFolder()));
    if (findSshd() !== undefined) sshd = await startSshd();
  });

  after(async () => {
    client.close();
    await sshd?.stop();
    await endService(dataFolder());
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(args: readonly string[], options: FakeTerminalOptions = {}, during?: (terminal: FakeTerminal) => Promise<void>): Promise<Ended> {
    const terminal = createFakeTerminal(options);
    const [code] = await Promise.all([
      runCommandLine(['--data', dataFolder(), ...args], { terminal, environment: {}, serviceFiles: join(projectRoot, 'dist'), runtime: process.execPath }),
      during?.(terminal),
    ]);
    return { code, out: terminal.outText, notes: terminal.noteText, terminal };
  }

  async function succeed(args: readonly string[], options: FakeTerminalOptions = {}, during?: (terminal: FakeTerminal) => Promise<void>): Promise<Ended> {
    const ended = await run(args, options, during);
    assert.equal(ended.code, 0, `${args.join(' ')}\n${ended.out}\n${ended.notes}`);
    return ended;
  }

  async function fail(args: readonly string[], code: ErrorCode): Promise<Ended> {
    const ended = await run(args);
    assert.equal(ended.code, 1, ended.notes);
    assert.ok(ended.notes.includes(`(${code})`), ended.notes);
    return ended;
  }

  const json = async <T>(...args: string[]): Promise<T> => JSON.parse((await succeed([...args, '--json'])).out) as T;

  function assertNothingStaged(): void {
    const staging = join(folder, 'staging');
    assert.deepEqual(existsSync(staging) ? readdirSync(staging) : [], [], 'something is left on the host');
  }

  describe('packages', () => {
    it('says that the list is empty, on standard error alone', async () => {
      const { out, notes } = await succeed(['list']);
      assert.equal(out, '');
      assert.match(notes, /gaxpkg import/);
      assert.deepEqual(await json('list'), []);
    });

    it('imports packages into a tenant and a group', async () => {
      await succeed(['tenant', 'add', 'Europe']);
      assert.deepEqual((await json<{ name: string }[]>('tenant', 'list')).map((tenant) => tenant.name), ['Environment', 'Europe']);
      const { out, notes } = await succeed(['import', archives.lca, archives.lcaNewer, '--tenant', 'europe', '--group', 'Agents']);
      assert.equal(out, '');
      assert.match(notes, /Imported Local Control Agent 8\.5\.100\.37 \(ENU, Linux 64-bit\) from IP_LCA_8510037b1_ENU_linux\.tar\.gz \(tenant Europe, group Agents\)/);
      await succeed(['import', archives.lca]);
    });

    it('imports what it can, names what it cannot, and then fails', async () => {
      const { code, out, notes } = await run(['import', join(folder, 'missing.tar.gz'), archives.mediaControl, archives.lca, '--json']);
      assert.equal(code, 1);
      assert.ok(notes.includes('(import/file-missing)'), notes);
      assert.ok(notes.includes('(import/already-present)'), notes);
      assert.match(notes, /Imported Media Control Platform/);
      const ended = JSON.parse(out) as { state: string; tenant: string; error?: { code: string; message: string } }[];
      assert.ok(ended.some((one) => one.state === 'complete' && one.tenant === 'Environment'));
      assert.ok(ended.some((one) => one.state === 'failed' && one.error?.code === 'import/already-present' && one.error.message !== ''));
    });

    it('names the tenants there are when one is unknown', async () => {
      const { notes } = await fail(['import', archives.lca, '--tenant', 'Asia'], 'import/unknown-tenant');
      assert.match(notes, /Environment, Europe/);
    });

    it('lists packages in aligned columns and with stable JSON', async () => {
      const { out } = await succeed(['list', '--tenant', 'EUROPE']);
      const lines = out.split('\n');
      assert.equal(lines.length, 3);
      const column = lines[0]?.indexOf('VERSION') ?? -1;
      assert.deepEqual(lines.slice(1).map((line) => line.slice(column).split(' ')[0]), ['8.5.100.40', '8.5.100.37'], 'newest first');
      const rows = (await json<Record<string, unknown>[]>('list')).filter((row) => !('importId' in row));
      assert.equal(rows.length, 4);
      assert.deepEqual(Object.keys(rows[0] ?? {}).sort(), [
        'computerTypes', 'description', 'group', 'id', 'kind', 'localeId', 'name', 'nickname', 'operatingSystem', 'osGroup', 'sha256', 'size', 'status', 'tenant', 'updatedAt', 'version',
      ]);
    });

    it('shows a package by nickname or full name in any case', async () => {
      for (const name of ['VPMediaControl', 'media control platform', 'vpmediacontrol@9.0.046.06']) {
        const { out } = await succeed(['show', name]);
        assert.match(out, /^Media Control Platform\n/);
        assert.match(out, / {2}Templates +.*VP_MediaControl_90\.apd/);
      }
    });

    it('shows the files of a package and its silent.ini with --json', async () => {
      const shown = await json<{ files: { path: string; sha256?: string }[]; silentIni: string; tenant: string }>('show', 'vpMediaControl');
      assert.match(shown.files.find((file) => file.path === 'ip/install.sh')?.sha256 ?? '', /^[0-9a-f]{64}$/);
      assert.match(shown.silentIni, /^\[ConfigServer\]/m);
      assert.equal(shown.tenant, 'Environment');
    });

    it('lists all candidates of an ambiguous name and gives exit code 2', async () => {
      const { code, out, notes } = await run(['show', 'lca']);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.equal(notes.match(/^ {2}LCA@8\.5\.100\./gm)?.length, 3);
      assert.equal((await run(['show', 'lca@8.5.100.37'])).code, 2, 'still in two tenants');
      await succeed(['show', 'lca@8.5.100.37', '--tenant', 'Environment']);
      await succeed(['show', 'LCA@8.5.100.40']);
    });

    it('says that a name stands for nothing', async () => {
      const { code, notes } = await run(['show', 'LCA@1.0']);
      assert.equal(code, 1);
      assert.match(notes, /No package matches LCA@1\.0/);
    });
  });

  describe('hosts', () => {
    before(function () {
      needsSshd(this);
    });
    const host = () => sshd!;

    it('are added, listed and edited', async () => {
      const { address, port, user, clientKey } = host();
      await succeed(['host', 'add', 'alpha', '--address', address, '--port', String(port), '--user', user, '--key', clientKey, '--staging-folder', join(folder, 'staging'), '--lock-folder', join(folder, 'lock')]);
      await succeed(['host', 'add', 'gone', '--address', address, '--port', '1', '--user', user, '--key', clientKey]);
      const { code } = await run(['host', 'add', 'ALPHA', '--address', address]);
      assert.equal(code, 1, 'names are unique in any case');
      await succeed(['host', 'edit', 'Gone', '--name', 'unreachable']);
      const listed = await json<{ name: string; port: number; authentication: object }[]>('host', 'list');
      assert.deepEqual(listed.map((one) => one.name), ['alpha', 'unreachable']);
      assert.deepEqual(listed[0]?.authentication, { kind: 'key', keyFile: clientKey });
      assert.match((await succeed(['host', 'list'])).out, /^alpha +127\.0\.0\.1:\d+ .* not tested$/m);
    });

    it('with an unknown key are not trusted unless that is said beforehand', async () => {
      const unknown = await run(['host', 'test', 'alpha']);
      assert.equal(unknown.code, 1);
      assert.match(unknown.notes, /\(host\/key-unknown\)/);
      const terminal = await run(['host', 'test', 'alpha'], { answers: [] });
      assert.equal(terminal.code, 1, 'on a terminal neither');
      assert.deepEqual(terminal.terminal.questions, []);
      const { notes } = await succeed(['host', 'test', 'alpha', '--accept-new-host-key']);
      assert.match(notes, /alpha can be reached/);
      await succeed(['host', 'test', 'alpha']);
    });

    it('that cannot be reached say why', async () => {
      const { code, out } = await run(['host', 'test', 'unreachable', '--json']);
      assert.equal(code, 1);
      const { contact } = JSON.parse(out) as { contact: { state: string; error: { code: string; message: string } } };
      assert.equal(contact.state, 'unreachable');
      assert.equal(contact.error.code, 'host/connection-refused');
      assert.match(contact.error.message, /unreachable refuses connections/);
    });

    it('are named with the known ones when a name is wrong, and removed', async () => {
      await succeed(['host', 'add', 'spare', '--address', 'spare.example.com']);
      await succeed(['host', 'remove', 'spare']);
      const { code, notes } = await run(['host', 'remove', 'spare']);
      assert.equal(code, 1);
      assert.match(notes, /alpha, unreachable/);
    });

    it('are added from the SSH configuration, and shown with the line each setting comes from', async () => {
      const file = join(folder, 'ssh_config');
      writeFileSync(file, 'Host web-1 *.wild\n  HostName 10.0.0.1\n  ProxyJump bastion\nHost bastion other\n  HostName jump.example\n  User ops\nHost *\n  IdentityFile /k\n  GSSAPIAuthentication yes\n');
      const said = ['--ssh-config', file, 'host'];
      assert.match((await succeed([...said, 'add', '--from-ssh-config', 'w*'])).notes, new RegExp(`^Added host web-1 \\(${file}:1\\)\\.$`, 'm'));
      assert.match((await succeed([...said, 'add', '--from-ssh-config', 'web-*'])).notes, /already a host web-1/);
      assert.equal((await run([...said, 'add', '--from-ssh-config', 'nothing'])).code, 1);
      const { out, notes } = await succeed([...said, 'show', 'web-1']);
      assert.match(out, /^Jump host bastion {2}ops@jump\.example:22$[\s\S]*^web-1 {2}\S+@10\.0\.0\.1:22$/m);
      for (const line of ['HostName +10\\.0\\.0\\.1 +FILE:2', 'ProxyJump +bastion +FILE:3', 'User +ops +FILE:6', 'IdentityFile +/k +FILE:8']) assert.match(out, new RegExp(`^ +${line.replace('FILE', file)}$`, 'm'));
      assert.match(notes, new RegExp(`^${file}:9: GSSAPIAuthentication yes is not supported\\.$`, 'm'));
      const { route } = JSON.parse((await succeed([...said, 'show', 'web-1', '--json'])).out) as { route: { hops: { name: string }[] } };
      assert.deepEqual(route.hops.map(({ name }) => name), ['bastion', 'web-1']);
      writeFileSync(file, 'Port none\n');
      const wrong = await run([...said, 'show', 'web-1']);
      assert.deepEqual([wrong.code, /:1: “Port none” has a value that OpenSSH does not take/.test(wrong.notes)], [1, true]);
      await succeed(['host', 'remove', 'web-1']);
    });
  });

  describe('deployments', () => {
    before(async function () {
      needsSshd(this);
      await succeed(['import', await writeSample(troubled, join(folder, 'archives'))]);
    });
    const install = (...more: string[]) => ['deploy', 'LCA@8.5.100.40', '--host', 'alpha', '--set', `IPCommon.InstallPath=${join(folder, 'lca')}`, ...more];
    const installTroubled = (setting: string) => ['deploy', 'qagent', '--host', 'alpha', '--set', `IPCommon.InstallPath=${join(folder, 'agent')}`, '--set', `SandboxTest.${setting}`];
    const waiting = (flag: string) => installTroubled(`WaitFor=${join(folder, flag)}`);
    const installerWaits = (terminal: FakeTerminal) => until(() => terminal.outText.includes('Waiting for'), 'the installer to wait');

    it('install a package, print their log and give exit code 0 when every host is complete', async () => {
      const { out, notes } = await succeed(install('--app-port', '4999', '--app-server', 'cs_primary'));
      assert.match(out, /alpha .*Installation is complete/);
      assert.match(notes, /^1 of 1 host complete\.$/m);
      assert.match(readFileSync(join(folder, 'lca/installed.txt'), 'utf8'), /^Version=8\.5\.100\.40$/m);
      assertNothingStaged();
    });

    it('are listed, newest first, and have a log that can be read again', async () => {
      const [deployment] = await json<{ id: string; state: string; hosts: { hostName: string; state: string }[] }[]>('deployments');
      assert.equal(deployment?.state, 'complete');
      assert.deepEqual(deployment.hosts.map((one) => [one.hostName, one.state]), [['alpha', 'complete']]);
      assert.match((await succeed(['deployments'])).out, new RegExp(`^${deployment.id} +Local Control Agent +8\\.5\\.100\\.40 .*alpha`, 'm'));
      const [application] = await client.request('applications/list', {});
      assert.deepEqual([application?.port, application?.primaryServer, application?.tenantObject], ['4999', 'cs_primary', 'Europe']);
      for (const name of [deployment.id, 'last']) assert.match((await succeed(['log', name])).out, /Installation is complete/);
      const events = await json<{ sequence: number; type: string }[]>('log', deployment.id);
      assert.deepEqual(events.map((event) => event.sequence), events.map((_, index) => index + 1));
      assert.equal(events.at(-1)?.type, 'ended');
      assert.equal((await run(['log', 'nothing'])).code, 1);
    });

    it('give exit code 1 when one of several hosts fails, and still complete the others', async () => {
      const { code, out, notes } = await run([...install(), '--host', 'unreachable', '--json']);
      assert.equal(code, 1);
      const ended = JSON.parse(out) as { state: string; hosts: { hostName: string; state: string; error?: { code: string; message: string } }[] };
      assert.equal(ended.state, 'failed');
      assert.deepEqual(ended.hosts.map((one) => [one.hostName, one.state]), [['alpha', 'complete'], ['unreachable', 'failed']]);
      assert.match(ended.hosts[1]?.error?.code ?? '', /^host\//);
      assert.match(notes, /1 of 2 hosts complete/);
    });

    it('run the hosts again that are not complete, and follow them to their new end', async () => {
      await succeed(['host', 'edit', 'unreachable', '--port', String(sshd!.port), '--staging-folder', join(folder, 'staging2'), '--lock-folder', join(folder, 'lock2')]);
      const { out, notes } = await succeed(['deployments', 'resume', 'last']);
      assert.match(notes, /2 of 2 hosts complete/);
      assert.equal(out.match(/Installation is complete/g)?.length, 2, 'the log tells of both runs');
    });

    it('that the installer refuses give its own words and exit code 1', async () => {
      const { code, out, notes } = await run(installTroubled('Fail=No such luck'));
      assert.equal(code, 1);
      assert.match(out, /No such luck/, notes);
    });

    it('are refused before anything starts when a value is wrong', async () => {
      const before = (await json<unknown[]>('deployments')).length;
      const { code, notes } = await run(['deploy', 'LCA@8.5.100.40', '--host', 'alpha', '--set', 'IPCommon.InstallPath=relative']);
      assert.equal(code, 1);
      assert.match(notes, /silentIni\.install-path-relative/);
      assert.equal((await json<unknown[]>('deployments')).length, before);
    });

    it('take secrets from standard input and show them nowhere', async () => {
      const target = join(folder, 'mcp');
      const { out, notes } = await succeed([
        'deploy', 'vpMediaControl', '--host', 'ALPHA', '--secrets-stdin', '--set-secret', 'ConfigServer.Password',
        '--set', 'ConfigServer.Host=config', '--set', `IPCommon.InstallPath=${target}`,
      ], { stdin: JSON.stringify({ silentIni: { 'ConfigServer.Password': 'sesame-4711' } }) });
      assert.match(readFileSync(join(target, 'installed.txt'), 'utf8'), /^PasswordLength=11$/m);
      for (const text of [out, notes, (await succeed(['log', 'last', '--json'])).out, (await succeed(['deployments', '--json'])).out]) assert.doesNotMatch(text, /sesame/);
    });

    it('ask for secrets at a terminal, hidden, and fail where there is none', async () => {
      await succeed(['host', 'add', 'dead', '--address', '127.0.0.1', '--port', '1', '--agent']);
      const args = ['deploy', 'vpMediaControl', '--host', 'dead', '--set-secret', 'ConfigServer.Password', '--set', 'ConfigServer.Host=config'];
      const asked = await run(args, { answers: ['open-42'] });
      assert.deepEqual(asked.terminal.questions, [{ question: 'Value of ConfigServer.Password: ', hidden: true }]);
      assert.match(asked.out, /dead .*host\/connection-refused/, 'the deployment began');
      const count = (await json<unknown[]>('deployments')).length;
      const without = await run(args);
      assert.equal(without.code, 1);
      assert.match(without.notes, /--secrets-stdin/);
      assert.equal((await run(args, { answers: [undefined] })).code, 1, 'declined');
      assert.equal((await json<unknown[]>('deployments')).length, count, 'nothing began without the secret');
    });

    it('go on after Ctrl+C and no, and are stopped by Ctrl+C and yes', async () => {
      const stopped = await run(waiting('never'), { answers: ['n', 'y'] }, async (terminal) => {
        await installerWaits(terminal);
        for (const count of [1, 2]) {
          terminal.interrupt();
          await until(() => terminal.questions.length === count, 'the question');
        }
      });
      assert.equal(stopped.code, 1);
      assert.equal(stopped.notes.match(/Stopping/g)?.length, 1);
      assert.equal((await json<{ state: string }[]>('deployments'))[0]?.state, 'cancelled');
    });

    it('go on without this process after Ctrl+C where nobody can be asked, and can be stopped later', async () => {
      const { code, notes } = await run(waiting('go'), {}, async (terminal) => {
        await installerWaits(terminal);
        terminal.interrupt();
      });
      assert.equal(code, 1);
      assert.match(notes, /^Detached\. .*gaxpkg log /m);
      assert.equal((await json<{ state: string }[]>('deployments'))[0]?.state, 'running');
      assert.match((await succeed(['deployments', 'stop', 'last'])).notes, /is stopped/);
      assert.equal((await json<{ state: string }[]>('deployments'))[0]?.state, 'cancelled');
    });
  });

  describe('deployments whose service died', () => {
    before(function () {
      needsSshd(this);
    });

    it('are interrupted, and can be cleaned up', async () => {
      const target = join(folder, 'agent');
      await run(['deploy', 'qagent', '--host', 'alpha', '--set', `IPCommon.InstallPath=${target}`, '--set', `SandboxTest.WaitFor=${join(folder, 'never')}`], {}, async (terminal) => {
        await until(() => terminal.outText.includes('Waiting for'), 'the installer to wait');
        kill(ownerPid(dataFolder()) ?? assert.fail('no service'), 'SIGKILL');
      });
      const state = async () => (await json<{ state: string }[]>('deployments'))[0]?.state;
      assert.equal(await state(), 'interrupted');
      assert.match((await succeed(['deployments', 'clean-up', 'last'])).notes, /was removed from its hosts/);
      assert.equal(await state(), 'cancelled');
      assertNothingStaged();
      const { code, notes } = await run(['deployments', 'resume', 'nothing']);
      assert.equal(code, 1);
      assert.match(notes, /No deployment matches nothing/);
    });
  });

  describe('as a process', () => {
    async function start(args: readonly string[], stdin = '') {
      const child = spawn(process.execPath, [join(projectRoot, 'dist/cli.js'), '--data', dataFolder(), ...args], { env: { PATH: process.env['PATH'], HOME: process.env['HOME'] } });
      let out = '';
      let notes = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
      child.stderr.setEncoding('utf8').on('data', (text: string) => { notes += text; });
      child.stdin.end(stdin);
      const [code] = await once(child, 'close') as [number | null];
      return { code, out, notes };
    }

    it('gives results on standard output, exit codes, and ends by itself', async () => {
      const { code, out } = await start(['list', '--json']);
      assert.equal(code, 0);
      assert.ok(Array.isArray(JSON.parse(out)));
      assert.equal((await start(['show', 'nothing'])).code, 1);
      assert.equal((await start(['show', 'LCA'])).code, 2);
      assert.equal((await start(['nonsense'])).code, 2);
    });

    it('does its work although nobody reads the result', async () => {
      const child = spawn(process.execPath, [join(projectRoot, 'dist/cli.js'), '--data', dataFolder(), 'show', 'vpMediaControl', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout.destroy();
      const [code] = await once(child, 'close') as [number | null];
      assert.equal(code, 0);
    });
  });

  describe('service', () => {
    it('tells how the service is', async () => {
      const status = await json<{ pid: number; dataFolder: string }>('service', 'status');
      assert.equal(status.pid, ownerPid(dataFolder()));
      assert.equal(status.dataFolder, dataFolder());
      assert.match((await succeed(['service', 'status'])).out, new RegExp(`process ${status.pid}`));
    });

    it('has nothing to recover in a repository that is whole', async () => {
      assert.match((await succeed(['service', 'use-recovered-copy'])).notes, /nothing to recover/);
    });

    it('stops it, and starts none to say that none runs', async () => {
      await succeed(['service', 'stop']);
      await until(() => ownerPid(dataFolder()) === undefined, 'the service to end');
      const { code, notes } = await run(['service', 'status']);
      assert.equal(code, 1);
      assert.match(notes, /No package service runs/);
      await succeed(['service', 'stop']);
      assert.equal(ownerPid(dataFolder()), undefined);
    });
  });
});
