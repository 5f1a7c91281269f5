import * as assert from 'node:assert/strict';
import initSqlJs from 'sql.js';
import { environmentTenant } from '../../../src/core/packages/model';
import { mask } from '../../../src/core/text/mask';
import { createCatalogue, type ExecutedStatement } from '../../../src/service/repository/sqljs/catalogue';
import { decodeImage, encodeImage, fileFormat, logStart } from '../../../src/service/repository/sqljs/image';
import { encodePayload } from '../../../src/service/repository/sqljs/logRecords';
import { start } from '../../../src/service/repository/sqljs/migrations/0001-start';
import { migrate, newestSchema } from '../../../src/service/repository/sqljs/migrations/migrations';
import { chainStart, encodeRecord } from '../../../src/service/repository/sqljs/recordFormat';
import { until } from '../../support/until';
import { refuses } from './contract/session';
import { FakeDisk } from './fakeDisk';
import { importSample, readAll, sampleBytes, sampleHost, storeContent } from './samples';
import { createTestLog, openTestRepository, smallVolumes } from './sqljs';

const folder = '/repository';
const never = { idle: 1e9, worthwhile: 1e9, most: 1e9 };

/** The names of the files in the catalogue's folder with that ending, ascending. */
function files(disk: FakeDisk, ending: string): string[] {
  return [...disk.contents().keys()].filter((file) => file.endsWith(ending)).map((file) => file.split('/').at(-1)!).sort();
}

