import { generateKeyPairSync } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { Server, utils, type AuthContext, type Connection, type ParsedKey, type ServerChannel, type ServerConfig } from 'ssh2';

/** One authentication request that reached the server. */
export interface AuthRequest {
  readonly method: string;
  readonly user: string;
  readonly password?: string;
  /** For a public key: whether it came with a signature, or only as a question. */
  readonly signed?: boolean;
}

export interface ScriptedSshOptions {
  readonly address?: string;
  /** Private host key in PEM; default: a new one. */
  readonly hostKey?: string;
  /** Shows `hostKey` but does not hold it: signs with another key, as somebody in between would have to. */
  readonly forged?: boolean;
  readonly algorithms?: ServerConfig['algorithms'];
  readonly ident?: string;
  /** Answers each request; default: accepts everything but `none`. */
  authenticate?(context: AuthContext, connection: Connection): void;
  /** Runs a command; default: exit status 0. */
  exec?(command: string, channel: ServerChannel): void;
}

/** An SSH server in this process that does what sshd cannot be made to do, and remembers all it was asked. */
export interface ScriptedSshServer {
  readonly address: string;
  readonly port: number;
  /** `type base64`. */
  readonly hostKey: string;
  readonly authRequests: readonly AuthRequest[];
  readonly commands: readonly string[];
  readonly connections: number;
  /** Hangs up on everybody. Resolves when all connections have ended here. */
  dropConnections(): Promise<void>;
  /** Resolves when so many connections have begun and ended. */
  ended(connections: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startScriptedSshServer(options: ScriptedSshOptions = {}): Promise<ScriptedSshServer> {
  const authRequests: AuthRequest[] = [];
  const commands: string[] = [];
  const open = new Set<Connection>();
  const changed = new EventEmitter().setMaxListeners(0);
  let connections = 0;
  const parsed = readKey(options.hostKey ?? makeHostKey());
  if (options.forged) {
    const another = readKey(makeHostKey());
    parsed.sign = (data, algorithm) => another.sign(data, algorithm);
  }

  const server = new Server({ hostKeys: [{ key: parsed as unknown as string }], ...(options.algorithms && { algorithms: options.algorithms }), ...(options.ident && { ident: options.ident }) }, (connection) => {
    connections++;
    open.add(connection);
    connection.on('error', () => undefined);
    connection.on('close', () => {
      open.delete(connection);
      changed.emit('change');
    });
    connection.on('authentication', (context) => {
      authRequests.push({
        method: context.method,
        user: context.username,
        ...(context.method === 'password' && { password: context.password }),
        ...(context.method === 'publickey' && { signed: context.signature !== undefined }),
      });
      if (options.authenticate) options.authenticate(context, connection);
      else if (context.method === 'none') context.reject(['publickey', 'password', 'keyboard-interactive']);
      else context.accept();
    });
    connection.on('session', (acceptSession) => {
      acceptSession().on('exec', (acceptExec, _reject, { command }) => {
        commands.push(command);
        // All that a quick command answers comes at once, as it may from a real host.
        const { _sock: socket } = connection as unknown as { readonly _sock: Socket };
        socket.cork();
        setImmediate(() => socket.uncork());
        const channel = acceptExec();
        if (options.exec) {
          options.exec(command, channel);
          return;
        }
        channel.exit(0);
        channel.end();
      });
    });
  });
  const ended = async (count: number): Promise<void> => {
    const limit = AbortSignal.timeout(20_000);
    while (connections < count || open.size > 0) await once(changed, 'change', { signal: limit });
  };
  const dropConnections = async (): Promise<void> => {
    for (const connection of open) connection.end();
    await ended(0);
  };
  const address = options.address ?? '127.0.0.1';
  await new Promise<void>((resolve) => {
    server.listen(0, address, () => resolve());
  });

  return {
    address,
    port: (server.address() as AddressInfo).port,
    hostKey: `${parsed.type} ${parsed.getPublicSSH().toString('base64')}`,
    authRequests,
    commands,
    get connections() {
      return connections;
    },
    dropConnections,
    ended,
    async stop() {
      await dropConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function makeHostKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' }).toString();
}

function readKey(pem: string): ParsedKey {
  const key = utils.parseKey(pem);
  if (key instanceof Error) throw key;
  return key;
}
