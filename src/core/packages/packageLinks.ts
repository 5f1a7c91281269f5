import type { PackageFile } from './model';

/** Links that are followed one after another, as a system does before it says that there are too many. */
const mostLinks = 16;

/**
 * The regular file that a path of a package stands for: itself, or where a link leads inside the package.
 * @returns undefined when there is no such file, or a link leads to a folder, nowhere, outside, or round in a circle
 */
export function findPackageFile(files: ReadonlyMap<string, PackageFile>, path: string): PackageFile | undefined {
  let current: string | undefined = path;
  for (let followed = 0; followed <= mostLinks && current !== undefined; followed++) {
    const file = files.get(current);
    if (file === undefined || file.type === 'directory') return undefined;
    if (file.type === 'file') return file;
    const target = file.target ?? '';
    // A hard link names a path of the archive, a symbolic link one that begins in its own folder.
    current = file.type === 'hardlink' ? normalize(target.split('/')) : normalize([...file.path.split('/').slice(0, -1), ...target.split('/')], target.startsWith('/'));
  }
  return undefined;
}

function normalize(parts: readonly string[], isAbsolute = false): string | undefined {
  const kept: string[] = [];
  if (isAbsolute) return undefined;
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.pop() === undefined) return undefined;
  }
  return kept.join('/');
}
