import type { Socket } from 'node:net';
import { CancellationToken, ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import { fromErrorData, isErrorData, ProductError, toErrorData } from '../../core/errors';
import type { Locale } from '../../core/text/messages';
import type {
  ClientMethods, CommandQuestion, HostKeyAnswer, HostKeyQuestion, LockQuestion, SecretQuestion, ServiceEventName, ServiceEvents, ServiceMethodName, ServiceParams, ServiceResult,
  ServiceStatus, SshOptions,
} from '../../protocol/service';
import { createSocketConnection } from '../lifecycle/messageConnection';

/** Answers what the service must ask a person. `token` is cancelled when the question is no longer of interest. */
export interface ClientHandlers {
  confirmHostKey(question: HostKeyQuestion, token: CancellationToken): Promise<HostKeyAnswer>;
  /** Absent: commands of an SSH configuration are not run. */
  confirmCommand?(question: CommandQuestion, token: CancellationToken): Promise<'run' | 'skip'>;
  /** Absent: the lock of another repository's deployment is left alone. */
  confirmTakeOver?(question: LockQuestion, token: CancellationToken): Promise<'takeOver' | 'leave'>;
  /** Undefined: the person declined. */
  askSecret(question: SecretQuestion, token: CancellationToken): Promise<string | undefined>;
}

/** What a client tells the service of itself. */
export interface ClientIdentity {
  readonly kind: 'editor' | 'cli';
  readonly locale: Locale;
  /** Whether a person can be asked; without one, unknown host keys are refused and missing secrets count as declined. */
  readonly interactive: boolean;
  /** Path of the client's own SSH agent (`SSH_AUTH_SOCK`). */
  readonly agentSocket?: string | undefined;
  /** What the person has set for connections to hosts. */
  readonly ssh?: SshOptions | undefined;
  readonly handlers: ClientHandlers;
}

/** One connection to the package service. */
export interface ServiceClient {
  /** What the service said of itself when this client arrived. */
  readonly status: ServiceStatus;
  /**
   * Sends a request.
   * @throws ProductError what the service answers; `service/connection-lost`, `service/closed`; `general/cancelled` when `token` was cancelled in time
   */
  request<N extends ServiceMethodName>(method: N, params: ServiceParams<N>, token?: CancellationToken): Promise<ServiceResult<N>>;
  /** Listens to an event until the returned function is called. */
  on<N extends ServiceEventName>(event: N, listener: (params: ServiceEvents[N]) => void): () => void;
  /** Told once, when the connection has ended, with the reason where the service gave one. */
  onClosed(listener: (reason: ServiceEvents['ending']['reason'] | undefined) => void): () => void;
  readonly closed: boolean;
  /** Ends the connection; what runs in the service goes on. */
  close(): void;
}

const eventNames: readonly ServiceEventName[] = ['changed', 'importInspection', 'deploymentEvents', 'stepProgress', 'ending'];

/**
 * Makes a client of a connection whose two sides have proven themselves.
 * @throws ProductError what the service answers to the greeting, e.g. why it cannot open the repository
 */
export async function createServiceClient(socket: Socket, identity: ClientIdentity): Promise<ServiceClient> {
  const connection = createSocketConnection(socket);
  const listeners = new Map<ServiceEventName, Set<(params: never) => void>>(eventNames.map((name) => [name, new Set()]));
  const closeListeners = new Set<(reason: ServiceEvents['ending']['reason'] | undefined) => void>();
  let closed = false;
  let reason: ServiceEvents['ending']['reason'] | undefined;

  const finish = (): void => {
    if (closed) return;
    closed = true;
    connection.dispose();
    socket.destroy();
    for (const listener of closeListeners) listener(reason);
  };
  // An error on a local socket is its end; the close event that follows says all there is to say.
  connection.onError(finish);
  connection.onClose(finish);
  socket.on('error', finish);
  socket.on('close', finish);

  for (const name of eventNames) {
    connection.onNotification(name, (params: ServiceEvents[typeof name]) => {
      for (const listener of listeners.get(name) ?? []) listener(params as never);
      if (name === 'ending') {
        ({ reason } = params as ServiceEvents['ending']);
        finish();
      }
    });
  }
  const answer = async <T>(token: CancellationToken, ask: () => Promise<T>): Promise<T | ResponseError<unknown>> => {
    try {
      // A token that is cancelled from the start tells nobody: the person is not asked at all.
      if (token.isCancellationRequested) throw new ProductError('general/cancelled');
      return await ask();
    } catch (error) {
      return new ResponseError(ErrorCodes.InternalError, 'the question could not be put', toErrorData(error));
    }
  };
  connection.onRequest<HostKeyAnswer, unknown>('client/confirmHostKey' satisfies keyof ClientMethods, (question: HostKeyQuestion, token: CancellationToken) =>
    answer(token, () => identity.handlers.confirmHostKey(question, token)));
  connection.onRequest<'run' | 'skip', unknown>('client/confirmCommand' satisfies keyof ClientMethods, (question: CommandQuestion, token: CancellationToken) =>
    answer(token, async () => (await identity.handlers.confirmCommand?.(question, token)) ?? 'skip'));
  connection.onRequest<'takeOver' | 'leave', unknown>('client/confirmTakeOver' satisfies keyof ClientMethods, (question: LockQuestion, token: CancellationToken) =>
    answer(token, async () => (await identity.handlers.confirmTakeOver?.(question, token)) ?? 'leave'));
  connection.onRequest<ClientMethods['client/askSecret']['result'], unknown>('client/askSecret' satisfies keyof ClientMethods, (question: SecretQuestion, token: CancellationToken) =>
    answer(token, async () => {
      const secret = await identity.handlers.askSecret(question, token);
      return secret === undefined ? null : { secret };
    }));
  connection.listen();

  const request = async <N extends ServiceMethodName>(
    method: N, params: ServiceParams<N>, token: CancellationToken = CancellationToken.None,
  ): Promise<ServiceResult<N>> => {
    if (closed) throw new ProductError('service/closed', { method });
    try {
      return await connection.sendRequest<ServiceResult<N>>(method, params, token);
    } catch (error) {
      throw asProductError(error, method);
    }
  };
  let status: ServiceStatus;
  try {
    const { kind, locale, interactive, agentSocket, ssh } = identity;
    status = await request('client/hello', { kind, locale, interactive, ...(agentSocket !== undefined && { agentSocket }), ...(ssh && { ssh }) });
  } catch (error) {
    finish();
    throw error;
  }
  return {
    status,
    request,
    on: (event, listener) => {
      listeners.get(event)?.add(listener);
      return () => listeners.get(event)?.delete(listener);
    },
    onClosed: (listener) => {
      closeListeners.add(listener);
      return () => closeListeners.delete(listener);
    },
    get closed() {
      return closed;
    },
    close: finish,
  };
}

function asProductError(error: unknown, method: ServiceMethodName): ProductError {
  if (!(error instanceof ResponseError)) return new ProductError('service/connection-lost', { method }, { cause: error });
  const data: unknown = error.data;
  if (isErrorData(data)) return fromErrorData(data);
  switch (error.code) {
    // -32800: the library answers a request by itself that was cancelled before it began.
    case -32800:
      return new ProductError('general/cancelled');
    case ErrorCodes.MethodNotFound:
      return new ProductError('general/bad-request', { method, reason: 'the running service does not know it' });
    default:
      return new ProductError('service/connection-lost', { method }, { cause: error });
  }
}
