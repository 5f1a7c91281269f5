import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isProductError } from '../../../src/core/errors';
import { defaultArchiveLimits, type ArchiveReport } from '../../../src/service/archive/archive';
import { readArchive } from '../../../src/service/archive/readArchive';
import { buildZip } from './support/buildZip';
import { pax, tarEntry, tarGz } from './support/buildTar';
import { refusalOf } from './support/expectRefusal';
import { memorySource } from './support/memorySource';

/** Content that does not shrink to nothing, the same each time. */
function noise(size: number, seed: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0, state = seed; i < size; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    bytes[i] = state >> 16;
  }
  return bytes;
}

const archives: readonly { readonly format: string; readonly bytes: Buffer }[] = [
  {
    format: 'tar.gz',
    bytes: tarGz(
      pax([['path', 'ip/a']]),
      tarEntry({ name: 'ip/x', content: noise(3000, 1) }),
      tarEntry({ name: 'ip/link', kind: '2', linkName: 'a' }),
      tarEntry({ name: 'ip/b', content: noise(200, 2) }),
    ),
  },
  {
    format: 'zip',
    bytes: buildZip([
      { name: 'ip/a', content: noise(3000, 1) },
      { name: 'ip/link', content: 'a', unixMode: 0o120777 },
      { name: 'ip/b', content: noise(200, 2), descriptor: 'marked' },
    ]).bytes,
  },
];

const read = (bytes: Buffer) => readArchive(memorySource(bytes), defaultArchiveLimits, {});
/** Names, kinds and contents: what damage must never change unseen. Modes and times have no checksum in a zip. */
const essence = (report: ArchiveReport) => report.files.map(({ path, type, size, target, sha256 }) => ({ path, type, size, target, sha256 }));

for (const { format, bytes } of archives) {
  describe(`a damaged ${format}`, () => {
    it('cut at every twentieth of its length is refused', async () => {
      for (let part = 1; part < 20; part++) {
        const error = await refusalOf(bytes.subarray(0, Math.floor((bytes.length * part) / 20)));
        assert.match(error.code, /^archive\/(truncated|damaged)$/, `${part * 5} %`);
      }
    });

    it('cut by one byte is refused', async () => {
      assert.match((await refusalOf(bytes.subarray(0, -1))).code, /^archive\//);
    });

    it('with any bit changed is refused, or reads the same', async () => {
      const expected = essence(await read(bytes));
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), async (bit) => {
          const changed = Buffer.from(bytes);
          changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
          let report: ArchiveReport;
          try {
            report = await read(changed);
          } catch (error) {
            assert.ok(isProductError(error) && error.code.startsWith('archive/'), String(error));
            return;
          }
          assert.deepEqual(essence(report), expected);
        }),
        { numRuns: 400, seed: 7 },
      );
    });

    it('with any piece overwritten, left out or repeated is refused, or reads the same', async () => {
      const expected = essence(await read(bytes));
      const place = fc.integer({ min: 0, max: bytes.length - 1 });
      await fc.assert(
        fc.asyncProperty(place, place, fc.constantFrom('zeros', 'left out', 'repeated'), async (a, b, kind) => {
          const [start, end] = a < b ? [a, b] : [b, a + 1];
          const middle = kind === 'zeros' ? Buffer.alloc(end - start) : kind === 'left out' ? Buffer.alloc(0) : Buffer.concat([bytes.subarray(start, end), bytes.subarray(start, end)]);
          try {
            assert.deepEqual(essence(await read(Buffer.concat([bytes.subarray(0, start), middle, bytes.subarray(end)]))), expected);
          } catch (error) {
            assert.ok(isProductError(error) && error.code.startsWith('archive/'), String(error));
          }
        }),
        { numRuns: 300, seed: 7 },
      );
    });
  });
}
