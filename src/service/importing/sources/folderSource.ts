import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ProductError } from '../../../core/errors';
import type { PackageFile } from '../../../core/packages/model';
import type { ArchiveLimits } from '../../archive/archive';
import { refusal } from '../../archive/refusal';
import { createContentRecognizer, type ContentRecognizer } from '../recognizeContent';
import { isSameFile, listFolder, namesIn, readListed, statOf, timeOf, unreadable, type FolderEntry } from './folderTree';
import { mediaTemplates } from './media';
import type { CheckedPackage, PackageSource } from './packageSource';
import { createTarOfFiles } from './tarOfFiles';

/** Where a package lies unpacked. */
export interface PackageFolder {
  readonly root: string;
  /** Name of the installer's folder: a folder of `root`, or `root` itself. */
  readonly installer: string;
  readonly isInstaller: boolean;
  /** The file `ip_description.xml`. */
  readonly description: string;
}

/** The package that a folder is, by its installer's folder or as that folder; undefined: it is none. @throws ProductError `import/file-missing` */
export async function findPackageFolder(root: string, names?: readonly string[]): Promise<PackageFolder | undefined> {
  const here = names ?? await namesIn(root);
  for (const name of here.filter((one) => one.toLowerCase() === 'ip')) {
    const description = (await isFolder(join(root, name))) ? descriptionIn(await namesIn(join(root, name))) : undefined;
    if (description !== undefined) return { root, installer: name, isInstaller: false, description: join(root, name, description) };
  }
  const description = descriptionIn(here);
  return description === undefined ? undefined : { root, installer: basename(root) || 'ip', isInstaller: true, description: join(root, description) };
}

function descriptionIn(names: readonly string[]): string | undefined {
  return names.find((name) => name.toLowerCase() === 'ip_description.xml');
}

async function isFolder(path: string): Promise<boolean> {
  return (await statOf(path)).isDirectory();
}

/**
 * An unpacked package. It is stored as one tar, made while its files are read, each once: paths, modes, times, contents.
 * @throws ProductError `import/file-missing`, `import/no-description`
 */
export async function openFolder(path: string, limits: ArchiveLimits): Promise<PackageSource> {
  const root = await realpath(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const found = await findPackageFolder(root);
  const name = basename(root) || root;
  if (found === undefined) throw new ProductError('import/no-description', { file: path });
  return {
    name,
    // The files are read when they are stored.
    size: 0,
    check: (signal) => check(found, name, limits, signal),
    close: () => Promise.resolve(),
  };
}

async function check(folder: PackageFolder, name: string, limits: ArchiveLimits, signal: AbortSignal): Promise<CheckedPackage> {
  const list = (): Promise<FolderEntry[]> => listPackage(folder, name, limits, signal);
  const entries = await list();
  const recognizer = createContentRecognizer(name, folder.installer);
  for (const entry of entries) await offer(recognizer, name, entry, signal);
  const tar = createTarOfFiles(entries.map(({ file, path, stats }) => ({ file, modified: stats.mtimeNs, open: (stop) => readListed({ path, stats }, stop) })));
  return {
    identity: () => recognizer.identity(),
    content: () => recognizer.result(),
    archive: { archiveName: `${name}.tar`, archiveFormat: 'tar' },
    size: tar.size,
    fileCount: tar.fileCount,
    stream: (stop, onFile) => tar.stream(stop, onFile),
    async finish() {
      refuseChanges(entries, await list());
      return { files: tar.files, unpackedSize: tar.files.reduce((sum, { size }) => sum + size, 0) };
    },
  };
}

/** Hands an entry to the recogniser, with its content when that is wanted. */
async function offer(recognizer: ContentRecognizer, name: string, { file, path, stats }: FolderEntry, signal: AbortSignal): Promise<void> {
  if (file.type !== 'file') return;
  const limit = recognizer.wantsContent(file);
  if (limit === undefined) return;
  if (file.size > limit) throw refusal('archive/entry-too-large', { archive: name, entry: file.path, offset: 0 }, { size: file.size, limit });
  const pieces: Uint8Array[] = [];
  for await (const piece of readListed({ path, stats }, signal)) pieces.push(piece);
  recognizer.onContent(file, Buffer.concat(pieces));
}

/** Thrown to list again without what lies beside the package. */
class OtherPackage extends Error {}

/** All files of a package: those of its folder, and templates that a media keeps elsewhere. Where other packages lie in the folder, the installer and the templates alone. */
async function listPackage(folder: PackageFolder, name: string, limits: ArchiveLimits, signal: AbortSignal): Promise<FolderEntry[]> {
  const { root, installer, isInstaller } = folder;
  const list = (rename: (path: string) => string | undefined): Promise<FolderEntry[]> => listFolder(root, { name, limits, signal, rename });
  let entries: FolderEntry[];
  if (isInstaller) {
    const stats = await statOf(root);
    const own: PackageFile = { path: installer, type: 'directory', size: 0, mode: Number(stats.mode) & 0o7777, modifiedAt: timeOf(stats).toISOString() };
    entries = [{ file: own, path: root, stats }, ...await list((path) => `${installer}/${path}`)];
  } else {
    const isOwn = (path: string): boolean => [installer.toLowerCase(), 'templates'].includes(path.split('/')[0]?.toLowerCase() ?? '');
    try {
      entries = await list((path) => {
        if (!isOwn(path) && /(^|\/)ip_description\.xml$/i.test(path)) throw new OtherPackage();
        return path;
      });
    } catch (error) {
      if (!(error instanceof OtherPackage)) throw error;
      entries = await list((path) => (isOwn(path) ? path : undefined));
    }
  }
  return [...entries, ...await templatesElsewhere(root, entries)];
}

async function templatesElsewhere(root: string, entries: readonly FolderEntry[]): Promise<FolderEntry[]> {
  const known = new Set(entries.map(({ file }) => file.path.toLowerCase()));
  const paths = new Set(entries.map(({ path }) => path));
  const folder = entries.find(({ file }) => file.type === 'directory' && file.path.toLowerCase() === 'templates')?.file.path ?? 'templates';
  const added: FolderEntry[] = [];
  for (const { path, name } of await mediaTemplates(root)) {
    const stats = await statOf(path);
    const inPackage = `${folder}/${name}`;
    if (!stats.isFile() || paths.has(path) || known.has(inPackage.toLowerCase())) continue;
    known.add(inPackage.toLowerCase());
    const file: PackageFile = { path: inPackage, type: 'file', size: Number(stats.size), mode: Number(stats.mode) & 0o7777, modifiedAt: timeOf(stats).toISOString() };
    added.push({ file, path, stats });
  }
  return added;
}

/** @throws ProductError `import/source-changed` that names the first file that differs */
function refuseChanges(before: readonly FolderEntry[], now: readonly FolderEntry[]): void {
  const later = new Map(now.map((entry) => [entry.path, entry]));
  const changed = before.find(({ path, stats, file }) => {
    const entry = later.get(path);
    return entry === undefined || !isSameFile(entry.stats, stats) || entry.file.target !== file.target;
  });
  const known = new Set(before.map(({ path }) => path));
  const file = changed?.path ?? now.find(({ path }) => !known.has(path))?.path;
  if (file !== undefined) throw new ProductError('import/source-changed', { file });
}
