import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Error codes of file systems without hard links: there an exclusive create decides, and a reader may see it half written. */
const noLinks: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL']);

/**
 * Makes a file with mode 0600 that nobody has made before. Of any number of callers at once exactly one succeeds.
 * @returns false when a file of that name exists
 */
export function publishFile(path: string, content: string): boolean {
  const temporary = temporaryName(path);
  try {
    writeDurably(temporary, content);
    linkSync(temporary, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (noLinks.has(code)) return createExclusively(path, content);
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Replaces a file in one step; a reader sees the old content or the new one. */
export function replaceFile(path: string, content: string): void {
  const temporary = temporaryName(path);
  try {
    writeDurably(temporary, content);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function temporaryName(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}.tmp`;
}

function createExclusively(path: string, content: string): boolean {
  try {
    writeDurably(path, content);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function writeDurably(path: string, content: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
