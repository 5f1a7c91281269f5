import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/projectRoot';

const built = join(projectRoot, 'dist/test');

/** Test files of which `npm test` runs a part of the rows (`support/matrix.ts`); of the pages' these are their states in all kinds of themes. */
const listFiles = (): readonly string[] => [
  'service/ssh/hostKeyTable.test.js', 'service/importing/methods.test.js',
  ...readdirSync(join(built, 'webview')).filter((name) => name.endsWith('.test.js')).map((name) => `webview/${name}`),
];

/** Runs all rows of the big matrices, one file after the other. Nothing in it is random. */
export async function run({ log }: { readonly log: (line: string) => void }): Promise<void> {
  const failed: string[] = [];
  for (const file of listFiles()) {
    const child = spawn(process.execPath, [
      '--enable-source-maps', join(projectRoot, 'node_modules/mocha/bin/mocha.js'), '--reporter', 'dot', '--require', join(built, 'support/rootHooks.js'), join(built, file),
    ], { cwd: projectRoot, stdio: 'inherit', env: { ...process.env, GAX_WHOLE_MATRICES: 'true' } });
    const [code] = (await once(child, 'close')) as [number | null];
    log(`${file}: ${code === 0 ? 'passed' : 'FAILED'}`);
    if (code !== 0) failed.push(file);
  }
  if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}`);
}
