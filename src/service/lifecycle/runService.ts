import { homedir, userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { compareVersions } from '../../core/packages/version';
import { protocolVersions, type ChangedArea, type ServiceEvents, type ServiceStatus } from '../../protocol/service';
import { createClientDoor, type ClientDoor } from '../dispatch/clientDoor';
import { createDeploymentFollowers } from '../dispatch/deploymentFollowers';
import { guardHandlers } from '../dispatch/guardHandlers';
import { createHandlers, type Handlers } from '../dispatch/handlers';
import { createQuestionBroker } from '../dispatch/questionBroker';
import type { ServiceParts } from '../dispatch/serviceParts';
import { createThrottle } from '../dispatch/throttle';
import { createRedactor, type Redactor } from '../redactor';
import type { ServiceLog } from '../serviceLog';
import { sweepServiceCode } from './codeCopy';
import { prepareDataFolder, type DataFolder } from './dataFolder';
import { chooseEndpoint, listenOn, sweepEndpoints } from './endpoint';
import { createFileLog } from './fileLog';
import type { HandshakeOutcome, ProvenClient } from './handshake';
import { watchIdle } from './idle';
import { thisMachine } from './machine';
import { claimOwnership, type Ownership } from './ownership';
import { endOnUncaughtErrors, onEndSignals, watchParent } from './processEvents';
import { productVersion } from './productVersion';
import { exitCodes, type ServiceArguments } from './serviceArguments';
import { loadServiceKey } from './serviceKey';

/** The parts of a service with their lives. */
export interface OpenedParts extends ServiceParts {
  /** Closes what a service that is gone left open. */
  recover(): Promise<void>;
  /** Interrupts what runs, folds the repository's log, closes all files. */
  close(): Promise<void>;
}

/** What the parts of a service are made with. */
export interface PartsContext {
  readonly folder: DataFolder;
  /** Of the person whose service this is. */
  readonly homeFolder: string;
  /** Their name in the operating system. */
  readonly userName: string;
  readonly machine: string;
  readonly log: ServiceLog;
  readonly redactor: Redactor;
  /** To be asked before each commit; false: a newer owner exists, and nothing may be written any more. */
  readonly mayCommit: () => Promise<boolean>;
}

export interface ServiceOptions extends ServiceArguments {
  /** The folder this code runs from. */
  readonly codeFolder: string;
  /** Opens repository, imports, hosts and deployments, once the folder is owned. */
  readonly openParts: (context: PartsContext) => Promise<OpenedParts>;
  /** For tests. */
  readonly version?: string;
  /** For tests. */
  readonly protocols?: readonly number[];
}

type EndReason = ServiceEvents['ending']['reason'];

const defaultIdleSeconds = 60;
const handshakeLimit = 10_000;
/** Milliseconds between two `changed` events. */
const changeInterval = 200;
/** Milliseconds that requests under way have to be answered when the service ends. */
const drainLimit = 2000;
/** Milliseconds for the whole end; after that the process ends as after a crash, which loses nothing that was acknowledged. */
const endLimit = 30_000;
/** Milliseconds for which a service that could not open its repository tells its clients why. */
const failureTime = 1000;
/** Milliseconds for the last answers of a service that lost its folder. */
const lostTime = 50;

/**
 * Runs a package service in this process until it ends, and ends the process. Never resolves: a service that cannot go
 * on in a known state does not go on.
 * @throws ProductError when the data folder cannot be used or is owned by another machine
 */
export async function runService(options: ServiceOptions): Promise<never> {
  process.umask(0o077);
  const folder = prepareDataFolder(options.data);
  const redactor = createRedactor();
  const log = createFileLog({ file: folder.logFile, redactor });
  endOnUncaughtErrors(log);
  const version = options.version ?? productVersion;
  const endpoint = chooseEndpoint();
  // Listens before it claims: whoever finds an owner finds it there.
  const listener = await listenOn(endpoint, (socket) => door.accept(socket));
  const ownership = await claimOwnership({ folder, endpoint, version, log });
  if (ownership === undefined) {
    listener.close();
    return process.exit(exitCodes.ownedByAnother);
  }

  const startedAt = new Date().toISOString();
  const ready = createSettleable<Handlers>();
  let parts: OpenedParts | undefined;
  let ending: Promise<never> | undefined;

  const isBusy = (): boolean => parts !== undefined && (parts.imports.running > 0 || parts.downloads.running > 0 || parts.deployments.running > 0);
  const status = (protocol: number): ServiceStatus => ({
    version, protocol, startedAt,
    pid: process.pid,
    generation: ownership.generation,
    dataFolder: folder.path,
    machine: thisMachine().name,
    clients: door.clients.all.length,
    runningImports: parts?.imports.running ?? 0,
    runningDeployments: parts?.deployments.running ?? 0,
    nodeVersion: process.versions.node,
    memory: { resident: process.memoryUsage.rss(), peak: process.resourceUsage().maxRSS * 1024 },
    ...(parts?.repository.readOnly && { readOnly: parts.repository.readOnly }),
  });
  const decide = async (client: ProvenClient): Promise<HandshakeOutcome> => {
    const isNewer = compareVersions(client.version, version) > 0;
    // While it opens its files a service does not know yet whether it has work to go on with.
    if (isNewer) await ready.promise.catch(() => undefined);
    if (ending !== undefined) return { kind: 'ending' };
    if (isNewer && !isBusy()) {
      log.info('service', `hands over to version ${client.version}`);
      setImmediate(() => void end('handover'));
      return { kind: 'ending' };
    }
    return client.protocol === undefined ? { kind: 'no-common-protocol' } : { kind: 'ready', protocol: client.protocol };
  };
  const door = createClientDoor({
    side: { key: loadServiceKey(folder.keyFile), protocols: options.protocols ?? protocolVersions, version, limit: handshakeLimit },
    log, redactor, decide, status,
    ready: () => ready.promise,
  });
  const end = (reason: EndReason): Promise<never> => {
    ending ??= (async () => {
      log.info('service', `ends: ${reason}`);
      endAnyway(log);
      await Promise.race([door.drain(), delay(drainLimit)]);
      await ready.promise.catch(() => undefined);
      await parts?.close();
      ownership.release();
      await door.end(reason);
      listener.close();
      log.info('service', 'has ended');
      return process.exit(exitCodes.ended);
    })();
    return ending;
  };

  log.info('service', `version ${version}, generation ${ownership.generation}, Node ${process.versions.node}, ${endpoint}`);
  onEndSignals(() => void end('stopped'));
  if (options.parentPid !== undefined) watchParent(options.parentPid, () => void end('stopped'));

  try {
    const mayCommit = createCommitGuard(ownership, log);
    const [person, machine] = [userName(), thisMachine().name];
    parts = await options.openParts({ folder, homeFolder: homedir(), userName: person, machine, log, redactor, mayCommit });
    await parts.recover();
    broadcastChanges(parts, door);
    const handlers = createHandlers({
      parts, status, machine, userName: person,
      broker: createQuestionBroker(door.clients, redactor, log),
      followers: createDeploymentFollowers(parts),
      stop: () => setImmediate(() => void end('stopped')),
    });
    ready.resolve(guardHandlers(handlers, { parts, machine, userName: person, log }));
  } catch (error) {
    log.error('service', 'cannot serve', error);
    ready.reject(error);
    await delay(failureTime);
    return await end('stopped');
  }
  watchIdle({
    seconds: options.idleSeconds ?? defaultIdleSeconds,
    isNeeded: () => door.clients.all.length > 0 || isBusy(),
    onIdle: () => void end('idle'),
  });
  sweepServiceCode(folder, options.codeFolder);
  await sweepEndpoints(endpoint);
  return await new Promise<never>(() => undefined);
}

/** Tells all clients which lists differ: what was stored, and live progress. */
function broadcastChanges(parts: ServiceParts, door: ClientDoor): void {
  const changes = createThrottle<ChangedArea>(changeInterval, (areas) => {
    for (const client of door.clients.all) client.notify('changed', { areas: [...areas] });
  });
  parts.repository.onChanged((areas) => changes.add(areas));
  parts.imports.onChanged(() => changes.add(['imports']));
  parts.deployments.onChanged(() => changes.add(['deployments']));
}

/** Asks before each commit whether the folder is still ours; if not, the process ends after the answer. */
function createCommitGuard(ownership: Ownership, log: ServiceLog): () => Promise<boolean> {
  return () => {
    if (ownership.mayCommit()) return Promise.resolve(true);
    log.error('service', 'a newer owner exists: ends without writing');
    setTimeout(() => process.exit(exitCodes.ownershipLost), lostTime);
    return Promise.resolve(false);
  };
}

function endAnyway(log: ServiceLog): void {
  setTimeout(() => {
    log.error('service', `did not end within ${endLimit} ms`);
    process.exit(exitCodes.failed);
  }, endLimit).unref();
}

interface Settleable<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** A promise that is settled from outside. Its rejection counts as handled: it is told to whoever asks. */
function createSettleable<T>(): Settleable<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/** The person's name in the operating system; their number where it has none. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
