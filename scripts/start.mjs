// A throwaway playground: editor, sample packages and a host to deploy to. Ctrl+C removes it all.
// usage: node scripts/start.mjs [options of test/support/sandbox/start.entry.ts]
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { prepareProgram } from './prepare.mjs';
import { missingPrograms } from './programs.mjs';
import { canRunVscodeHost, installVscodeHost } from './vscodeHost.mjs';

const asked = process.argv.includes('--editor') ? process.argv[process.argv.indexOf('--editor') + 1] : undefined;
const hasDesktop = (process.env.VSCODE_PATH ?? '') !== '' || missingPrograms(['code']).length === 0;
const needsHosted = asked === 'hosted' || (asked !== 'none' && !hasDesktop);

if (process.platform === 'win32') {
  console.error('The playground deploys to this machine as to a Linux host, which Windows cannot play. Run it under WSL.');
  process.exit(1);
}
if (needsHosted && !canRunVscodeHost()) {
  console.error('No VS Code was found. Install it from https://code.visualstudio.com and put `code` on the path, or name its program in VSCODE_PATH.');
  process.exit(1);
}
if ((process.env.VSCODE_PATH ?? '') !== '' && !fs.existsSync(process.env.VSCODE_PATH)) {
  console.error(`VSCODE_PATH names ${process.env.VSCODE_PATH}, which does not exist.`);
  process.exit(1);
}

const program = await prepareProgram('support/sandbox/start.entry.ts');
if (needsHosted) installVscodeHost({ log: console.error });
createRequire(import.meta.url)(program);
