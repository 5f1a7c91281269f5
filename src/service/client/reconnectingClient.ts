import type { CancellationToken } from 'vscode-jsonrpc/node';
import { ProductError } from '../../core/errors';
import type { ServiceEventName, ServiceEvents, ServiceMethodName, ServiceParams, ServiceResult } from '../../protocol/service';
import { connectToService, type ConnectOptions } from './connectToService';
import type { ServiceClient } from './serviceClient';

/** How a {@link ReconnectingClient} stands. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  /** No service, for now. `error` is absent when a person stopped it. */
  | { readonly kind: 'offline'; readonly error?: unknown };

/** A client for a long life: connects again by itself after the service died, was replaced or was started anew. */
export interface ReconnectingClient {
  readonly state: ConnectionState;
  /** Told after each change of {@link state}. After `connected`, read all lists again and follow deployments anew. */
  onState(listener: (state: ConnectionState) => void): () => void;
  /** Connects now, starting a service if none runs. @throws ProductError as `connectToService` */
  connect(): Promise<void>;
  /**
   * Sends a request, after connecting where that is needed. A request that was under way when the service ended is
   * never sent again by itself: it rejects with `service/connection-lost`.
   */
  request<N extends ServiceMethodName>(method: N, params: ServiceParams<N>, token?: CancellationToken): Promise<ServiceResult<N>>;
  on<N extends ServiceEventName>(event: N, listener: (params: ServiceEvents[N]) => void): () => void;
  close(): void;
}

export interface ReconnectOptions extends ConnectOptions {
  /** Milliseconds between attempts after a failure: the first pause, doubled up to the longest. Default: 500 and 30,000. */
  readonly pauses?: { readonly first: number; readonly longest: number };
  /** Milliseconds between looks for a service that somebody else started, after a person stopped ours. Default: 3,000. */
  readonly lookInterval?: number;
  /** Replaces the way to connect; for tests. */
  readonly connect?: (options: ConnectOptions) => Promise<ServiceClient>;
}

/** Milliseconds that the newer client which asked for a hand-over has to start its own service. */
const handOverTime = 5000;
const defaultLookInterval = 3000;

/** A failed attempt is told through the state. */
const ignore = (): undefined => undefined;

/** Makes a client and begins to connect. */
export function createReconnectingClient(options: ReconnectOptions): ReconnectingClient {
  const connectOnce = options.connect ?? connectToService;
  const pauses = options.pauses ?? { first: 500, longest: 30_000 };
  const stateListeners = new Set<(state: ConnectionState) => void>();
  const eventListeners = new Map<ServiceEventName, Set<(params: never) => void>>();
  let state: ConnectionState = { kind: 'connecting' };
  let client: ServiceClient | undefined;
  let attempt: { readonly result: Promise<ServiceClient>; readonly looking: boolean } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pause = pauses.first;
  let closed = false;

  const setState = (next: ConnectionState): void => {
    state = next;
    for (const listener of stateListeners) listener(next);
  };

  const listenTo = (connected: ServiceClient, event: ServiceEventName): void => {
    connected.on(event, (params) => {
      for (const listener of eventListeners.get(event) ?? []) listener(params as never);
    });
  };

  const adopt = (connected: ServiceClient): ServiceClient => {
    if (closed) {
      connected.close();
      throw new ProductError('service/closed', { method: 'client/hello' });
    }
    client = connected;
    pause = pauses.first;
    for (const event of eventListeners.keys()) listenTo(connected, event);
    connected.onClosed((reason) => {
      client = undefined;
      if (closed) return;
      if (reason === 'stopped') lookLater();
      else begin({ startDelay: reason === 'handover' ? handOverTime : 0 }).catch(ignore);
    });
    setState({ kind: 'connected' });
    return connected;
  };

  /** Starts an attempt; its failure leads to the next one by itself. */
  const begin = (how: Partial<ConnectOptions>): Promise<ServiceClient> => {
    clearTimeout(timer);
    const looking = how.start === 'never';
    if (!looking && state.kind !== 'connecting') setState({ kind: 'connecting' });
    const result = connectOnce({ ...options, ...how }).then(adopt).catch((error: unknown) => {
      if (!closed && looking) lookLater();
      else if (!closed) retryLater(error);
      throw error;
    }).finally(() => {
      if (attempt?.result === result) attempt = undefined;
    });
    attempt = { result, looking };
    return result;
  };

  const retryLater = (error: unknown): void => {
    setState({ kind: 'offline', error });
    timer = setTimeout(() => void begin({}).catch(ignore), pause);
    pause = Math.min(pause * 2, pauses.longest);
  };

  /** A person stopped the service: wait for one that somebody wants, start none. */
  const lookLater = (): void => {
    if (state.kind !== 'offline') setState({ kind: 'offline' });
    timer = setTimeout(() => void begin({ start: 'never' }).catch(ignore), options.lookInterval ?? defaultLookInterval);
  };

  const connect = async (): Promise<ServiceClient> => {
    if (closed) throw new ProductError('service/closed', { method: 'client/hello' });
    if (attempt?.looking === true) await attempt.result.catch(ignore);
    return client ?? (await (attempt?.result ?? begin({})));
  };

  begin({}).catch(ignore);
  return {
    get state() {
      return state;
    },
    onState: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    connect: async () => {
      await connect();
    },
    request: async (method, params, token) => (await connect()).request(method, params, token),
    on: (event, listener) => {
      let listeners = eventListeners.get(event);
      if (listeners === undefined) {
        listeners = new Set();
        eventListeners.set(event, listeners);
        if (client !== undefined) listenTo(client, event);
      }
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      client?.close();
      client = undefined;
    },
  };
}
