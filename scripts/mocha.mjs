// Bundles and runs some test files alone. usage: node scripts/mocha.mjs FILE.test.ts… [-- mocha options]
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildTestFiles } from './build.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cut = process.argv.indexOf('--');
const files = process.argv.slice(2, cut < 0 ? undefined : cut);
const options = cut < 0 ? [] : process.argv.slice(cut + 1);
// Inside dist/, so that the bundles find node_modules.
const out = path.join(root, 'dist', `try-${process.pid}`);
let status = 1;
try {
  await buildTestFiles([...files.map((file) => path.resolve(file)), path.join(root, 'test/support/rootHooks.ts')], out);
  const built = fs.readdirSync(out, { recursive: true }).map(String).filter((file) => file.endsWith('.test.js')).map((file) => path.join(out, file));
  const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
  const hooks = path.join(out, 'support/rootHooks.js');
  status = spawnSync(process.execPath, ['--enable-source-maps', mocha, '--require', hooks, ...options, ...built], { cwd: root, stdio: 'inherit' }).status ?? 1;
} finally {
  fs.rmSync(out, { recursive: true, force: true });
}
process.exit(status);
