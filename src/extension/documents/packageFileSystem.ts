import * as vscode from 'vscode';
import { describeError, isProductError } from '../../core/errors';
import type { PackageSummary } from '../../core/packages/model';
import { insideText } from '../../core/text/insideText';
import { formatBytes } from '../../core/text/measures';
import { createText, type Locale } from '../../core/text/messages';
import type { PackageService } from '../packageService';
import { createPackageIndex, type PackageIndex } from './packageIndex';
import { packageScheme, parsePackageAddress, printPackageAddress } from './packageUri';

/** The files inside stored packages, for reading, as the editor's own files. */
export interface PackageFileSystem {
  uriOf(item: Pick<PackageSummary, 'id' | 'name' | 'version'>, path: string): vscode.Uri;
  /** The files of a package; asked for once. */
  indexOf(packageId: string): Promise<PackageIndex>;
  dispose(): void;
}

/** Bytes asked for at once, as the service allows. */
const chunk = 1024 * 1024;
/** Longer files are for a download: the editor would hold all of them in memory. */
const longestFile = 64 * 1024 * 1024;
/** Packages whose index is kept. */
const keptIndexes = 8;

export function createPackageFileSystem(service: PackageService, locale: Locale): PackageFileSystem {
  const text = createText(locale, insideText);
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const indexes = new Map<string, Promise<PackageIndex>>();

  const indexOf = (packageId: string): Promise<PackageIndex> => {
    let index = indexes.get(packageId);
    if (index === undefined) {
      index = service.request('packages/files', { id: packageId }).then(createPackageIndex);
      indexes.set(packageId, index);
      index.catch(() => indexes.delete(packageId));
      const [oldest] = indexes.keys();
      if (indexes.size > keptIndexes && oldest !== undefined) indexes.delete(oldest);
    }
    return index;
  };
  const asFileError = (uri: vscode.Uri, error: unknown): vscode.FileSystemError => {
    if (error instanceof vscode.FileSystemError) return error;
    return isProductError(error, 'general/not-found') ? vscode.FileSystemError.FileNotFound(uri) : vscode.FileSystemError.Unavailable(describeError(locale, error));
  };
  const find = async (uri: vscode.Uri) => {
    const place = parsePackageAddress(uri);
    if (place === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const index = await indexOf(place.packageId);
    const entry = index.find(place.path);
    if (entry === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return { place, index, entry };
  };
  const told = async <T>(uri: vscode.Uri, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw asFileError(uri, error);
    }
  };
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };

  const stopListening = service.onEvent('changed', ({ areas }) => {
    // A package may have been replaced, or deleted: what is open is read anew.
    if (!areas.includes('packages')) return;
    indexes.clear();
    const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === packageScheme);
    if (open.length > 0) changed.fire(open.map(({ uri }) => ({ type: vscode.FileChangeType.Changed, uri })));
  });
  const registration = vscode.workspace.registerFileSystemProvider(packageScheme, {
    onDidChangeFile: changed.event,
    stat: (uri) => told(uri, async () => {
      const { entry } = await find(uri);
      if (entry.kind === 'folder') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0, permissions: vscode.FilePermission.Readonly };
      const mtime = entry.modifiedAt === undefined ? 0 : Date.parse(entry.modifiedAt);
      const type = entry.isLink ? vscode.FileType.File | vscode.FileType.SymbolicLink : vscode.FileType.File;
      // With the hash in it, a file of a package that was replaced by another of the same size differs too.
      return { type, ctime: 0, mtime: mtime + Number.parseInt((entry.file.sha256 ?? '0').slice(0, 4), 16), size: entry.file.size, permissions: vscode.FilePermission.Readonly };
    }),
    readDirectory: (uri) => told(uri, async () => {
      const { place, index } = await find(uri);
      const names = index.list(place.path);
      if (names === undefined) throw vscode.FileSystemError.FileNotADirectory(uri);
      return names.flatMap(({ name, path }): [string, vscode.FileType][] => {
        const entry = index.find(path);
        // A link that leads nowhere is left out: the editor could do nothing with it.
        return entry === undefined ? [] : [[name, entry.kind === 'folder' ? vscode.FileType.Directory : vscode.FileType.File]];
      });
    }),
    readFile: (uri) => told(uri, async () => {
      const { place, entry } = await find(uri);
      if (entry.kind === 'folder') throw vscode.FileSystemError.FileIsADirectory(uri);
      if (entry.file.size > longestFile) {
        throw vscode.FileSystemError.Unavailable(text('tooLong', { file: place.path, size: formatBytes(locale, entry.file.size), most: formatBytes(locale, longestFile) }));
      }
      const whole = new Uint8Array(entry.file.size);
      for (let offset = 0; offset < whole.length;) {
        const { bytes } = await service.request('packages/fileContent', { id: place.packageId, path: place.path, offset, length: Math.min(chunk, whole.length - offset) });
        const piece = Buffer.from(bytes, 'base64');
        if (piece.length === 0) break;
        whole.set(piece, offset);
        offset += piece.length;
      }
      return whole;
    }),
    watch: () => new vscode.Disposable(() => undefined),
    createDirectory: refuse, writeFile: refuse, delete: refuse, rename: refuse,
  }, { isReadonly: true, isCaseSensitive: true });

  return {
    uriOf: (item, path) => vscode.Uri.from({ scheme: packageScheme, ...printPackageAddress(item, path) }),
    indexOf,
    dispose: () => {
      stopListening();
      registration.dispose();
      changed.dispose();
    },
  };
}
