import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ProductError, toErrorData } from '../../../core/errors';
import { identityKey, type PackageIdentity } from '../../../core/packages/identity';
import type { ImportSource } from '../../../core/packages/importSource';
import type { PackageSummary } from '../../../core/packages/model';
import type { ScanMethod, ScannedPackage, ScanProgress, ScanResult, UnreadableSource } from '../../../core/packages/scan';
import type { ArchiveLimits } from '../../archive/archive';
import { openFileSource, type FileSource } from '../../archive/fileSource';
import { refusal } from '../../archive/refusal';
import { createPackageRecognizer } from '../recognizePackage';
import { findPackageFolder, type PackageFolder } from '../sources/folderSource';
import { namesIn, readListed, statOf, unreadable as cannotRead } from '../sources/folderTree';
import { findInside, readMedia } from '../sources/media';
import { lookInto } from './lookInto';

export interface ScanOptions {
  /** Absent: what is found says how it is imported. */
  readonly method?: ScanMethod | undefined;
  /** The packages there are, in all tenants. */
  readonly present: readonly PackageSummary[];
  readonly tenantId: string;
  readonly limits: ArchiveLimits;
  readonly signal: AbortSignal;
  readonly report: (progress: Omit<ScanProgress, 'path'>) => void;
}

/** Folders deeper than this are named as not looked into. */
const deepest = 24;
/** Packages, and unreadable sources, of one scan. */
const mostFound = 20_000;
/** Archives up to this size are hashed when a package of the same size is stored. */
const largestCompared = 32 * 1024 * 1024;
const longestDescription = 1024 * 1024;
/** Milliseconds between two reports. */
const reportEvery = 200;

/**
 * Looks for packages at a path: unpacked ones by their description, archived ones by looking into each archive. Links are
 * not followed, devices not opened; nothing is written. Of each package only its description is read.
 * @param path absolute, of a folder or an archive
 * @throws ProductError `import/file-missing` when nothing can be read at the path; the reason of `signal` when that was aborted
 */
export async function scanPath(path: string, options: ScanOptions): Promise<Omit<ScanResult, 'path'>> {
  const root = await realpath(path).catch((error: unknown) => {
    throw cannotRead(path, error);
  });
  const { method, signal } = options;
  const book = createBook(options);
  const visited = new Set<string>();

  /** One package or archive: what keeps it from being one is noted. */
  const attempt = async (at: string, work: () => Promise<void>): Promise<void> => {
    signal.throwIfAborted();
    try {
      await work();
    } catch (error) {
      signal.throwIfAborted();
      book.refuse({ path: at, error: toErrorData(error) });
    }
  };

  const takeArchive = (file: string): Promise<void> => attempt(file, async () => {
    const source = await openFileSource(file);
    try {
      const { isNested, ...found } = await lookInto(source, options.limits, signal);
      const way = method === undefined || method === 'archive' ? (isNested ? 'support-archives' : 'archive') : method;
      await book.add({ source: { method: way, path: file }, ...found, size: source.size }, source);
    } finally {
      await source.close();
    }
  });

  const takeFolder = (folder: PackageFolder): Promise<void> => attempt(folder.root, async () => {
    const { identity, nickname } = await describe(folder, signal);
    const { size, isPlugIn } = await measure(folder, signal);
    const source: ImportSource = { method: method === 'repository' ? 'repository' : 'directory', path: folder.root };
    await book.add({ source, identity, nickname, kind: isPlugIn ? 'plug-in' : 'application', size });
  });

  const takeMedia = async (locations: readonly string[]): Promise<void> => {
    for (const location of locations) {
      await attempt(join(root, location), async () => {
        const at = await findInside(root, location);
        const folder = at === undefined ? undefined : await findPackageFolder(at);
        if (folder === undefined) throw new ProductError('import/no-description', { file: join(root, location) });
        // A location may name the installer's folder itself, or the one that holds it.
        const holder = folder.isInstaller ? await findPackageFolder(dirname(folder.root)).catch(() => undefined) : undefined;
        await takeFolder(holder?.isInstaller === false ? holder : folder);
      });
    }
  };

  const walk = async (folder: string, depth: number): Promise<void> => {
    signal.throwIfAborted();
    if (book.isFull) return;
    if (depth > deepest) throw refusal('archive/too-deep', { archive: root, entry: folder, offset: 0 }, { limit: deepest });
    const stats = await statOf(folder);
    // A folder that is mounted inside itself comes by again.
    const key = `${stats.dev}:${stats.ino}`;
    if (visited.has(key) && stats.ino !== 0n) return;
    visited.add(key);
    const names = await namesIn(folder);
    book.folderRead();
    const found = method === 'support-archives' ? undefined : await findPackageFolder(folder, names);
    if (found !== undefined) await takeFolder(found);
    if (found?.isInstaller === true) return;
    const own = found === undefined ? [] : [found.installer, ...names.filter((name) => name.toLowerCase() === 'templates')];
    for (const name of names.filter((one) => !own.includes(one))) {
      const child = join(folder, name);
      await attempt(child, async () => {
        const kind = await statOf(child);
        if (kind.isDirectory()) await walk(child, depth + 1);
        else if (kind.isFile() && /\.(zip|tar\.gz|tgz)$/i.test(name)) await takeArchive(child);
      });
    }
  };

  const stats = await statOf(root);
  if (stats.isDirectory()) {
    const media = method === 'support-archives' ? undefined : await readMedia(root).catch(() => undefined);
    if (media !== undefined && media.packages.length > 0) {
      book.folderRead();
      await takeMedia([...new Set(media.packages.map(({ location }) => location))]);
    } else await walk(root, 0);
  } else await takeArchive(root);
  book.flush();
  const { packages, unreadable } = book;
  return { method: method ?? methodOf(packages, stats.isDirectory()), foldersRead: book.foldersRead, packages, unreadable, stopped: book.isFull };
}

