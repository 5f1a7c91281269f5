import { open, writeFile } from 'node:fs/promises';
import { Readable, Writable, type Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { ZipWriter } from '@zip.js/zip.js';
import JSZip from 'jszip';
import * as tar from 'tar-stream';
import { crc32 } from '../../../src/service/archive/crc32';

/** One file or folder of an archive. */
export interface SampleEntry {
  /** With `/`; a folder ends in `/`. */
  readonly path: string;
  readonly content?: Uint8Array | string;
  /** Made as it is written, in place of `content`, for sizes that do not belong in memory. */
  readonly stream?: { readonly size: number; open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array> };
  readonly mode?: number;
  /** A symbolic link to there. */
  readonly linkTo?: string;
}

/** Every entry has this time, so that the same sample has the same bytes each time. */
const sampleTime = new Date('2024-03-01T12:00:00Z');

/** Writes a tar.gz. `store`: without compression, for content that has none left. */
export async function writeTarGz(to: Writable, entries: Iterable<SampleEntry>, store = false): Promise<void> {
  const pack = tar.pack();
  // tar-stream's types describe its own stream implementation, which behaves as Node's does.
  const source = pack as unknown as Duplex;
  const written = store ? pipeline(source, storedGzip, to) : pipeline(source, createGzip({ memLevel: 9 }), to);
  written.catch((error: unknown) => pack.destroy(error instanceof Error ? error : new Error(String(error))));
  for (const entry of entries) await addToTar(pack, entry);
  pack.finalize();
  await written;
}

/**
 * gzip of stored blocks, all of the same length (RFC 1951, 3.2.4): zlib's own depend on how the bytes reach it, and a
 * sample must have the same bytes each time.
 */
async function* storedGzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const longest = 0xffff;
  const block = (content: Buffer, last: boolean) => Buffer.concat([Buffer.from([last ? 1 : 0, content.length & 255, content.length >> 8, ~content.length & 255, (~content.length >> 8) & 255]), content]);
  yield Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  let sum = 0;
  let size = 0;
  let rest = Buffer.alloc(0);
  for await (const bytes of source) {
    sum = crc32(bytes, sum);
    size += bytes.length;
    rest = Buffer.concat([rest, bytes]);
    const blocks: Buffer[] = [];
    while (rest.length > longest) {
      blocks.push(block(rest.subarray(0, longest), false));
      rest = rest.subarray(longest);
    }
    if (blocks.length > 0) yield Buffer.concat(blocks);
  }
  yield block(rest, true);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(sum, 0);
  end.writeUInt32LE(size % 2 ** 32, 4);
  yield end;
}

async function addToTar(pack: tar.Pack, entry: SampleEntry): Promise<void> {
  const header = {
    name: entry.path, mtime: sampleTime, mode: modeOf(entry), uid: 0, gid: 0, uname: 'root', gname: 'root',
  };
  if (entry.path.endsWith('/')) await new Promise<void>((resolve, reject) => pack.entry({ ...header, type: 'directory' }, done(resolve, reject)));
  else if (entry.linkTo !== undefined) {
    const linkname = entry.linkTo;
    await new Promise<void>((resolve, reject) => pack.entry({ ...header, type: 'symlink', linkname }, done(resolve, reject)));
  } else if (entry.stream) {
    const { stream } = entry;
    const added = new Promise<void>((resolve, reject) => {
      const sink = pack.entry({ ...header, size: stream.size }, done(resolve, reject)) as unknown as Writable;
      pipeline(Readable.from(stream.open(), { highWaterMark: 2 }), sink).catch(reject);
    });
    await added;
  } else {
    const content = Buffer.from(entry.content ?? '');
    await new Promise<void>((resolve, reject) => pack.entry({ ...header, size: content.length }, content, done(resolve, reject)));
  }
}

function done(resolve: () => void, reject: (error: Error) => void): (error?: Error | null) => void {
  return (error) => (error ? reject(error) : resolve());
}

/** Writes a tar.gz of few small entries in memory, e.g. the payload inside a package. */
export async function tarGzBytes(entries: Iterable<SampleEntry>): Promise<Buffer> {
  const pack = tar.pack();
  const chunks: Buffer[] = [];
  const collected = (async () => {
    for await (const chunk of pack) chunks.push(chunk as Buffer);
  })();
  for (const entry of entries) await addToTar(pack, entry);
  pack.finalize();
  await collected;
  return gzipSync(Buffer.concat(chunks));
}

/** How many bytes {@link writeTarGz} would write. */
export async function tarGzSize(entries: Iterable<SampleEntry>, store = false): Promise<number> {
  let size = 0;
  await writeTarGz(new Writable({
    write(bytes: Buffer, _, next) {
      size += bytes.length;
      next();
    },
  }), entries, store);
  return size;
}

/** Writes a zip. `unixModes`: with permissions, as a zip made on Linux has them; else as one made on Windows. */
export async function writeZip(path: string, entries: Iterable<SampleEntry>, unixModes: boolean): Promise<void> {
  const zip = new JSZip();
  for (const entry of entries) {
    const options = { date: sampleTime, createFolders: false, ...(unixModes && { unixPermissions: modeOf(entry) }) };
    if (entry.path.endsWith('/')) zip.file(entry.path, null, { ...options, dir: true });
    // JSZip knows a link by the type in its permissions.
    else if (entry.linkTo !== undefined) zip.file(entry.path, entry.linkTo, { ...options, unixPermissions: 0o120777 });
    else zip.file(entry.path, entry.content ?? '', options);
  }
  const bytes = await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', platform: unixModes ? 'UNIX' : 'DOS' });
  await writeFile(path, bytes);
}

/** Writes a zip of any size without holding it in memory or compressing it; above 4 GB as zip64, with data descriptors. */
export async function writeStreamedZip(path: string, entries: Iterable<SampleEntry>): Promise<void> {
  const file = await open(path, 'w');
  // Node's own bridge to web streams takes thousands of pieces before it holds back.
  const to = new WritableStream<Uint8Array>({
    async write(bytes) {
      await file.write(bytes);
    },
    close: () => file.close(),
    abort: () => file.close(),
  });
  const zip = new ZipWriter(to, { level: 0, useWebWorkers: false, lastModDate: sampleTime, extendedTimestamp: false, dataDescriptor: true });
  for (const entry of entries) {
    const options = { directory: entry.path.endsWith('/'), unixMode: modeOf(entry) };
    const content = () => entry.stream?.open() ?? [Buffer.from(entry.content ?? '')];
    await zip.add(entry.path, options.directory ? undefined : (Readable.toWeb(Readable.from(content(), { highWaterMark: 2 })) as ReadableStream), options);
  }
  await zip.close();
}

function modeOf(entry: SampleEntry): number {
  return entry.mode ?? (entry.path.endsWith('/') ? 0o755 : 0o644);
}
