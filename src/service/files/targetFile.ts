import { access, link, open, rename, stat, statfs, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { isProductError, ProductError } from '../../core/errors';
import type { UnfinishedFiles } from './unfinishedFiles';

/** A file that appears under its name whole, or not at all. */
export interface TargetFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Makes it durable and gives it its name. @throws ProductError `file/exists` when another has it by now */
  finish(): Promise<void>;
  /** Removes what was written. Never throws. */
  abort(): Promise<void>;
}

export interface TargetOptions {
  /** A file that is there may be replaced. */
  readonly overwrite: boolean;
  /** Bytes to come. */
  readonly size: number;
  /** Remembers it until it is whole. */
  readonly unfinished: UnfinishedFiles;
  /** Opens a new file; default: on the real disk. */
  readonly openNew?: (path: string) => Promise<FileHandle>;
}

/** File systems without hard links answer so. */
const noLinks: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

/**
 * Begins to write a file at an absolute path, under a temporary name in the same folder.
 * @throws ProductError `file/not-absolute`, `file/no-folder`, `file/exists`, `file/not-a-file`, `file/no-room`, `file/write-failed`
 */
export async function createTargetFile(target: string, { overwrite, size, unfinished, openNew = openExclusively }: TargetOptions): Promise<TargetFile> {
  if (!isAbsolute(target)) throw new ProductError('file/not-absolute', { file: target });
  const folder = dirname(target);
  await requireFolder(folder);
  const present = await stat(target).catch(() => undefined);
  if (present !== undefined && !present.isFile()) throw new ProductError('file/not-a-file', { file: target });
  if (present !== undefined && !overwrite) throw new ProductError('file/exists', { file: target });
  await requireRoom(folder, size);

  const { path: temporary, forget } = await unfinished.begin(target);
  let handle: FileHandle;
  try {
    handle = await openNew(temporary);
  } catch (error) {
    await forget();
    throw asFileError(error, target);
  }
  let over = false;

  const abort = async (): Promise<void> => {
    if (over) return;
    over = true;
    await handle.close().catch(() => undefined);
    await unlink(temporary).then(forget, () => undefined);
  };
  /** Runs one step; when it fails nothing is left. */
  const step = async (body: () => Promise<void>): Promise<void> => {
    try {
      await body();
    } catch (error) {
      await abort();
      throw asFileError(error, target);
    }
  };

  return {
    write: (bytes) => step(async () => {
      for (let written = 0; written < bytes.length;) written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
    }),
    finish: () => step(async () => {
      await handle.sync();
      await handle.close();
      if (overwrite) await rename(temporary, target);
      else await moveWhereNothingIs(temporary, target);
      over = true;
      await forget();
      await syncFolder(folder);
    }),
    abort,
  };
}

const openExclusively = (path: string): Promise<FileHandle> => open(path, 'wx', 0o600);

async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new ProductError('file/no-folder', { folder });
}

async function requireRoom(folder: string, size: number): Promise<void> {
  // A disk that does not tell is tried.
  const disk = await statfs(folder).catch(() => undefined);
  if (disk === undefined || disk.blocks === 0 || disk.bavail * disk.bsize >= size) return;
  throw new ProductError('file/no-room', { folder, needed: Math.ceil(size / 1e6), free: Math.floor((disk.bavail * disk.bsize) / 1e6) });
}

/** Of two that want the same name at once, one gets it. */
async function moveWhereNothingIs(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!noLinks.has(codeOf(error))) throw error;
    if (await access(to).then(() => true, () => false)) throw new ProductError('file/exists', { file: to });
    await rename(from, to);
    return;
  }
  await unlink(from);
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no fsync of folders: NTFS journals the names itself. Elsewhere a folder may not be ours to open.
  const handle = process.platform === 'win32' ? undefined : await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function asFileError(error: unknown, file: string): unknown {
  const code = codeOf(error);
  if (isProductError(error) || code === undefined) return error;
  if (code === 'EEXIST') return new ProductError('file/exists', { file }, { cause: error });
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ProductError('file/disk-full', { folder: dirname(file) }, { cause: error });
  return new ProductError('file/write-failed', { file, reason: code }, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
