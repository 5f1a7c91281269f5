import type { PackageFile } from './model';

/** A file or link that only one of two packages has. */
export interface ComparedFile {
  readonly path: string;
  readonly size: number;
}

/** A file or link that both packages have, with another content. */
export interface ChangedFile {
  /** In the first package. */
  readonly path: string;
  readonly size: number;
  /** In the other package; differs from `path` only in the top folder, or in how the folder of templates is spelled. */
  readonly otherPath: string;
  readonly otherSize: number;
}

/** How the files of two packages differ. Folders do not count; all lists are in the order of their paths. */
export interface PackageComparison {
  /** In the other package only. */
  readonly added: readonly ComparedFile[];
  /** In the first package only. */
  readonly removed: readonly ComparedFile[];
  readonly changed: readonly ChangedFile[];
  /** How many are equal in both. */
  readonly same: number;
}

/** The files of one package, with the folder of its installer (`ip`, or `some folder/ip`). */
export interface PackageIndex {
  readonly files: readonly PackageFile[];
  readonly installerFolder: string;
}

/**
 * Compares two packages file by file: by name below the folder that holds the installer, then by SHA-256, for links by
 * kind and target.
 */
export function comparePackages(first: PackageIndex, other: PackageIndex): PackageComparison {
  const before = byName(first);
  const after = byName(other);
  const changed: ChangedFile[] = [];
  let same = 0;
  for (const [name, file] of before) {
    const now = after.get(name);
    if (now === undefined) continue;
    if (fingerprint(file) === fingerprint(now)) same += 1;
    else changed.push({ path: file.path, size: file.size, otherPath: now.path, otherSize: now.size });
  }
  return {
    added: [...after].filter(([name]) => !before.has(name)).map(([, file]) => compared(file)).sort(byPath),
    removed: [...before].filter(([name]) => !after.has(name)).map(([, file]) => compared(file)).sort(byPath),
    changed: changed.sort(byPath),
    same,
  };
}

function byName({ files, installerFolder }: PackageIndex): ReadonlyMap<string, PackageFile> {
  const slash = installerFolder.lastIndexOf('/');
  const top = slash < 0 ? '' : installerFolder.slice(0, slash + 1);
  return new Map(files.filter(({ type }) => type !== 'directory').map((file) => [nameBelow(top, file.path), file]));
}

/** The vendor spells the folder of templates in several ways, also from one version of a package to the next. */
function nameBelow(top: string, path: string): string {
  return path.startsWith(top) ? path.slice(top.length).replace(/^templates\//i, 'templates/') : `/${path}`;
}

function fingerprint({ type, sha256, target }: PackageFile): string {
  return type === 'file' ? `file ${sha256 ?? ''}` : `${type} ${target ?? ''}`;
}

const compared = ({ path, size }: PackageFile): ComparedFile => ({ path, size });

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
