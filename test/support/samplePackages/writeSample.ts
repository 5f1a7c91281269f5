import { createCipheriv } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { archiveBaseName } from './description';
import { linuxPackageEntries } from './packageEntries';
import { largeSample, pathOnlySilentIni, type Sample } from './samples';
import { writeTarGz, writeZip, type SampleEntry } from './writeArchive';

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
 * Writes a package of about `size` bytes that cannot be compressed, with little memory. Another `seed` gives other bytes
 * and another version. @returns the path of the archive
 */
export async function writeLargeSample(size: number, folder: string, seed = 1): Promise<string> {
  await mkdir(folder, { recursive: true });
  const description = { ...largeSample, version: `8.5.000.${String(seed).padStart(2, '0')}` };
  const path = join(folder, `${archiveBaseName(description)}.tar.gz`);
  const content = `${path}.content`;
  const payload = `${path}.payload`;
  try {
    await pipeline(Readable.from(randomBytes(size, seed)), createWriteStream(content));
    const files: SampleEntry[] = [
      { path: 'product', content: '#!/bin/sh\nexit 0\n', mode: 0o755 },
      { path: 'content.bin', file: { path: content, size } },
    ];
    await writeTarGz(createWriteStream(payload), files, true);
    const entries = await linuxPackageEntries({
      description, silentIni: pathOnlySilentIni('/opt/genesys/large'), templates: [], payload: { path: payload, size: (await stat(payload)).size },
    });
    await writeTarGz(createWriteStream(path), entries, true);
    return path;
  } finally {
    await rm(content, { force: true });
    await rm(payload, { force: true });
  }
}

/** The same pseudo-random bytes for the same seed, in pieces of 1 MB: a cipher's key stream, fast and without patterns. */
function* randomBytes(size: number, seed: number): Generator<Buffer> {
  const key = Buffer.alloc(32);
  key.writeUInt32BE(seed);
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(1024 * 1024);
  for (let left = size; left > 0; left -= zeros.length) yield cipher.update(left < zeros.length ? zeros.subarray(0, left) : zeros);
}
