import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A file that only grows. One writer at a time. */
export interface AppendOnlyFile {
  /** Writes all bytes at the end. When it rejects, a part of them may be there. */
  append(bytes: Uint8Array): Promise<void>;
  /** Resolves when all appended bytes survive a loss of power. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Everything the embedded repository does to the disk. No other module of the driver touches it: so that tests can put
 * a full disk, a torn write or a kill between any two operations. Rejects with the system's own errors (`code`: ENOSPC, EIO …).
 */
export interface DurableFiles {
  /** Makes a folder and its parents, for this user alone; nothing when it is there. */
  makeFolder(folder: string): Promise<void>;
  /** The names in a folder, sorted; none when it does not exist. */
  list(folder: string): Promise<readonly string[]>;
  /** Bytes of a file; undefined when it does not exist. */
  size(file: string): Promise<number | undefined>;
  /**
   * Bytes from `start` (inclusive) to `end` (exclusive); default: all. Fewer only where the file ends.
   * @param memory where to put them if it is large enough
   */
  read(file: string, start?: number, end?: number, memory?: Buffer): Promise<Buffer>;
  /** Makes a new empty file for this user alone; rejects with EEXIST when the name is taken. */
  create(file: string): Promise<AppendOnlyFile>;
  /** Opens an existing file to append to it. */
  extend(file: string): Promise<AppendOnlyFile>;
  /** Cuts a file to `size` bytes, durably. */
  truncate(file: string, size: number): Promise<void>;
  /** Puts a file in the place of another in one step; durable after `syncFolder`. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; nothing when it does not exist. Durable after `syncFolder`. */
  remove(file: string): Promise<void>;
  /** Makes the names in a folder durable. */
  syncFolder(folder: string): Promise<void>;
  /** Bytes this user may still write on the disk of a folder. */
  freeBytes(folder: string): Promise<number>;
}

/** The real disk. */
export function createDurableFiles(platform: NodeJS.Platform = process.platform): DurableFiles {
  const windows = platform === 'win32';
  return {
    async makeFolder(folder) {
      const made = await fs.mkdir(folder, { recursive: true, mode: 0o700 });
      if (made !== undefined) await syncFolder(path.dirname(made), windows);
    },
    async list(folder) {
      return (await ifThere(fs.readdir(folder)) ?? []).sort();
    },
    async size(file) {
      return (await ifThere(fs.stat(file)))?.size;
    },
    read: readRange,
    async create(file) {
      return appendOnly(await fs.open(file, 'ax', 0o600));
    },
    async extend(file) {
      // Not 'a' alone: that would make a file that has vanished.
      await fs.access(file);
      return appendOnly(await fs.open(file, 'a', 0o600));
    },
    async truncate(file, size) {
      const handle = await fs.open(file, 'r+');
      try {
        await handle.truncate(size);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    rename: windows ? renameOnWindows : (from, to) => fs.rename(from, to),
    async remove(file) {
      await ifThere(fs.unlink(file));
    },
    syncFolder: (folder) => syncFolder(folder, windows),
    async freeBytes(folder) {
      const { bavail, bsize } = await fs.statfs(folder);
      return bavail * bsize;
    },
  };
}

function appendOnly(handle: fs.FileHandle): AppendOnlyFile {
  return {
    async append(bytes) {
      for (let written = 0; written < bytes.length;) {
        written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
      }
    },
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

async function readRange(file: string, start = 0, end?: number, memory?: Buffer): Promise<Buffer> {
  const handle = await fs.open(file, 'r');
  try {
    const wanted = Math.max(0, (end ?? (await handle.stat()).size) - start);
    const bytes = memory !== undefined && memory.length >= wanted ? memory : Buffer.allocUnsafeSlow(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await handle.read(bytes, filled, wanted - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

/** Windows has no fsync of folders: NTFS journals the names itself. */
async function syncFolder(folder: string, windows: boolean): Promise<void> {
  if (windows) return;
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** On Windows a virus scanner or indexer that has the file open for a moment makes a rename fail. */
async function renameOnWindows(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await fs.rename(from, to);
      return;
    } catch (error) {
      if (attempt === 20 || !['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '')) throw error;
      await delay(5 * attempt);
    }
  }
}

async function ifThere<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The system's code of an error (`ENOSPC` …), when it has one. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
