import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, opendir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductError } from '../../../core/errors';
import type { PackageFile } from '../../../core/packages/model';
import type { ArchiveLimits } from '../../archive/archive';
import { createEntryChecker } from '../../archive/checkEntry';
import { printableName } from '../../archive/printableName';
import { refusal, type Place } from '../../archive/refusal';

const pieceSize = 256 * 1024;
const nanoseconds = 1_000_000_000n;

/** One file, folder or link of a folder that was listed. */
export interface FolderEntry {
  readonly file: PackageFile;
  /** Absolute. */
  readonly path: string;
  readonly stats: BigIntStats;
}

/**
 * Everything below a folder, checked as the entries of an archive are, in an order that does not depend on the disk. Links
 * are entries themselves and are followed nowhere; nothing is opened.
 * @param name how messages call it
 * @param rename the path of an entry in the package, from its path below the folder; undefined leaves it out, with all below it
 * @throws ProductError `archive/…`, `import/file-missing`
 */
export async function listFolder(
  root: string, { name, limits, signal, rename = (path) => path }: { readonly name: string; readonly limits: ArchiveLimits; readonly signal: AbortSignal; readonly rename?: (path: string) => string | undefined },
): Promise<FolderEntry[]> {
  const checker = createEntryChecker(limits);
  const entries: FolderEntry[] = [];
  let unpacked = 0;

  const take = async (below: string): Promise<void> => {
    for (const child of await namesIn(join(root, below))) {
      signal.throwIfAborted();
      const relative = below === '' ? child : `${below}/${child}`;
      const renamed = rename(relative);
      if (renamed === undefined) continue;
      const path = join(root, relative);
      const place: Place = { archive: name, entry: printableName(relative), offset: 0 };
      // Bytes that are no UTF-8 were replaced: no file can be found by such a name.
      if (child.includes('\ufffd')) throw refusal('archive/name-encoding', place);
      const stats = await statOf(path);
      const type = typeOf(stats, place);
      const size = type === 'file' ? Number(stats.size) : 0;
      unpacked += size;
      if (unpacked > limits.maximumUnpackedSize) throw refusal('archive/too-large', place, { limit: limits.maximumUnpackedSize });
      const file = checker.check({
        name: renamed, type, size, mode: Number(stats.mode), modified: timeOf(stats), ...(type === 'symlink' && { target: await readlink(path) }),
      }, place);
      if (file === undefined) continue;
      entries.push({ file, path, stats });
      if (type === 'directory') await take(relative);
    }
  };
  await take('');
  return entries;
}

/** The time of a file, rounded as a reader of the tar that is made of it rounds the decimal number there. */
export function timeOf({ mtimeNs }: BigIntStats): Date {
  const seconds = mtimeNs / nanoseconds;
  const fraction = mtimeNs % nanoseconds;
  return new Date(Number(`${seconds}.${String(fraction < 0n ? 0n : fraction).padStart(9, '0')}`) * 1000);
}

/** Names in a folder, in the order of their UTF-16 units. @throws ProductError `import/file-missing` */
export async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of await opendir(folder)) names.push(name);
  } catch (error) {
    throw unreadable(folder, error);
  }
  return names.sort();
}

/** @throws ProductError `import/file-missing` */
export async function statOf(path: string): Promise<BigIntStats> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * The content of a file that was listed. No link and no device is opened, whatever has taken its place since.
 * @throws ProductError `import/source-changed` when it is not the file that was listed, `import/file-missing`
 */
export async function* readListed({ path, stats }: Pick<FolderEntry, 'path' | 'stats'>, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const changed = (cause?: unknown): ProductError => new ProductError('import/source-changed', { file: path }, { cause });
  // Windows knows neither flag; nothing there counts as none.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error: unknown) => {
    throw codeOf(error) === 'ELOOP' || codeOf(error) === 'ENOENT' ? changed(error) : unreadable(path, error);
  });
  try {
    if (!isSameFile(await handle.stat({ bigint: true }), stats)) throw changed();
    const size = Number(stats.size);
    for (let position = 0; position < size;) {
      signal?.throwIfAborted();
      const buffer = Buffer.allocUnsafeSlow(Math.min(pieceSize, size - position));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position).catch((error: unknown) => {
        throw unreadable(path, error);
      });
      if (bytesRead === 0) throw changed();
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    if (!isSameFile(await handle.stat({ bigint: true }), stats)) throw changed();
  } finally {
    await handle.close();
  }
}

/** Whether a file is the one it was: neither replaced nor written to. */
export function isSameFile(now: BigIntStats, before: BigIntStats): boolean {
  return now.ino === before.ino && now.dev === before.dev && now.size === before.size && now.mtimeNs === before.mtimeNs && now.mode === before.mode;
}

export function unreadable(path: string, error: unknown): ProductError {
  if (error instanceof ProductError) return error;
  return new ProductError('import/file-missing', { file: path, reason: codeOf(error) ?? String(error) }, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function typeOf(stats: BigIntStats, place: Place): PackageFile['type'] {
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isDirectory()) return 'directory';
  if (stats.isFile()) return 'file';
  throw refusal('archive/special-file', place);
}
