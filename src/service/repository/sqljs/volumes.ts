import * as path from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import type { DurableFiles } from './durableFiles';
import { asReadError, asWriteError } from './fileErrors';
import { openVolume, volumeName, type OpenVolume } from './volumeFile';

/** Why a volume cannot be used. */
export class VolumeDamage extends Error {
  constructor(readonly file: string, readonly reason: 'missing' | 'checksum') {
    super(`${file}: ${reason}`);
  }
}

/**
 * The folder of volumes. A volume that is claimed is not removed; whoever stores or reads one claims it for that time.
 */
export interface Volumes {
  /** Claims a volume and makes sure that its file is there, intact and complete; durable after `sync`. */
  store(bytes: Uint8Array): Promise<string>;
  /** Makes the names of all stored volumes durable. */
  sync(): Promise<void>;
  claim(name: string): void;
  release(name: string): void;
  isClaimed(name: string): boolean;
  /** Hands an open volume to `use` and keeps it open a little longer. @throws VolumeDamage */
  borrow(name: string): Promise<{ readonly volume: OpenVolume; readonly giveBack: () => void }>;
  /** Opens a volume that will be borrowed soon, and keeps it open until told. Never rejects: who borrows it is told what is wrong. */
  prepare(name: string): Promise<() => void>;
  /** Removes volumes that are not claimed, after asking `stillNeeded`. @returns those that are gone */
  remove(names: Iterable<string>, stillNeeded: (name: string) => Promise<boolean>): Promise<readonly string[]>;
  /** The names of all volumes; removes what a dead service left half written. */
  list(): Promise<readonly string[]>;
  close(): void;
}

interface Lent {
  readonly opened: Promise<OpenVolume>;
  users: number;
}

/** How many volumes' memory is kept for the next ones: one is read while the one before it is taken. */
const spareVolumes = 2;

export function createVolumes(options: { files: DurableFiles; folder: string; sql: SqlJsStatic; /** Milliseconds. */ keepOpen: number }): Volumes {
  const { files, folder, sql, keepOpen } = options;
  const claims = new Map<string, number>();
  const removals = new Map<string, Promise<void>>();
  const lent = new Map<string, Lent>();
  /** Memory of volumes that are closed. Taking 8 MB anew for each of hundreds costs the collector of garbage more than reading them. */
  const spare: Buffer[] = [];
  let closing: NodeJS.Timeout | undefined;
  let temporaryFiles = 0;
  const fileOf = (name: string) => path.join(folder, `${name}.volume`);

  const claim = (name: string) => {
    claims.set(name, (claims.get(name) ?? 0) + 1);
  };
  const release = (name: string) => {
    const left = (claims.get(name) ?? 1) - 1;
    if (left > 0) claims.set(name, left);
    else claims.delete(name);
  };

  const isIntact = async (file: string, name: string, size: number) =>
    (await files.size(file)) === size && await volumeName(await files.read(file)) === name;

  const write = async (file: string, bytes: Uint8Array) => {
    const temporary = `${file}.${++temporaryFiles}.new`;
    const target = await files.create(temporary);
    try {
      try {
        await target.append(bytes);
        await target.sync();
      } finally {
        await target.close();
      }
      await files.rename(temporary, file);
    } catch (error) {
      // What cannot be removed now is removed when the service starts next.
      await files.remove(temporary).catch(() => undefined);
      throw error;
    }
  };

  const load = async (name: string): Promise<OpenVolume> => {
    const file = fileOf(name);
    if (await files.size(file) === undefined) throw new VolumeDamage(file, 'missing');
    const memory = spare.pop();
    let bytes: Buffer;
    try {
      bytes = await files.read(file, undefined, undefined, memory);
    } catch (error) {
      throw asReadError(error, file);
    }
    if (await volumeName(bytes) !== name) throw new VolumeDamage(file, 'checksum');
    const volume = openVolume(sql, bytes);
    return {
      ...volume,
      close() {
        volume.close();
        if (spare.length < spareVolumes) spare.push(memory?.buffer === bytes.buffer ? memory : bytes);
      },
    };
  };

  const closeUnused = async () => {
    clearTimeout(closing);
    const unused = [...lent].filter(([, { users }]) => users === 0);
    for (const [name] of unused) lent.delete(name);
    await Promise.all(unused.map(([, { opened }]) => opened.then((volume) => volume.close(), () => undefined)));
  };

  const borrow: Volumes['borrow'] = async (name) => {
    let entry = lent.get(name);
    if (!entry) {
      // One reader goes through volume after volume: those nobody uses make room for the next.
      if ([...lent.values()].filter(({ users }) => users === 0).length > 1) void closeUnused();
      entry = { opened: load(name), users: 0 };
      lent.set(name, entry);
    }
    const { opened } = entry;
    entry.users++;
    const giveBack = () => {
      entry.users--;
      clearTimeout(closing);
      closing = setTimeout(() => {
        void closeUnused().then(() => {
          spare.length = 0;
        });
      }, keepOpen);
      closing.unref();
    };
    try {
      return { volume: await opened, giveBack };
    } catch (error) {
      lent.delete(name);
      throw error;
    }
  };

  return {
    async store(bytes) {
      const name = await volumeName(bytes);
      const file = fileOf(name);
      claim(name);
      try {
        await removals.get(name);
        if (!(await isIntact(file, name, bytes.length))) await write(file, bytes);
        return name;
      } catch (error) {
        release(name);
        throw asWriteError(error, file);
      }
    },
    async sync() {
      try {
        await files.syncFolder(folder);
      } catch (error) {
        throw asWriteError(error, folder);
      }
    },
    claim,
    release,
    isClaimed: (name) => claims.has(name),
    borrow,
    async prepare(name) {
      claim(name);
      try {
        return (await borrow(name)).giveBack;
      } catch {
        // Whoever borrows it next tries again.
        return () => undefined;
      } finally {
        release(name);
      }
    },
    async remove(names, stillNeeded) {
      const gone: string[] = [];
      for (const name of names) {
        if (claims.has(name) || await stillNeeded(name)) continue;
        // From here to the removal nothing is awaited, so nobody can claim it in between.
        if (claims.has(name)) continue;
        const removal = files.remove(fileOf(name)).finally(() => removals.delete(name));
        removals.set(name, removal.catch(() => undefined));
        await removal;
        gone.push(name);
      }
      return gone;
    },
    async list() {
      const names = await files.list(folder);
      for (const name of names) if (name.endsWith('.new')) await files.remove(path.join(folder, name));
      return names.filter((name) => name.endsWith('.volume')).map((name) => name.slice(0, -'.volume'.length));
    },
    close() {
      clearTimeout(closing);
      for (const { opened } of lent.values()) void opened.then((volume) => volume.close(), () => undefined);
      lent.clear();
    },
  };
}
