import { createReadStream, createWriteStream } from 'node:fs';
import type { Writable} from 'node:stream';
import { Readable, type Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip, gzipSync } from 'node:zlib';
import JSZip from 'jszip';
import * as tar from 'tar-stream';

/** One file or folder of an archive. */
export interface SampleEntry {
  /** With `/`; a folder ends in `/`. */
  readonly path: string;
  readonly content?: Uint8Array | string;
  /** A file on disk in place of `content`, for sizes that do not belong in memory. */
  readonly file?: { readonly path: string; readonly size: number };
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
  const level = store ? constants.Z_NO_COMPRESSION : constants.Z_DEFAULT_COMPRESSION;
  const written = pipeline(source, createGzip({ level, memLevel: 9 }), to);
  for (const entry of entries) await addToTar(pack, entry);
  pack.finalize();
  await written;
}

async function addToTar(pack: tar.Pack, entry: SampleEntry): Promise<void> {
  const header = {
    name: entry.path, mtime: sampleTime, mode: entry.mode ?? (entry.path.endsWith('/') ? 0o755 : 0o644), uid: 0, gid: 0, uname: 'root', gname: 'root',
  };
  if (entry.path.endsWith('/')) await new Promise<void>((resolve, reject) => pack.entry({ ...header, type: 'directory' }, done(resolve, reject)));
  else if (entry.linkTo !== undefined) {
    const linkname = entry.linkTo;
    await new Promise<void>((resolve, reject) => pack.entry({ ...header, type: 'symlink', linkname }, done(resolve, reject)));
  } else if (entry.file) {
    const { path, size } = entry.file;
    await new Promise<void>((resolve, reject) => {
      const sink = pack.entry({ ...header, size }, done(resolve, reject)) as unknown as Writable;
      createReadStream(path, { highWaterMark: 1024 * 1024 }).on('error', reject).pipe(sink);
    });
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

/** Writes a zip. `unixModes`: with permissions, as a zip made on Linux has them; else as one made on Windows. */
export async function writeZip(path: string, entries: Iterable<SampleEntry>, unixModes: boolean): Promise<void> {
  const zip = new JSZip();
  for (const entry of entries) {
    const mode = entry.mode ?? (entry.path.endsWith('/') ? 0o755 : 0o644);
    const options = { date: sampleTime, createFolders: false, ...(unixModes && { unixPermissions: mode }) };
    if (entry.path.endsWith('/')) zip.file(entry.path, null, { ...options, dir: true });
    else zip.file(entry.path, entry.content ?? '', options);
  }
  const bytes = await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', platform: unixModes ? 'UNIX' : 'DOS' });
  await pipeline(Readable.from([bytes]), createWriteStream(path));
}
