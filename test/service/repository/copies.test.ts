import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { extract, pack as createPack, type Header } from 'tar-stream';
import { isProductError, type ErrorCode } from '../../../src/core/errors';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { createUnfinishedFiles } from '../../../src/service/files/unfinishedFiles';
import { createImportManager } from '../../../src/service/importing/importManager';
import type { SqlJsRepository } from '../../../src/service/repository/sqljs/openRepository';
import { createRepositoryCopies } from '../../../src/service/upkeep/repositoryCopies';
import { samples } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { importSample, sampleApplication, sampleBytes, sampleDeployed, sampleDeployment, sampleHost } from './samples';
import { createTestLog, openTestRepository } from './sqljs';
import { archiveImport } from '../../support/archiveImport';

const options = { signal: new AbortController().signal, report: () => undefined };
const hasCode = (code: ErrorCode) => (error: unknown): boolean => isProductError(error, code);

interface Entry {
  name: string;
  bytes: Buffer;
  type?: Header['type'];
}

describe('copies of a whole repository', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();
  const opened: SqlJsRepository[] = [];
  let repository: SqlJsRepository;
  let copy: string;

  const open = async (name: string): Promise<SqlJsRepository> => {
    const place = join(folder(), name);
    fs.mkdirSync(place, { recursive: true });
    const made = await openTestRepository(place);
    await made.addFirstAdministrator(`admin of ${name}`);
    opened.push(made);
    return made;
  };
  const copiesOf = (of: SqlJsRepository) => createRepositoryCopies(of.upkeep, defaultArchiveLimits, createUnfinishedFiles(join(folder(), 'unfinished'), createTestLog()));

  beforeEach(async () => {
    repository = await open('one');
    const imports = createImportManager({ repository, limits: defaultArchiveLimits, log: createTestLog() });
    const { id: tenantId } = await repository.addTenant('Europe', 'environment');
    for (const [sample, tenant] of [[samples.lca, tenantId], [samples.lcaZip, 'environment']] as const) {
      const record = await imports.wait((await imports.start(archiveImport(await writeSample(sample, folder()), tenant, 'A group'))).id);
      assert.equal(record.state, 'complete');
    }
    const [item] = await repository.listPackages(tenantId);
    const host = await repository.addHost(sampleHost('alpha'));
    const deployment = await repository.addDeployment(sampleDeployment(item!, [host]));
    await repository.appendDeploymentEvents(deployment.id, [{ type: 'ended', state: 'complete' }]);
    const application = sampleApplication(host.id);
    await repository.recordDeployedPackage(sampleDeployed(item!, application, { deploymentId: deployment.id }), application);
    copy = join(folder(), 'copy.gaxrepo');
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  async function everything(of: SqlJsRepository) {
    const packages = await of.listPackages();
    const deployments = await of.listDeployments();
    return {
      tenants: await of.listTenants(), packages, hosts: await of.listHosts(), applications: await of.listApplications(), deployments,
      deployed: await of.listDeployedPackages(),
      details: await Promise.all(packages.map(({ id, tenantId }) => of.getPackage(id, tenantId))),
      files: await Promise.all(packages.map(({ id }) => of.listPackageFiles(id))),
      events: await Promise.all(deployments.map(({ id }) => of.readDeploymentEvents(id, 0, 100))),
    };
  }

  it('hold everything, restored elsewhere and opened anew', async () => {
    const before = await everything(repository);
    const written = await copiesOf(repository).write(copy, false, options);
    assert.deepEqual([written.packages, written.hosts, written.deployments, written.bytes], [2, 1, 1, fs.statSync(copy).size]);

    const other = await open('two');
    const percents: number[] = [];
    const restored = await copiesOf(other).restore(copy, { ...options, report: (percent) => percents.push(percent) });
    assert.deepEqual([restored.packages, restored.at], [2, written.at]);
    assert.equal(percents.at(-1), 100);
    assert.deepEqual((await other.upkeep.check(options)).problems, []);
    await opened.pop()?.close();

    const again = await openTestRepository(join(folder(), 'two'));
    opened.push(again);
    assert.deepEqual(await everything(again), before);
    assert.deepEqual((await again.upkeep.check(options)).problems, []);
    // Whoever administered the place goes on doing so, beside those of the copy.
    assert.deepEqual((await again.listUsers()).map(({ name }) => name).sort(), ['admin of one', 'admin of two']);
  });

  it('are refused where something is already, and where they would replace a file', async () => {
    await copiesOf(repository).write(copy, false, options);
    await assert.rejects(copiesOf(repository).restore(copy, options), hasCode('repository/not-empty'));
    await assert.rejects(copiesOf(repository).write(copy, false, options), hasCode('file/exists'));
    await copiesOf(repository).write(copy, true, options);
    await assert.rejects(copiesOf(repository).restore('copy.gaxrepo', options), hasCode('file/not-absolute'));
  });

  it('are not made of a damaged archive: nothing is left under the name', async () => {
    const volumes = join(folder(), 'one', 'volumes');
    fs.truncateSync(join(volumes, fs.readdirSync(volumes)[0] ?? ''), 100);
    await assert.rejects(copiesOf(repository).write(copy, false, options), hasCode('repository/content-damaged'));
    assert.ok(!fs.readdirSync(folder()).some((name) => name.includes('copy.gaxrepo')));
  });

  it('are not made while a deployment runs', async () => {
    const [item] = await repository.listPackages();
    await repository.addDeployment(sampleDeployment(item!, await repository.listHosts()));
    await assert.rejects(copiesOf(repository).write(copy, false, options), hasCode('repository/deployments-run'));
  });

  async function entriesOf(file: string): Promise<Entry[]> {
    const entries: Entry[] = [];
    const reading = extract();
    reading.end(fs.readFileSync(file));
    for await (const entry of reading) {
      const pieces: Uint8Array[] = [];
      for await (const piece of entry as AsyncIterable<Uint8Array>) pieces.push(piece);
      entries.push({ name: entry.header.name, bytes: Buffer.concat(pieces) });
    }
    return entries;
  }

  /** A copy that somebody made by hand, with its hash made right. */
  async function forge(entries: readonly Entry[]): Promise<string> {
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256');
    const pack = createPack();
    for (const { name, bytes, type } of entries.filter((entry) => entry.name !== 'end.json')) {
      hash.update(`${name}\n${bytes.length}\n`).update(bytes);
      if (type === 'symlink') pack.entry({ name, type, linkname: '/etc/passwd' });
      else pack.entry({ name }, bytes);
    }
    pack.entry({ name: 'end.json' }, JSON.stringify({ sha256: hash.digest('hex') }));
    pack.finalize();
    const pieces: Buffer[] = [];
    for await (const piece of pack as AsyncIterable<Buffer>) pieces.push(piece);
    const file = join(folder(), 'forged.gaxrepo');
    fs.writeFileSync(file, Buffer.concat(pieces));
    return file;
  }

  it('are refused when a single byte differs or the end is missing, and nothing stays', async () => {
    await copiesOf(repository).write(copy, false, options);
    const whole = fs.readFileSync(copy);
    const other = await open('two');
    for (const at of [300, 550, Math.floor(whole.length / 2), whole.length - 2000]) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 1;
      if (bytes.equals(whole)) continue;
      fs.writeFileSync(copy, bytes);
      await assert.rejects(copiesOf(other).restore(copy, options), (error) => isProductError(error) && /^repository\/(export-(damaged|refused))$/.test(error.code), `byte ${at}`);
    }
    for (const size of [0, 1000, whole.length / 2, whole.length - 2500]) {
      fs.writeFileSync(copy, whole.subarray(0, size));
      await assert.rejects(copiesOf(other).restore(copy, options), (error) => isProductError(error) && /^repository\/export-(damaged|refused)$/.test(error.code), `size ${size}`);
    }
    assert.deepEqual(await other.listPackages(), []);
    assert.deepEqual(fs.readdirSync(join(folder(), 'two', 'volumes')), []);
    assert.deepEqual(fs.readdirSync(join(folder(), 'two', 'journals')), []);
  });

  it('made by a hostile hand are refused, and nothing of them stays', async () => {
    await copiesOf(repository).write(copy, false, options);
    const entries = await entriesOf(copy);
    assert.ok(await forge(entries).then((file) => fs.existsSync(file)));
    const volume = entries.find(({ name }) => name.startsWith('volumes/'))!;
    const edit = (change: (text: string) => string) => entries.map((entry) => (entry.name.startsWith('rows/') ? { ...entry, bytes: Buffer.from(change(entry.bytes.toString('utf8'))) } : entry));
    const hostile: Record<string, Entry[]> = {
      'a path out of the folder': [...entries, { name: 'volumes/../../evil', bytes: Buffer.from('x') }],
      'an absolute path': [...entries, { name: '/etc/evil', bytes: Buffer.from('x') }],
      'a link': [...entries, { name: 'volumes/link', bytes: Buffer.alloc(0), type: 'symlink' }],
      'a log of nobody': [...entries, { name: 'journals/../../x/00000001', bytes: Buffer.from('x') }],
      'a volume of nobody': [...entries, { name: `volumes/${'a'.repeat(64)}.volume`, bytes: Buffer.from('x') }],
      'a volume twice': [...entries, volume],
      'a volume missing': entries.filter((entry) => entry !== volume),
      'no beginning': entries.slice(1),
      'another product': [{ name: entries[0]!.name, bytes: Buffer.from('{"product":"other","format":1,"schema":1,"at":"2024-01-01T00:00:00.000Z"}') }, ...entries.slice(1)],
      'a table of its own': edit((text) => `${text}["sqlite_schema",{"sql":"x"}]\n`),
      'a column of its own': edit((text) => text.replace('["hosts",{', '["hosts",{"evil":1,')),
      'a statement for a column': edit((text) => text.replace('["hosts",{', '["hosts",{"id\\") VALUES (1); --":1,')),
      'a row twice': edit((text) => text.replace(/^\["hosts".*$/m, '$&\n$&')),
      'a reference to nothing': edit((text) => text.replace(/("content":")[0-9a-f]{64}/g, `$1${'b'.repeat(64)}`)),
      'no id': edit((text) => text.replaceAll('"package_id":"', '"package_id":"../')),
      'a number for a text': edit((text) => text.replace(/"address":"[^"]*"/, '"address":7')),
      'broken JSON in a row': edit((text) => text.replace(/"templates":"\[/, '"templates":"[[')),
      'another hash of an archive': edit((text) => text.replace(/"size":\d+,"index_volume"/, '"size":5,"index_volume"')),
      'a newer format': [{ name: entries[0]!.name, bytes: Buffer.from('{"product":"gaxpkg","format":99,"schema":1,"at":"2024-01-01T00:00:00.000Z"}') }, ...entries.slice(1)],
    };
    const other = await open('two');
    for (const [what, made] of Object.entries(hostile)) {
      await assert.rejects(copiesOf(other).restore(await forge(made), options), (error) => {
        assert.ok(isProductError(error) && /^repository\/(export-(damaged|refused)|newer-schema)$/.test(error.code), `${what}: ${String(error)}`);
        return true;
      }, what);
      assert.deepEqual(fs.readdirSync(join(folder(), 'two', 'volumes')), [], what);
      assert.deepEqual(fs.readdirSync(join(folder(), 'two', 'journals')), [], what);
    }
    assert.deepEqual(await other.listHosts(), []);
    // The same hand can make one that is sound.
    await copiesOf(other).restore(await forge(entries), options);
    assert.equal((await other.listPackages()).length, 2);
  });

  it('with an archive that no import would take, or an index that lies, are refused', async () => {
    // Bytes that are no archive at all: the repository itself does not look into them.
    await importSample(repository, sampleBytes(100_000, 'no archive'), { name: 'No archive' });
    await copiesOf(repository).write(copy, false, options);
    const other = await open('two');
    await assert.rejects(copiesOf(other).restore(copy, options), hasCode('repository/export-refused'));
    assert.deepEqual(await other.listPackages(), []);
  });
});
