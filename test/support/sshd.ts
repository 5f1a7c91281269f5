import { execFileSync, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export type HostKeyType = 'ed25519' | 'ecdsa' | 'rsa';

export interface SshdOptions {
  /** Loopback address; each gives a host of its own. Default 127.0.0.1. */
  readonly address?: string;
  /** Default: one ed25519 key. */
  readonly hostKeyTypes?: readonly HostKeyType[];
  /** Lines for sshd_config that come before the defaults, so they win. */
  readonly extraConfig?: string;
  /** Variables of every command, beside `HOME`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Sessions per connection. Default 10, as with OpenSSH. */
  readonly maxSessions?: number;
  /** Rights of the server's folder, where other users than the one who runs the test sign in. Default: for that one alone. Their homes are their own then. */
  readonly folderMode?: number;
  /** sshd's LogLevel. Default VERBOSE. */
  readonly logLevel?: string;
  /** Public keys that may sign in beside {@link Sshd.clientKey}. */
  readonly authorizedKeys?: readonly string[];
  /**
   * Gives the host a file system of its own at `folder` (default `/tmp`), so that “no space left” is real, and so is what a
   * mount does not allow (`mount`: e.g. `noexec`, `ro`). Needs root on Linux. Look at it through {@link Sshd.pathSeenByTest}.
   */
  readonly privateTmpfs?: { readonly sizeMB: number; readonly folder?: string; readonly mount?: 'noexec' | 'ro' };
}

/** A throwaway OpenSSH server on loopback. Commands run for real, on this machine, as {@link Sshd.user}. */
export interface Sshd {
  readonly address: string;
  readonly port: number;
  /** The user who may sign in: the one who runs the test. */
  readonly user: string;
  /** A private key file without passphrase that may sign in. */
  readonly clientKey: string;
  /** The home folder of {@link user} on this host: empty, so that no login script of the machine is run. */
  readonly home: string;
  /** Public host keys, each as `type base64`. */
  readonly hostKeys: readonly string[];
  /** What sshd has written so far. */
  log(): string;
  /** Resolves when the log has a line that matches, or so many. */
  waitForLog(pattern: RegExp, times?: number): Promise<void>;
  /** Gives the host new keys of the same types, as a reinstallation does; connections stay. */
  rotateHostKey(): Promise<void>;
  /** Cuts all connections, as a crash of the host does. */
  dropConnections(): void;
  /** Stops all processes of all connections without ending them, as a host that hangs does. */
  freezeConnections(): void;
  /** Where a path of the host lies for the test itself. */
  pathSeenByTest(path: string): string;
  /** Ends the server and all its connections, and removes its folder. */
  stop(): Promise<void>;
}

/** Path of this machine's sshd; undefined where there is none. */
export function findSshd(): string | undefined {
  return ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd', '/opt/homebrew/sbin/sshd'].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Skips a suite by name where there is no sshd; with `CI` set that is a failure. */
export function needsSshd(context: Mocha.Context): void {
  if (findSshd() !== undefined) return;
  if (process.env['CI'] === 'true') throw new Error('sshd is missing: install openssh-server');
  context.skip();
}

/** Milliseconds for what should take some 50. */
const patience = 20_000;

/** Starts a server. It ends with the test process at the latest: a small shell watches a pipe that only this process holds. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const sshd = findSshd();
  if (sshd === undefined) throw new Error('sshd is missing: install openssh-server');
  // A private /tmp would hide a folder in it.
  const folder = mkdtempSync(join(options.privateTmpfs ? '/var/tmp' : tmpdir(), 'gp-sshd-'));
  const file = (name: string): string => join(folder, name);
  if (options.folderMode !== undefined) chmodSync(folder, options.folderMode);
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  mkdirSync(file('home'));
  makeKey(file('client'), 'ed25519');
  writeFileSync(file('authorized'), [readFileSync(file('client.pub'), 'utf8').trim(), ...(options.authorizedKeys ?? []), ''].join('\n'));
  const types = options.hostKeyTypes ?? ['ed25519'];
  for (const type of types) makeKey(file(`host_${type}`), type);

  const address = options.address ?? '127.0.0.1';
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(address);
    writeFileSync(file('config'), config({ ...options, address, port, types, file }));
    try {
      return await run(sshd, { ...options, address, port, types, folder });
    } catch (error) {
      // Somebody else may have taken the port in between.
      if (attempt === 5 || !String(error).includes('Address already in use')) throw error;
    }
  }
}

interface Started extends SshdOptions {
  readonly address: string;
  readonly port: number;
  readonly types: readonly HostKeyType[];
  readonly folder: string;
}

function config({ address, port, types, file, folderMode, environment = {}, extraConfig = '', logLevel = 'VERBOSE', maxSessions = 10 }: Omit<Started, 'folder'> & { file(name: string): string }): string {
  return `${extraConfig}
ListenAddress ${address}:${port}
${types.map((type) => `HostKey ${file(`host_${type}`)}`).join('\n')}
PidFile none
AuthorizedKeysFile ${file('authorized')}
PubkeyAuthentication yes
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
StrictModes no
UseDNS no
UsePAM no
PrintMotd no
PrintLastLog no
X11Forwarding no
${setEnv({ ...(folderMode === undefined && { HOME: file('home') }), ...environment })}
MaxStartups 100:30:200
MaxSessions ${maxSessions}
Subsystem sftp internal-sftp
LogLevel ${logLevel}
`;
}

function setEnv(variables: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(variables).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? '' : `SetEnv ${pairs.join(' ')}`;
}

/** The watching shell: it ends sshd when the pipe closes, and itself when sshd ends. */
const watch = `"$1" -D -e -f "$2" </dev/null & server=$!
echo "server is process $server" >&2
(cat >/dev/null; kill "$server" 2>/dev/null) <&3 & watcher=$!
exec 3<&-
wait "$server"; status=$?
kill "$watcher" 2>/dev/null
exit "$status"`;

async function run(sshd: string, started: Started): Promise<Sshd> {
  const { address, port, types, folder, privateTmpfs } = started;
  const file = (name: string): string => join(folder, name);
  const command = ['sh', '-c', watch, 'sh', sshd, file('config')];
  if (privateTmpfs) {
    const mount = `mount -t tmpfs -o size=${privateTmpfs.sizeMB}m,mode=1777,${privateTmpfs.mount ?? 'rw'} tmpfs "$0" && exec "$@"`;
    command.unshift('unshare', '--mount', 'sh', '-c', mount, privateTmpfs.folder ?? '/tmp');
  }
  const [program = '', ...words] = command;
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const lifeline = child.stdio[3] as Socket;
  const output = child.stderr as Socket;
  lifeline.on('error', () => undefined);
  const log = createLog(output);
  // A test that failed before it could stop the server must not keep the process alive.
  for (const handle of [child, lifeline, output]) handle.unref();
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void ended.then(() => log.end());

  try {
    await log.waitFor(/^server is process \d+$/gm);
    await log.waitFor(/^Server listening on/gm);
  } catch (error) {
    lifeline.end();
    await ended;
    throw error;
  }
  const pid = Number(/^server is process (\d+)$/m.exec(log.text())?.[1]);
  let starts = 1;

  return {
    address,
    port,
    user: userInfo().username,
    clientKey: file('client'),
    home: file('home'),
    get hostKeys() {
      return types.map((type) => readFileSync(file(`host_${type}.pub`), 'utf8').split(' ').slice(0, 2).join(' ').trim());
    },
    log: () => log.text(),
    waitForLog: (pattern, times) => log.waitFor(pattern, times),
    async rotateHostKey() {
      for (const type of types) makeKey(file(`host_${type}`), type);
      process.kill(pid, 'SIGHUP');
      await log.waitFor(/^Server listening on/gm, ++starts);
    },
    dropConnections: () => signalDescendants(pid, 'SIGKILL'),
    freezeConnections: () => signalDescendants(pid, 'SIGSTOP'),
    pathSeenByTest: (path) => (privateTmpfs ? join(`/proc/${pid}/root`, path) : path),
    async stop() {
      signalDescendants(pid, 'SIGKILL');
      child.ref();
      lifeline.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Log {
  text(): string;
  /** Resolves when the pattern matches that often. */
  waitFor(pattern: RegExp, times?: number): Promise<void>;
  end(): void;
}

function createLog(stream: Readable): Log {
  let text = '';
  let ended = false;
  const changed = new EventEmitter().setMaxListeners(0);
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    changed.emit('change');
  });
  return {
    text: () => text,
    async waitFor(pattern, times = 1) {
      const everywhere = new RegExp(pattern, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`);
      const limit = AbortSignal.timeout(patience);
      while ((text.match(everywhere)?.length ?? 0) < times) {
        if (ended) throw new Error(`sshd ended:\n${text}`);
        await once(changed, 'change', { signal: limit }).catch(() => {
          throw new Error(`sshd's log never had ${String(pattern)}:\n${text}`);
        });
      }
    },
    end() {
      ended = true;
      changed.emit('change');
    },
  };
}

/** Sends a signal to what a process has started, and all below that; the process itself goes on. */
function signalDescendants(pid: number, signal: NodeJS.Signals): void {
  const children = new Map<number, number[]>();
  for (const [child, parent] of listProcesses()) children.set(parent, [...(children.get(parent) ?? []), child]);
  const below = (parent: number): number[] => (children.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  // From above: else sshd would still tell how its children ended.
  for (const descendant of below(pid)) {
    try {
      process.kill(descendant, signal);
    } catch {
      // ended by itself meanwhile
    }
  }
}

/** Pairs of process and parent process. */
function listProcesses(): (readonly [number, number])[] {
  if (!existsSync('/proc/self/stat')) {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
    return lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  }
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      // The name of the program stands in parentheses and may hold anything.
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      return [[Number(name), Number(parent)] as const];
    } catch {
      return []; // ended while we looked
    }
  });
}

function makeKey(file: string, type: HostKeyType): void {
  rmSync(file, { force: true });
  rmSync(`${file}.pub`, { force: true });
  execFileSync('ssh-keygen', ['-q', '-t', type, ...(type === 'rsa' ? ['-b', '2048'] : []), '-N', '', '-C', '', '-f', file]);
}

function freePort(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, address, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
