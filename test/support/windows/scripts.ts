import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import { setupArguments } from '../../../src/core/deployment/hostCommands';
import type { ScriptName } from '../../../src/service/deploying/hostScripts/hostDialect';
import { waitOn, type WindowsMachine, type WindowsProcess } from './machine';
import { runSetup } from './setupExe';

/** What a script finds on a Windows host: its arguments, its streams, the machine. */
export interface ScriptRun {
  readonly machine: WindowsMachine;
  readonly args: readonly string[];
  /** What follows the script in the standard input. */
  readonly stdin: AsyncIterable<Buffer>;
  readonly say: (line: string) => void;
  readonly write: (bytes: Buffer) => void;
  readonly complain: (text: string) => void;
  readonly setCode: (code: number) => void;
  /** The PowerShell that runs the script; ended with its connection. */
  readonly shell: WindowsProcess;
}

/**
 * What each script does, on a machine in a folder: the same that the scripts in `hostScripts/powershell` and `ssh` have a real
 * Windows do, as Microsoft's documents say it is done. Scripts are known by the name in their first line.
 */
export const emulations: Readonly<Record<ScriptName | 'unpack' | 'compareFiles' | 'probe' | 'writeFile' | 'readFile' | 'killTree', (run: ScriptRun) => Promise<void> | void>> = {
  probe({ machine, say }) {
    say(`version=${machine.traits.version}`);
    say('server=True');
    say('architecture=AMD64');
    say('bits=64');
  },
  report({ machine, args: [staging = '', target = '', gax = ''], say }) {
    const put = (key: string, value: string): void => say(`${key}\t${value}`);
    const folder = (name: string, path: string): void => {
      put(`${name}.path`, path);
      if (!/^[A-Za-z]:[\\/]/.test(path)) return;
      let at = path;
      while (!isFolder(machine, at)) {
        if (exists(machine, at)) put(`${name}.blocked`, 'yes');
        if (/^[A-Za-z]:\\$/.test(at)) { put(`${name}.blocked`, 'yes'); break; }
        at = parent(at);
      }
      put(`${name}.existing`, at);
      put(`${name}.real`, path);
      put(`${name}.mount`, path.slice(0, 3));
      put(`${name}.free`, String(machine.traits.free));
      put(`${name}.writable`, 'yes');
      if (at === path && machine.rights.get(path)?.includes('Everyone')) put(`${name}.foreign`, 'yes');
    };
    put('version', machine.traits.version);
    if (machine.traits.administrator) put('administrator', 'yes');
    if (!machine.traits.hasTar) put('missing', 'tar.exe');
    put('loader32', 'yes');
    folder('staging', staging);
    folder('temporary', 'C:\\Temp');
    for (const id of isFolder(machine, staging) ? readdirSync(machine.real(staging)) : []) {
      const wrapper = wrapperOf(machine, `${staging}\\${id}\\run`);
      if (wrapper) put('installer', `${id} ${wrapper.pid}`);
      const mark = `${staging}\\${id}\\content`;
      if (exists(machine, mark)) put('leftover', `${id} ${read(machine, mark).trim()}`);
    }
    if (/^[A-Za-z]:[\\/]/.test(target)) {
      folder('target', target);
      const names = isFolder(machine, target) ? readdirSync(machine.real(target)) : [];
      if (names.length > 0) put('target.filled', 'yes');
      for (const name of names) if (name.startsWith('backup_')) put('target.backup', name);
      for (const { pid, commandLine } of machine.processes.values()) if (commandLine.toLowerCase().startsWith(`${target}\\`.toLowerCase())) put('process', `${pid} ${commandLine}`);
    }
    if (/^[A-Za-z]:[\\/]/.test(gax)) {
      put('gax.path', gax);
      if (isFolder(machine, `${gax}\\${gaxLibrary}`)) {
        put('gax.library', 'yes');
        put('gax.writable', 'yes');
      }
    }
    put('end', '');
  },
  takeLock({ machine, args: [lock = '', owner = ''], say }) {
    if (exists(machine, lock)) {
      say('held');
      if (exists(machine, `${lock}\\owner`)) say(read(machine, `${lock}\\owner`).trim());
      return;
    }
    mkdirSync(machine.real(lock), { recursive: true });
    writeFileSync(machine.real(`${lock}\\owner`), `${owner}\n`);
    say('taken');
  },
  takeOverLock({ machine, args: [lock = '', owner = '', before = ''], say }) {
    const now = exists(machine, `${lock}\\owner`) ? read(machine, `${lock}\\owner`).trim() : '';
    if (now !== before || exists(machine, `${lock}\\taking`)) {
      say('held');
      return say(now);
    }
    writeFileSync(machine.real(`${lock}\\owner`), `${owner}\n`);
    say('taken');
  },
  prepareFolder({ machine, args: [root = '', folder = '', sha = '', leftover = ''], say }) {
    mkdirSync(machine.real(root), { recursive: true });
    if (leftover !== '' && !exists(machine, folder)) {
      renameSync(machine.real(leftover), machine.real(folder));
      for (const name of ['run', 'silent.ini', 'result.log', 'wizard.log']) rmSync(machine.real(`${folder}\\${name}`), { recursive: true, force: true });
    }
    if (exists(machine, `${folder}\\content`) && read(machine, `${folder}\\content`).trim() === sha) return say('present');
    rmSync(machine.real(folder), { recursive: true, force: true });
    mkdirSync(machine.real(`${folder}\\package`), { recursive: true });
    machine.rights.set(folder, ownRights);
    writeFileSync(machine.real(`${folder}\\content`), `${sha}\n`);
    say('new');
  },
  async unpack({ machine, args: [folder = ''], stdin, complain, setCode, shell }) {
    if (!machine.traits.hasTar) throw new Error('The system cannot find the file specified');
    const tar = spawn('tar', ['-xf', '-'], { cwd: machine.real(folder), stdio: ['pipe', 'ignore', 'pipe'] });
    shell.ended.addEventListener('abort', () => tar.kill('SIGKILL'));
    let words = '';
    tar.stderr.on('data', (bytes: Buffer) => { words += bytes.toString(); });
    tar.stdin.on('error', () => undefined);
    const closed = once(tar, 'close');
    for await (const bytes of stdin) if (!tar.stdin.write(bytes)) await Promise.race([once(tar.stdin, 'drain'), closed]);
    tar.stdin.end();
    const [code] = await closed as [number | null];
    complain(words);
    setCode(code ?? 1);
  },
  async compareFiles({ machine, args: [folder = ''], stdin, say, setCode }) {
    const parts: Buffer[] = [];
    for await (const bytes of stdin) parts.push(bytes);
    for (const line of Buffer.concat(parts).toString('utf8').split('\n').filter((text) => text !== '')) {
      const [, mark = '', expected = '', name = ''] = /^(\\?)([0-9a-f]{64})  (.+)$/.exec(line) ?? [];
      const path = machine.real(`${folder}\\${name.replaceAll('/', '\\')}`);
      const found = existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : undefined;
      if (found === expected) continue;
      say(`${mark}${name}: FAILED${found === undefined ? ' open or read' : ''}`);
      setCode(1);
    }
  },
  startInstaller({ machine, args: [run = '', installer = '', ini = '', log = '', , wizard = ''], say }) {
    const running = wrapperOf(machine, run);
    if (running) return say(`running ${running.pid}`);
    if (exists(machine, `${run}\\exit`) && ['0', '3010', '1641'].includes(read(machine, `${run}\\exit`).trim())) return say('ended');
    if (!exists(machine, `${installer}\\setup.exe`)) {
      say('failed');
      return say(`${installer}\\setup.exe is missing`);
    }
    if (!exists(machine, ini)) {
      say('failed');
      return say(`${ini} is missing`);
    }
    for (const path of [run, log, wizard]) rmSync(machine.real(path), { recursive: true, force: true });
    mkdirSync(machine.real(run));
    // Windows Management Instrumentation starts it: its parent is no shell of a connection.
    const wrapper = machine.start('powershell.exe', 'powershell.exe -EncodedCommand …', 800, (self) => wrap(machine, self, { run, installer, log, args: setupArguments({ silentIni: ini, resultLog: log, wizardLog: wizard }) }));
    say(`started ${wrapper.pid}`);
  },
  async followInstaller({ machine, args: [run = ''], write, complain, shell }) {
    const sent = { stdout: 0, stderr: 0 };
    for (;;) {
      const last = exists(machine, `${run}\\exit`) || !wrapperOf(machine, run);
      for (const name of ['stdout', 'stderr'] as const) {
        const bytes = exists(machine, `${run}\\${name}`) ? readFileSync(machine.real(`${run}\\${name}`)) : Buffer.alloc(0);
        const text = [...bytes.subarray(sent[name])].map(codePage850).join('');
        sent[name] = bytes.length;
        if (name === 'stdout') write(Buffer.from(text));
        else complain(text);
      }
      if (last) return;
      await waitOn(machine, () => exists(machine, `${run}\\exit`) || !wrapperOf(machine, run), shell.ended);
    }
  },
  async stopInstaller({ machine, args: [run = '', id = ''] }) {
    const found = new Set([...machine.processes.values()].filter((one) => one.commandLine.includes(`\\${id}\\`) || one.pid === wrapperOf(machine, run)?.pid).map(({ pid }) => pid));
    for (const one of machine.processes.values()) if (found.has(one.parent)) found.add(one.pid);
    for (const pid of found) machine.kill(pid);
    await Promise.resolve();
  },
  inspectTarget({ machine, args: [target = ''], say }) {
    const names = isFolder(machine, target) ? readdirSync(machine.real(target)) : [];
    for (const name of names) if (name.startsWith('backup_')) say(`backup\t${name}`);
    if (names.length > 0) say('filled');
  },
  findPlugInFiles({ machine, args: [from = '', ...directories], say }) {
    const gax = directories.find((directory) => isFolder(machine, `${directory}\\${gaxLibrary}`)) ?? '';
    say(`gax\t${gax}`);
    if (!isFolder(machine, from)) return;
    const sum = (path: string): string => createHash('sha256').update(readFileSync(machine.real(path))).digest('hex');
    for (const file of filesBelow(machine.real(from), (name) => name.startsWith('backup_')).filter((path) => path.toLowerCase().endsWith('.jar')).sort()) {
      const copy = `${gax}\\${gaxLibrary}\\${file.slice(file.lastIndexOf('/') + 1)}`;
      const isThere = gax !== '' && exists(machine, copy) && sum(copy) === sum(`${from}\\${file.replaceAll('/', '\\')}`);
      say(`${isThere ? 'there' : 'missing'}\t${file}`);
    }
    say('end\t');
  },
  listFiles({ machine, args: [folder = ''], say, setCode }) {
    if (!exists(machine, folder)) return setCode(66);
    if (!isFolder(machine, folder)) throw new Error(`${folder} is a file`);
    for (const file of filesBelow(machine.real(folder), (name, depth) => depth === 0 && /^backup_\d{4}-\d\d-\d\d_/.test(name))) say(file);
  },
  removeStaging({ machine, args: [folder = '', lock = '', id = '', keep = ''], say }) {
    const remove = (path: string): void => {
      if (!exists(machine, path)) return;
      rmSync(machine.real(path), { recursive: true });
      say(`removed\t${path}`);
    };
    if (keep !== '' && exists(machine, `${folder}\\package`) && exists(machine, `${folder}\\content`)) {
      for (const name of readdirSync(machine.real(folder))) if (name !== 'package' && name !== 'content') remove(`${folder}\\${name}`);
      say(`kept\t${folder}`);
    } else {
      remove(folder);
      try { rmdirSync(machine.real(parent(folder))); } catch { /* Not empty, or not there. */ }
    }
    if (exists(machine, `${lock}\\owner`) && read(machine, `${lock}\\owner`).includes(`"deployment":"${id}"`)) remove(lock);
  },
  findRemaining({ machine, args, say }) {
    for (const path of args) if (exists(machine, path) && !exists(machine, `${path}\\owner`)) say(`left\t${path}`);
  },
  async writeFile({ machine, args: [path = '', , size = ''], stdin }) {
    const parts: Buffer[] = [];
    for await (const bytes of stdin) parts.push(bytes);
    const content = Buffer.concat(parts);
    if (content.length !== Number(size)) throw new Error('the file was cut');
    if (!existsSync(dirname(machine.real(path)))) throw new Error('Could not find a part of the path');
    writeFileSync(machine.real(path), content);
    machine.rights.set(path, ownRights);
  },
  readFile({ machine, args: [path = '', limit = ''], write, setCode }) {
    if (isFolder(machine, path)) throw new Error('Is a directory');
    if (!exists(machine, path)) return setCode(66);
    write(readFileSync(machine.real(path)).subarray(0, Number(limit)));
  },
  killTree({ machine, args: [root = ''] }) {
    machine.kill(Number(root));
  },
};

