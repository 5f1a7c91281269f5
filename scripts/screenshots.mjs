// Takes the pictures of the README anew, into docs/pictures. usage: node scripts/screenshots.mjs [FOLDER]
// Needs what the suite `host` needs. Look at each picture before it is committed.
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { prepare, provideSystemParts, root } from './prepare.mjs';
import { canRunVscodeHost, installVscodeHost } from './vscodeHost.mjs';

const missing = provideSystemParts(['sshd', 'chromium', 'fonts']);
if (missing.length > 0 || !canRunVscodeHost()) {
  console.error(`The pictures are taken on Linux x64 with an OpenSSH server and Chromium. Missing: ${missing.join(', ') || 'Linux x64'}`);
  process.exit(1);
}
await prepare();
installVscodeHost({ log: console.log });
const folder = path.resolve(process.argv[2] ?? path.join(root, 'docs/pictures'));
process.exitCode = spawnSync(process.execPath, [path.join(root, 'dist/test/pictures/takePictures.entry.js'), folder], { stdio: 'inherit' }).status ?? 1;
