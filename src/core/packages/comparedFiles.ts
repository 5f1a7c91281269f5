import type { PackageComparison } from './comparison';

/** One file that differs, on one side or on both. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  /** In the first package; absent when it was added. */
  readonly path?: string;
  /** In the other package; absent when it was removed. */
  readonly otherPath?: string;
  /** Whether a comparison as text can show it. */
  readonly isText: boolean;
}

/** Endings of files that an editor cannot show as text. A template (`.apd`) has a text form of its own. */
const binary = /\.(jar|war|class|so(\.[\d.]+)?|a|o|exe|dll|sys|msi|cab|zip|gz|tgz|tar|bz2|xz|7z|rpm|bin|dat|db|pdb|lib|png|gif|jpe?g|ico|bmp|pdf|docx?|xlsx?|chm|wav|mp3|mp4|avi|ttf|woff2?|p12|jks|der)$/i;
/** Programs of an installer without an ending. */
const programs = /(^|\/)(gunzip|tar|gzip|unzip)$/i;
/** Bytes of a file that is still compared as text. */
const longestText = 5 * 1024 * 1024;

/** All files that differ: those that both have first, then the new ones, then those that are gone; each in the order of their paths. */
export function listDifferences({ added, removed, changed }: PackageComparison): readonly Difference[] {
  const isText = (path: string, size: number): boolean => !binary.test(path) && !programs.test(path) && size <= longestText;
  return [
    ...changed.map(({ path, size, otherPath, otherSize }): Difference => ({ kind: 'changed', path, otherPath, isText: isText(otherPath, Math.max(size, otherSize)) })),
    ...added.map(({ path, size }): Difference => ({ kind: 'added', otherPath: path, isText: isText(path, size) })),
    ...removed.map(({ path, size }): Difference => ({ kind: 'removed', path, isText: isText(path, size) })),
  ];
}
