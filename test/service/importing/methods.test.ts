import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describeError } from '../../../src/core/errors';
import type { ImportSource } from '../../../src/core/packages/importSource';
import type { PackageDetails } from '../../../src/core/packages/model';
import { locateSource } from '../../../src/core/packages/uncPath';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { createUnfinishedFiles } from '../../../src/service/files/unfinishedFiles';
import { createImportManager, type ImportManager } from '../../../src/service/importing/importManager';
import { openPackageContent } from '../../../src/service/deploying/packageContent';
import { createStoredFiles } from '../../../src/service/deploying/storedFiles';
import { createDownloads } from '../../../src/service/packages/downloads';
import { createPackageFiles } from '../../../src/service/packages/packageFiles';
import type { SqlJsRepository } from '../../../src/service/repository/sqljs/openRepository';
import { createRepositoryCopies } from '../../../src/service/upkeep/repositoryCopies';
import { matrixRows } from '../../support/matrix';
import { writeSampleFolder, writeSampleParts, writeSupportArchive } from '../../support/samplePackages/placeSample';
import { samples, type Sample, type SampleName } from '../../support/samplePackages/samples';
import type { SampleEntry } from '../../support/samplePackages/writeArchive';
import { writeSample } from '../../support/samplePackages/writeSample';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { createTestLog, openTestRepository } from '../repository/sqljs';

/** A way in which a sample is put down, and how its download equals it. */
interface Way {
  readonly name: string;
  /** Samples that cannot come in this way: with several templates, or none. */
  readonly unfit?: readonly SampleName[];
  place(sample: Sample, folder: string): Promise<ImportSource>;
  /** Throws when the download is not what it was made of. */
  compare(source: ImportSource, download: string, folder: string): void;
}

const sameBytes = (source: ImportSource, download: string): void => assert.ok(fs.readFileSync(source.path).equals(fs.readFileSync(download)), 'byte for byte');
const sameFolder = ({ path }: ImportSource, download: string, folder: string): void => {
  const out = join(folder, 'unpacked');
  fs.mkdirSync(out);
  execFileSync('tar', ['-xpf', download, '-C', out]);
  assert.deepEqual(listing(out), listing(path));
};

const ways: readonly Way[] = [
  { name: 'as an archive', place: async (sample, folder) => ({ method: 'archive', path: await writeSample(sample, folder) }), compare: sameBytes },
  {
    name: 'in parts', unfit: ['mediaControl', 'plugIn'], place: writeSampleParts,
    compare(source, download, folder) {
      assert.ok(source.method === 'parts');
      const out = join(folder, 'unpacked');
      fs.mkdirSync(out);
      execFileSync('tar', ['-xpf', download, '-C', out]);
      assert.deepEqual(fs.readdirSync(out).sort(), [source.path, source.xml, source.apd].map((path) => basename(path)).sort());
      for (const path of [source.path, source.xml, source.apd]) assert.ok(fs.readFileSync(path).equals(fs.readFileSync(join(out, basename(path)))), path);
    },
  },
  { name: 'as a folder', place: async (sample, folder) => ({ method: 'directory', path: await writeSampleFolder(sample, join(folder, 'cd')) }), compare: sameFolder },
  { name: 'unpacked in a repository', place: async (sample, folder) => ({ method: 'repository', path: await writeSampleFolder(sample, join(folder, 'repository', 'a', 'b')) }), compare: sameFolder },
  { name: 'archived in a repository', place: async (sample, folder) => ({ method: 'repository', path: await writeSample(sample, join(folder, 'repository', 'a')) }), compare: sameBytes },
  { name: 'as support sends it, nested in a zip', place: async (sample, folder) => ({ method: 'support-archives', path: await writeSupportArchive(sample, folder) }), compare: sameBytes },
  { name: 'as support sends it, nested in a tar.gz', place: async (sample, folder) => ({ method: 'support-archives', path: await writeSupportArchive(sample, folder, 'tar.gz') }), compare: sameBytes },
  { name: 'as support sends it, one archive', place: async (sample, folder) => ({ method: 'support-archives', path: await writeSample(sample, folder) }), compare: sameBytes },
];

/** Path, kind, mode, time and content of everything below a folder. */
function listing(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().map((name) => {
    const path = join(folder, name);
    const stats = fs.lstatSync(path, { bigint: true });
    if (stats.isSymbolicLink()) return `${name} → ${fs.readlinkSync(path)}`;
    if (stats.isDirectory()) return `${name}/ ${stats.mode.toString(8)} ${stats.mtimeNs}`;
    return `${name} ${stats.mode.toString(8)} ${stats.mtimeNs} ${createHash('sha256').update(fs.readFileSync(path)).digest('hex')}`;
  });
}

