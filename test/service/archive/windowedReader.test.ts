import assert from 'node:assert/strict';
import { createCipheriv, createHash } from 'node:crypto';
import type { ArchiveSource } from '../../../src/service/archive/archive';
import { createWindowedReader } from '../../../src/service/archive/windowedReader';
import { createRandom } from '../../support/random';
import { memorySource } from './support/memorySource';

const size = 5_000_000;
const content = createCipheriv('aes-256-ctr', Buffer.alloc(32), Buffer.alloc(16)).update(Buffer.alloc(size));
const sha256 = createHash('sha256').update(content).digest('hex');

/** A source that counts what is fetched from it. */
function counted(): { readonly source: ArchiveSource; readonly fetched: () => { readonly times: number; readonly bytes: number } } {
  const plain = memorySource(content);
  let times = 0;
  let all = 0;
  const source: ArchiveSource = { ...plain, async read(position, length) {
    const read = await plain.read(position, length);
    times++;
    all += read.length;
    return read;
  } };
  return { source, fetched: () => ({ times, bytes: all }) };
}

describe('reading an archive here and there', () => {
  it('gives the bytes of every place and the hash of all, in whatever order it is read', async () => {
    const random = createRandom(5);
    for (let round = 0; round < 20; round++) {
      const reader = createWindowedReader(memorySource(content), undefined);
      let position = 0;
      for (let step = 0; step < 60; step++) {
        if (step === 3) reader.startHash();
        position = random(3) < 1 ? Math.floor(random(size)) : Math.max(0, position + Math.floor(random(600_000)) - 100_000) % size;
        const length = Math.floor(random(random(2) < 1 ? 40 : 700_000));
        assert.ok(content.subarray(position, position + length).equals(await reader.read(position, length)), `${length} bytes at ${position}`);
      }
      assert.equal(await reader.finishHash(), sha256);
    }
  });

  it('fetches everything once where the end of each entry is looked at before its content', async () => {
    const { source, fetched } = counted();
    const reader = createWindowedReader(source, undefined);
    reader.startHash();
    const entry = 25_000;
    for (let start = 0; start + entry < size; start += entry) {
      for (const [position, length] of [[start, 30], [start + entry - 16, 16], [start, 30], [start + 30, entry - 46], [start + entry - 16, 16]] as const) await reader.read(position, length);
    }
    assert.equal(await reader.finishHash(), sha256);
    assert.ok(fetched().bytes < size * 1.05 && fetched().times < 20, JSON.stringify(fetched()));
  });

  it('fetches little for each place of an archive that is out of order on purpose', async () => {
    const { source, fetched } = counted();
    const reader = createWindowedReader(source, undefined);
    const places = 2000;
    for (let i = 0; i < places; i++) await reader.read((i * 400_000) % (size - 30), 30);
    assert.ok(fetched().bytes < 5 * size + places * 33_000, JSON.stringify(fetched()));
  });
});
