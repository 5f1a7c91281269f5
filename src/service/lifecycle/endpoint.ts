import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmSync, type Stats } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { platform, tmpdir, userInfo } from 'node:os';
import { posix } from 'node:path';
import { ProductError } from '../../core/errors';
import { hasCode, reasonOf } from './fileErrors';

/** Bytes of a socket path that every Unix takes: Linux has room for 107, macOS for 103. */
const longestSocketPath = 100;
/** Milliseconds after which a connect to a local endpoint counts as not answered. */
const connectLimit = 2000;
/** Milliseconds between two looks at the own socket file; well below the time after which a refusing owner is replaced. */
const watchInterval = 2000;

/** Milliseconds for which a socket that refuses is left alone. */
const youngSocketAge = 60_000;

/** `silent`: neither taken nor refused, e.g. a stopped process whose queue is full. `missing`: there is no such socket. */
export type EndpointAnswer = 'accepts' | 'refuses' | 'missing' | 'silent';

/** What choosing an endpoint depends on; all of it can be replaced by tests. */
export interface EndpointSurroundings {
  readonly platform: NodeJS.Platform;
  readonly runtimeFolder: string | undefined;
  readonly temporaryFolder: string;
  readonly userId: number;
}

/**
 * Picks a new endpoint: a pipe on Windows, else a socket in a folder that is ours alone, in `$XDG_RUNTIME_DIR` or in
 * the temporary folder.
 * @throws ProductError `service/endpoint-unusable`
 */
export function chooseEndpoint(surroundings: EndpointSurroundings = currentSurroundings()): string {
  const name = randomBytes(8).toString('hex');
  if (surroundings.platform === 'win32') return `\\\\.\\pipe\\gaxpkg-${name}`;
  const own = `gaxpkg-${surroundings.userId}`;
  const preferred = [
    ...(surroundings.runtimeFolder !== undefined && isOwnFolder(surroundings.runtimeFolder, surroundings.userId)
      ? [posix.join(surroundings.runtimeFolder, 'gaxpkg')] : []),
    posix.join(surroundings.temporaryFolder, own),
  ];
  const fits = (folder: string): boolean => Buffer.byteLength(posix.join(folder, `${name}.sock`)) <= longestSocketPath;
  // A long TMPDIR is common in build jobs; /tmp is short everywhere.
  const folder = preferred.find(fits) ?? posix.join('/tmp', own);
  makeOwnFolder(folder, surroundings.userId);
  return posix.join(folder, `${name}.sock`);
}

/** Connects to an endpoint. Rejects with the operating system's error, or one with code `ETIMEDOUT`. */
export function connectEndpoint(endpoint: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(endpoint);
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error(`no answer from ${endpoint}`), { code: 'ETIMEDOUT' }));
    }, connectLimit);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    // Stays: an error of an open connection is followed by its close, which is what its users watch.
    socket.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

/** What a failed connect says of the endpoint. */
export function answerOf(error: unknown): Exclude<EndpointAnswer, 'accepts'> {
  if (hasCode(error, 'ECONNREFUSED', 'ECONNRESET', 'EPIPE')) return 'refuses';
  return hasCode(error, 'ENOENT', 'ENOTDIR') ? 'missing' : 'silent';
}

/** Asks whether anybody listens, without saying a word. */
export async function probeEndpoint(endpoint: string): Promise<EndpointAnswer> {
  try {
    (await connectEndpoint(endpoint)).destroy();
    return 'accepts';
  } catch (error) {
    return answerOf(error);
  }
}

/** Removes the socket file that an ended service left. Never throws: a dead socket file harms nobody. */
export function removeDeadEndpoint(endpoint: string): void {
  if (endpoint.startsWith('\\\\')) return;
  try {
    if (lstatSync(endpoint).isSocket()) rmSync(endpoint, { force: true });
  } catch {
    // It is gone, or not ours to remove.
  }
}

/**
 * Removes the sockets beside ours that refuse, left by services that were killed and whose folder nobody opened again.
 * Young ones are spared: theirs may be about to listen. Never throws.
 */
export async function sweepEndpoints(own: string): Promise<void> {
  if (own.startsWith('\\\\')) return;
  try {
    for (const name of readdirSync(posix.dirname(own))) {
      const path = posix.join(posix.dirname(own), name);
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (path === own || stat?.isSocket() !== true || Date.now() - stat.mtimeMs < youngSocketAge) continue;
      if ((await probeEndpoint(path)) === 'refuses') removeDeadEndpoint(path);
    }
  } catch {
    // The folder is gone with the session it belonged to.
  }
}

/** A listener that outlives its own socket file. */
export interface Listener {
  close(): void;
}

/**
 * Listens on an endpoint. When the socket file disappears (the login manager empties `$XDG_RUNTIME_DIR` with the last
 * session of a user, cleaners sweep temporary folders), it is made again: deployments go on without a session, and the
 * service must be found by the next one.
 * @param interval milliseconds between two looks at the file; for tests
 * @throws ProductError `service/endpoint-unusable`
 */
export async function listenOn(endpoint: string, onConnection: (socket: Socket) => void, interval: number = watchInterval): Promise<Listener> {
  let server = await startServer(endpoint, onConnection);
  if (endpoint.startsWith('\\\\')) return { close: () => server.close() };

  let renewing = false;
  const renew = async (): Promise<void> => {
    if (renewing || lstatSync(endpoint, { throwIfNoEntry: false })?.isSocket() === true) return;
    renewing = true;
    try {
      // Closed first: closing removes the file of that name, connections that are open stay.
      server.close();
      makeOwnFolder(posix.dirname(endpoint), process.getuid?.() ?? 0);
      server = await startServer(endpoint, onConnection);
    } catch {
      // The folder above is still missing. Tried again with the next look.
    } finally {
      renewing = false;
    }
  };
  const timer = setInterval(() => void renew(), interval);
  timer.unref();
  return {
    close: () => {
      clearInterval(timer);
      server.close();
    },
  };
}

async function startServer(endpoint: string, onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer(onConnection);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(endpoint, resolve);
    });
  } catch (error) {
    throw new ProductError('service/endpoint-unusable', { folder: endpoint, reason: reasonOf(error) }, { cause: error });
  }
  return server;
}

/** @throws ProductError `service/endpoint-unusable` for a folder that is a link, another user's, or open to others */
function makeOwnFolder(folder: string, userId: number): void {
  let stat: Stats;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    stat = lstatSync(folder);
  } catch (error) {
    throw new ProductError('service/endpoint-unusable', { folder, reason: reasonOf(error) }, { cause: error });
  }
  const reason = !stat.isDirectory() ? 'not a folder'
    : stat.uid !== userId ? `owner ${stat.uid}`
    : (stat.mode & 0o077) !== 0 ? `mode ${(stat.mode & 0o777).toString(8)}, must be 700`
    : undefined;
  if (reason !== undefined) throw new ProductError('service/endpoint-unusable', { folder, reason });
}

function isOwnFolder(folder: string, userId: number): boolean {
  const stat = posix.isAbsolute(folder) ? lstatSync(folder, { throwIfNoEntry: false }) : undefined;
  return stat?.isDirectory() === true && stat.uid === userId && (stat.mode & 0o077) === 0;
}

function currentSurroundings(): EndpointSurroundings {
  return {
    platform: platform(),
    runtimeFolder: process.env['XDG_RUNTIME_DIR'],
    temporaryFolder: tmpdir(),
    userId: process.getuid?.() ?? userInfo().uid,
  };
}