describe('each way of importing', () => {
  const folder = useTemporaryFolder();
  let repository: SqlJsRepository;
  let imports: ImportManager;

  beforeEach(async () => {
    fs.mkdirSync(join(folder(), 'data'));
    repository = await openTestRepository(join(folder(), 'data'));
    imports = createImportManager({ repository, limits: defaultArchiveLimits, log: createTestLog() });
  });
  afterEach(async () => {
    await imports.close();
    await repository.close();
  });

  const unfinished = () => createUnfinishedFiles(join(folder(), 'unfinished'), createTestLog());

  async function importFrom(source: ImportSource, located?: ImportSource): Promise<PackageDetails> {
    const record = await imports.wait((await imports.start({ source, ...(located && { located }), tenantId: 'environment', group: '' })).id);
    assert.equal(record.state, 'complete', record.error && describeError('en', record.error));
    assert.deepEqual(record.source, source);
    return repository.getPackage(record.packageId ?? '');
  }

  async function download(details: PackageDetails): Promise<string> {
    const downloads = createDownloads({ repository, unfinished: unfinished(), log: createTestLog() });
    const target = join(folder(), `download-${details.archiveName}`);
    const { id } = await downloads.start({ id: details.id, tenantId: 'environment', target, overwrite: false }, () => undefined);
    assert.equal((await downloads.wait(id)).state, 'complete');
    await downloads.close();
    return target;
  }

  /** What a host gets, unpacked: contents by path. */
  async function deployed(details: PackageDetails): Promise<ReadonlyMap<string, string>> {
    const content = await openPackageContent(repository, details.id, 'environment', defaultArchiveLimits);
    const { bytes, compressed } = content.open(undefined, new AbortController().signal);
    const tar = join(folder(), 'host.tar');
    fs.writeFileSync(tar, await collect(bytes));
    const out = join(folder(), 'host');
    fs.mkdirSync(out);
    execFileSync('tar', [compressed ? '-xzf' : '-xf', tar, '-C', out]);
    const files = fs.readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => fs.lstatSync(join(out, name)).isFile());
    return new Map(files.map((name) => [name, hash(fs.readFileSync(join(out, name)))]));
  }

  const rows = (Object.entries(samples) as [SampleName, Sample][]).flatMap(([sampleName, sample]) =>
    ways.filter(({ unfit = [] }) => !unfit.includes(sampleName)).flatMap((way) => (['a local path', 'a mapped network path'] as const).map((place) => ({ sampleName, sample, way, place }))));
  for (const { sampleName, sample, way, place } of matrixRows(rows, (row) => [row.sampleName, row.way.name, row.place])) {
    it(`gives back ${sampleName} ${way.name}, from ${place}`, async () => {
      const media = join(folder(), 'media');
      fs.mkdirSync(media);
      const located = await way.place(sample, media);
      let details: PackageDetails;
      if (place === 'a local path') details = await importFrom(located);
      else {
        const named = locateAs(located, media);
        assert.deepEqual(locateSource(named, { platform: 'posix', mounts: { '//server/share': media } }), located);
        details = await importFrom(named, located);
      }
      assert.equal(details.importMethod, located.method);
      way.compare(located, await download(details), folder());

      if (place === 'a mapped network path') return;
      // Inside it is the package, whatever lies around it.
      const entries = (await sample.entries()).filter(({ path, linkTo }: SampleEntry) => !path.endsWith('/') && linkTo === undefined);
      const index = new Map((await repository.listPackageFiles(details.id)).map((file) => [file.path, file.sha256]));
      const onHost = await deployed(details);
      const files = createPackageFiles(repository);
      for (const { path, content = '' } of entries) {
        const bytes = Buffer.from(content);
        assert.equal(index.get(path), hash(bytes), path);
        assert.equal(onHost.get(path), hash(bytes), path);
        assert.ok(Buffer.from((await files.read(details.id, path, 0, 1_000_000)).bytes).equals(bytes), path);
      }
      files.close();
      const templates = await createStoredFiles(repository, defaultArchiveLimits).read(details, details.templates.map(({ path }) => path));
      assert.equal(templates.size, details.templates.length);
      assert.equal(details.templates.length, entries.filter(({ path }) => /^templates\/.*\.(xml|apd|tpl)$/i.test(path)).length);
    });
  }

  it('stores the same archive once, whatever tenants it is imported for', async () => {
    const other = await repository.addTenant('South', 'environment');
    const path = await writeSample(samples.lca, folder());
    const first = await importFrom({ method: 'archive', path });
    const record = await imports.wait((await imports.start({ source: { method: 'repository', path }, tenantId: other.id, group: '' })).id);
    assert.equal(record.packageId, first.id);
    assert.deepEqual((await repository.getPackage(first.id)).tenants, ['Environment', 'South']);
  });

  it('makes the same tar of the same folder each time', async () => {
    const media = await writeSampleFolder(samples.lca, join(folder(), 'cd'));
    const first = await importFrom({ method: 'directory', path: media });
    await repository.deletePackage(first.id, 'environment');
    assert.equal((await importFrom({ method: 'repository', path: media })).sha256, first.sha256);
  });

  it('survives an export of the whole repository and its restoring', async () => {
    await importFrom(await writeSampleParts(samples.lca, join(folder(), 'parts')));
    await importFrom({ method: 'support-archives', path: await writeSupportArchive(samples.lcaZip, folder()) });
    await importFrom({ method: 'directory', path: await writeSampleFolder(samples.plugIn, join(folder(), 'cd')) });
    const target = join(folder(), 'copy.gaxrepo');
    const options = { signal: new AbortController().signal, report: () => undefined };
    await createRepositoryCopies(repository.upkeep, defaultArchiveLimits, unfinished()).write(target, false, options);
    fs.mkdirSync(join(folder(), 'other'));
    const restored = await openTestRepository(join(folder(), 'other'));
    await createRepositoryCopies(restored.upkeep, defaultArchiveLimits, unfinished()).restore(target, options);
    const all = async (of: SqlJsRepository) => Promise.all((await of.listPackages()).map(async ({ id }) => [await of.getPackage(id), await of.listPackageFiles(id)]));
    assert.deepEqual(await all(restored), await all(repository));
    await restored.close();
  });
});

/** The source as a person names it who sees `media` as the share //server/share. */
function locateAs(source: ImportSource, media: string): ImportSource {
  const name = (path: string): string => `\\\\SERVER\\share\\${relative(media, path).replaceAll('/', '\\')}`;
  return source.method === 'parts' ? { ...source, path: name(source.path), xml: name(source.xml), apd: name(source.apd) } : { ...source, path: name(source.path) };
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}
