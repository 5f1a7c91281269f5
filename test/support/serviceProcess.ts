import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connectToService, type ClientHandlers, type ConnectOptions, type ServiceClient } from '../../src/service/client';
import { dataFolderAt } from '../../src/service/lifecycle/dataFolder';
import { removeDeadEndpoint } from '../../src/service/lifecycle/endpoint';
import { readOwner } from '../../src/service/lifecycle/ownership';
import { isProcessAlive } from '../../src/service/lifecycle/processIdentity';
import { projectRoot } from './projectRoot';
import { useTemporaryFolder } from './temporaryFolder';
import { until } from './until';

/** Answers no question: a test that expects one gives its own handlers. */
export const noAnswers: ClientHandlers = {
  confirmHostKey: () => Promise.resolve('refuse'),
  askSecret: () => Promise.resolve(undefined),
};

/** How a test connects: as a command line would, to a service that ends with this process. */
export function connectOptions(dataFolder: string, changes: Partial<ConnectOptions> = {}): ConnectOptions {
  return {
    dataFolder,
    serviceFiles: join(projectRoot, 'dist'),
    runtime: process.execPath,
    kind: 'cli',
    locale: 'en',
    interactive: false,
    handlers: noAnswers,
    parentPid: process.pid,
    ...changes,
  };
}

/** A throwaway data folder and the clients of its service, all of which end with the test. */
export interface ServiceFixture {
  /** The data folder; made by the first client. */
  dataFolder(): string;
  /** A folder for anything else. */
  folder(): string;
  /** Connects a client, starting the service where none runs. */
  connect(changes?: Partial<ConnectOptions>): Promise<ServiceClient>;
}

/** Gives every test of the surrounding `describe` a data folder of its own. */
export function useService(defaults: () => Partial<ConnectOptions> | Promise<Partial<ConnectOptions>> = () => ({})): ServiceFixture {
  const clients: ServiceClient[] = [];
  // Before the folder's own hook, which removes it: hooks run in the order they were made.
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await endService(join(folder(), 'data'));
  });
  const folder = useTemporaryFolder();
  return {
    folder,
    dataFolder: () => join(folder(), 'data'),
    connect: async (changes) => {
      const client = await connectToService(connectOptions(join(folder(), 'data'), { ...(await defaults()), ...changes }));
      clients.push(client);
      return client;
    },
  };
}

/** The number of the process that owns a data folder; undefined when none does. */
export function ownerPid(dataFolder: string): number | undefined {
  if (!existsSync(dataFolderAt(dataFolder).service)) return undefined;
  const standing = readOwner(dataFolderAt(dataFolder));
  return standing.kind === 'held' ? standing.record.pid : undefined;
}

/** Ends the service of a data folder without grace, also a stopped one; resolves when its process is gone. */
export async function endService(dataFolder: string): Promise<void> {
  const folder = dataFolderAt(dataFolder);
  if (!existsSync(folder.service)) return;
  const standing = readOwner(folder);
  const record = standing.kind === 'held' ? standing.record : standing.kind === 'free' ? standing.last : undefined;
  if (record === undefined || !isProcessAlive(record)) return;
  kill(record.pid, 'SIGKILL');
  await until(() => !isProcessAlive(record), 'the service to be gone');
  removeDeadEndpoint(record.endpoint);
}

/** Sends a signal; a process that is gone already is as good. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone.
  }
}

/** The lines of a service's log so far. */
export function readServiceLog(dataFolder: string): string {
  const { logFile } = dataFolderAt(dataFolder);
  return existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
}

/**
 * Builds a service from a test's own entry file, complete in one file as the product's is. `prelude` is put before its
 * code, so that one entry can stand for several versions.
 */
export async function buildServiceFiles(entry: string, folder: string, prelude = ''): Promise<string> {
  const built = await buildProgram(entry);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'service.js'), `${prelude}\n${readFileSync(built, 'utf8')}`);
  writeFileSync(join(folder, 'sql-wasm.wasm'), readFileSync(join(projectRoot, 'node_modules/sql.js/dist/sql-wasm.wasm')));
  return folder;
}

/** Bundles a program of the project for this run of the tests, once; answers with its file. */
export async function buildProgram(entry: string): Promise<string> {
  const built = join(buildFolder, `${entry}.js`);
  if (!existsSync(buildFolder)) process.once('exit', () => rmSync(buildFolder, { recursive: true, force: true }));
  if (!existsSync(built)) {
    const scripts = (await import(pathToFileURL(join(projectRoot, 'scripts/build.mjs')).href)) as { buildBundle(entry: string, out: string): Promise<void> };
    await scripts.buildBundle(join(projectRoot, entry), built);
  }
  return built;
}

/** Where {@link buildProgram} puts what it builds, until this process ends. */
const buildFolder = join(projectRoot, '.cache', `programs-${process.pid}`);

/** A service process, as the system's list of processes shows it. */
export interface RunningService {
  readonly pid: number;
  readonly command: string;
}

/** Services that this process, or a program it started, left running: tied to it, or on a folder it made. */
export function findOwnServices(): RunningService[] {
  const folders = ownTemporaryFolders();
  return listProcesses().filter(({ pid, command }) => {
    const data = / --data (\S+)/.exec(command)?.[1];
    if (data === undefined || !/service\.js /.test(command)) return false;
    const tied = command.includes(` --parent-pid ${process.pid}`);
    return (tied || folders.some((folder) => data.startsWith(folder))) && isProcessAlive({ pid, start: '' });
  });
}

/** The processes that serve, or want to serve, a data folder. */
export function findServicesOf(dataFolder: string): RunningService[] {
  return listProcesses().filter(({ pid, command }) => command.includes(` --data ${dataFolder} `) && isProcessAlive({ pid, start: '' }));
}

function ownTemporaryFolders(): string[] {
  return [...((globalThis as { gaxTemporaryFolders?: Set<string> }).gaxTemporaryFolders ?? [])];
}

function listProcesses(): RunningService[] {
  if (platform() === 'linux') {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
      try {
        return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\u0000', ' ') }];
      } catch {
        return [];
      }
    });
  }
  if (platform() === 'win32') return [];
  return execFileSync('ps', ['-axo', 'pid=,args='], { encoding: 'utf8' }).split('\n').flatMap((line) => {
    const parts = /^\s*(\d+) (.*)$/.exec(line);
    return parts?.[1] === undefined ? [] : [{ pid: Number(parts[1]), command: parts[2] ?? '' }];
  });
}
