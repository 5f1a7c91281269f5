import { createCipheriv } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { archiveBaseName } from './description';
import { linuxPackageEntries, payloadEntries } from './packageEntries';
import { largeSample, pathOnlySilentIni, type Sample } from './samples';
import { tarGzSize, writeStreamedZip, writeTarGz, writeZip, type SampleEntry } from './writeArchive';

/** Writes a sample into a folder. @returns the path of the archive */
export async function writeSample(sample: Sample, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, sample.fileName);
  const entries = await sample.entries();
  if (sample.format === 'zip') await writeZip(path, entries, sample.unixModes ?? false);
  else await writeTarGz(createWriteStream(path), entries);
  return path;
}

/**
 * Writes a package of about `size` bytes that cannot be compressed, with little memory and no temporary file. Another
 * `seed` gives other bytes and another version. @returns the path of the archive
 */
export async function writeLargeSample(size: number, folder: string, seed = 1, format: 'tar.gz' | 'zip' = 'tar.gz'): Promise<string> {
  await mkdir(folder, { recursive: true });
  // The two formats are two versions, so that both can be imported.
  const description = { ...largeSample, version: `8.5.00${format === 'zip' ? 1 : 0}.${String(seed).padStart(2, '0')}` };
  const payload: SampleEntry[] = [...payloadEntries(description), { path: 'content.bin', stream: { size, open: () => noise(size, seed) } }];
  const entries = await linuxPackageEntries({
    description, silentIni: pathOnlySilentIni('/opt/genesys/large'), templates: [],
    // A tar wants the size before the content: the payload is made twice rather than kept.
    payload: { size: await tarGzSize(payload, true), open: () => tarGzStream(payload) },
  });
  const path = join(folder, `${archiveBaseName(description)}.${format}`);
  if (format === 'zip') await writeStreamedZip(path, entries);
  else await writeTarGz(createWriteStream(path), entries, true);
  return path;
}

async function* tarGzStream(entries: readonly SampleEntry[]): AsyncGenerator<Uint8Array> {
  const through = new PassThrough({ highWaterMark: 256 * 1024 });
  const written = writeTarGz(through, entries, true);
  written.catch((error: unknown) => through.destroy(error instanceof Error ? error : new Error(String(error))));
  yield* through as AsyncIterable<Buffer>;
  await written;
}

/** The same pseudo-random bytes for the same seed, in pieces: a cipher's key stream, fast and without patterns. */
function* noise(size: number, seed: number): Generator<Buffer> {
  const key = Buffer.alloc(32);
  key.writeUInt32BE(seed);
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(128 * 1024);
  for (let left = size; left > 0; left -= zeros.length) yield cipher.update(left < zeros.length ? zeros.subarray(0, left) : zeros);
}
