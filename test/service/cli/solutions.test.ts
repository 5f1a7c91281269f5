import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/runCommandLine';
import { connectToService, type ServiceClient } from '../../../src/service/client';
import { createFakeTerminal } from '../../support/fakeTerminal';
import { projectRoot } from '../../support/projectRoot';
import { writeDefinition } from '../../support/samplePackages/definitions';
import { linuxPackageEntries } from '../../support/samplePackages/packageEntries';
import { pathOnlySilentIni, samples, type Sample } from '../../support/samplePackages/samples';
import { writeZip } from '../../support/samplePackages/writeArchive';
import { writeSample } from '../../support/samplePackages/writeSample';
import { connectOptions, endService } from '../../support/serviceProcess';

const xml = writeDefinition();
const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** A plug-in with one template that is understood, one that is not, and a secret among its options. */
const plugIn: Sample = (() => {
  const description = { ...samples.plugIn.description, name: 'GAX Sample Alarm Plug-in', nickname: 'gaxSampleAlarm' };
  const templates = [
    { path: 'templates/' }, { path: 'templates/alarm.tpl', content: '[alarm]\ninterval = 5\nsmtp-password = hidden-default\n' },
    { path: 'templates/odd.tpl', content: 'neither section\nnor key\n' },
  ];
  return { fileName: 'IP_gaxSampleAlarm.tar.gz', format: 'tar.gz', description, entries: () => linuxPackageEntries({ description, silentIni: pathOnlySilentIni('/opt/alarm'), templates: [], more: templates }) };
})();

