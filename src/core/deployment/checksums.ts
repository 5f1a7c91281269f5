import type { PackageFile } from '../packages/model';

/**
 * A list that `sha256sum -c` reads: hash, two blanks, name. A line whose name holds a backslash or a line end begins with a
 * backslash and has them escaped (GNU coreutils manual, *md5sum invocation*).
 */
export function checksumList(files: readonly Pick<PackageFile, 'path' | 'sha256'>[]): string {
  return files.flatMap(({ path, sha256 }) => (sha256 === undefined ? [] : [`${checksumLine(path, sha256)}\n`])).join('');
}

function checksumLine(path: string, sha256: string): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return `${escaped === path ? '' : '\\'}${sha256}  ${escaped}`;
}

/** The names in what `LC_ALL=C sha256sum -c --quiet` prints: `<name>: FAILED`, or `<name>: FAILED open or read`. */
export function parseChecksumFailures(output: string): readonly string[] {
  return output.split('\n').flatMap((line) => {
    const [, escaped, name] = /^(\\?)(.*): FAILED(?: open or read)?$/.exec(line) ?? [];
    if (name === undefined) return [];
    return [escaped === '' ? name : name.replace(/\\([\\nr])/g, (_, character: string) => (character === 'n' ? '\n' : character === 'r' ? '\r' : '\\'))];
  });
}
