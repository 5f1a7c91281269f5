import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProductError } from '../../core/errors';
import type { DataFolder } from './dataFolder';
import { hasCode, reasonOf } from './fileErrors';

/** Everything a service is made of; it loads all of it at its start. */
const serviceFiles = ['service.js', 'sql-wasm.wasm'] as const;
/** Milliseconds for which a copy that nobody started is kept: somebody may be about to start it. */
const unusedCopyAge = 24 * 3600 * 1000;
const copyName = /^\d[\w.+-]*-[0-9a-f]{16}$/;

/**
 * Copies the service's files into the data folder, where an update of the extension does not delete them, and answers
 * with the copy's main file. A complete copy with equal content is used again, a damaged one is made anew.
 * @throws ProductError `service/files-missing`, `service/folder-unusable`
 */
export function copyServiceCode(source: string, version: string, folder: DataFolder): string {
  const files = readServiceFiles(source);
  if (files === undefined) throw new ProductError('service/files-missing', { folder: source, reason: 'ENOENT' });
  const name = `${version}-${contentHash(files)}`;
  const target = join(folder.service, name);
  try {
    if (!isCompleteCopy(target, name)) makeCopy(files, folder, target, name);
    const now = new Date();
    utimesSync(target, now, now);
  } catch (error) {
    throw new ProductError('service/folder-unusable', { folder: target, reason: reasonOf(error) }, { cause: error });
  }
  return join(target, serviceFiles[0]);
}

/** Removes copies other than the running one that nobody has started for a day. Never throws: they only take space. */
export function sweepServiceCode(folder: DataFolder, running: string): void {
  const copies = orNothing(() => readdirSync(folder.service).filter((name) => copyName.test(name))) ?? [];
  for (const path of copies.map((name) => join(folder.service, name)).filter((copy) => copy !== running)) {
    // In use on Windows, or already removed: then it stays, or is gone.
    orNothing(() => {
      if (Date.now() - statSync(path).mtimeMs > unusedCopyAge) rmSync(path, { recursive: true, force: true });
    });
  }
}

function orNothing<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function makeCopy(files: ReadonlyMap<string, Buffer>, folder: DataFolder, target: string, name: string): void {
  const building = join(folder.service, `.copy-${randomBytes(6).toString('hex')}`);
  mkdirSync(building, { mode: 0o700 });
  try {
    for (const [file, content] of files) writeDurably(join(building, file), content);
    try {
      renameSync(building, target);
    } catch (error) {
      if (!hasCode(error, 'EEXIST', 'ENOTEMPTY', 'EPERM', 'EACCES')) throw error;
      // Somebody was faster, or what is there is damaged and makes room.
      if (isCompleteCopy(target, name)) return;
      renameSync(target, `${building}.damaged`);
      renameSync(building, target);
    }
  } finally {
    rmSync(building, { recursive: true, force: true });
    rmSync(`${building}.damaged`, { recursive: true, force: true });
  }
}

function isCompleteCopy(target: string, name: string): boolean {
  const files = readServiceFiles(target);
  return files !== undefined && name.endsWith(`-${contentHash(files)}`);
}

function readServiceFiles(folder: string): ReadonlyMap<string, Buffer> | undefined {
  try {
    return new Map(serviceFiles.map((file) => [file, readFileSync(join(folder, file))]));
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw new ProductError('service/files-missing', { folder, reason: reasonOf(error) }, { cause: error });
  }
}

function contentHash(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256');
  for (const [name, content] of files) hash.update(`${name} ${content.length}\n`).update(content);
  return hash.digest('hex').slice(0, 16);
}

function writeDurably(path: string, content: Buffer): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
