import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CancellationTokenSource, ResponseError, type CancellationToken, type MessageConnection } from 'vscode-jsonrpc/node';
import { ProductError, toErrorData, type ErrorData } from '../../core/errors';
import { checkParams, type Method } from '../../protocol/method';
import { serviceMethods, type ServiceEventName, type ServiceEvents, type ServiceMethodName, type ServiceStatus } from '../../protocol/service';
import { createSocketConnection } from '../lifecycle/messageConnection';
import type { Redactor } from '../redactor';
import type { ServiceLog } from '../serviceLog';
import type { ConnectedClient } from './connectedClient';
import type { Handlers } from './handlers';

/** Notifications that may wait for a client to read them. */
const longestBacklog = 2000;
/** Milliseconds for a client to hang up when it was told that the service ends. */
const hangUpLimit = 1000;
/** The JSON-RPC error code of every refusal; what it means stands in the error's data. */
const refused = -32000;

export interface ConnectionOptions {
  /** The protocol version both speak. */
  readonly protocol: number;
  readonly log: ServiceLog;
  readonly redactor: Redactor;
  /** Resolves when requests can be answered; rejects with the reason why they never will be. */
  ready(): Promise<Handlers>;
  /** Throws while the service takes no more requests. */
  admit(method: ServiceMethodName): void;
  /** Called with each request that begins; the returned function with its end. */
  begin(method: ServiceMethodName): () => void;
  status(protocol: number): ServiceStatus;
  /** Called once the client has said who it is. */
  onClient(client: ConnectedClient): void;
}

/** A client's connection as the service's life sees it. */
export interface ClientConnection {
  /** Says why the service ends; resolves when the client has read it and hung up, or is not heard of any more. */
  end(reason: ServiceEvents['ending']['reason']): Promise<void>;
  close(): void;
}

/** Serves JSON-RPC to a client that has proven itself, until the connection ends. */
export function serveClient(socket: Socket, options: ConnectionOptions): ClientConnection {
  const { log } = options;
  const connection = createSocketConnection(socket);
  const gone = new AbortController();
  let client: ConnectedClient | undefined;

  const finish = (): void => {
    if (gone.signal.aborted) return;
    gone.abort();
    connection.dispose();
    socket.destroy();
  };
  connection.onError(([error]) => {
    log.warn('client', `connection lost: ${error.message}`);
    finish();
  });
  connection.onClose(finish);
  socket.on('close', finish);

  const answer = async (method: string, value: unknown, token: CancellationToken): Promise<unknown> => {
    if (!isMethod(method)) throw new ProductError('general/bad-request', { method, reason: 'no such request' });
    options.admit(method);
    const end = options.begin(method);
    try {
      if (method === 'client/hello') {
        const hello = checkParams(method, serviceMethods[method], value);
        // A client learns here why a service that has just started cannot serve.
        await options.ready();
        if (client === undefined) {
          client = createConnectedClient(connection, gone.signal, finish, { ...hello, protocol: options.protocol });
          options.onClient(client);
        }
        return options.status(options.protocol);
      }
      if (client === undefined) throw new ProductError('general/bad-request', { method, reason: 'the client has not said who it is' });
      const asking = client;
      // Name and parameters belong together by the type of the table; the compiler cannot follow a name it only knows at run time.
      const declared = serviceMethods[method] as Method<unknown, unknown>;
      const handlers = await options.ready();
      const handle = handlers[method] as (params: unknown, context: { client: ConnectedClient; signal: AbortSignal }) => Promise<unknown>;
      const asked = checkParams(method, declared, value);
      return await withSignal(token, gone.signal, (signal) => handle(asked, { client: asking, signal }));
    } finally {
      end();
    }
  };

  connection.onRequest(async (method: string, params: object | unknown[] | undefined, token: CancellationToken) => {
    try {
      return await answer(method, params, token);
    } catch (error) {
      const data = redactError(toErrorData(error), options.redactor);
      if (data.code === 'general/unexpected') log.error('request', `${method} failed`, error);
      return new ResponseError(refused, data.code, data);
    }
  });
  connection.listen();
  return {
    end: async (reason) => {
      if (gone.signal.aborted) return;
      // The client hangs up when it has read this, and with it all answers before: hanging up here could overtake them.
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      connection.sendNotification('ending' satisfies ServiceEventName, { reason }).catch(finish);
      await Promise.race([closed, delay(hangUpLimit, undefined, { ref: false })]);
      finish();
    },
    close: finish,
  };
}

function createConnectedClient(
  connection: MessageConnection, gone: AbortSignal, disconnect: () => void,
  hello: Pick<ConnectedClient, 'protocol' | 'kind' | 'locale' | 'interactive'> & { readonly agentSocket?: string | undefined; readonly ssh?: ConnectedClient['ssh'] },
): ConnectedClient {
  let backlog = 0;
  return {
    protocol: hello.protocol,
    kind: hello.kind,
    locale: hello.locale,
    interactive: hello.interactive,
    agentSocket: hello.agentSocket,
    ssh: hello.ssh,
    gone,
    notify: (event, params) => {
      if (gone.aborted) return;
      backlog += 1;
      if (backlog > longestBacklog) {
        disconnect();
        return;
      }
      // A failed write is followed by the end of the connection.
      connection.sendNotification(event, params).catch(() => undefined).finally(() => {
        backlog -= 1;
      });
    },
    ask: async (method, params, signal) => {
      const source = new CancellationTokenSource();
      const cancel = (): void => source.cancel();
      signal?.addEventListener('abort', cancel);
      try {
        return await connection.sendRequest(method, params, source.token);
      } finally {
        signal?.removeEventListener('abort', cancel);
        source.dispose();
      }
    },
  };
}

function isMethod(name: string): name is ServiceMethodName {
  return Object.hasOwn(serviceMethods, name);
}

/** Runs work with a signal that follows both the client's cancellation and its leaving. */
async function withSignal<T>(token: CancellationToken, gone: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (token.isCancellationRequested || gone.aborted) abort();
  const subscription = token.onCancellationRequested(abort);
  gone.addEventListener('abort', abort);
  try {
    return await work(controller.signal);
  } finally {
    subscription.dispose();
    gone.removeEventListener('abort', abort);
  }
}

function redactError(data: ErrorData, redactor: Redactor): ErrorData {
  const args = Object.fromEntries(
    Object.entries(data.args).map(([name, value]) => [name, typeof value === 'string' ? redactor.redact(value) : value]),
  );
  return { ...data, args, ...(data.causes && { causes: data.causes.map((cause) => redactor.redact(cause)) }) };
}
