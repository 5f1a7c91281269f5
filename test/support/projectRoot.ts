import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder, found from wherever a test bundle lies in dist/. */
export const projectRoot = findRoot(__dirname);

function findRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'tsconfig.base.json'))) return folder;
    if (dirname(folder) === folder) throw new Error(`no project folder above ${start}`);
  }
}
