// Writes sample packages in the vendor's layout. usage: node scripts/sample-packages.mjs OUT [options; --help names them]
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { prepare, root } from './prepare.mjs';

await prepare();
const tool = path.join(root, 'dist/test/support/samplePackages/main.entry.js');
process.exitCode = spawnSync(process.execPath, ['--enable-source-maps', tool, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
