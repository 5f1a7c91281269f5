import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/runCommandLine';
import { connectToService, type ServiceClient } from '../../../src/service/client';
import { createFakeTerminal } from '../../support/fakeTerminal';
import { projectRoot } from '../../support/projectRoot';
import { writeSampleFolder, writeSampleParts, writeSupportArchive } from '../../support/samplePackages/placeSample';
import { samples } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { connectOptions, endService } from '../../support/serviceProcess';

interface Imported { readonly state: string; readonly method: string; readonly source: string; readonly error?: { readonly code: string } }

/** What a test leaves is there for the next one. */
describe('gaxpkg import, by every method', function () {
  this.timeout(60_000);
  let folder = '';
  let client: ServiceClient;

  before('start a service that ends with the tests', async () => {
    folder = mkdtempSync(join(tmpdir(), 'gp-'));
    client = await connectToService(connectOptions(join(folder, 'data')));
  });
  after(async () => {
    client.close();
    await endService(join(folder, 'data'));
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const { id, tenantId } of await client.request('packages/list', {})) await client.request('packages/delete', { id, tenantId });
    for (const { id } of await client.request('imports/list', {})) await client.request('imports/dismiss', { id });
  });

  async function run(args: readonly string[], environment: Record<string, string> = {}): Promise<{ code: number; out: string; notes: string }> {
    const terminal = createFakeTerminal({});
    const code = await runCommandLine(['--data', join(folder, 'data'), ...args], { terminal, environment, serviceFiles: join(projectRoot, 'dist'), runtime: process.execPath });
    return { code, out: terminal.outText, notes: terminal.noteText };
  }
  async function imported(args: readonly string[], environment?: Record<string, string>): Promise<readonly Imported[]> {
    const { code, out, notes } = await run(['import', ...args, '--json'], environment);
    assert.equal(code, 0, notes);
    return JSON.parse(out) as Imported[];
  }
  const versions = async () => (await client.request('packages/list', {})).map(({ version }) => version).sort();

  it('finds out how a package comes', async () => {
    const archive = await writeSample(samples.lca, join(folder, 'one'));
    const support = await writeSupportArchive(samples.lcaZip, join(folder, 'two'));
    const unpacked = await writeSampleFolder(samples.plugIn, join(folder, 'three'));
    const ended = await imported([archive, support, unpacked]);
    assert.deepEqual(ended.map(({ state, method, source }) => [state, method, source]), [
      ['complete', 'archive', archive], ['complete', 'support-archives', support], ['complete', 'directory', unpacked],
    ]);
  });

  it('takes three parts, and says why they do not belong together', async () => {
    const parts = await writeSampleParts(samples.lca, join(folder, 'parts'));
    const other = await writeSampleParts(samples.windows, join(folder, 'others'));
    assert.equal((await run(['import', parts.path, '--xml', parts.xml, '--apd', parts.apd, '--dry-run'])).out.includes('8.5.100.37'), true);
    assert.deepEqual(await versions(), []);
    assert.equal((await imported([parts.path, '--xml', parts.xml, '--apd', parts.apd]))[0]?.method, 'parts');
    const wrong = await run(['import', parts.path, '--xml', parts.xml, '--apd', other.apd]);
    assert.equal(wrong.code, 1);
    assert.match(wrong.notes, /import\/templates-named-differently/);
    assert.equal((await run(['import', parts.path, '--xml', parts.xml])).code, 2);
    assert.equal((await run(['import', parts.path, '--method', 'archive', '--xml', parts.xml, '--apd', parts.apd])).code, 2);
  });

  it('asks which of several packages at a path is meant, imports one by its name, then the rest', async () => {
    const cd = join(folder, 'cd');
    await writeSampleFolder(samples.lca, join(cd, 'a'));
    await writeSampleFolder(samples.lcaNewer, join(cd, 'b'));
    await writeSample(samples.plugIn, join(cd, 'c'));
    writeFileSync(join(cd, 'broken.zip'), 'PK');
    const asked = await run(['import', cd]);
    assert.equal(asked.code, 2);
    assert.match(asked.notes, /3 packages[^]*--only[^]*8\.5\.100\.37[^]*8\.5\.100\.40/);
    const shown = await run(['import', '--dry-run', cd, '--method', 'repository', '--json']);
    const [scanned] = JSON.parse(shown.out) as [{ method: string; packages: { version: string; presence: string; method: string }[]; unreadable: { error: { code: string } }[] }];
    assert.deepEqual([scanned.method, scanned.packages.map(({ version, presence }) => `${version} ${presence}`), scanned.unreadable.length], ['repository', ['8.5.100.37 new', '8.5.100.40 new', '9.0.001.12 new'], 1]);
    assert.deepEqual(await versions(), []);

    const one = await run(['import', cd, '--only', 'lca@8.5.100.40']);
    assert.equal(one.code, 1);
    assert.match(one.notes, /broken\.zip/);
    assert.deepEqual(await versions(), ['8.5.100.40']);
    const rest = await run(['import', cd, '--all', '--parallel', '3']);
    assert.match(rest.notes, /1 package is in the repository already/);
    assert.deepEqual(await versions(), ['8.5.100.37', '8.5.100.40', '9.0.001.12']);
    assert.equal((await run(['import', cd, '--only', 'nothing'])).code, 2);
  });

  it('reads network paths where they are mounted, and says what is missing', async () => {
    await writeSample(samples.lca, join(folder, 'share', 'lca'));
    const named = `\\\\SERVER\\packages\\lca\\${samples.lca.fileName}`;
    const unknown = await run(['import', named]);
    assert.equal(unknown.code, 1);
    assert.match(unknown.notes, /--mount \/\/SERVER\/packages=FOLDER[^]*import\/not-mounted/);
    assert.equal((await imported([named, '--mount', `//server/packages=${join(folder, 'share')}`]))[0]?.source, named);
    const again = await run(['import', `file://server/packages/lca/${samples.lca.fileName}`, '--json'], { GAXPKG_MOUNTS: `//server/packages=${join(folder, 'share')}` });
    assert.match(again.notes, /import\/already-present/);
    assert.equal((await run(['import', named, '--mount', 'nonsense'])).code, 2);
  });

  it('refuses methods and numbers that there are not', async () => {
    for (const wrong of [['--method', 'magic'], ['--parallel', '0'], ['--parallel', 'many'], ['--all', '--only', 'x']]) assert.equal((await run(['import', '/nowhere', ...wrong])).code, 2, wrong.join(' '));
  });
});
