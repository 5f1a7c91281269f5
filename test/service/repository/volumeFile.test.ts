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
      volume.close();
    });
  }
});
