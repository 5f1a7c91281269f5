import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { isProductError, ProductError } from '../../core/errors';
import { compareVersions } from '../../core/packages/version';
import { protocolVersions } from '../../protocol/service';
import { dataFolderAt, prepareDataFolder, type DataFolder } from '../lifecycle/dataFolder';
import { answerOf, connectEndpoint } from '../lifecycle/endpoint';
import { hasCode } from '../lifecycle/fileErrors';
import { greetService, ProofError, type HandshakeOutcome } from '../lifecycle/handshake';
import { ownedElsewhere, readOwner, type OwnerStanding } from '../lifecycle/ownership';
import { productVersion } from '../lifecycle/productVersion';
import { loadServiceKey } from '../lifecycle/serviceKey';
import { createServiceClient, type ClientIdentity, type ServiceClient } from './serviceClient';
import { startService, type StartedService } from './startService';

/** How to reach the service of a data folder, and who asks. */
export interface ConnectOptions extends ClientIdentity {
  /** Path of the data folder; {@link defaultDataFolder} unless the user chose another. */
  readonly dataFolder: string;
  /** The folder with `service.js` and `sql-wasm.wasm`, i.e. this program's own `dist`. */
  readonly serviceFiles: string;
  /** The program that runs the service: `process.execPath`. */
  readonly runtime: string;
  /** `never`: only a service that runs already will do. Default: `onDemand`. */
  readonly start?: 'onDemand' | 'never' | undefined;
  /** Seconds that a service started here stays without clients and work. Default: 60. */
  readonly idleSeconds?: number | undefined;
  /** A service started here ends with this process; for tests. */
  readonly parentPid?: number | undefined;
  /** Milliseconds until a service that takes the connection but stays silent is reported. Default: 10,000. */
  readonly answerLimit?: number | undefined;
  /** Milliseconds to leave to others before a service is started here. Default: 0. */
  readonly startDelay?: number | undefined;
  /** Version this client speaks for; for tests. */
  readonly version?: string | undefined;
  /** Protocol versions this client speaks; for tests. */
  readonly protocols?: readonly number[] | undefined;
}

const defaultAnswerLimit = 10_000;
/** Milliseconds for a service to own the folder after its process was started. */
const startLimit = 30_000;
/** Milliseconds for a service that has just started to open its repository. */
const openLimit = 120_000;
/** Milliseconds for a service that takes no clients any more to end. */
const endLimit = 60_000;
/** How often a service is started anew when the one before ended before it served, e.g. because its code copy was swept away. */
const startAttempts = 3;
const firstPause = 15;
const longestPause = 250;

/**
 * Connects to the package service of a data folder and starts one when none runs. A live service that does not answer
 * is reported, never replaced.
 * @throws ProductError `service/…`; and what the service says when it cannot open its repository
 */
export async function connectToService(options: ConnectOptions): Promise<ServiceClient> {
  if (options.start === 'never') refuseMissing(dataFolderAt(options.dataFolder));
  const folder = prepareDataFolder(options.dataFolder);
  const version = options.version ?? productVersion;
  const starter = createStarter(folder, { ...options, version });
  const begin = performance.now();
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    const standing = readOwner(folder);
    if (standing.kind === 'elsewhere') throw ownedElsewhere(folder, standing);
    if (standing.kind === 'free') starter.start();
    if (standing.kind === 'held' || standing.kind === 'out-of-sight') {
      const found = await tryOwner(folder, standing, options, version);
      if (typeof found === 'object') return found;
      // The process that is started here judges an owner that refuses, and takes its place if it has to.
      if (found === 'refused') starter.start();
      else if (performance.now() - begin > endLimit) throw notAnswering(folder, standing);
    }
    await delay(pause);
  }
}

/** Who only looks leaves no folder behind. */
function refuseMissing(folder: DataFolder): void {
  if (!existsSync(folder.service)) throw notRunning(folder);
}