const gaxLibrary = 'webapp\\WEB-INF\\lib';

export const ownRights: readonly string[] = ['user', 'SYSTEM', 'Administrators'];

/** What waits for `setup.exe` (the wrapper in `hostScripts/powershell/installer`). */
async function wrap(machine: WindowsMachine, self: WindowsProcess, { run, installer, log, args }: { run: string; installer: string; log: string; args: string }): Promise<void> {
  const put = (name: string, text: string): void => writeFileSync(join(machine.real(run), name), `${text}\n`);
  put('pid', `${self.pid} 1`);
  put('stdout', '');
  writeFileSync(join(machine.real(run), 'stdout'), '');
  machine.touch();
  let code = 1;
  let ended = false;
  const setup = machine.start('setup.exe', `${installer}\\setup.exe ${args}`, self.pid, async (process) => {
    try {
      code = await runSetup({ machine, process, folder: installer, args, print: (bytes) => writeFileSync(join(machine.real(run), 'stdout'), bytes, { flag: 'a' }) });
    } finally {
      ended = true;
    }
  });
  await waitOn(machine, () => ended && !machine.processes.has(setup.pid), self.ended);
  await waitOn(machine, () => ![...machine.processes.values()].some(({ commandLine }) => commandLine.includes(log)), self.ended);
  put('exit', String(code));
  machine.touch();
}

