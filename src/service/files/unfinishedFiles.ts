import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { reasonOf } from '../lifecycle/fileErrors';
import type { ServiceLog } from '../serviceLog';

/** Which files are being written outside of the data folder: a service that is killed meanwhile leaves them to the next one. */
export interface UnfinishedFiles {
  /** Chooses the temporary name for a file, and remembers it before it is there, as far as the data folder takes a note. Never rejects. */
  begin(target: string): Promise<UnfinishedFile>;
  /** Removes what an earlier service left behind. Never rejects. */
  clear(): Promise<void>;
}

export interface UnfinishedFile {
  /** In the folder of the target. */
  readonly path: string;
  /** To be called once no file has this name any more. Never rejects. */
  readonly forget: () => Promise<void>;
}

const noteName = /^[\da-f]{12}$/;

/** @param folder of the notes, inside of the data folder; made when it is needed */
export function createUnfinishedFiles(folder: string, log: ServiceLog): UnfinishedFiles {
  const forget = (note: string): Promise<void> => unlink(join(folder, note)).catch(() => undefined);

  const clearOne = async (note: string): Promise<void> => {
    const path = await readFile(join(folder, note), 'utf8');
    // The end of a note is lost with the disk's power: a name that is none of ours stays where it is.
    if (isAbsolute(path) && basename(path).startsWith('.') && path.endsWith(endingOf(note))) {
      // A disk that is not there now may come back with the file on it.
      if (!await isFolder(dirname(path))) return;
      await unlink(path).then(() => log.info('files', `${path} was left by a service that was killed, and is gone now`), ignoreMissing);
    }
    await forget(note);
  };

  return {
    async begin(target) {
      const note = randomBytes(6).toString('hex');
      const path = join(dirname(target), `.${basename(target).slice(0, 100)}${endingOf(note)}`);
      try {
        await writeNote(join(folder, note), path);
      } catch (error) {
        // One more file that could be left is no reason to refuse somebody theirs.
        log.warn('files', `${path} is written without a note: ${reasonOf(error)}`);
      }
      return { path, forget: () => forget(note) };
    },
    async clear() {
      const notes = (await readdir(folder).catch(() => [])).filter((name) => noteName.test(name));
      for (const note of notes) {
        await clearOne(note).catch((error: unknown) => log.warn('files', `an unfinished file stays for now: ${reasonOf(error)}`));
      }
    },
  };
}

async function writeNote(note: string, path: string): Promise<void> {
  await mkdir(dirname(note), { recursive: true, mode: 0o700 });
  const handle = await open(note, 'wx', 0o600);
  try {
    await handle.writeFile(path);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function endingOf(note: string): string {
  return `.${note}.part`;
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
