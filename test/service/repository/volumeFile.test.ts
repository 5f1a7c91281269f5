import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { createVolumeBuilder, defaultVolumeSizes, isOwnVolume, openVolume } from '../../../src/service/repository/sqljs/volumeFile';
import { projectRoot } from '../../support/projectRoot';

/** Bytes without a pattern. */
function noise(size: number, seed: number): Buffer {
  return createCipheriv('aes-256-ctr', Buffer.alloc(32, seed), Buffer.alloc(16)).update(Buffer.alloc(size));
}

describe('a full volume', () => {
  let sql: Awaited<ReturnType<typeof initSqlJs>>;
  before(async () => {
    sql = await initSqlJs({ wasmBinary: new Uint8Array(readFileSync(join(projectRoot, 'node_modules/sql.js/dist/sql-wasm.wasm'))).buffer });
  });

  const cuts = [
    { title: 'the product’s own sizes', sizes: defaultVolumeSizes },
    { title: 'pieces that fit their page', sizes: { volume: 64_000, piece: 1000 } },
    { title: 'pieces a little longer than their page', sizes: { volume: 330_000, piece: 33_000 } },
    { title: 'hundreds of pages', sizes: { volume: 4_000_000, piece: 16_000 } },
  ];
  for (const { title, sizes } of cuts) {
    it(`is read back by SQLite as it was given, whole and sound (${title})`, () => {
      const builder = createVolumeBuilder(sql, sizes);
      const first = builder.full(noise(sizes.volume, 1));
      const bytes = noise(sizes.volume, 2);
      const file = builder.full(bytes, first);
      assert.equal(file, first, 'the memory of the first one is used again');
      assert.ok(isOwnVolume(sql, file));
      const database = new sql.Database(file);
      assert.deepEqual(database.exec('PRAGMA integrity_check')[0]?.values, [['ok']]);
      database.close();
      const volume = openVolume(sql, file);
      assert.ok(Buffer.concat([...volume.bytes(0, sizes.volume)]).equals(bytes));
      for (const [start, end] of [[0, 1], [sizes.piece - 1, sizes.piece + 1], [sizes.piece + 7, sizes.volume - 3], [sizes.volume - 1, sizes.volume]] as const) {
        assert.ok(Buffer.concat([...volume.bytes(start, end)]).equals(bytes.subarray(start, end)), `${start} to ${end}`);
      }
      assert.throws(() => [...volume.bytes(sizes.volume - 1, sizes.volume + 1)], /ends before the content does/);
      volume.close();
    });
  }

  it('gives the same as SQLite of what follows the last full one, whatever its length', () => {
    const sizes = { volume: 330_000, piece: 33_000 };
    const files = [{ path: 'ip/install.sh', type: 'file', size: 3, mode: 0o755 }] as const;
    for (const length of [0, 1, 32_900, 33_000, 33_001, 329_999]) {
      const bytes = noise(length, 3);
      const file = createVolumeBuilder(sql, sizes).index(bytes, files);
      const database = new sql.Database(file);
      const pieces = database.exec('SELECT bytes FROM piece ORDER BY position')[0]?.values ?? [];
      database.close();
      const volume = openVolume(sql, file);
      assert.ok(Buffer.concat([...volume.bytes(0, length)]).equals(Buffer.concat(pieces.map(([piece]) => piece as Uint8Array))), `${length} bytes`);
      assert.deepEqual(volume.files(), files);
      volume.close();
    }
  });

  it('is refused, and keeps nobody busy, when its pages lead back to themselves or out of the file', () => {
    const sizes = { volume: 4_000_000, piece: 16_000 };
    const page = 32_768;
    // The root of the table of pieces: an inner page, whose last child is named at its byte 8.
    for (const [child, wrong] of [[2, /is there twice/], [9_999, /.*/]] as const) {
      const file = Buffer.from(createVolumeBuilder(sql, sizes).full(noise(sizes.volume, 4)));
      file.writeUInt32BE(child, page + 8);
      assert.throws(() => [...openVolume(sql, file).bytes(0, 10)], wrong);
    }
  });
});
