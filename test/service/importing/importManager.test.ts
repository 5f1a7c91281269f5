import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, join } from 'node:path';
import { describeError, isProductError, ProductError, type ErrorCode } from '../../../src/core/errors';
import type { ImportRecord, PackageDetails } from '../../../src/core/packages/model';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { createImportManager, type ImportManager } from '../../../src/service/importing/importManager';
import type { ContentWriter, Repository } from '../../../src/service/repository/repository';
import { samples } from '../../support/samplePackages/samples';
import { writeLargeSample, writeSample } from '../../support/samplePackages/writeSample';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';
import { createTestLog, openTestRepository } from '../repository/sqljs';
import { archiveImport } from '../../support/archiveImport';

describe('imports', () => {
  const folder = useTemporaryFolder();
  let repository: Repository;
  let imports: ImportManager;
  let log: ReturnType<typeof createTestLog>;

  const create = (over: Partial<Repository> = {}, limits = defaultArchiveLimits) => createImportManager({ repository: { ...repository, ...over }, limits, log });
  const packages = () => join(folder(), 'packages');
  const volumes = () => fs.readdirSync(join(folder(), 'repository', 'volumes')).sort();

  beforeEach(async () => {
    fs.mkdirSync(join(folder(), 'repository'));
    repository = await openTestRepository(join(folder(), 'repository'));
    log = createTestLog();
    imports = create();
  });
  afterEach(async () => {
    await imports.close();
    await repository.close();
  });

  async function importAll(path: string, tenantId?: string, group?: string): Promise<ImportRecord> {
    const record = await imports.start(archiveImport(path, tenantId, group));
    return imports.wait(record.id);
  }

  async function importPackage(path: string): Promise<PackageDetails> {
    const record = await importAll(path);
    assert.equal(record.state, 'complete', record.error && describeError('en', record.error));
    return repository.getPackage(record.packageId ?? '');
  }

  async function failure(path: string): Promise<{ code: ErrorCode | undefined; step: string }> {
    const record = await importAll(path);
    assert.equal(record.state, 'failed');
    return { code: record.error?.code, step: record.step };
  }

  async function expectNothingStored(): Promise<void> {
    assert.deepEqual(await repository.listPackages(), []);
    assert.deepEqual(volumes(), []);
  }

  for (const [name, sample] of Object.entries(samples)) {
    it(`a package (${name}) is stored byte for byte with all that its description says`, async () => {
      const path = await writeSample(sample, packages());
      const details = await importPackage(path);
      const bytes = fs.readFileSync(path);
      assert.equal(details.sha256, createHash('sha256').update(bytes).digest('hex'));
      const stored: Uint8Array[] = [];
      for await (const piece of repository.readContent(details.sha256)) stored.push(piece);
      assert.ok(Buffer.concat(stored).equals(bytes));
      const { name: title, nickname, version, osGroup, buildNumber, buildDate } = sample.description;
      assert.deepEqual(
        [details.name, details.nickname, details.version, details.osGroup, details.buildNumber, details.buildDate, details.archiveName, details.archiveFormat, details.size],
        [title, nickname, version, osGroup, buildNumber, buildDate, basename(path), sample.format, bytes.length],
      );
      const files = await repository.listPackageFiles(details.id);
      assert.equal(details.fileCount, files.filter((file) => file.type === 'file').length);
      assert.equal(details.unpackedSize, files.reduce((sum, file) => sum + file.size, 0));
      assert.deepEqual(await imports.list(), []);
    });
  }

  it('goes through its steps with a percent that never falls', async () => {
    const path = await writeLargeSample(1_500_000, packages());
    const seen: string[] = [];
    let last = -1;
    const listening: Promise<void>[] = [];
    imports.onChanged(() => {
      listening.push(imports.list().then(([record]) => {
        if (record?.state !== 'running') return;
        assert.ok(record.percent >= last, `${record.percent} after ${last}`);
        last = record.percent;
        if (seen.at(-1) !== record.step) seen.push(record.step);
      }));
    });
    const record = await importAll(path);
    await Promise.all(listening);
    assert.deepEqual([record.state, record.percent], ['complete', 100]);
    assert.ok(seen.includes('entries') && seen.includes('store'), seen.join());
    assert.ok(last > 50);
  });

  it('belongs to a tenant and a group', async () => {
    const tenant = await repository.addTenant('North', 'environment');
    const path = await writeSample(samples.lca, packages());
    const record = await importAll(path, tenant.id, 'Framework');
    const [summary] = await repository.listPackages(tenant.id);
    assert.deepEqual([record.tenantId, summary?.tenantId, summary?.group, summary?.id], [tenant.id, tenant.id, 'Framework', record.packageId]);
    await assert.rejects(imports.start(archiveImport(path, 'South')), (error) => isProductError(error, 'general/not-found'));
  });

  it('refuses a package that the tenant has, before anything is stored, and only for that tenant', async () => {
    const path = await writeSample(samples.lca, packages());
    await importPackage(path);
    let stored = 0;
    imports = create({ writeContent: (size) => {
      stored++;
      return repository.writeContent(size);
    } });
    assert.deepEqual(await failure(path), { code: 'import/already-present', step: 'description' });
    assert.equal(stored, 0);
    const { id } = await repository.addTenant('North', 'environment');
    assert.equal((await importAll(path, id)).state, 'complete');
  });

  it('stores equal bytes once', async () => {
    const path = await writeSample(samples.lca, packages());
    await importPackage(path);
    const before = volumes();
    const { id } = await repository.addTenant('North', 'environment');
    assert.equal((await importAll(path, id)).state, 'complete');
    assert.deepEqual(volumes(), before);
  });

  it('two at the same time of one package: one is stored, the other refused, nothing is left over', async () => {
    const path = await writeSample(samples.mediaControl, packages());
    const records = await Promise.all([importAll(path), importAll(path)]);
    assert.deepEqual(records.map((record) => record.error?.code ?? record.state).sort(), ['complete', 'import/already-present']);
    assert.equal((await repository.listPackages()).length, 1);
    const [kept] = await repository.listPackages();
    for await (const piece of repository.readContent(kept?.sha256 ?? '')) assert.ok(piece.length > 0);
  });

  it('at most two run; the others wait their turn', async () => {
    const paths = await Promise.all([samples.lca, samples.lcaNewer, samples.mediaControl, samples.windows].map((sample) => writeSample(sample, packages())));
    let writing = 0;
    let most = 0;
    imports = create({ writeContent: async (size) => {
      most = Math.max(most, ++writing);
      const writer = await repository.writeContent(size);
      return { ...writer, finish: async (files) => {
        writing--;
        return writer.finish(files);
      } };
    } });
    const started = await Promise.all(paths.map((path) => imports.start(archiveImport(path))));
    assert.equal(imports.running, 4);
    const ended = await Promise.all(started.map((record) => imports.wait(record.id)));
    assert.deepEqual(ended.map((record) => record.state), ['complete', 'complete', 'complete', 'complete']);
    assert.ok(most <= 2, `${most} at a time`);
    assert.equal(imports.running, 0);
  });

  it('keeps what failed with its step and reason until it is dismissed', async () => {
    fs.mkdirSync(packages());
    const path = join(packages(), 'text.zip');
    fs.writeFileSync(path, 'no archive');
    assert.deepEqual(await failure(path), { code: 'archive/not-an-archive', step: 'entries' });
    assert.deepEqual(await failure(join(packages(), 'missing.zip')), { code: 'import/file-missing', step: 'open' });
    const listed = await imports.list();
    assert.deepEqual(listed.map((record) => [record.state, basename(record.source.path)]), [['failed', 'text.zip'], ['failed', 'missing.zip']]);
    for (const record of listed) await imports.dismiss(record.id);
    assert.deepEqual(await imports.list(), []);
    await assert.rejects(imports.dismiss(listed[0]?.id ?? ''), (error) => isProductError(error, 'general/not-found'));
    await assert.rejects(imports.wait('import-nobody'), (error) => isProductError(error, 'general/not-found'));
    await expectNothingStored();
  });

  it('is tried again under a new id', async () => {
    const path = await writeSample(samples.lca, packages());
    const bytes = fs.readFileSync(path);
    fs.writeFileSync(path, bytes.subarray(0, 1000));
    const failed = await importAll(path, undefined, 'Shelf');
    assert.equal(failed.error?.code, 'archive/truncated');
    fs.writeFileSync(path, bytes);
    const again = await imports.retry(failed.id);
    assert.notEqual(again.id, failed.id);
    assert.deepEqual((({ state, group }) => [state, group])(await imports.wait(again.id)), ['complete', 'Shelf']);
    assert.deepEqual(await imports.list(), []);
  });

  /** Holds the writing of content after its first piece until the test lets go. */
  function holdStoring(): { over: Partial<Repository>; reached: Promise<void>; letGo: () => void } {
    let reach = () => {};
    let letGo = () => {};
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const over: Partial<Repository> = {
      writeContent: async (size) => {
        const writer = await repository.writeContent(size);
        const held1: ContentWriter = { ...writer, write: async (bytes) => {
          await writer.write(bytes);
          reach();
          await held;
        } };
        return held1;
      },
    };
    return { over, reached, letGo };
  }

  it('is stopped while it stores, and while it waits; nothing stays', async () => {
    const { over, reached, letGo } = holdStoring();
    imports = create(over);
    const large = [await writeLargeSample(1_000_000, packages(), 1), await writeLargeSample(1_000_000, packages(), 2), await writeLargeSample(1_000_000, packages(), 3)];
    const records = await Promise.all(large.map((path) => imports.start(archiveImport(path))));
    await reached;
    await assert.rejects(imports.dismiss(records[0]?.id ?? ''), (error) => isProductError(error, 'import/still-running'));
    const stopped = records.map((record) => imports.cancel(record.id));
    letGo();
    await Promise.all(stopped);
    const ended = await Promise.all(records.map((record) => imports.wait(record.id)));
    assert.deepEqual(ended.map((record) => record.state), ['cancelled', 'cancelled', 'cancelled']);
    assert.equal(imports.running, 0);
    await expectNothingStored();
  });

  it('is left to the next service when the service closes, with nothing kept', async () => {
    const { over, reached, letGo } = holdStoring();
    imports = create(over);
    const record = await imports.start(archiveImport(await writeLargeSample(1_000_000, packages())));
    await reached;
    const closed = imports.close();
    letGo();
    await closed;
    await expectNothingStored();
    const next = create();
    await next.recover();
    const ended = await next.wait(record.id);
    assert.deepEqual([ended.state, (await repository.listPackages()).length], ['complete', 1]);
  });

  it('begins anew what a dead service left, with what it may replace, but not for ever', async () => {
    const left = await repository.addImport({ source: { method: 'archive', path: join(packages(), 'package.zip') }, tenantId: 'environment', group: '' });
    for (let died = 0; died < 3; died++) await repository.resumeImport(left.id);
    await imports.recover();
    const [record] = await imports.list();
    assert.deepEqual([record?.id, record?.state, record?.error?.code], [left.id, 'failed', 'import/interrupted']);
    assert.match(describeError('en', record?.error), /package\.zip/);
  });

  it('notices a source that changes between the two readings, even where size and time stay', async () => {
    const path = await writeSample(samples.lca, packages());
    const { atime, mtime } = fs.statSync(path);
    const bytes = fs.readFileSync(path);
    imports = create({ findPackage: (tenantId, key) => {
      const changed = Buffer.from(bytes);
      // The times in the gzip header: the archive stays readable.
      changed.writeUInt32LE(7, 4);
      fs.writeFileSync(path, changed);
      fs.utimesSync(path, atime, mtime);
      return repository.findPackage(tenantId, key);
    } });
    assert.deepEqual(await failure(path), { code: 'import/source-changed', step: 'store' });
    await expectNothingStored();
  });

  it('leaves nothing when storing or registering fails', async () => {
    const path = await writeSample(samples.lca, packages());
    const full = new ProductError('repository/disk-full', {});
    imports = create({ writeContent: async (size) => ({ ...(await repository.writeContent(size)), write: () => Promise.reject(full) }) });
    assert.deepEqual(await failure(path), { code: 'repository/disk-full', step: 'store' });
    await expectNothingStored();
    imports = create({ addPackage: () => Promise.reject(full) });
    assert.deepEqual(await failure(path), { code: 'repository/disk-full', step: 'register' });
    await expectNothingStored();
  });

  it('shows how it ended even when that cannot be stored', async () => {
    const broken = new ProductError('repository/disk-full', {});
    imports = create({ endImport: () => Promise.reject(broken) });
    const record = await importAll(join(folder(), 'missing.zip'));
    assert.equal(record.error?.code, 'import/file-missing');
    assert.deepEqual((await imports.list()).map((each) => [each.state, each.error?.code]), [['failed', 'import/file-missing']]);
    assert.ok(log.lines.some((line) => line.includes('could not be recorded')));
  });

  it('refuses a hostile archive by its limits', async () => {
    const path = await writeSample(samples.lca, packages());
    imports = create({}, { ...defaultArchiveLimits, maximumEntries: 3 });
    assert.deepEqual(await failure(path), { code: 'archive/too-many-entries', step: 'entries' });
    await expectNothingStored();
  });

  it('tells no more once the listener has left', async () => {
    let told = 0;
    const leave = imports.onChanged(() => {
      told++;
    });
    leave();
    await importAll(await writeSample(samples.lca, packages()));
    assert.equal(told, 0);
    await until(() => imports.running === 0, 'the import to end');
  });
});