function wrapperOf(machine: WindowsMachine, run: string): WindowsProcess | undefined {
  return exists(machine, `${run}\\pid`) ? machine.processes.get(Number.parseInt(read(machine, `${run}\\pid`), 10)) : undefined;
}

function exists(machine: WindowsMachine, path: string): boolean {
  return existsSync(machine.real(path));
}

function isFolder(machine: WindowsMachine, path: string): boolean {
  return statSync(machine.real(path), { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Paths of the files below a folder, parted by `/`; folders for which `isLeftOut` holds are not entered. */
function filesBelow(folder: string, isLeftOut: (name: string, depth: number) => boolean, depth = 0): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [entry.name];
    return isLeftOut(entry.name, depth) ? [] : filesBelow(join(folder, entry.name), isLeftOut, depth + 1).map((path) => `${entry.name}/${path}`);
  });
}

function read(machine: WindowsMachine, path: string): string {
  return readFileSync(machine.real(path), 'utf8');
}

function parent(path: string): string {
  const above = path.slice(0, path.lastIndexOf('\\'));
  return /^[A-Za-z]:$/.test(above) ? `${above}\\` : above;
}

/** As much of the code page of Western consoles as the example prints. */
function codePage850(byte: number): string {
  return byte === 0x82 ? 'é' : byte === 0x85 ? 'à' : String.fromCharCode(byte);
}
