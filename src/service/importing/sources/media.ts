import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readMediaInfo, type MediaInfo } from '../../../core/formats/mediaInfo/read';
import { decodeText } from '../../../core/text/utf8';
import { namesIn, readListed } from './folderTree';

/** A folder that says by a file `MediaInfo.xml` where its packages lie, e.g. a mounted CD. */
export interface Media extends MediaInfo {
  readonly root: string;
}

/** Bytes; a CD of hundreds of packages has a tenth of it. */
const longestInfo = 8 * 1024 * 1024;
/** How many folders above a package its media may begin. */
const highest = 6;

/** The media that begins in this folder; undefined when there is none, or what it says cannot be read. */
export async function readMedia(root: string): Promise<Media | undefined> {
  const path = await findInside(root, 'MediaInfo.xml');
  if (path === undefined) return undefined;
  const stats = await lstat(path, { bigint: true });
  if (!stats.isFile() || stats.size > longestInfo) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of readListed({ path, stats })) pieces.push(piece);
  return { root, ...readMediaInfo(decodeText(Buffer.concat(pieces))) };
}

/** The templates of a package that lies on a media, wherever they are there. */
export async function mediaTemplates(packageFolder: string): Promise<readonly { readonly path: string; readonly name: string }[]> {
  let folder = packageFolder;
  for (let height = 0; height < highest; height++) {
    const media = await readMedia(folder).catch(() => undefined);
    if (media !== undefined) {
      const nicknames = new Set<string>();
      for (const { nickname, location } of media.packages) {
        const found = await findInside(media.root, location);
        if (found === packageFolder || (found !== undefined && dirname(found) === packageFolder)) nicknames.add(nickname.toLowerCase());
      }
      const own = media.templates.filter(({ nickname }) => nicknames.has(nickname.toLowerCase()));
      const paths = await Promise.all(own.map(async ({ location, file }) => ({ path: await findInside(media.root, `${location}/${file}`), name: file.split(/[\\/]/).at(-1) ?? file })));
      return paths.flatMap(({ path, name }) => (path === undefined ? [] : [{ path, name }]));
    }
    const above = dirname(folder);
    if (above === folder) break;
    folder = above;
  }
  return [];
}

/**
 * What lies at a relative path below a folder, written with either separator and in any case; no link is followed.
 * @returns undefined when there is nothing, or the path leads out
 */
export async function findInside(root: string, relative: string): Promise<string | undefined> {
  let current = root;
  for (const part of relative.split(/[\\/]/)) {
    if (part === '' || part === '.') continue;
    if (part === '..') return undefined;
    const names = await namesIn(current).catch(() => []);
    const name = names.find((one) => one === part) ?? names.find((one) => one.toLowerCase() === part.toLowerCase());
    if (name === undefined) return undefined;
    current = join(current, name);
    if ((await lstat(current)).isSymbolicLink()) return undefined;
  }
  return current;
}
