import type { Socket } from 'node:net';
import type { ServiceEvents, ServiceMethodName, ServiceStatus } from '../../protocol/service';
import { ProductError } from '../../core/errors';
import { ProofError, receiveClient, type HandshakeOutcome, type HandshakeSide, type ProvenClient } from '../lifecycle/handshake';
import type { Redactor } from '../redactor';
import type { ServiceLog } from '../serviceLog';
import { serveClient, type ClientConnection } from './clientConnection';
import type { ClientRegistry, ConnectedClient } from './connectedClient';
import type { Handlers } from './handlers';

/** Requests that may take as long as the work they are about; the end of the service does not wait for them. */
const longRequests: ReadonlySet<ServiceMethodName> = new Set(['imports/wait', 'imports/scan', 'imports/inspect', 'hosts/test', 'deployments/stop', 'deployments/cleanUp', 'client/hello']);

export interface DoorOptions {
  readonly side: HandshakeSide;
  readonly log: ServiceLog;
  readonly redactor: Redactor;
  /** What becomes of a client that holds the key. */
  decide(client: ProvenClient): Promise<HandshakeOutcome>;
  ready(): Promise<Handlers>;
  status(protocol: number): ServiceStatus;
}

/** Lets clients in that hold the key, and knows who is there. */
export interface ClientDoor {
  readonly clients: ClientRegistry;
  /** Takes a connection that has just been made. */
  accept(socket: Socket): void;
  /** Takes no more requests; resolves when those under way are answered. */
  drain(): Promise<void>;
  /** Tells every client why, and hangs up. */
  end(reason: ServiceEvents['ending']['reason']): Promise<void>;
}

export function createClientDoor(options: DoorOptions): ClientDoor {
  const { log } = options;
  const connections = new Set<ClientConnection>();
  const all: ConnectedClient[] = [];
  const listeners = new Set<(client: ConnectedClient) => void>();
  const underWay = new Set<symbol>();
  let onDrained: (() => void) | undefined;
  let draining = false;

  const addClient = (client: ConnectedClient): void => {
    if (client.gone.aborted) return;
    all.push(client);
    client.gone.addEventListener('abort', () => all.splice(all.indexOf(client), 1));
    for (const listener of listeners) listener(client);
  };

  const receive = async (socket: Socket): Promise<void> => {
    const outcome = await receiveClient(socket, options.side, (client) => options.decide(client));
    if (outcome.kind !== 'ready') {
      socket.end();
      return;
    }
    const connection = serveClient(socket, {
      log,
      redactor: options.redactor,
      ready: () => options.ready(),
      admit: (method) => {
        if (draining) throw new ProductError('service/ending', { method });
      },
      begin: (method) => {
        if (longRequests.has(method)) return () => undefined;
        const request = Symbol(method);
        underWay.add(request);
        return () => {
          underWay.delete(request);
          if (underWay.size === 0) onDrained?.();
        };
      },
      protocol: outcome.protocol,
      status: (protocol) => options.status(protocol),
      onClient: addClient,
    });
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  };

  return {
    clients: {
      all,
      onAdded: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    accept: (socket) => {
      // An error of a socket is followed by its close.
      socket.on('error', () => undefined);
      receive(socket).catch((error: unknown) => {
        if (error instanceof ProofError) log.warn('door', `a connection was refused: ${error.message}`);
        socket.destroy();
      });
    },
    drain: () => {
      draining = true;
      return underWay.size === 0 ? Promise.resolve() : new Promise((resolve) => {
        onDrained = resolve;
      });
    },
    end: async (reason) => {
      await Promise.all([...connections].map((connection) => connection.end(reason)));
    },
  };
}