/** The commands in the order a person uses them, on one repository: what a test leaves is there for the next one. */
describe('gaxpkg with solution definitions and plug-ins', function () {
  this.timeout(60_000);
  let folder = '';
  let client: ServiceClient;
  const dataFolder = (): string => join(folder, 'data');
  const file = (name: string): string => join(folder, name);

  before('start a service that ends with the tests', async () => {
    folder = mkdtempSync(join(tmpdir(), 'gp-'));
    client = await connectToService(connectOptions(dataFolder()));
    writeFileSync(file('segment.xml'), xml);
    await writeZip(file('segment-2.2.zip'), [{ path: 'Segment/' }, { path: 'Segment/segment.spd', content: writeDefinition({ version: '2.2.0' }) }, { path: 'Segment/readme.txt', content: 'About it.\n' }], true);
  });

  after(async () => {
    client.close();
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

  it('imports one from its XML and one from a zip, like packages', async () => {
    const { notes } = await succeed('import', file('segment.xml'), file('segment-2.2.zip'), '--group', 'Voice');
    assert.match(notes, /Imported Voice Platform Segment 2\.1\.0 from segment\.xml \(tenant Environment, group Voice\)\./);
    const { out } = await succeed('list');
    assert.match(out, /Environment +Voice +Voice Platform Segment +2\.2\.0 +Complete/);
    assert.deepEqual((JSON.parse((await succeed('list', '--json')).out) as { kind: string; version: string }[]).map((one) => [one.kind, one.version]), [['solution-definition', '2.2.0'], ['solution-definition', '2.1.0']]);
  });

  it('refuses a broken one with file, line and reason, and one that is there', async () => {
    writeFileSync(file('broken.xml'), xml.replace('</dialog>', '</dialogue>'));
    const broken = await run('import', file('broken.xml'));
    assert.equal(broken.code, 1);
    assert.match(broken.notes, /broken\.xml: the solution definition cannot be used, line 15, column 7: The end tag says dialogue, but dialog is open\./);
    const twice = await run('import', file('segment.xml'));
    assert.match(twice.notes, /Voice Platform Segment 2\.1\.0 is already in the repository\. .*\(import\/already-present\)/);
    assert.equal((await client.request('imports/list', {})).length, 2);
  });

  it('shows what it asks, installs and cannot do yet, and which of its packages are there', async () => {
    await succeed('import', await writeSample(samples.lca, folder));
    const { out } = await succeed('show', 'Voice Platform Segment@2.1.0');
    for (const line of [
      /^Voice Platform Segment\n {2}Definition +solutionDefinition\.xml\n {2}Version +2\.1\.0\n {2}Deployment key +\$\{TENANT\}-\$\{segment\}\n/,
      /\n {2}Description +Agents and media control of one segment\.\n/, /\nSummary\n {2}Installs an agent and media control\.\n/,
      /\nProfiles\n {2}install\n {4}Everything on one host\.\n {4}Where\n {6}segment {2}Segment {2}\(string, required, default Segment_01\)\n {6}hostName {2}Host {2}\(string, required\)\n {4}Page 2\n/,
      / {6}secret {2}Database password {2}\(password\)\n {2}uninstall\n {4}This profile asks for nothing\.\n/,
      /\nPackages\n {2}Local Control Agent 8\.5\.100\.37 {2}\(line 22\): in the repository\n {2}Media Control Platform \$\{mcpVersion\} {2}\(line 27\): computed when it runs\n {2}Chat Server 8\.5\.106\.10 {2}\(line 31\): not in the repository\n/,
      /\nCommands not supported yet\n {2}cfg:createFolder {2}\(line 29\)\n {2}os:execShellCmd {2}\(lines 30, 33\)\n?$/,
    ]) assert.match(out, line);
    assert.equal(out.includes('top-secret-default'), false);
    const shown = JSON.parse((await succeed('show', 'Voice Platform Segment@2.1.0', '--json')).out) as { packages: { presence: string }[]; unsupportedCommands: unknown; sha256: string };
    assert.deepEqual([shown.packages.map(({ presence }) => presence), shown.unsupportedCommands, shown.sha256], [['present', 'computed', 'missing'], [{ name: 'cfg:createFolder', lines: [29] }, { name: 'os:execShellCmd', lines: [30, 33] }], sha256(xml)]);
    assert.match((await run('--locale', 'fr', 'show', 'Voice Platform Segment@2.1.0')).out, /Commandes pas encore prises en charge\n {2}cfg:createFolder {2}\(ligne 29\)/);
  });

  it('lists and prints its files, and compares two of them', async () => {
    assert.match((await succeed('files', 'Voice Platform Segment@2.1.0')).out, /solutionDefinition\.xml/);
    assert.equal((await succeed('cat', 'Voice Platform Segment@2.1.0', 'solutionDefinition.xml')).out.trimEnd(), xml.trimEnd());
    assert.match((await succeed('files', 'Voice Platform Segment@2.2.0')).out, /Segment\/segment\.spd/);
    const compared = await run('compare', 'Voice Platform Segment@2.1.0', 'Voice Platform Segment@2.2.0');
    assert.match(`${compared.out}${compared.notes}`, /2 files added, 1 removed/);
  });

  it('downloads each byte for byte', async () => {
    mkdirSync(file('out'));
    await succeed('download', 'Voice Platform Segment@2.1.0', '--to', file('out/segment.xml'));
    await succeed('download', 'Voice Platform Segment@2.2.0', '--to', file('out/segment.zip'));
    assert.equal(readFileSync(file('out/segment.xml'), 'utf8'), xml);
    assert.equal(sha256(readFileSync(file('out/segment.zip'))), sha256(readFileSync(file('segment-2.2.zip'))));
  });

  it('edits, copies to tenants and replaces it; description, group and tenants stay', async () => {
    await succeed('tenant', 'add', 'North');
    await succeed('edit', 'Voice Platform Segment@2.1.0', '--description', 'Ours', '--group', 'Solutions');
    await succeed('copy', 'Voice Platform Segment@2.1.0', '--to', 'North');
    writeFileSync(file('segment.xml'), writeDefinition({ more: '\n      <fileio:copy xmlns:fileio="http://genesys.com/gax/asd/fileio"/>' }));
    await succeed('replace', file('segment.xml'));
    for (const tenant of ['Environment', 'North']) {
      const { out } = await succeed('show', 'Voice Platform Segment@2.1.0', '--tenant', tenant);
      assert.match(out, /Group +Solutions\n.*Tenants +Environment, North\n.*Description +Ours\n[^]*fileio:copy {2}\(line 34\)/);
    }
  });

  it('is not deployed yet, and says so', async () => {
    await succeed('host', 'add', 'h1', '--address', '127.0.0.1', '--user', 'genesys', '--agent');
    const deployed = await run('deploy', 'Voice Platform Segment@2.2.0', '--host', 'h1');
    assert.equal(deployed.code, 1);
    assert.match(deployed.notes, /Voice Platform Segment 2\.2\.0 is a solution definition, and this version cannot run those\. .*\(deploy\/solution-definition\)/);
    assert.deepEqual(await client.request('deployments/list', {}), []);
  });

  it('is checked, exported and restored with the repository', async () => {
    assert.match((await succeed('repository', 'check')).notes, /3 packages, .* checked: no problem\./);
    await succeed('repository', 'export', file('all.gaxrepo'));
    const other = join(folder, 'other');
    const terminal = createFakeTerminal();
    try {
      const environment = { terminal, environment: {}, serviceFiles: join(projectRoot, 'dist'), runtime: process.execPath };
      assert.equal(await runCommandLine(['--data', other, 'repository', 'import', file('all.gaxrepo')], environment), 0, terminal.noteText);
      assert.equal(await runCommandLine(['--data', other, 'show', 'Voice Platform Segment@2.1.0', '--tenant', 'North'], environment), 0, terminal.noteText);
      assert.match(terminal.outText, /Deployment key +\$\{TENANT\}-\$\{segment\}/);
    } finally {
      await endService(other);
    }
  });

  it('is deleted like a package', async () => {
    await succeed('delete', 'Voice Platform Segment@2.1.0', '--tenant', 'Environment', '--all-tenants', '--yes');
    await succeed('delete', 'Voice Platform Segment@2.2.0', '--yes');
    assert.deepEqual((await client.request('packages/list', {})).map(({ name }) => name), ['Local Control Agent']);
  });

  it('imports a plug-in whose template is not understood, keeps its default options, and says what was not', async () => {
    const imported = await succeed('import', await writeSample(plugIn, folder));
    assert.match(imported.notes, /templates\/odd\.tpl, line 1 is not understood: /);
    assert.match((await succeed('list')).out, /GAX Sample Alarm Plug-in .* Complete, odd\.tpl not understood /);
    const { out, notes } = await succeed('show', 'gaxSampleAlarm');
    assert.match(out, /Status +Complete, odd\.tpl not understood\n/);
    assert.match(out, /Default options +alarm\/interval=5, alarm\/smtp-password=•+\n?$/);
    assert.match(notes, /templates\/odd\.tpl, line 1 is not understood: /);
    assert.equal((await succeed('show', 'gaxSampleAlarm', '--json')).out.includes('hidden-default'), false);
  });
});
