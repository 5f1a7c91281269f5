/** A full path of Windows: from a drive. Shares are no place for what a deployment keeps on a host. */
export function isWindowsPath(path: string): boolean {
  return /^[A-Za-z]:[\\/]/.test(path);
}

/** Joins a folder of a host with names below it, which may be parted by `/`, in the manner of the folder's own system. */
export function childPath(folder: string, ...names: readonly string[]): string {
  const rest = names.filter((name) => name !== '').join('/');
  if (rest === '') return folder;
  if (!isWindowsPath(folder)) return `${folder.replace(/\/+$/, '')}/${rest}`;
  return `${folder.replace(/[\\/]+$/, '')}\\${rest.replaceAll('/', '\\')}`;
}

/** A folder without what stands at its end by mistake, in its system's own separators: `C:/a/` is `C:\a`. */
export function plainFolder(folder: string): string {
  if (!isWindowsPath(folder)) return folder.replace(/(.)\/+$/, '$1');
  const plain = folder.replaceAll('/', '\\').replace(/\\{2,}/g, '\\').replace(/\\+$/, '');
  return /^[A-Za-z]:$/.test(plain) ? `${plain}\\` : plain;
}

/** The longest path that programs of Windows can be relied on to open, without its end mark. */
export const longestWindowsPath = 259;

/**
 * Whether a folder can hold what a deployment keeps on a host: a full path without blanks, since the vendor's installers do
 * not keep quoting. On Windows its names hold only what stands for itself on every command line that it may come to: letters
 * and digits of any language, and `-_.~@+=#$`.
 */
export function isHostFolder(folder: string): boolean {
  if (folder.length > 4096) return false;
  if (!isWindowsPath(folder)) return /^\/[^\s\u0000]*$/.test(folder);
  return /^[A-Za-z]:(?:[\\/]+[\p{L}\p{N}_.~@+=#$-]*[\p{L}\p{N}_~@+=#$-])*[\\/]*$/u.test(folder) && folder.length <= longestWindowsPath;
}
