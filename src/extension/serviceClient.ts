import { ProductError } from '../core/errors';
import type { ImportSettings } from '../core/packages/importLimits';
import type { Locale } from '../core/text/messages';
import type { ServiceEventName, ServiceEvents, ServiceMethodName, ServiceParams, SshOptions } from '../protocol/service';
import type { ClientHandlers, ReconnectingClient } from '../service/client';
import type { ConnectionState, PackageService } from './packageService';

export interface ServiceClientOptions {
  readonly locale: Locale;
  /** The data folder that the user chose; empty: the default one. */
  readonly dataFolder: () => string;
  /** What the user has set for connections to hosts. */
  readonly ssh: () => SshOptions;
  /** The folder of the bundles, the service's among them. */
  readonly serviceFiles: string;
  readonly handlers: ClientHandlers;
  /** Goes with each request that reads a source of packages. */
  readonly importSettings: () => ImportSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The window's own connection to the package service. */
export interface WindowService extends PackageService {
  /** The data folder in use, or the one that would be. */
  dataFolder(): Promise<string>;
  /** The file that the service writes its log to. */
  logFile(): Promise<string>;
  /** Ends the connection and connects anew, e.g. to another data folder. Does nothing while nothing has asked for the service. */
  reconnect(): Promise<void>;
  dispose(): void;
}

/**
 * Makes the connection of a window. Nothing is loaded or started before the first request; after that it connects again
 * by itself. What runs in the service goes on when the window closes.
 */
export function createWindowService(options: ServiceClientOptions): WindowService {
  const { environment } = options;
  const stateListeners = new Set<() => void>();
  const eventListeners = new Map<ServiceEventName, Set<(event: never) => void>>();
  let client: Promise<ReconnectingClient> | undefined;
  let state: ConnectionState = 'idle';
  let problem: unknown;
  let disposed = false;
  /** Counts connections, so that a closed one no longer speaks for this window. */
  let generation = 0;

  const setState = (next: ConnectionState, error: unknown): void => {
    if (state === next && problem === error) return;
    state = next;
    problem = error;
    for (const listener of [...stateListeners]) listener();
  };

  const dataFolder = async (): Promise<string> => {
    const { dataFolderAt, defaultDataFolder } = await import('../service/client');
    const chosen = [options.dataFolder(), environment['GAXPKG_DATA'] ?? ''].find((folder) => folder !== '');
    return dataFolderAt(chosen ?? defaultDataFolder(environment)).path;
  };

  const open = async (): Promise<ReconnectingClient> => {
    const own = ++generation;
    const { createReconnectingClient } = await import('../service/client');
    const parent = Number(environment['GAXPKG_SERVICE_PARENT']);
    const created = createReconnectingClient({
      dataFolder: await dataFolder(),
      serviceFiles: options.serviceFiles,
      runtime: process.execPath,
      kind: 'editor',
      locale: options.locale,
      interactive: true,
      agentSocket: environment['SSH_AUTH_SOCK'],
      ssh: options.ssh(),
      handlers: options.handlers,
      // Tests and the sandbox tie the service they start to their own life.
      ...(Number.isInteger(parent) && parent > 0 && { parentPid: parent }),
    });
    const follow = (): void => {
      if (own !== generation || disposed) return;
      const current = created.state;
      if (current.kind === 'connected') setState('online', undefined);
      else if (current.kind === 'connecting') setState('connecting', undefined);
      else setState('offline', current.error);
    };
    created.onState(follow);
    follow();
    for (const [name, listeners] of eventListeners) forward(created, name, listeners);
    if (disposed) created.close();
    return created;
  };

  const forward = <N extends ServiceEventName>(to: ReconnectingClient, name: N, listeners: Set<(event: never) => void>): void => {
    to.on(name, (event: ServiceEvents[N]) => {
      for (const listener of [...listeners]) listener(event as never);
    });
  };

  const withSettings = <N extends ServiceMethodName>(name: N, params: ServiceParams<N>): ServiceParams<N> =>
    (name === 'imports/start' || name === 'imports/inspect' ? { ...params, settings: options.importSettings() } : params);

  const opened = (): Promise<ReconnectingClient> => {
    if (disposed) return Promise.reject(new ProductError('service/closed', { method: 'client/hello' }));
    if (client === undefined) {
      client = open();
      client.catch((error: unknown) => {
        client = undefined;
        setState('offline', error);
      });
    }
    return client;
  };

  const close = (): void => {
    generation += 1;
    client?.then((open) => open.close(), () => undefined);
    client = undefined;
  };

  return {
    get state() {
      return state;
    },
    get problem() {
      return problem;
    },
    onStateChanged: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    onEvent: (name, listener) => {
      let listeners = eventListeners.get(name);
      if (listeners === undefined) {
        listeners = new Set();
        eventListeners.set(name, listeners);
        const added = listeners;
        client?.then((open) => forward(open, name, added), () => undefined);
      }
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connect: async () => (await opened()).connect(),
    request: async (name, params, signal) => (await opened()).request(name, withSettings(name, params), signal && tokenOf(signal)),
    dataFolder,
    logFile: async () => {
      const { dataFolderAt } = await import('../service/client');
      return dataFolderAt(await dataFolder()).logFile;
    },
    reconnect: async () => {
      if (client === undefined) return;
      close();
      setState('connecting', undefined);
      await (await opened()).connect();
    },
    dispose: () => {
      disposed = true;
      close();
    },
  };
}

/** The same in the words of the connection's library, which is loaded only when it is needed. */
function tokenOf(signal: AbortSignal): RequestToken {
  return {
    get isCancellationRequested() {
      return signal.aborted;
    },
    onCancellationRequested: (listener: (event: unknown) => unknown) => {
      signal.addEventListener('abort', listener, { once: true });
      return { dispose: () => signal.removeEventListener('abort', listener) };
    },
  };
}

type RequestToken = NonNullable<Parameters<ReconnectingClient['request']>[2]>;
