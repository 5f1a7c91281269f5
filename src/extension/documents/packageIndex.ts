import type { PackageFile } from '../../core/packages/model';
import { findPackageFile } from '../../core/packages/packageLinks';

/** What stands at a path of a package: a file, a link to one, or a folder. */
export type PackageEntry =
  | { readonly kind: 'file'; readonly file: PackageFile; /** Reached through a link. */ readonly isLink: boolean; readonly modifiedAt: string | undefined }
  | { readonly kind: 'folder' };

/** The files of a package as a tree of folders. */
export interface PackageIndex {
  readonly files: ReadonlyMap<string, PackageFile>;
  find(path: string): PackageEntry | undefined;
  /** The names in a folder with their paths, sorted; undefined when there is no such folder. */
  list(path: string): readonly { readonly name: string; readonly path: string }[] | undefined;
}

/** Makes the tree of an index. Folders are also those that only the paths of files name. */
export function createPackageIndex(files: readonly PackageFile[]): PackageIndex {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const folders = new Map<string, Set<string>>([['', new Set()]]);
  const place = (path: string): void => {
    const slash = path.lastIndexOf('/');
    const parent = slash < 0 ? '' : path.slice(0, slash);
    const names = folders.get(parent);
    if (names !== undefined) {
      names.add(path);
      return;
    }
    folders.set(parent, new Set([path]));
    place(parent);
  };
  for (const { path, type } of files) {
    if (type === 'directory' && !folders.has(path)) folders.set(path, new Set());
    place(path);
  }
  return {
    files: byPath,
    find(path) {
      if (folders.has(path)) return { kind: 'folder' };
      const named = byPath.get(path);
      const file = findPackageFile(byPath, path);
      if (named === undefined || file === undefined) return undefined;
      return { kind: 'file', file, isLink: named.type === 'symlink', modifiedAt: named.modifiedAt ?? file.modifiedAt };
    },
    list: (path) => {
      const names = folders.get(path);
      return names && [...names].map((each) => ({ name: each.slice(path === '' ? 0 : path.length + 1), path: each })).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}
