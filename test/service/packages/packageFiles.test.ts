import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { isProductError } from '../../../src/core/errors';
import type { PackageFile } from '../../../src/core/packages/model';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { createImportManager, type ImportManager } from '../../../src/service/importing/importManager';
import { createPackageFiles, type PackageFiles } from '../../../src/service/packages/packageFiles';
import type { Repository } from '../../../src/service/repository/repository';
import { samples } from '../../support/samplePackages/samples';
import { writeLargeSample, writeSample } from '../../support/samplePackages/writeSample';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { buildZip } from '../archive/support/buildZip';
import { createTestLog, openTestRepository } from '../repository/sqljs';
import { archiveImport } from '../../support/archiveImport';

const isMissing = (error: unknown): boolean => isProductError(error, 'general/not-found');

describe('files inside stored packages', () => {
  const folder = useTemporaryFolder();
  let repository: Repository;
  let imports: ImportManager;
  let files: PackageFiles;

  beforeEach(async () => {
    fs.mkdirSync(join(folder(), 'repository'));
    repository = await openTestRepository(join(folder(), 'repository'));
    imports = createImportManager({ repository, limits: defaultArchiveLimits, log: createTestLog() });
    files = createPackageFiles(repository);
  });
  afterEach(async () => {
    files.close();
    await imports.close();
    await repository.close();
  });

  async function importPackage(path: string): Promise<string> {
    const record = await imports.wait((await imports.start(archiveImport(path))).id);
    assert.equal(record.state, 'complete', JSON.stringify(record.error));
    return record.packageId ?? '';
  }

  async function readWhole(id: string, path: string, chunk: number): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for (let offset = 0, total = 1; offset < total;) {
      const part = await files.read(id, path, offset, chunk);
      total = part.total;
      offset += part.bytes.length;
      pieces.push(part.bytes);
      if (part.bytes.length === 0) break;
    }
    return Buffer.concat(pieces);
  }

  const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

  for (const name of ['mediaControl', 'lcaZip'] as const) {
    it(`each is read as it was packed, in stretches that fit nothing (${name})`, async () => {
      const id = await importPackage(await writeSample(samples[name], folder()));
      const index = (await repository.listPackageFiles(id)).filter(({ type }) => type === 'file');
      assert.ok(index.length > 5);
      for (const file of index) assert.equal(hashOf(await readWhole(id, file.path, 1237)), file.sha256, file.path);
    });
  }

  for (const format of ['tar.gz', 'zip'] as const) {
    it(`a long one is read on without being unpacked anew, and back from any place (${format})`, async function () {
      this.timeout(60_000);
      const id = await importPackage(await writeLargeSample(6_000_000, folder(), 1, format));
      const long = (await repository.listPackageFiles(id)).reduce((a, b) => (a.size > b.size ? a : b));
      let opened = 0;
      const counted: typeof repository = { ...repository, readContent: (...range) => {
        if ((range[1] ?? 0) === 0) opened += 1;
        return repository.readContent(...range);
      } };
      files.close();
      files = createPackageFiles(counted);
      const whole = await readWhole(id, long.path, 1_000_003);
      assert.equal(hashOf(whole), long.sha256);
      if (format === 'tar.gz') assert.equal(opened, 1);
      const back = await files.read(id, long.path, 2_000_000, 1000);
      assert.ok(Buffer.from(back.bytes).equals(whole.subarray(2_000_000, 2_001_000)));
      assert.equal(back.total, long.size);
      const [a, b] = await Promise.all([files.read(id, long.path, 3_000_000, 500), files.read(id, long.path, 100, 500)]);
      assert.ok(Buffer.from(a.bytes).equals(whole.subarray(3_000_000, 3_000_500)));
      assert.ok(Buffer.from(b.bytes).equals(whole.subarray(100, 600)));
      assert.equal((await files.read(id, long.path, long.size, 10)).bytes.length, 0);
    });
  }

  it('paths and packages that are not there are refused, as are folders and links out of the package', async () => {
    const id = await importPackage(await writeSample(samples.lca, folder()));
    for (const path of ['ip', 'ip/nothing', '../etc/passwd', '/etc/passwd', 'ip/../ip/ip_description.xml', 'ip\\ip_description.xml', '']) {
      await assert.rejects(files.read(id, path, 0, 10), isMissing, path);
    }
    await assert.rejects(files.read('package-of-nobody', 'ip/ip_description.xml', 0, 10), isMissing);
    await assert.rejects(files.compare(id, 'package-of-nobody'), isMissing);
    await repository.deletePackage(id, 'environment');
    await assert.rejects(files.read(id, 'ip/ip_description.xml', 0, 10), isMissing);
  });

  it('a file whose bytes are not those of the import is refused, not shown', async () => {
    const id = await importPackage(await writeSample(samples.lcaZip, folder()));
    const lying = createPackageFiles({
      ...repository,
      listPackageFiles: async (of) => (await repository.listPackageFiles(of)).map((file): PackageFile => ({ ...file, ...(file.type === 'file' && { sha256: '0'.repeat(64) }) })),
    });
    await assert.rejects(lying.read(id, 'ip/ip_description.xml', 0, 10), (error) => isProductError(error, 'repository/file-damaged'));
  });

  it('two versions are compared by their files', async () => {
    const first = await importPackage(await writeSample(samples.lca, folder()));
    const other = await importPackage(await writeSample(samples.lcaNewer, folder()));
    const { added, removed, changed, same } = await files.compare(first, other);
    assert.ok(changed.some(({ path }) => path === 'ip/ip_description.xml'));
    assert.ok(changed.some(({ path, otherPath }) => path.startsWith('templates/') && otherPath.startsWith('Templates/')));
    assert.ok(same > 0);
    const count = (await repository.listPackageFiles(other)).filter(({ type }) => type !== 'directory').length;
    assert.equal(added.length + changed.length + same, count);
    const back = await files.compare(other, first);
    assert.deepEqual(back.added, removed);
    assert.deepEqual(back.removed, added);
  });

  it('an archive that is not what its index says is refused', async () => {
    const id = await importPackage(await writeSample(samples.lcaZip, folder()));
    const { bytes } = buildZip([{ name: 'ip/other.txt', content: 'something else' }]);
    const swapped = createPackageFiles({
      ...repository,
      getPackage: async (of) => ({ ...await repository.getPackage(of), size: bytes.length }),
      readContent: async function* (_, start = 0, end = bytes.length) {
        yield await Promise.resolve(bytes.subarray(start, end));
      },
    });
    await assert.rejects(swapped.read(id, 'ip/ip_description.xml', 0, 10), (error) => isProductError(error, 'archive/damaged'));
  });
});
