import { ProductError } from '../errors';
import type { ImportSource } from './importSource';

/** Network shares and the local folders in which they are mounted: `//server/share` → `/mnt/share`. */
export type MountMap = Readonly<Record<string, string>>;

export interface Locating {
  /** Of the machine that reads the files. */
  readonly platform: 'posix' | 'windows';
  readonly mounts: MountMap;
}

/** A network path, `\\server\share\…` or `//server/share/…`. */
interface UncPath {
  readonly server: string;
  readonly share: string;
  /** Below the share: `/` as separator, none at its beginning. */
  readonly rest: string;
}

/** A source with each of its paths as the machine that reads it needs them. @throws ProductError as {@link locatePath} */
export function locateSource(source: ImportSource, locating: Locating): ImportSource {
  const path = locatePath(source.path, locating);
  return source.method === 'parts' ? { ...source, path, xml: locatePath(source.xml, locating), apd: locatePath(source.apd, locating) } : { ...source, path };
}

/**
 * The absolute path of a file or folder that was named by a path, a network path or a `file:` address.
 * @throws ProductError `import/not-mounted` for a network path that no folder is known for, `import/address-unusable`,
 * `import/relative-path`
 */
export function locatePath(named: string, { platform, mounts }: Locating): string {
  const path = /^[a-z][a-z0-9+.-]+:\/\//i.test(named) || /^file:/i.test(named) ? pathOfAddress(named, platform) : named;
  const unc = parseUnc(path);
  if (unc !== undefined) return platform === 'windows' ? `\\\\${partsOf(unc).join('\\')}` : mounted(unc, mounts, path);
  const isAbsolute = platform === 'windows' ? /^[a-z]:[\\/]/i.test(path) : path.startsWith('/');
  if (!isAbsolute) throw new ProductError('import/relative-path', { file: path });
  return path;
}

function parseUnc(path: string): UncPath | undefined {
  const [, server, share, rest] = /^[\\/]{2}([^\\/?.][^\\/]*)[\\/]+([^\\/]+)(?:[\\/]+(.*))?$/s.exec(path) ?? [];
  return server === undefined || share === undefined ? undefined : { server, share, rest: (rest ?? '').split(/[\\/]+/).filter((part) => part !== '').join('/') };
}

/** The path that a `file:` address stands for. */
function pathOfAddress(address: string, platform: Locating['platform']): string {
  const unusable = (): ProductError => new ProductError('import/address-unusable', { address });
  const [, host, encoded] = /^file:(?:\/\/([^/?#]*))?(\/[^?#]*)$/i.exec(address) ?? [];
  if (encoded === undefined) throw unusable();
  let path: string;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    throw unusable();
  }
  // An encoded separator or NUL would name another file than the address says.
  if (path.includes('\u0000') || /%2f|%5c/i.test(encoded)) throw unusable();
  if (host !== undefined && host !== '' && host.toLowerCase() !== 'localhost') return `//${host}${path}`;
  return platform === 'windows' ? path.replace(/^\/+([a-z]:)/i, '$1') : path;
}

/** Where a share is mounted. The longest entry wins, so that a folder of a share can have a place of its own. */
function mounted(unc: UncPath, mounts: MountMap, path: string): string {
  const wanted = partsOf(unc);
  // Above its own root lie the server's other shares.
  if (wanted.includes('..')) throw new ProductError('import/address-unusable', { address: path });
  const fits = Object.entries(mounts).flatMap(([share, folder]) => {
    const entry = parseUnc(share);
    const parts = entry === undefined ? [] : partsOf(entry);
    // Windows, where such names come from, does not tell the case of letters apart.
    const holds = parts.length > 0 && parts.length <= wanted.length && parts.every((part, index) => part.toLowerCase() === wanted[index]?.toLowerCase());
    return holds && folder.startsWith('/') ? [{ depth: parts.length, folder }] : [];
  });
  const found = fits.sort((a, b) => b.depth - a.depth)[0];
  if (found === undefined) throw new ProductError('import/not-mounted', { path, share: `//${unc.server}/${unc.share}` });
  return [found.folder.replace(/\/+$/, ''), ...wanted.slice(found.depth)].join('/') || '/';
}

function partsOf({ server, share, rest }: UncPath): readonly string[] {
  return [server, share, ...rest.split('/').filter((part) => part !== '')];
}
