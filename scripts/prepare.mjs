// What start and test share before anything else runs: the right Node, installed packages, built bundles, parts of the system.
// Node built-ins only: on a clean clone nothing is installed yet.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingPrograms } from './programs.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const oldestNode = 20;

/** Ends the process with a sentence when this Node is too old. */
export function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= oldestNode) return;
  console.error(`Node ${oldestNode} or newer is needed; this is ${process.versions.node}. Get one from https://nodejs.org or your system's packages.`);
  process.exit(1);
}

/** Whether node_modules holds what the lock file names, judged by the list npm itself keeps there. */
export function areDependenciesInstalled(folder = root) {
  try {
    const wanted = JSON.parse(fs.readFileSync(path.join(folder, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(fs.readFileSync(path.join(folder, 'node_modules/.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(([place, entry]) => {
      if (place === '') return true;
      const found = present[place];
      // Packages for other platforms are in the lock file and rightly not there.
      return found === undefined ? entry.optional === true : found.version === entry.version && found.integrity === entry.integrity;
    });
  } catch {
    return false;
  }
}

/** Runs a program with its output on the terminal; ends this process with a sentence when it fails. */
function runOrEnd(program, args, options = {}) {
  const result = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.status === 0) return;
  console.error(`${program} ${args.join(' ')} failed${result.error === undefined ? '' : `: ${result.error.message}`}`);
  process.exit(1);
}

/** Installs the locked packages when node_modules does not hold them. */
export function installDependencies() {
  if (areDependenciesInstalled()) return;
  console.log('Installing the packages that package-lock.json names…');
  // On Windows npm is a command file, which Node starts through the shell alone.
  runOrEnd('npm', ['ci', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' });
}

/** Builds the bundles, with the tests and developer tools; needs the packages. */
export async function buildAll() {
  const { buildProduct, buildTests } = await import('./build.mjs');
  await buildProduct();
  await buildTests();
}

/** Node, packages, bundles: what both commands need as the first one on a clean clone. */
export async function prepare() {
  checkNode();
  installDependencies();
  await buildAll();
}

/** The same for one program below test/: who starts that does not wait for all tests to be built. @returns its file */
export async function prepareProgram(entry) {
  checkNode();
  installDependencies();
  const { buildProduct, buildTestFiles } = await import('./build.mjs');
  await buildProduct();
  const out = path.join(root, 'dist/programs', path.basename(entry, '.entry.ts'));
  await buildTestFiles([path.join(root, 'test', entry)], out);
  return path.join(out, entry.replace(/\.ts$/, '.js'));
}

/** Parts of the system that some suites need, how to see them, and how to get them. */
export const systemParts = {
  sshd: {
    name: 'OpenSSH server',
    isThere: () => missingPrograms(['sshd', 'ssh-keygen']).length === 0,
    debian: ['openssh-server'],
    how: 'install OpenSSH with its server (Fedora: dnf install openssh-server; macOS has it; Windows is not supported for this suite)',
  },
  // Only root can lend users and sudo rules to a test; for everybody else those tests are left out by name.
  installUsers: {
    name: 'sudo, to install as another user',
    isThere: () => process.platform !== 'linux' || process.getuid?.() !== 0 || fs.existsSync('/usr/bin/sudo'),
    debian: ['sudo'],
    how: 'install sudo',
  },
  chromium: {
    name: 'Chromium',
    isThere: () => ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some((file) => fs.existsSync(file)) || (process.env.CHROMIUM ?? '') !== '',
    // The one without windows draws with half of the processor's time.
    isBest: () => fs.existsSync('/usr/bin/chromium-headless-shell') || (process.env.CHROMIUM ?? '') !== '',
    debian: ['chromium-headless-shell'],
    otherwise: ['chromium'],
    how: 'install Chromium or Chrome and name its program in CHROMIUM',
  },
  fonts: {
    name: 'a font for screenshots',
    isThere: () => process.platform !== 'linux' || ['/usr/share/fonts', '/usr/local/share/fonts'].some((folder) => fs.existsSync(folder) && fs.readdirSync(folder).length > 0),
    debian: ['fonts-dejavu-core'],
    how: 'install any font, such as DejaVu',
  },
  compilers: {
    name: 'python3, make and g++ for the npm-hosted VS Code',
    isThere: () => missingPrograms(['python3', 'make', 'g++']).length === 0,
    debian: ['python3', 'make', 'g++'],
    how: 'install Python 3, make and a C++ compiler',
  },
};

function isDebianAsRoot() {
  return fs.existsSync('/etc/debian_version') && process.getuid?.() === 0 && missingPrograms(['apt-get']).length === 0;
}

/**
 * Installs Debian packages without starting what they bring: an SSH server that tests start on loopback
 * must not begin to serve this machine. Answers whether they are there now.
 */
function installDebianPackages(packages) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...args) => spawnSync('apt-get', args, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  const policy = '/usr/sbin/policy-rc.d';
  const hadPolicy = fs.existsSync(policy);
  if (!hadPolicy) fs.writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const install = ['install', '-y', '-q', '--no-install-recommends', ...packages];
    return aptGet(...install) || (aptGet('update', '-q') && aptGet(...install));
  } finally {
    if (!hadPolicy) fs.rmSync(policy, { force: true });
    // Nor at the next start of the machine.
    if (packages.includes('openssh-server') && fs.existsSync('/run/systemd/system')) spawnSync('systemctl', ['disable', 'ssh.service', 'ssh.socket'], { stdio: 'ignore' });
  }
}

/** Gets missing parts where that can be done without asking: on Debian and its relatives, as root. Answers the names of those still missing. */
export function provideSystemParts(names) {
  const missing = () => names.filter((name) => !systemParts[name].isThere());
  const install = (packages) => {
    if (packages.length === 0) return;
    console.log(`Installing ${packages.join(' ')}…`);
    if (!installDebianPackages(packages)) console.error(`apt-get could not install ${packages.join(', ')}`);
  };
  if (isDebianAsRoot()) {
    install(names.filter((name) => !(systemParts[name].isBest ?? systemParts[name].isThere)()).flatMap((name) => systemParts[name].debian));
    install(missing().flatMap((name) => systemParts[name].otherwise ?? []));
  }
  return missing();
}