/** How a path is imported, by what was found there. */
function methodOf(packages: readonly ScannedPackage[], isFolder: boolean): ScanMethod {
  const has = (method: ScanMethod): boolean => packages.some(({ source }) => source.method === method);
  if (!isFolder) return has('support-archives') ? 'support-archives' : 'archive';
  return packages.length === 0 || has('directory') ? 'directory' : 'support-archives';
}

/** What was found, told a few times a second. */
function createBook({ present, tenantId, report }: ScanOptions) {
  const byIdentity = new Map<string, PackageSummary[]>();
  for (const item of present) {
    const key = identityKey(item);
    byIdentity.set(key, [...byIdentity.get(key) ?? [], item]);
  }
  const packages: ScannedPackage[] = [];
  const unreadable: UnreadableSource[] = [];
  let foldersRead = 0;
  let toldPackages = 0;
  let toldUnreadable = 0;
  let toldAt = 0;

  const flush = (): void => {
    toldAt = Date.now();
    const found = packages.slice(toldPackages);
    const refused = unreadable.slice(toldUnreadable);
    toldPackages = packages.length;
    toldUnreadable = unreadable.length;
    report({ foldersRead, found, unreadable: refused });
  };
  const changed = (): void => {
    if (Date.now() - toldAt >= reportEvery) flush();
  };

  return {
    packages, unreadable, flush,
    get foldersRead() {
      return foldersRead;
    },
    get isFull() {
      return packages.length >= mostFound || unreadable.length >= mostFound;
    },
    folderRead() {
      foldersRead++;
      changed();
    },
    refuse(source: UnreadableSource) {
      unreadable.push(source);
      changed();
    },
    /** @param archive the package's own archive, when it is one */
    async add(found: Omit<ScannedPackage, 'presence' | 'presentIn'>, archive?: FileSource) {
      const same = byIdentity.get(identityKey(found.identity)) ?? [];
      const own = same.find((item) => item.tenantId === tenantId);
      const isIdentical = own !== undefined && archive !== undefined && archive.size === own.size && archive.size <= largestCompared && (await hashOf(archive)) === own.sha256;
      packages.push({ ...found, presence: own === undefined ? 'new' : isIdentical ? 'identical' : 'present', presentIn: same.map((item) => item.tenantId) });
      changed();
    },
  };
}

async function hashOf(archive: FileSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of archive.stream()) hash.update(bytes);
  return hash.digest('hex');
}

async function describe({ root, installer, description }: PackageFolder, signal: AbortSignal): Promise<{ readonly identity: PackageIdentity; readonly nickname: string }> {
  const stats = await statOf(description);
  if (!stats.isFile()) throw new ProductError('import/no-description', { file: root });
  if (stats.size > longestDescription) throw refusal('archive/entry-too-large', { archive: root, entry: description, offset: 0 }, { size: Number(stats.size), limit: longestDescription });
  const pieces: Uint8Array[] = [];
  for await (const piece of readListed({ path: description, stats }, signal)) pieces.push(piece);
  const recognizer = createPackageRecognizer(root, installer);
  recognizer.onContent({ path: `${installer}/ip_description.xml`, type: 'file', size: Number(stats.size) }, Buffer.concat(pieces));
  const { name, version, localeId, osGroup, computerTypes, nickname } = recognizer.description();
  return { identity: { name, version, localeId, osGroup, computerTypes }, nickname };
}

/** Bytes of the installer and the templates of a package, by their sizes alone. */
async function measure({ root, installer, isInstaller }: PackageFolder, signal: AbortSignal): Promise<{ readonly size: number; readonly isPlugIn: boolean }> {
  const waiting = isInstaller ? [root] : (await namesIn(root)).filter((name) => name === installer || name.toLowerCase() === 'templates').map((name) => join(root, name));
  let size = 0;
  let isPlugIn = false;
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    signal.throwIfAborted();
    const stats = await statOf(path);
    if (stats.isFile()) {
      size += Number(stats.size);
      isPlugIn ||= /[\\/]templates[\\/][^\\/]+\.tpl$/i.test(path);
    } else if (stats.isDirectory()) for (const name of await namesIn(path)) waiting.push(join(path, name));
  }
  return { size, isPlugIn };
}
