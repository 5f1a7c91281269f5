import { spawn, type ChildProcess } from 'node:child_process';
import { timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Server, utils, type AuthContext, type ParsedKey, type ServerChannel, type Session } from 'ssh2';
import { serveSftp } from './serveSftp';

export interface NodeSshServerOptions {
  readonly user: string;
  /** The one public key that may sign in, in OpenSSH's form. */
  readonly authorizedKey: string;
  /** A password that may sign in too. */
  readonly password?: string;
  /** Where commands start, and their HOME. */
  readonly home: string;
}

/** An SSH server in this process. Commands and files are real, on this machine, as the user who runs it. */
export interface NodeSshServer {
  readonly port: number;
  /** `type base64` */
  readonly hostKey: string;
  stop(): Promise<void>;
}

/** Starts an SSH server on 127.0.0.1 with a fresh host key, for machines without OpenSSH's sshd. */
export async function startNodeSshServer(options: NodeSshServerOptions): Promise<NodeSshServer> {
  const hostKey = utils.generateKeyPairSync('ed25519');
  const authorized = utils.parseKey(options.authorizedKey);
  if (authorized instanceof Error) throw authorized;
  const commands = new Set<ChildProcess>();
  const clients = new Set<{ end(): void }>();
  const server = new Server({ hostKeys: [hostKey.private] }, (client) => {
    clients.add(client);
    client.on('authentication', (context) => signIn(context, options, authorized));
    client.on('session', (accept) => serveSession(accept(), options, commands));
    // A client that breaks off is no event for the server.
    client.on('error', () => undefined);
    client.on('close', () => clients.delete(client));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: hostKey.public.split(' ').slice(0, 2).join(' ').trim(),
    stop: async () => {
      for (const command of commands) endGroup(command, 'SIGKILL');
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const client of clients) client.end();
      await closed;
    },
  };
}

function signIn(context: AuthContext, { user, password }: NodeSshServerOptions, authorized: ParsedKey): void {
  const methods: ('publickey' | 'password')[] = password === undefined ? ['publickey'] : ['publickey', 'password'];
  if (context.method === 'password' && password !== undefined) {
    return context.username === user && context.password === password ? context.accept() : context.reject(methods);
  }
  if (context.method !== 'publickey') return context.reject(methods);
  const wanted = authorized.getPublicSSH();
  const isKey = context.key.data.length === wanted.length && timingSafeEqual(context.key.data, wanted);
  if (context.username !== user || !isKey) return context.reject(methods);
  // Without a signature the client only asks whether the key would do.
  if (context.signature === undefined || context.blob === undefined) return context.accept();
  // Beside true and false the library may answer with an error.
  const verified: unknown = authorized.verify(context.blob, context.signature, context.hashAlgo);
  if (verified === true) context.accept();
  else context.reject(['publickey']);
}

function serveSession(session: Session, { home }: NodeSshServerOptions, commands: Set<ChildProcess>): void {
  session.on('exec', (accept, _reject, { command }) => runCommand(accept(), command, home, commands));
  session.on('sftp', (accept) => serveSftp(accept(), home));
}

function runCommand(channel: ServerChannel, command: string, home: string, commands: Set<ChildProcess>): void {
  const child = spawn('/bin/sh', ['-c', command], { cwd: home, detached: true, stdio: 'pipe', env: { ...process.env, HOME: home } });
  commands.add(child);
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  // The command may end, or its reader, before all is written.
  child.stdin.on('error', () => undefined);
  channel.on('error', () => undefined);
  // Named in the protocol without its prefix.
  channel.on('signal', (name: string) => endGroup(child, `SIG${name}` as NodeJS.Signals));
  channel.once('close', () => endGroup(child, 'SIGHUP'));
  child.once('error', () => {
    channel.exit(127);
    channel.end();
  });
  child.once('close', (code, signal) => {
    commands.delete(child);
    if (channel.destroyed) return;
    if (signal === null) channel.exit(code ?? 1);
    else channel.exit(signal.slice(3), false, '');
    channel.end();
  });
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Gone already.
  }
}