describe('the embedded repository', () => {
  let disk: FakeDisk;

  beforeEach(() => {
    disk = new FakeDisk();
  });

  it('stores all changes of one moment with one write and one fdatasync', async () => {
    const repository = await openTestRepository(folder, { files: disk.files, foldRules: never });
    await repository.addHost(sampleHost('first'));
    const before = disk.done.length;
    await Promise.all(Array.from({ length: 30 }, (_, i) => repository.addHost(sampleHost(`host-${i}`))));
    const [log] = files(disk, '.log');
    assert.deepEqual(disk.done.slice(before), [`append ${log}`, `sync ${log}`]);
    await repository.close();
  });

  it('never rewrites the image for a change, and folds the log when it closes', async () => {
    const repository = await openTestRepository(folder, { files: disk.files, foldRules: never });
    const before = disk.done.length;
    for (let i = 0; i < 20; i++) await repository.addHost(sampleHost(`host-${i}`));
    assert.ok(disk.done.slice(before).every((operation) => operation.endsWith('.log') || operation === 'syncFolder catalogue'));
    await repository.close();
    assert.equal(files(disk, '.image').length, 2);
  });

  it('writes nothing when it is opened and closed without a change', async () => {
    await (await openTestRepository(folder, { files: disk.files })).close();
    const before = files(disk, '').join();
    const operations = disk.done.length;
    await (await openTestRepository(folder, { files: disk.files })).close();
    assert.deepEqual(disk.done.slice(operations).filter((operation) => !operation.startsWith('makeFolder')), []);
    assert.equal(files(disk, '').join(), before);
  });

  it('folds in idle time once that is worth it', async () => {
    const repository = await openTestRepository(folder, { files: disk.files, foldRules: { idle: 1, worthwhile: 30_000, most: 1e9 } });
    await repository.addHost(sampleHost('alpha', { stagingFolder: 'x'.repeat(10_000) }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(files(disk, '.image').length, 1);
    await repository.addHost(sampleHost('beta', { stagingFolder: 'x'.repeat(40_000) }));
    await until(() => files(disk, '.image').length === 2, 'a new image');
    await repository.close();
    assert.equal(files(disk, '.image').length, 2);
  });

  it('keeps the last three images with the logs to roll forward from each', async () => {
    for (let round = 0; round < 6; round++) {
      const repository = await openTestRepository(folder, { files: disk.files });
      await repository.addHost(sampleHost(`host-${round}`));
      await repository.close();
    }
    const images = files(disk, '.image');
    assert.equal(images.length, 3);
    assert.ok(files(disk, '.log').every((log) => log > images[0]!));
    const contents = disk.contents();
    for (const newer of images.slice(1)) contents.set(`${folder}/catalogue/${newer}`, Buffer.from('damaged'));
    const oldest = await openTestRepository(folder, { files: FakeDisk.holding(contents).files });
    assert.equal((await oldest.listHosts()).length, 6);
    assert.equal(oldest.readOnly?.args['n'], 0);
  });

  it('folds a long log at once, without stopping writers', async () => {
    const repository = await openTestRepository(folder, { files: disk.files, foldRules: { idle: 1e9, worthwhile: 1e9, most: 20_000 } });
    await Promise.all(Array.from({ length: 10 }, async (_, client) => {
      for (let i = 0; i < 20; i++) await repository.addHost(sampleHost(`host-${client}-${i}`));
    }));
    assert.ok(files(disk, '.image').length > 1);
    const next = await openTestRepository(folder, { files: disk.afterPowerLoss().files });
    assert.equal((await next.listHosts()).length, 200);
  });

  it('keeps going on its log when a fold fails, and says so in its log', async () => {
    const log = createTestLog();
    const repository = await openTestRepository(folder, { files: disk.files, log, foldRules: never });
    await repository.addHost(sampleHost('alpha'));
    disk.fault = (operation, path) => (operation === 'rename' && path.endsWith('.image') ? 'EIO' : undefined);
    await repository.close();
    assert.deepEqual(files(disk, '.new'), []);
    assert.ok(log.lines.some((line) => line.startsWith('warn repository: the log could not be folded')));
    disk.fault = () => undefined;
    const next = await openTestRepository(folder, { files: disk.afterKill().files });
    assert.equal((await next.listHosts()).length, 1);
  });

  it('gives the space of a deleted package back once no kept image refers to it', async () => {
    const repository = await openTestRepository(folder, { files: disk.files, foldRules: { idle: 1, worthwhile: 1e9, most: 1e9 } });
    const kept = await importSample(repository, sampleBytes(100_000, 'kept'), { version: '1' });
    const deleted = await importSample(repository, sampleBytes(200_000, 'deleted'), { version: '2' });
    assert.equal(files(disk, '.volume').length, 6);
    await repository.deletePackage(deleted.id, environmentTenant.id);
    await until(() => files(disk, '.volume').length === 2, 'the volumes to be collected');
    assert.equal(files(disk, '.image').length, 3);
    assert.deepEqual(await readAll(repository, kept.sha256), sampleBytes(100_000, 'kept'));
    await repository.close();
  });

  it('keeps the content of a deleted package readable in the images that still know it', async () => {
    const repository = await openTestRepository(folder, { files: disk.files, foldRules: never });
    const bytes = sampleBytes(100_000, 'deleted');
    const { id, sha256 } = await importSample(repository, bytes);
    await repository.close();
    const next = await openTestRepository(folder, { files: disk.files, foldRules: never });
    await next.deletePackage(id, environmentTenant.id);
    const contents = disk.contents();
    const log = `${folder}/catalogue/${files(disk, '.log').at(-1)!}`;
    contents.get(log)![200]! ^= 1;
    const older = await openTestRepository(folder, { files: FakeDisk.holding(contents).files });
    assert.equal(older.readOnly?.code, 'repository/damaged');
    assert.deepEqual(await readAll(older, sha256), bytes);
  });

  it('keeps the volumes of a deleted package as long as one of the three images refers to them, also across services', async () => {
    const reopen = () => openTestRepository(folder, { files: disk.files, foldRules: never });
    let repository = await reopen();
    const { id } = await importSample(repository, sampleBytes(100_000, 'deleted'));
    await repository.close();
    repository = await reopen();
    await repository.deletePackage(id, environmentTenant.id);
    for (let round = 1; round <= 3; round++) {
      await repository.addHost(sampleHost(`host-${round}`));
      assert.equal(files(disk, '.volume').length, 2, `${round} images later`);
      await repository.close();
      if (round < 3) repository = await reopen();
    }
    assert.deepEqual(files(disk, '.volume'), []);
  });

  it('lets a reader that has begun read to the end although the package is deleted meanwhile', async () => {
    // In one volume, and more of it than is handed over at once.
    const repository = await openTestRepository(folder, { files: disk.files, foldRules: { idle: 1, worthwhile: 1e9, most: 1e9 }, volumeSizes: { volume: 1024 * 1024, piece: 16 * 1024 } });
    const bytes = sampleBytes(600_000, 'read meanwhile');
    const { id, sha256 } = await importSample(repository, bytes);
    const pieces: Uint8Array[] = [];
    for await (const piece of repository.readContent(sha256)) {
      if (pieces.length === 0) {
        await repository.deletePackage(id, environmentTenant.id);
        await until(() => disk.done.filter((operation) => /^rename .*image$/.test(operation)).length >= 4, 'three more images');
      }
      pieces.push(piece);
    }
    assert.ok(pieces.length > 1);
    assert.ok(Buffer.concat(pieces).equals(bytes));
    await repository.close();
  });

  it('reads each volume of a content once for whoever takes it all, and gives the same bytes to several at their own pace', async () => {
    const read: string[] = [];
    // As the real disk: into the memory it is given, where that is large enough.
    const counting: typeof disk.files = {
      ...disk.files,
      async read(file, start, end, memory) {
        read.push(file);
        const bytes = await disk.files.read(file, start, end);
        if (memory === undefined || memory.length < bytes.length) return bytes;
        bytes.copy(memory);
        return memory.subarray(0, bytes.length);
      },
    };
    const repository = await openTestRepository(folder, { files: counting });
    const bytes = sampleBytes(20 * smallVolumes.volume + 1000, 'once');
    const { sha256 } = await importSample(repository, bytes);
    read.length = 0;
    assert.ok((await readAll(repository, sha256)).equals(bytes));
    const volumes = read.filter((file) => file.endsWith('.volume'));
    assert.deepEqual([volumes.length, new Set(volumes).size], [21, 21]);

    // One begins when the other is half through, then they take turns.
    const [ahead, behind] = [repository.readContent(sha256)[Symbol.asyncIterator](), repository.readContent(sha256)[Symbol.asyncIterator]()];
    const taken: [Uint8Array[], Uint8Array[]] = [[], []];
    const take = async (from: AsyncIterator<Uint8Array>, into: Uint8Array[]): Promise<boolean> => {
      const item = await from.next();
      if (item.done === true) return false;
      into.push(item.value);
      return true;
    };
    for (let i = 0; i < 10; i++) await take(ahead, taken[0]);
    let [more, others] = [true, true];
    while (more || others) {
      if (more) more = await take(ahead, taken[0]);
      if (others) others = await take(behind, taken[1]);
    }
    for (const pieces of taken) assert.ok(Buffer.concat(pieces).equals(bytes));
    await repository.close();
  });

  it('lets go of everything when the last bytes of a content cannot be stored', async () => {
    const repository = await openTestRepository(folder, { files: disk.files });
    const writer = await repository.writeContent(100_000);
    await writer.write(sampleBytes(100_000, 'full'));
    disk.fault = (operation) => (operation === 'syncFolder' ? 'ENOSPC' : undefined);
    await refuses('repository/disk-full', writer.finish([]));
    assert.deepEqual(files(disk, '.volume'), []);
    disk.fault = () => undefined;
    await repository.close();
  });

  it('shares equal volumes of different contents', async () => {
    const repository = await openTestRepository(folder, { files: disk.files });
    const start = sampleBytes(128 * 1024, 'common start');
    const first = await importSample(repository, Buffer.concat([start, Buffer.from('one')]), { version: '1' });
    const second = await importSample(repository, Buffer.concat([start, Buffer.from('two')]), { version: '2' });
    assert.equal(files(disk, '.volume').length, 2 + 2);
    await repository.deletePackage(first.id, environmentTenant.id);
    assert.deepEqual(await readAll(repository, second.sha256), Buffer.concat([start, Buffer.from('two')]));
    await repository.close();
  });

  it('removes at its start what a dead service left of an import', async () => {
    const repository = await openTestRepository(folder, { files: disk.files });
    const { sha256 } = await storeContent(repository, sampleBytes(200_000, 'unfinished'));
    const after = disk.afterKill();
    const next = await openTestRepository(folder, { files: after.files });
    assert.deepEqual(files(after, '.volume'), []);
    await refuses('general/not-found', readAll(next, sha256));
    await next.close();
  });

  it('refuses an import for which there is no room before it writes anything', async () => {
    const repository = await openTestRepository(folder, { files: disk.files });
    disk.freeBytes = 100e6;
    await refuses('repository/no-room', repository.writeContent(90e6));
    await (await repository.writeContent(50e6)).abort();
    await repository.close();
  });

  it('replays a log of an older schema before it migrates, and folds the result first of all', async () => {
    const sql = await initSqlJs();
    const empty = new sql.Database();
    empty.run('CREATE TABLE older (name TEXT)');
    const at = '2023-01-01T00:00:00.000Z';
    const image = Buffer.concat(encodeImage(empty.export(), { format: fileFormat, schema: 0, after: logStart, at }));
    const header = encodeRecord(chainStart, encodePayload({ format: fileFormat, schema: 0, after: logStart }));
    const change = encodeRecord(header.digest, encodePayload({ change: 1, at, statements: [['INSERT INTO older (name) VALUES (?)', 'kept']] }));
    disk = FakeDisk.holding(new Map([
      [`${folder}/catalogue/00000001.image`, image], [`${folder}/catalogue/00000002.log`, Buffer.concat([header.bytes, change.bytes])],
    ]));
    const repository = await openTestRepository(folder, { files: disk.files });
    assert.deepEqual(await repository.listTenants(), [environmentTenant]);
    const { label, database } = decodeImage(disk.contents().get(`${folder}/catalogue/${files(disk, '.image').at(-1)!}`)!);
    assert.deepEqual({ schema: label?.schema, change: label?.after.change }, { schema: newestSchema, change: 1 });
    assert.deepEqual(new sql.Database(database).exec('SELECT name FROM older')[0]?.values, [['kept']]);
    await repository.addHost(sampleHost('alpha'));
    const next = await openTestRepository(folder, { files: disk.afterKill().files });
    assert.equal((await next.listHosts()).length, 1);
  });

  it('replays what the first version wrote, and gives its applications and packages what they did not have', async () => {
    const sql = await initSqlJs();
    const first = new sql.Database();
    for (const statement of start) first.run(statement);
    const at = '2023-01-01T00:00:00.000Z';
    const image = Buffer.concat(encodeImage(first.export(), { format: fileFormat, schema: 1, after: logStart, at }));
    const header = encodeRecord(chainStart, encodePayload({ format: fileFormat, schema: 1, after: logStart }));
    const statements: ExecutedStatement[] = [
      [`INSERT INTO hosts (id, name, name_key, address, address_key, port, user_name, authentication, staging_folder, lock_folder)
        VALUES ('host-1', 'alpha', 'alpha', 'alpha', 'alpha', 22, 'genesys', '{"kind":"agent"}', '', '')`],
      [`INSERT INTO applications
          (id, name, tenant_id, host_id, type, version, working_directory, command_line, command_line_arguments, options, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
        'application-1', 'LCA_alpha', 'environment', 'host-1', 103, '8.5', '/opt/lca', './lca', '4999', '{}', 'enabled'],
      [`INSERT INTO imports (id, source, tenant_id, group_name, state, step, percent, started_at)
        VALUES ('import-1', '/media/it''s "old".zip', 'environment', '', 'failed', 'open', 0, '2023-01-01T00:00:00.000Z')`],
      [`INSERT INTO deployments (id, profile, package_id, identity, tenant_id, inputs, started_by, started_at, is_open, state, percent)
        VALUES ('deployment-1', 'install', 'package-1', '{}', 'environment', '{}', 'olga@desk', ?, 0, 'complete', 100)`, at],
      [`INSERT INTO deployed_packages (id, host_id, host_name, application_id, application_name, tenant_id, package_id, identity, status, install_path, deployment_id, at)
        VALUES ('deployed-1', 'host-1', 'alpha', 'application-1', 'LCA_alpha', 'environment', 'package-1', '{"name":"LCA","version":"8.5"}', 'complete', '/opt/lca', 'deployment-1', ?)`, at],
    ];
    const change = encodeRecord(header.digest, encodePayload({ change: 1, at, statements }));
    disk = FakeDisk.holding(new Map([
      [`${folder}/catalogue/00000001.image`, image], [`${folder}/catalogue/00000002.log`, Buffer.concat([header.bytes, change.bytes])],
    ]));
    const repository = await openTestRepository(folder, { files: disk.files });
    const [application] = await repository.listApplications();
    assert.deepEqual(
      [application?.name, application?.tenantObject, application?.port, application?.primaryServer, application?.backupServer],
      ['LCA_alpha', '', '', '', ''],
    );
    assert.deepEqual((await repository.listImports()).map(({ source }) => source), [{ method: 'archive', path: `/media/it's "old".zip` }]);
    assert.deepEqual([application?.settings, application?.annex, application?.connections, application?.ports, application?.permissions], [{}, {}, {}, {}, {}]);
    // What is installed is the beginning of its history: an upgrade finds who installed it, and what.
    const [deployed] = await repository.listDeployedPackages();
    assert.deepEqual([deployed?.profile, deployed?.by], ['install', 'olga@desk']);
    const history = await repository.listInstallations('application-1');
    assert.deepEqual(history.map((one) => [one.package.version, one.deploymentId, one.by, one.installPath, one.replaced]), [['8.5', 'deployment-1', 'olga@desk', '/opt/lca', []]]);
    await repository.saveApplication({ ...application!, port: '4999' });
    const next = await openTestRepository(folder, { files: disk.afterKill().files });
    assert.equal((await next.findApplication('LCA_alpha', 'host-1'))?.port, '4999');
  });

  it('leaves no secret that an earlier version kept: not in a row, not in a free page, not in an older image or log', async () => {
    const sql = await initSqlJs();
    const earlier = createCatalogue(sql);
    earlier.transact((writer) => migrate(writer, 0, 13));
    const at = '2023-01-01T00:00:00.000Z';
    const options = (secret: string) => JSON.stringify({ db: { password: secret, user: 'gax' } });
    const statements: ExecutedStatement[] = [
      [`INSERT INTO hosts (id, name, name_key, address, address_key, port, user_name, authentication, staging_folder, lock_folder)
        VALUES ('host-1', 'alpha', 'alpha', 'alpha', 'alpha', 22, 'genesys', '{"kind":"agent"}', '', '')`],
      [`INSERT INTO applications (id, name, tenant_id, host_id, type, version, working_directory, command_line, command_line_arguments, options, annex, state)
        VALUES ('application-1', 'GAX', 'environment', 'host-1', 107, '9', '', '', '', ?, ?, 'enabled')`, options('Kept-1-secret'), options('Kept-2-secret')],
      [`INSERT INTO installations (id, host_id, host_name, application_id, application_name, tenant_id, package_id, identity, profile, deployed_by, install_path, deployment_id, replaced, sequence, at)
        VALUES ('i-1', 'host-1', 'alpha', 'application-1', 'GAX', 'environment', 'package-1', '{"name":"GAX","version":"9"}', 'install', '', '', 'd-1', ?, 1, ?)`,
      JSON.stringify([{ part: 'options', section: 'db', key: 'password', before: 'Kept-3-secret', after: '' }, { part: 'options', section: 'db', key: 'user', before: 'a', after: 'b' }]), at],
      // A row that was changed before leaves its old text behind in the page.
      ["UPDATE applications SET command_line = ? WHERE id = 'application-1'", './gax'.repeat(2000)],
    ];
    earlier.replay(statements.slice(0, 2));
    const image = Buffer.concat(encodeImage(earlier.export(), { format: fileFormat, schema: 13, after: logStart, at }));
    const header = encodeRecord(chainStart, encodePayload({ format: fileFormat, schema: 13, after: logStart }));
    const change = encodeRecord(header.digest, encodePayload({ change: 1, at, statements: statements.slice(2) }));
    disk = FakeDisk.holding(new Map([
      [`${folder}/catalogue/00000001.image`, image], [`${folder}/catalogue/00000002.log`, Buffer.concat([header.bytes, change.bytes])],
    ]));
    const holding = () => [...disk.contents()].filter(([, bytes]) => /Kept-\d-secret/.test(Buffer.from(bytes).toString('latin1'))).map(([name]) => name);
    assert.equal(holding().length, 2, 'the files of the earlier version hold what is to go');

    const repository = await openTestRepository(folder, { files: disk.files });
    assert.deepEqual(holding(), []);
    const [application] = await repository.listApplications();
    assert.deepEqual([application?.options, application?.annex], [{ db: { password: mask, user: 'gax' } }, { db: { password: mask, user: 'gax' } }]);
    assert.deepEqual((await repository.listInstallations('application-1'))[0]?.replaced.map(({ key, before, after }) => [key, before, after]), [['password', mask, ''], ['user', 'a', 'b']]);
    await repository.saveApplication({ ...application!, options: { db: { password: 'Kept-4-secret' } } });
    await repository.close();
    assert.deepEqual(holding(), []);
    assert.equal((await (await openTestRepository(folder, { files: disk.afterKill().files })).listApplications())[0]?.options['db']?.['password'], mask);
  });

  it('replays to the very bytes that the service had in memory', async () => {
    const repository = await openTestRepository(folder, { files: disk.files, foldRules: never });
    await importSample(repository, sampleBytes(50_000, 'deterministic'), { description: 'zwölf „Boxkämpfer“ \u0000 😀' });
    for (let i = 0; i < 20; i++) await repository.addHost(sampleHost(`host-${i}`));
    const replayed = FakeDisk.holding(disk.contents());
    await repository.close();
    await (await openTestRepository(folder, { files: replayed.files, foldRules: never })).close();
    const newest = (from: FakeDisk) => decodeImage(from.contents().get(`${folder}/catalogue/${files(from, '.image').at(-1)!}`)!);
    assert.equal(newest(replayed).label?.after.change, 22);
    assert.ok(Buffer.from(newest(replayed).database!).equals(newest(disk).database!));
  });
});
