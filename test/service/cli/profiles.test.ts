import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/runCommandLine';
import type { DeploymentPlan } from '../../../src/core/deployment/planView';
import { createFakeTerminal } from '../../support/fakeTerminal';
import { projectRoot } from '../../support/projectRoot';
import { samples } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { connectOptions, endService } from '../../support/serviceProcess';
import { connectToService, type ServiceClient } from '../../../src/service/client';
import { needsSshd, startSshd, type Sshd } from '../../support/sshd';

/** The commands in the order a person uses them, on one repository and one real host. */
describe('gaxpkg plan, upgrade and rollback', function () {
  this.timeout(120_000);
  let folder = '';
  let client: ServiceClient;
  let sshd: Sshd | undefined;
  const dataFolder = () => join(folder, 'data');

  before(async function () {
    needsSshd(this);
    folder = mkdtempSync(join(tmpdir(), 'gp-'));
    client = await connectToService(connectOptions(dataFolder()));
    sshd = await startSshd();
    for (const sample of [samples.lca, samples.lcaNewer]) await succeed('import', await writeSample(sample, join(folder, 'archives')));
    await succeed(
      'host', 'add', 'alpha', '--address', sshd.address, '--port', String(sshd.port), '--user', sshd.user, '--key', sshd.clientKey,
      '--staging-folder', join(folder, 'staging'), '--lock-folder', join(folder, 'lock'),
    );
    await succeed('host', 'test', 'alpha', '--accept-new-host-key');
    await succeed('host', 'add', 'dead', '--address', '127.0.0.1', '--port', '1');
  });
  after(async () => {
    client.close();
    await sshd?.stop();
    await endService(dataFolder());
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly notes: string }> {
    const terminal = createFakeTerminal();
    const code = await runCommandLine(['--data', dataFolder(), ...args], { terminal, environment: {}, serviceFiles: join(projectRoot, 'dist'), runtime: process.execPath });
    return { code, out: terminal.outText, notes: terminal.noteText };
  }
  async function succeed(...args: readonly string[]): Promise<{ readonly out: string; readonly notes: string }> {
    const ended = await run(...args);
    assert.equal(ended.code, 0, `${args.join(' ')}\n${ended.out}\n${ended.notes}`);
    return ended;
  }
  const version = () => /^Version=(.*)$/m.exec(readFileSync(join(folder, 'lca/installed.txt'), 'utf8'))?.[1];
  const install = () => ['LCA@8.5.100.37', '--host', 'alpha', '--set', `IPCommon.InstallPath=${join(folder, 'lca')}`, '--app-port', '4999', '--app-set', 'permissions/Operators/access=read'];

  it('plan an installation, host by host, and change nothing', async () => {
    const { out, notes } = await succeed('plan', ...install());
    assert.match(out, /^Install Local Control Agent 8\.5\.100\.37/);
    assert.match(out, /^alpha$/m);
    assert.match(out, /^ {2}Object +LCA_alpha is created$/m);
    assert.match(out, /^ {2}port +4999 +4999 +Entered$/m);
    assert.match(out, /^ {2}permissions\/Operators\/access +read +read +Entered$/m);
    assert.match(out, new RegExp(`^ {4}InstallPath=${join(folder, 'lca')}$`, 'm'));
    assert.match(out, /^ {2}Run: cd .*install\.sh -s/m);
    assert.match(notes, /^Plan [0-9a-f]{16}\. To run exactly this one: the same command as gaxpkg deploy with --plan/m);
    assert.deepEqual(await client.request('deployments/list', {}), []);
  });

  it('ask for the words of a protected host, or take them from the command line; without they change nothing', async () => {
    await succeed('host', 'edit', 'alpha', '--tag', 'production,emea');
    const listed = JSON.parse((await succeed('host', 'list', '--json')).out) as readonly { name: string; tags: readonly string[]; protectedBy: readonly string[] }[];
    assert.deepEqual(listed.map(({ name, tags, protectedBy }) => [name, tags, protectedBy]), [['alpha', ['emea', 'production'], ['production']], ['dead', [], []]]);
    assert.match((await succeed('host', 'list')).out, /emea, production \(protected\)/);
    const refused = await run('deploy', ...install());
    assert.deepEqual([refused.code, /\(deploy\/not-confirmed\)/.test(refused.notes)], [1, true], refused.notes);
    const terminal = createFakeTerminal({ answers: ['alfa'] });
    assert.equal(await runCommandLine(['--data', dataFolder(), 'deploy', ...install()], { terminal, environment: {}, serviceFiles: join(projectRoot, 'dist'), runtime: process.execPath }), 1);
    assert.match(terminal.noteText, /Not started: alpha was not typed/);
    assert.deepEqual(await client.request('deployments/list', {}), []);

    // What all that follows is about is not the protection.
    assert.equal((await succeed('host', 'protect')).out, 'production');
    assert.equal((await succeed('host', 'protect', 'core', 'Vault')).out, 'core\nVault');
    assert.equal((await succeed('host', 'protect', '--none', '--json')).out, '[]');
    await succeed('host', 'edit', 'alpha', '--tag', '');
    assert.deepEqual((await client.request('hosts/list', {}))[0]?.tags, []);
  });

  it('run exactly the plan that was printed, and nothing else', async () => {
    const plan = JSON.parse((await succeed('deploy', ...install(), '--dry-run', '--json')).out) as DeploymentPlan;
    assert.deepEqual(plan.hosts.map(({ hostName, problems, installPath }) => [hostName, problems, installPath]), [['alpha', [], join(folder, 'lca')]]);
    const other = await run('deploy', ...install(), '--app-port', '5000', '--plan', plan.hash);
    assert.equal(other.code, 1);
    assert.match(other.notes, /\(deploy\/plan-unknown\)/);
    await succeed('deploy', ...install(), '--plan', plan.hash);
    assert.equal(version(), '8.5.100.37');

    // The same plan again: the host has changed since, by this very deployment.
    const again = await run('deploy', ...install(), '--plan', plan.hash);
    assert.equal(again.code, 1);
    assert.match(again.out, /alpha is not as it was when the plan was made\. .*: – then, .* now; \d+ more differences are in the log\. Nothing was changed; check this host again, and look at its new plan\./);
    assert.match(again.out, /The port of the application object|port of the application object: – then, 4999 now/i);

    // Of the host as it is now there is a new plan, which a retry can be held to.
    const anew = JSON.parse((await succeed('deployments', 'retry', 'last', '--dry-run', '--json')).out) as DeploymentPlan;
    assert.deepEqual(anew.hosts.map(({ hostName, installedVersion, backup }) => [hostName, installedVersion, backup]), [['alpha', '8.5.100.37', join(folder, 'lca')]]);
    const shown = await succeed('deployments', 'retry', 'last', '--host', 'alpha', '--dry-run');
    assert.match(shown.out, /^ {2}Back up +what is in .*lca, into a backup folder inside of it$/m);
    assert.ok(shown.notes.includes(`Plan ${anew.hash}. To run exactly this one: gaxpkg deployments retry `));
    assert.notEqual(anew.hash, plan.hash);
    const refused = await run('deployments', 'retry', 'last', '--plan', '0123456789abcdef');
    assert.equal(refused.code, 1);
    assert.match(refused.notes, /\(deploy\/plan-unknown\)/);
    assert.equal((await run('deployments', 'go-on', 'last', '--dry-run')).code, 2);
  });

  it('upgrade to the highest version with what was entered for the present one', async () => {
    const { out } = await succeed('plan', 'LCA', '--profile', 'upgrade', '--host', 'alpha', '--app-port', '5000');
    assert.match(out, /^Upgrade Local Control Agent 8\.5\.100\.40/);
    assert.match(out, /^ {2}Back up +what is in .*lca, into a backup folder inside of it$/m);
    assert.match(out, /^ {2}version +8\.5\.100\.37 +8\.5\.100\.40 +8\.5\.100\.40 +New version$/m);
    assert.match(out, /^ {2}port +4999 +5000 +5000 +Entered$/m);
    assert.match(out, /^ {2}permissions\/Operators\/access +read +read +Existing value kept$/m);
    assert.match(out, /silent\.ini, changes since 20\d\d-/);
    await succeed('upgrade', 'LCA', '--host', 'alpha', '--app-port', '5000');
    assert.equal(version(), '8.5.100.40');
    const [application] = await client.request('applications/list', {});
    assert.deepEqual([application?.version, application?.port, application?.permissions], ['8.5.100.40', '5000', { Operators: { access: 'read' } }]);
    const higher = await run('upgrade', 'LCA', '--host', 'alpha');
    assert.equal(higher.code, 1);
    assert.match(higher.notes, /\(deploy\/not-higher\)/);
  });

  it('go back to the version that was there before, and then no further', async () => {
    await succeed('rollback', 'LCA', '--host', 'alpha');
    assert.equal(version(), '8.5.100.37');
    const [application] = await client.request('applications/list', {});
    assert.deepEqual([application?.version, application?.port], ['8.5.100.37', '4999']);
    const [deployed] = await client.request('deployedPackages/list', {});
    assert.deepEqual((await client.request('deployedPackages/history', { id: deployed!.id })).map((one) => [one.package.version, one.profile]), [
      ['8.5.100.37', 'rollBack'], ['8.5.100.40', 'upgrade'], ['8.5.100.37', 'install'],
    ]);
    const further = await run('rollback', 'LCA', '--host', 'alpha');
    assert.equal(further.code, 1);
    assert.match(further.notes, /alpha: cannot go back \(no lower version was there before\)/);
  });

  it('tell what was installed when, by whom and with what; whether the files are still the package’s; and search and write the log', async () => {
    const history = JSON.parse((await succeed('history', 'LCA_alpha', '--json')).out) as readonly { profile: string; planHash: string; outcome: string; by: string; parameters: readonly { key: string; value: string }[] }[];
    assert.deepEqual(history.map(({ profile, outcome }) => [profile, outcome]), [['rollBack', 'complete'], ['upgrade', 'complete'], ['install', 'complete']]);
    assert.ok(history.every(({ planHash, by }) => /^[0-9a-f]{16}$/.test(planHash) && /^[^@]+@.+$/.test(by)));
    assert.deepEqual(history[2]?.parameters, [{ section: 'IPCommon', key: 'InstallPath', value: join(folder, 'lca') }]);
    assert.match((await succeed('history', 'LCA_alpha')).out, /^20\S+Z {2}Roll back {2}Local Control Agent 8\.5\.100\.37 .*Complete\n {2}\[IPCommon\] InstallPath=/);

    assert.match((await succeed('verify', 'LCA_alpha', '--accept-new-host-key')).notes, /all \d+ files are those of the package; 2 extra files/);
    writeFileSync(join(folder, 'lca/conf/product.conf'), 'edited\n');
    rmSync(join(folder, 'lca/read_me.html'));
    const differing = await run('verify', 'Local Control Agent', '--host', 'ALPHA', '--json');
    assert.equal(differing.code, 1);
    const result = JSON.parse(differing.out) as Record<string, unknown>;
    assert.deepEqual([result['differing'], result['changed'], result['missing'], result['extra']], [2, ['conf/product.conf'], ['read_me.html'], ['installed.txt', 'run.sh']]);
    assert.match((await run('verify', 'nothing')).notes, /Nothing called nothing is deployed/);

    assert.match((await succeed('log', 'last', '--grep', 'INSTALLATION is complete', '--step', 'install')).out, /^\S+ \S+ {2}alpha .* \| Installation is complete$/);
    assert.equal((await run('log', 'last', '--grep', 'nowhere to be found')).code, 1);
    assert.equal((await succeed('log', '--all', '--grep', 'Installation is complete')).out.split('\n').length, 6, 'three deployments, each with its title');
    const file = join(folder, 'action.log');
    await succeed('log', 'last', '--output', file);
    assert.match(readFileSync(file, 'utf8'), /^Deployment action log: Roll back Local Control Agent[^]*\n$/);
    const audit = JSON.parse((await succeed('audit', '--json')).out) as readonly { action: string; outcome: string; planHash?: string; object: string }[];
    const started = audit.filter(({ action, outcome }) => action === 'deployments/start' && outcome === 'done').map(({ planHash }) => planHash);
    assert.deepEqual([...new Set(started)].sort(), history.map(({ planHash }) => planHash).sort(), 'one of them was started twice');
    assert.deepEqual(audit.filter(({ action }) => action === 'deployedPackages/verify').map(({ outcome }) => outcome), ['done', 'done']);
  });

  it('say where nothing is deployed, and fail for a host that cannot be asked', async () => {
    assert.match((await run('upgrade', 'LCA', '--host', 'dead')).notes, /LCA is deployed on none of these hosts/);
    const { code, notes } = await run('upgrade', 'LCA', '--host', 'alpha,dead');
    assert.equal(code, 1);
    assert.match(notes, /dead.*\(deploy\/nothing-deployed\)/);
    const dead = await run('plan', 'LCA@8.5.100.40', '--host', 'dead', '--set', 'IPCommon.InstallPath=/opt/x');
    assert.equal(dead.code, 1);
    assert.match(dead.out, /error: .*\(host\/connection-refused\)/);
  });
});
