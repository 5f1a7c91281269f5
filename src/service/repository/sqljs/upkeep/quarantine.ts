import * as path from 'node:path';
import type { DurableFiles } from '../durableFiles';
import { asReadError, asWriteError } from '../fileErrors';
import { nextSlice, type UpkeepParts } from './upkeepParts';

/** The folder that one repair puts things into; made with the first of them. */
export interface Quarantine {
  /** Absolute; undefined while nothing is in it. */
  readonly folder: string | undefined;
  /** Moves a file that nobody needs. @param file below the repository's folder, `/` as separator */
  move(file: string): Promise<void>;
  /** Copies a file durably, piece by piece; the original stays. One that is not there is left out. */
  copy(file: string): Promise<void>;
  /** Writes a file of this text. */
  write(name: string, text: string): Promise<void>;
  /** Makes all names durable. */
  sync(): Promise<void>;
}

const pieceSize = 8 * 1024 * 1024;

export function createQuarantine({ files, folder, now }: Pick<UpkeepParts, 'files' | 'folder' | 'now'>, signal: AbortSignal): Quarantine {
  let made: string | undefined;
  const folders = new Set<string>();

  const place = async (file: string): Promise<string> => {
    made ??= path.join(folder, 'quarantine', await freeName(files, path.join(folder, 'quarantine'), now().toISOString().replaceAll(/[:.]/g, '-')));
    const target = path.join(made, ...file.split('/'));
    const parent = path.dirname(target);
    if (!folders.has(parent)) await files.makeFolder(parent).catch((error: unknown) => { throw asWriteError(error, target); });
    folders.add(parent);
    return target;
  };
  const origin = (file: string): string => path.join(folder, ...file.split('/'));

  const fill = async (target: string, pieces: AsyncIterable<Uint8Array>): Promise<void> => {
    try {
      const copy = await files.create(target);
      try {
        for await (const piece of pieces) await copy.append(piece);
        await copy.sync();
      } finally {
        await copy.close();
      }
    } catch (error) {
      throw asWriteError(error, target);
    }
  };
  async function* piecesOf(file: string, size: number): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < size; at += pieceSize) {
      await nextSlice(signal);
      yield await files.read(file, at, Math.min(at + pieceSize, size)).catch((error: unknown) => { throw asReadError(error, file); });
    }
  }

  return {
    get folder() { return made; },
    async move(file) {
      const target = await place(file);
      await files.rename(origin(file), target).catch((error: unknown) => { throw asWriteError(error, target); });
      await files.syncFolder(path.dirname(origin(file)));
    },
    async copy(file) {
      const size = await files.size(origin(file));
      if (size !== undefined) await fill(await place(file), piecesOf(origin(file), size));
    },
    async write(name, text) {
      await fill(await place(name), (async function* () {
        yield await Promise.resolve(Buffer.from(text));
      })());
    },
    async sync() {
      for (const each of folders) await files.syncFolder(each);
      if (made !== undefined) await files.syncFolder(path.dirname(made));
    },
  };
}

async function freeName(files: DurableFiles, folder: string, wanted: string): Promise<string> {
  const taken = new Set(await files.list(folder));
  for (let i = 1; ; i++) {
    const name = i === 1 ? wanted : `${wanted}-${i}`;
    if (!taken.has(name)) return name;
  }
}
