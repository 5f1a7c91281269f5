import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isProductError, type ErrorCode } from '../../../src/core/errors';
import type { DownloadRecord } from '../../../src/core/packages/download';
import { createUnfinishedFiles } from '../../../src/service/files/unfinishedFiles';
import { createDownloads, type Downloads } from '../../../src/service/packages/downloads';
import { createTargetFile } from '../../../src/service/files/targetFile';
import type { Repository } from '../../../src/service/repository/repository';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { importSample, sampleBytes } from '../repository/samples';
import { createTestLog, openTestRepository } from '../repository/sqljs';

const hasCode = (code: ErrorCode) => (error: unknown): boolean => isProductError(error, code);

describe('downloads', () => {
  const folder = useTemporaryFolder();
  const bytes = sampleBytes(300_000, 'download');
  let repository: Repository;
  let downloads: Downloads;
  let id: string;

  const unfinished = () => createUnfinishedFiles(join(folder(), 'notes'), createTestLog());
  const notes = () => fs.readdirSync(join(folder(), 'notes'));
  const create = (over: Partial<Repository> = {}) => createDownloads({ repository: { ...repository, ...over }, unfinished: unfinished(), log: createTestLog() });
  const target = (name = 'copy.tar.gz') => join(folder(), 'out', name);
  const left = () => fs.readdirSync(join(folder(), 'out'));
  const start = (report: (record: DownloadRecord) => void = () => undefined, overwrite = false, name?: string) =>
    downloads.start({ id, tenantId: 'environment', target: target(name), overwrite }, report);

  beforeEach(async () => {
    fs.mkdirSync(join(folder(), 'repository'));
    fs.mkdirSync(join(folder(), 'out'));
    repository = await openTestRepository(join(folder(), 'repository'));
    ({ id } = await importSample(repository, bytes));
    downloads = create();
  });
  afterEach(async () => {
    await downloads.close();
    await repository.close();
  });

  it('give the archive byte for byte under its name, with a percent that only grows', async () => {
    const percents: number[] = [];
    const { id: started, state } = await start((record) => {
      if (record.state === 'running') assert.ok(!fs.existsSync(target()), 'it has no name before it is whole');
      percents.push(record.percent);
    });
    assert.equal(state, 'running');
    assert.deepEqual(downloads.list().map((record) => record.id), [started]);
    const ended = await downloads.wait(started);
    assert.deepEqual([ended.state, ended.percent, ended.bytes.done], ['complete', 100, bytes.length]);
    assert.ok(fs.readFileSync(target()).equals(bytes));
    assert.deepEqual(left(), ['copy.tar.gz']);
    assert.deepEqual(percents, [...percents].sort((a, b) => a - b));
    assert.ok(percents.length > 2);
    assert.deepEqual(downloads.list(), []);
  });

  it('leave a file alone that is there, unless told otherwise', async () => {
    fs.writeFileSync(target(), 'mine');
    await assert.rejects(start(), hasCode('file/exists'));
    assert.equal(fs.readFileSync(target(), 'utf8'), 'mine');
    await downloads.wait((await start(undefined, true)).id);
    assert.ok(fs.readFileSync(target()).equals(bytes));
    assert.deepEqual(left(), ['copy.tar.gz']);
  });

  it('leave a file alone that came while they wrote', async () => {
    const ended = await downloads.wait((await start(() => fs.writeFileSync(target(), 'mine'))).id);
    assert.deepEqual([ended.state, ended.error?.code], ['failed', 'file/exists']);
    assert.equal(fs.readFileSync(target(), 'utf8'), 'mine');
    assert.deepEqual(left(), ['copy.tar.gz']);
  });

  it('leave nothing when they are stopped, and keep the file they were to replace', async () => {
    fs.writeFileSync(target(), 'mine');
    let stopped: Promise<void> | undefined;
    const record = await start(({ id: own, state }) => {
      if (state === 'running') stopped ??= downloads.cancel(own);
    }, true);
    const ended = await downloads.wait(record.id);
    await stopped;
    assert.deepEqual([ended.state, ended.error], ['cancelled', undefined]);
    assert.equal(fs.readFileSync(target(), 'utf8'), 'mine');
    assert.deepEqual(left(), ['copy.tar.gz']);
  });

  it('of a damaged content end with its name and leave nothing', async () => {
    const volumes = join(folder(), 'repository', 'volumes');
    const [volume = ''] = fs.readdirSync(volumes);
    fs.truncateSync(join(volumes, volume), 5000);
    const ended = await downloads.wait((await start()).id);
    assert.deepEqual([ended.state, ended.error?.code], ['failed', 'repository/content-damaged']);
    assert.deepEqual(left(), []);
  });

  it('refuse other bytes than those of the import', async () => {
    downloads = create({
      readContent: async function* () {
        yield await Promise.resolve(sampleBytes(bytes.length, 'other'));
      },
    });
    const ended = await downloads.wait((await start()).id);
    assert.deepEqual([ended.state, ended.error?.code], ['failed', 'repository/file-damaged']);
    assert.deepEqual(left(), []);
  });

  it('refuse relative paths, folders that are not there, folders as targets, and packages of others', async () => {
    const at = (path: string) => downloads.start({ id, tenantId: 'environment', target: path, overwrite: false }, () => undefined);
    await assert.rejects(at('copy.zip'), hasCode('file/not-absolute'));
    await assert.rejects(at(join(folder(), 'nowhere', 'copy.zip')), hasCode('file/no-folder'));
    await assert.rejects(at(join(folder(), 'out')), hasCode('file/not-a-file'));
    await assert.rejects(downloads.start({ id, tenantId: 'tenant-of-others', target: target(), overwrite: false }, () => undefined), hasCode('general/not-found'));
    await assert.rejects(createTargetFile(target(), { overwrite: false, size: 1e18, unfinished: unfinished() }), hasCode('file/no-room'));
    assert.deepEqual(left(), []);
  });

  it('onto a full disk say so and leave nothing', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const file = await createTargetFile(target(), {
      overwrite: false, size: 1, unfinished: unfinished(),
      openNew: async (path) => Object.assign(await open(path, 'wx'), { write: () => Promise.reject(full) }),
    });
    assert.match(left()[0] ?? '', new RegExp(`^\\.${basename(target())}\\.[0-9a-f]+\\.part$`));
    await assert.rejects(file.write(bytes), hasCode('file/disk-full'));
    assert.deepEqual(left(), []);
  });

  it('note their temporary file while it is there, and not longer', async () => {
    const seen: string[] = [];
    await downloads.wait((await start(({ state }) => {
      if (state === 'running') seen.push(...notes());
    })).id);
    assert.equal(new Set(seen).size, 1);
    assert.deepEqual(notes(), []);
  });

  it('that a killed service left are removed by the next one, with no other file', async () => {
    const left = await Promise.all([0, 1, 2].map(() => unfinished().begin(target())));
    const [begun, never, moved] = left.map(({ path }) => path);
    assert.ok(begun !== undefined && never !== undefined && moved !== undefined);
    fs.writeFileSync(begun, 'half');
    fs.writeFileSync(`${begun}.part`, 'of somebody else');
    fs.writeFileSync(target(), 'mine');
    const [note] = notes().filter((name) => moved.includes(name));
    fs.writeFileSync(join(folder(), 'notes', note ?? ''), target());
    await unfinished().clear();
    assert.deepEqual(fs.readdirSync(join(folder(), 'out')).sort(), [basename(`${begun}.part`), basename(target())].sort());
    assert.deepEqual(notes(), []);
  });

  it('that a killed service left on a disk that is away are removed once it is back', async () => {
    const { path } = await unfinished().begin(target());
    fs.writeFileSync(path, 'half');
    fs.renameSync(join(folder(), 'out'), join(folder(), 'away'));
    await unfinished().clear();
    fs.renameSync(join(folder(), 'away'), join(folder(), 'out'));
    await unfinished().clear();
    assert.deepEqual([left(), notes()], [[], []]);
  });
});
