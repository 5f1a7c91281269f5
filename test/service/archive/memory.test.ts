import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createDeflateRaw, createGzip, constants } from 'node:zlib';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { crc32 } from '../../../src/service/archive/crc32';
import { openFileSource } from '../../../src/service/archive/fileSource';
import { tarForDeployment } from '../../../src/service/archive/packageTar';
import { readArchive } from '../../../src/service/archive/readArchive';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { buildZip } from './support/buildZip';
import { endOfTar, tarEntry } from './support/buildTar';

const childRole = 'GAXPKG_TEST_MEASURED_ARCHIVE';
const megabyte = 1024 * 1024;
const size = 300 * megabyte;
/** Half zeros, half noise: neither packing nor unpacking is free. */
const piece = Buffer.concat([Buffer.alloc(megabyte - 4096), Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * i * 31) & 255))]);

/** Reads and converts the archive; prints by how many bytes the process grew. */
async function measure(path: string): Promise<void> {
  const source = await openFileSource(path);
  const before = process.memoryUsage.rss();
  const report = await readArchive(source, defaultArchiveLimits, {});
  if (report.format === 'xml') throw new Error('this is no archive');
  let streamed = 0;
  for await (const bytes of tarForDeployment(source, report.format, report.files, { gunzip: false }).stream()) streamed += bytes.length;
  await source.close();
  console.log(JSON.stringify({ unpacked: report.unpackedSize, streamed, grown: process.resourceUsage().maxRSS * 1024 - before }));
}

const measured = process.env[childRole];
if (measured !== undefined) {
  void measure(measured);
} else {
  describe('memory does not grow with the archive', () => {
    const folder = useTemporaryFolder();

    async function pack(stream: Duplex, write: (bytes: Buffer) => void, first: Buffer, last: Buffer): Promise<void> {
      stream.on('data', write);
      const put = async (bytes: Buffer) => {
        if (!stream.write(bytes)) await once(stream, 'drain');
      };
      await put(first);
      for (let done = 0; done < size; done += piece.length) await put(piece);
      stream.end(last);
      await once(stream, 'end');
    }

    function measureInChild(path: string): { unpacked: number; streamed: number; grown: number } {
      const output = execFileSync(process.execPath, [__filename], { env: { ...process.env, [childRole]: path }, encoding: 'utf8' });
      return JSON.parse(output) as ReturnType<typeof measureInChild>;
    }

    it('for a tar.gz of 300 MB', async function () {
      this.timeout(60_000);
      const path = join(folder(), 'large.tar.gz');
      const file = fs.openSync(path, 'w');
      await pack(createGzip({ level: constants.Z_BEST_SPEED }), (bytes) => void fs.writeSync(file, bytes), tarEntry({ name: 'large', size }), endOfTar);
      fs.closeSync(file);
      const { unpacked, streamed, grown } = measureInChild(path);
      assert.deepEqual([unpacked, streamed], [size, size + 1536]);
      assert.ok(grown < 120 * megabyte, `grew by ${grown} bytes`);
    });

    it('for a zip of 300 MB', async function () {
      this.timeout(60_000);
      const parts: Buffer[] = [];
      await pack(createDeflateRaw({ level: constants.Z_BEST_SPEED }), (bytes) => void parts.push(bytes), Buffer.alloc(0), Buffer.alloc(0));
      let crc = 0;
      for (let done = 0; done < size; done += piece.length) crc = crc32(piece, crc);
      const path = join(folder(), 'large.zip');
      fs.writeFileSync(path, buildZip([{ name: 'large', packed: Buffer.concat(parts), size, crc }]).bytes);
      const { unpacked, streamed, grown } = measureInChild(path);
      assert.deepEqual([unpacked, streamed], [size, size + 1536]);
      assert.ok(grown < 120 * megabyte, `grew by ${grown} bytes`);
    });
  });
}