function notRunning(folder: DataFolder): ProductError {
  return new ProductError('service/not-running', { folder: folder.path });
}

interface Starter {
  /** Starts a service unless one started earlier is still on its way. @throws ProductError when it failed for good */
  start(): void;
}

function createStarter(folder: DataFolder, options: ConnectOptions & { readonly version: string }): Starter {
  let service: StartedService | undefined;
  let attempts = 0;
  let since = performance.now();
  return {
    start: () => {
      if (options.start === 'never') throw notRunning(folder);
      if (service === undefined && performance.now() - since < (options.startDelay ?? 0)) return;
      if (service !== undefined && !service.ended) {
        if (performance.now() - since < startLimit) return;
        throw new ProductError('service/start-failed', { folder: folder.path, reason: `no answer in ${startLimit / 1000} s`, log: folder.logFile });
      }
      if (service?.failure !== undefined && attempts >= startAttempts) throw service.failure;
      service = startService(folder, options);
      since = performance.now();
      attempts += 1;
    },
  };
}

type Reachable = Extract<OwnerStanding, { kind: 'held' | 'out-of-sight' }>;

/**
 * Connects to an owner. `refused`: nobody is there. `ending`: it was there, but no longer takes clients.
 * @throws ProductError when it answers, but not as it should, or not at all
 */
async function tryOwner(
  folder: DataFolder, standing: Reachable, options: ConnectOptions, version: string,
): Promise<ServiceClient | 'refused' | 'ending'> {
  let socket: Socket;
  try {
    socket = await connectEndpoint(standing.record.endpoint);
  } catch (error) {
    const answer = answerOf(error);
    if (answer === 'silent') throw notAnswering(folder, standing, error);
    if (answer === 'missing' && standing.kind === 'out-of-sight') throw ownedElsewhere(folder, standing);
    return 'refused';
  }
  const greeting = await greet(socket, folder, standing, options, version);
  if (greeting === undefined) return 'ending';
  switch (greeting.outcome.kind) {
    case 'ready':
      return await sayHello(socket, options);
    case 'ending':
      socket.destroy();
      return 'ending';
    case 'no-common-protocol':
      socket.destroy();
      throw new ProductError(compareVersions(greeting.version, version) > 0 ? 'service/protocol-too-new' : 'service/protocol-too-old', {
        folder: folder.path, theirs: greeting.version, ours: version,
      });
  }
}

/** The mutual proof. Undefined when the service ended meanwhile. */
async function greet(
  socket: Socket, folder: DataFolder, standing: Reachable, options: ConnectOptions, version: string,
): Promise<{ readonly outcome: HandshakeOutcome; readonly version: string } | undefined> {
  try {
    const key = loadServiceKey(folder.keyFile);
    return await greetService(socket, { key, protocols: options.protocols ?? protocolVersions, version, limit: options.answerLimit ?? defaultAnswerLimit });
  } catch (error) {
    socket.destroy();
    if (error instanceof ProofError) {
      throw new ProductError('service/proof-failed', { folder: folder.path, keyFile: folder.keyFile, pid: standing.record.pid }, { cause: error });
    }
    if (hasCode(error, 'ETIMEDOUT')) throw notAnswering(folder, standing, error);
    if (error instanceof ProductError) throw error;
    return undefined;
  }
}

async function sayHello(socket: Socket, options: ConnectOptions): Promise<ServiceClient | 'ending'> {
  // It answers once its repository is open; one that never does is given up as if it had ended.
  const timer = setTimeout(() => socket.destroy(), openLimit);
  try {
    return await createServiceClient(socket, options);
  } catch (error) {
    if (isProductError(error, 'service/connection-lost') || isProductError(error, 'service/ending')) return 'ending';
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function notAnswering(folder: DataFolder, standing: Reachable, cause?: unknown): ProductError {
  return new ProductError('service/not-answering', { folder: folder.path, pid: standing.record.pid }, cause === undefined ? {} : { cause });
}
