import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProductError } from '../../../src/core/errors';
import { environmentTenant } from '../../../src/core/packages/model';
import { createDurableFiles, errorCode } from '../../../src/service/repository/sqljs/durableFiles';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { importSample, readAll, sampleBytes } from './samples';
import { openTestRepository } from './sqljs';

const onWindows = process.platform === 'win32';
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

describe('durable files', () => {
  const folder = useTemporaryFolder();
  const files = createDurableFiles();
  const withCode = (code: string) => (error: unknown) => errorCode(error) === code;

  it('are made new, for their user alone, and only grow', async () => {
    const inner = join(folder(), 'a', 'b');
    await files.makeFolder(inner);
    await files.makeFolder(inner);
    const file = join(inner, 'log');
    const first = await files.create(file);
    await first.append(Buffer.from('one '));
    await first.append(new Uint8Array(0));
    await first.sync();
    await first.close();
    await assert.rejects(files.create(file), withCode('EEXIST'));
    const second = await files.extend(file);
    await second.append(Buffer.from('two'));
    await second.close();
    await files.syncFolder(inner);
    assert.equal(readFileSync(file, 'utf8'), 'one two');
    assert.equal(await files.size(file), 7);
    if (!onWindows) assert.deepEqual([statSync(file).mode & 0o777, statSync(inner).mode & 0o777], [0o600, 0o700]);
  });

  it('are read in part, cut, renamed and removed', async () => {
    const [from, to] = [join(folder(), 'from'), join(folder(), 'to')];
    writeFileSync(from, '0123456789');
    writeFileSync(to, 'old');
    assert.equal(String(await files.read(from, 2, 5)), '234');
    assert.equal(String(await files.read(from, 8, 50)), '89');
    await files.truncate(from, 4);
    await files.rename(from, to);
    assert.deepEqual(await files.list(folder()), ['to']);
    assert.equal(String(await files.read(to)), '0123');
    await files.remove(to);
    await files.remove(to);
    assert.equal(await files.size(to), undefined);
    assert.ok(await files.freeBytes(folder()) > 0);
  });

  it('are not made by looking for them', async () => {
    const missing = join(folder(), 'missing');
    assert.deepEqual(await files.list(missing), []);
    await assert.rejects(files.extend(missing), withCode('ENOENT'));
    await assert.rejects(files.read(missing), withCode('ENOENT'));
    assert.equal(await files.size(missing), undefined);
  });
});

describe('a disk that is really full', function () {
  this.timeout(30_000);
  let disk: string | undefined;
  // Before the folder's own hook, which removes it: hooks run in the order they were made.
  afterEach(() => {
    if (disk !== undefined) execFileSync('umount', ['--lazy', disk]);
    disk = undefined;
  });
  const folder = useTemporaryFolder();

  before(function () {
    if (!canMount) this.skip();
  });
  it('refuses changes without losing an acknowledged one, and takes them again once there is space', async () => {
    const small = join(folder(), 'disk');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', small]);
    disk = small;
    const ballast = join(disk, 'ballast');
    const where = join(disk, 'repository');
    const rules = { idle: 1e9, worthwhile: 1e9, most: 1e9 };
    let repository = await openTestRepository(where, { foldRules: rules });
    const bytes = sampleBytes(500_000, 'before');
    const summary = await importSample(repository, bytes);
    writeFileSync(ballast, Buffer.alloc(22_000_000));
    await assert.rejects(importSample(repository, sampleBytes(10, 'no room'), { version: '2' }), (error) => isProductError(error, 'repository/no-room'));

    const acknowledged: string[] = [];
    const refused: string[] = [];
    for (let round = 0; round < 12; round++) {
      await Promise.all(Array.from({ length: 5 }, async (_, i) => {
        const name = `tenant ${round} ${i} ${'x'.repeat(15_000)}`;
        try {
          await repository.addTenant(name, environmentTenant.id);
          acknowledged.push(name);
        } catch (error) {
          if (!isProductError(error, 'repository/disk-full')) throw error;
          refused.push(name);
        }
      }));
    }
    assert.ok(acknowledged.length > 0 && refused.length > 0, `${acknowledged.length} acknowledged, ${refused.length} refused`);
    const names = async () => (await repository.listTenants()).map(({ name }) => name).filter((name) => name !== environmentTenant.name).sort();
    assert.deepEqual(await names(), [...acknowledged].sort());

    // As after a kill: what is on the full disk is all there is.
    repository = await openTestRepository(where, { foldRules: rules });
    assert.deepEqual(await names(), [...acknowledged].sort());
    assert.deepEqual(await readAll(repository, summary.sha256), bytes);
    rmSync(ballast);
    await repository.addTenant('afterwards', environmentTenant.id);
    await repository.close();
    repository = await openTestRepository(where, { foldRules: rules });
    assert.deepEqual(await names(), [...acknowledged, 'afterwards'].sort());
    await repository.close();
  });
});
