import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runCommandLine } from '../../../src/cli/runCommandLine';
import { connectToService } from '../../../src/service/client';
import { createFakeTerminal } from '../../support/fakeTerminal';
import { projectRoot } from '../../support/projectRoot';
import { samples } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { connectOptions, endService } from '../../support/serviceProcess';

/** Files inside packages, copies of packages and of the whole repository, on one service after another. */
describe('gaxpkg inside packages and repository', function () {
  this.timeout(60_000);
  let folder = '';
  const dataFolder = () => join(folder, 'data');
  const archives: string[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gp-'));
    for (const name of ['lca', 'lcaNewer'] as const) archives.push(await writeSample(samples[name], join(folder, 'archives')));
    mkdirSync(join(folder, 'out'));
    await serve(dataFolder());
    await run(0, 'import', ...archives);
  });
  after(async () => {
    for (const data of [dataFolder(), join(folder, 'other')]) await endService(data);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts a service that ends with the tests. */
  async function serve(data: string): Promise<void> {
    (await connectToService(connectOptions(data))).close();
  }
  async function runAt(data: string, code: number, ...args: string[]): Promise<{ readonly out: string; readonly notes: string }> {
    const terminal = createFakeTerminal();
    const ended = await runCommandLine(['--data', data, ...args], { terminal, environment: {}, serviceFiles: join(projectRoot, 'dist'), runtime: process.execPath });
    assert.equal(ended, code, `${args.join(' ')}\n${terminal.outText}\n${terminal.noteText}`);
    return { out: terminal.outText, notes: terminal.noteText };
  }
  const run = (code: number, ...args: string[]) => runAt(dataFolder(), code, ...args);
  const parse = <T>(text: string): T => JSON.parse(text) as T;

  it('lists the files of a package and shows one byte for byte', async () => {
    const { out } = await run(0, 'files', 'LCA@8.5.100.37');
    assert.ok(out.split('\n').includes('ip/ip_description.xml'));
    assert.match((await run(0, 'cat', 'LCA@8.5.100.37', 'ip/ip_description.xml')).out, /<Release Version="8\.5\.100\.37"|8\.5\.100\.37/);
    assert.match((await run(1, 'cat', 'LCA@8.5.100.37', '../../etc/passwd')).notes, /general\/not-found/);
  });

  it('compares two versions, and says so by its exit code', async () => {
    const { out, notes } = await run(1, 'compare', 'LCA@8.5.100.37', 'LCA@8.5.100.40');
    assert.ok(out.split('\n').includes('~ ip/ip_description.xml'), out);
    assert.match(notes, /added.*removed.*changed.*equal/);
    const { changed } = parse<{ changed: { path: string }[] }>((await run(1, 'compare', 'LCA@8.5.100.37', 'LCA@8.5.100.40', '--json')).out);
    assert.ok(changed.some(({ path }) => path === 'ip/ip_description.xml'));
    assert.match((await run(0, 'compare', 'LCA@8.5.100.37', 'LCA@8.5.100.37')).notes, /0 files added/);
  });

  it('downloads packages equal to their sources, and replaces nothing unasked', async () => {
    await run(0, 'download', 'LCA@8.5.100.37', 'LCA@8.5.100.40', '--to', join(folder, 'out'));
    for (const archive of archives) assert.ok(readFileSync(join(folder, 'out', basename(archive))).equals(readFileSync(archive)));
    const file = join(folder, 'out', basename(archives[0] ?? ''));
    writeFileSync(file, 'mine');
    assert.match((await run(1, 'download', 'LCA@8.5.100.37', '--to', file)).notes, /file\/exists/);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
    const [record] = parse<{ state: string; target: string }[]>((await run(0, 'download', 'LCA@8.5.100.37', '--to', file, '--overwrite', '--json')).out);
    assert.deepEqual([record?.state, record?.target], ['complete', file]);
    assert.ok(readFileSync(file).equals(readFileSync(archives[0] ?? '')));
  });

  it('exports the repository, and restores it into another one', async () => {
    const copy = join(folder, 'copy.gaxrepo');
    assert.match((await run(0, 'repository', 'export', copy)).notes, /2 packages, 0 hosts, 0 deployments/);
    assert.match((await run(1, 'repository', 'export', copy)).notes, /file\/exists/);
    assert.match((await run(1, 'repository', 'import', copy)).notes, /repository\/not-empty/);
    await serve(join(folder, 'other'));
    assert.match((await runAt(join(folder, 'other'), 0, 'repository', 'import', copy)).notes, /2 packages/);
    await serve(join(folder, 'other'));
    assert.equal(parse<unknown[]>((await runAt(join(folder, 'other'), 0, 'list', '--json')).out).length, 2);
    assert.match((await runAt(join(folder, 'other'), 0, '--locale', 'fr', 'repository', 'check')).notes, /aucun problème/);
  });

  it('finds what is damaged, and repairs it', async () => {
    assert.match((await run(0, 'repository', 'check')).notes, /2 packages.*no problem/);
    const volumes = join(dataFolder(), 'repository', 'volumes');
    truncateSync(join(volumes, readdirSync(volumes)[0] ?? ''), 1000);
    const { out, notes } = await run(1, 'repository', 'check');
    assert.match(out, /Local Control Agent 8\.5\.100\.\d+ .* cannot be used\. {2}\(volume-damaged\)/);
    assert.match(notes, /1 problem\./);
    const { problems } = parse<{ problems: { code: string; message: string }[] }>((await run(1, 'repository', 'check', '--json')).out);
    assert.deepEqual(problems.map(({ code }) => code), ['volume-damaged']);
    const repair = await run(0, 'repository', 'repair');
    assert.match(repair.out, /^Set right: .*volume-damaged/);
    assert.match(repair.notes, /was taken out of the lists[\s\S]*quarantine/);
    assert.match((await run(0, 'repository', 'check')).notes, /1 package, .*no problem/);
    assert.match((await run(0, 'repository', 'repair')).notes, /nothing to be taken out/);
    assert.match((await run(2, 'repository', 'mend')).notes, /no command repository mend/);
  });
});
