import { opendir, readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { LintFile } from '../../core/language/lint';
import { readPackageFiles } from '../../service/client';

/** Deeper folders are not entered; links are never followed. */
const deepestFolder = 32;
/** Bytes; a longer file is not looked at. The vendor's own are far below. */
const longestFile = 20 * 1024 * 1024;

/** Files of one folder, or of one folder of a package. */
export interface FolderOfFiles {
  /** The archive they are in. */
  readonly archive?: string;
  /** The caller named each of them. */
  readonly named?: boolean;
  readonly files: readonly LintFile[];
}

/** What stands in the way of a look at a file. */
export interface Obstacle {
  readonly path: string;
  readonly kind: 'missing' | 'too-long' | 'too-deep' | 'unknown-format' | 'unreadable';
  readonly error?: unknown;
}

const ofInterest = /\.(apd|tpl|spd|xml|ini)$/i;
const isArchive = (name: string) => /\.(zip|tar\.gz|tgz)$/i.test(name);
const leftOut: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Finds the files to check below some paths: folders are walked, package archives looked into. Yields folder by folder. */
export async function* collectFiles(paths: readonly string[], onObstacle: (obstacle: Obstacle) => void): AsyncGenerator<FolderOfFiles> {
  // Named files of one folder are looked at together: the two of a pair are compared.
  const named = new Map<string, string[]>();
  for (const start of paths) {
    const kind = await kindOf(start);
    if (kind === undefined) onObstacle({ path: start, kind: 'missing' });
    else if (kind === 'folder') yield* walkFolder(start, 0, onObstacle);
    else if (isArchive(start)) yield* lookInto(start, onObstacle);
    else named.set(path.dirname(start), [...(named.get(path.dirname(start)) ?? []), start]);
  }
  for (const files of named.values()) yield { named: true, files: await readFiles(files, onObstacle) };
}

async function kindOf(start: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(start)).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

async function* walkFolder(folder: string, depth: number, onObstacle: (obstacle: Obstacle) => void): AsyncGenerator<FolderOfFiles> {
  if (depth > deepestFolder) {
    onObstacle({ path: folder, kind: 'too-deep' });
    return;
  }
  const files: string[] = [];
  const folders: string[] = [];
  const archives: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory() && !leftOut.has(entry.name)) folders.push(full);
      else if (entry.isFile() && ofInterest.test(entry.name)) files.push(full);
      else if (entry.isFile() && isArchive(entry.name)) archives.push(full);
    }
  } catch (error) {
    onObstacle({ path: folder, kind: 'unreadable', error });
    return;
  }
  yield { files: await readFiles(files.sort(), onObstacle) };
  for (const archive of archives.sort()) yield* lookInto(archive, onObstacle);
  for (const below of folders.sort()) yield* walkFolder(below, depth + 1, onObstacle);
}

async function readFiles(names: readonly string[], onObstacle: (obstacle: Obstacle) => void): Promise<readonly LintFile[]> {
  const found: LintFile[] = [];
  for (const name of names) {
    try {
      if ((await stat(name)).size > longestFile) onObstacle({ path: name, kind: 'too-long' });
      else found.push({ path: name, bytes: await readFile(name) });
    } catch (error) {
      onObstacle({ path: name, kind: 'unreadable', error });
    }
  }
  return found;
}

/** Only what belongs to a package: a product's payload can hold any XML. */
const inPackage = /^(?:[^/]+\/)?(?:ip\/(?:genesys_silent\.ini|ip_description\.xml)|templates\/.+\.(?:apd|tpl|xml|spd))$/i;

async function* lookInto(archive: string, onObstacle: (obstacle: Obstacle) => void): AsyncGenerator<FolderOfFiles> {
  const byFolder = new Map<string, LintFile[]>();
  try {
    for (const file of await readPackageFiles(archive, (name) => (inPackage.test(name) ? longestFile : undefined))) {
      const folder = path.posix.dirname(file.path);
      byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
    }
  } catch (error) {
    onObstacle({ path: archive, kind: 'unreadable', error });
    return;
  }
  for (const files of byFolder.values()) yield { archive, files };
}
