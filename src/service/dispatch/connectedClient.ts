import type { Locale } from '../../core/text/messages';
import type { ClientMethodName, ClientMethods, ServiceEventName, ServiceEvents, SshOptions } from '../../protocol/service';

/** A client that has proven itself and said who it is. */
export interface ConnectedClient {
  /** The protocol version both speak. */
  readonly protocol: number;
  readonly kind: 'editor' | 'cli';
  readonly locale: Locale;
  /** Whether it can put a question to a person. */
  readonly interactive: boolean;
  readonly agentSocket: string | undefined;
  readonly ssh: SshOptions | undefined;
  /** Aborted when the connection has ended. */
  readonly gone: AbortSignal;
  /** Sends a notification. A client that does not read any more is disconnected rather than kept in memory. */
  notify<N extends ServiceEventName>(event: N, params: ServiceEvents[N]): void;
  /** Puts a question; `signal` takes it back. Rejects when the connection ends. */
  ask<N extends ClientMethodName>(method: N, params: ClientMethods[N]['params'], signal?: AbortSignal): Promise<ClientMethods[N]['result']>;
}

/** The clients that are connected now, in the order they came. */
export interface ClientRegistry {
  readonly all: readonly ConnectedClient[];
  /** Told after each client that came; its own end is told by `gone`. */
  onAdded(listener: (client: ConnectedClient) => void): () => void;
}
