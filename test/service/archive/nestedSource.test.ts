import assert from 'node:assert/strict';
import { nestedSource } from '../../../src/service/archive/nestedSource';
import { readArchive } from '../../../src/service/archive/readArchive';
import { isProductError } from '../../../src/core/errors';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { buildZip } from './support/buildZip';
import { memorySource } from './support/memorySource';

const kept = 64 * 1024;
/** More than is kept of what came by and than a reader fetches ahead. */
const beyondKept = 700 * 1024;

/** A zip of large files, packed once more inside another zip. */
function nestedZip(files: number, reverse = false) {
  const entries = Array.from({ length: files }, (_, n) => ({ name: `ip/data${n}.bin`, content: Buffer.alloc(beyondKept, n + 1), method: 0, descriptor: 'marked' as const }));
  const inner = buildZip(entries, { reverse }).bytes;
  const outer = memorySource(buildZip([{ name: 'inner.zip', content: inner, method: 8 }]).bytes, 'outer.zip');
  return { inner, source: nestedSource(outer, 'zip', { path: 'inner.zip', size: inner.length }, kept) };
}

describe('an archive that is packed inside another', () => {
  it('is read though the end of each of many large files is looked at before the file', async () => {
    const { source } = nestedZip(14);
    const { files } = await readArchive(source, defaultArchiveLimits, {}, new AbortController().signal);
    assert.equal(files.length, 14);
    assert.ok(files.every(({ size }) => size === beyondKept));
  });

  it('gives the bytes of any place', async () => {
    const { inner, source } = nestedZip(3);
    for (const position of [0, 2 * beyondKept, 100, beyondKept + 7, inner.length - 40]) {
      const bytes = await source.read(position, 64);
      assert.deepEqual(Buffer.from(bytes), inner.subarray(position, position + 64));
    }
  });

  it('is refused when its files lie in another order than its directory, and there are many', async () => {
    const { source } = nestedZip(30, true);
    await assert.rejects(readArchive(source, defaultArchiveLimits, {}, new AbortController().signal), (error) => isProductError(error, 'archive/nested-out-of-order'));
  });
});
