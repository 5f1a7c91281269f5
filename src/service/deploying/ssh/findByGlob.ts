import { readdir, stat } from 'node:fs/promises';
import * as path from 'node:path';

/** Files that a pattern of glob(7) names (`*`, `?`, `[…]`), in the order of their bytes. A name without wildcards is answered as it is, when it is there. */
export async function findByGlob(pattern: string): Promise<string[]> {
  const root = path.parse(pattern).root;
  let found = [root];
  for (const segment of pattern.slice(root.length).split(/[/\\]/).filter((part) => part !== '')) {
    found = isPattern(segment) ? (await Promise.all(found.map((folder) => inFolder(folder, segment)))).flat() : found.map((folder) => path.join(folder, segment));
  }
  const present = await Promise.all(found.map((file) => stat(file).then(() => [file], () => [])));
  return present.flat();
}

function isPattern(segment: string): boolean {
  return /[*?[]/.test(segment);
}

async function inFolder(folder: string, segment: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const expression = new RegExp(`^${asExpression(segment)}$`, 's');
  // A wildcard at the begin does not stand for a dot: hidden files and the leftovers of editors stay out.
  const matching = names.filter((name) => expression.test(name) && (segment.startsWith('.') || !name.startsWith('.')));
  return matching.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map((name) => path.join(folder, name));
}

function asExpression(segment: string): string {
  return segment.replace(/\[([!^]?)(\]?[^\]]*)\]|[\s\S]/g, (part, negation: string | undefined, set: string | undefined) => {
    if (set !== undefined) return `[${negation === '' ? '' : '^'}${set.replace(/[\\\]^[]/g, '\\$&')}]`;
    if (part === '*') return '.*?';
    return part === '?' ? '.' : part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  });
}
