// Everything that can be said about the code without running it. usage: node scripts/lint.mjs
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => path.join(root, 'node_modules/.bin', name);

const checks = [
  { name: 'types', program: process.execPath, args: [path.join(root, 'node_modules/typescript-native/bin/tsc'), '-b', '--pretty', 'false'] },
  { name: 'layers', program: bin('depcruise'), args: ['--config', '.dependency-cruiser.cjs', 'src', 'webview', 'test'] },
  { name: 'unused', program: bin('knip'), args: ['--no-progress'] },
  { name: 'manifest', program: process.execPath, args: ['scripts/checkManifest.mjs'] },
  { name: 'style', program: bin('eslint'), args: ['.', '--max-warnings', '0'] },
  { name: 'mistakes', program: bin('oxlint'), args: ['src', 'webview', 'test'] },
];

function run({ name, program, args }) {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('error', (error) => output.push(Buffer.from(error.message)));
    child.once('close', (code) => {
      const passed = code === 0;
      console.log(`    ${passed ? '✔' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      if (!passed) console.log(Buffer.concat(output).toString().trimEnd().replaceAll(/^/gm, '      '));
      resolve({ name, passed, said: Buffer.concat(output).toString().trim() });
    });
  });
}

// In turn: the slow ones use every core themselves.
const done = [];
for (const check of checks) done.push(await run(check));
const failed = done.filter(({ passed }) => !passed);
if (process.env.GAX_TEST_RESULT !== undefined) {
  fs.writeFileSync(process.env.GAX_TEST_RESULT, JSON.stringify({
    passed: done.length - failed.length, failed: failed.length, skipped: 0, failures: failed.map(({ name, said }) => `${name}: ${said}`),
  }));
}
process.exitCode = failed.length > 0 ? 1 : 0;
