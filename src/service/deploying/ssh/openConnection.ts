import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { NodeSSH } from 'node-ssh';
import type { AnyAuthMethod, Client, NextAuthHandler } from 'ssh2';
import { ProductError } from '../../../core/errors';
import type { Authentication } from './authentication';
import { asConnectError, createLibraryFacts, type ConnectPhase } from './connectErrors';
import type { HostKeyVerifier } from './hostKeyVerifier';
import type { ConnectedHop } from './hop';
import type { PublicKey } from './hostKeys';
import type { OpenWay, Way } from './ways';

/** A connection that is signed in. */
export interface OpenConnection {
  readonly client: Client;
  readonly hostKey: PublicKey;
  /** As the server names itself, e.g. `OpenSSH_9.2p1`. */
  readonly serverSoftware: string;
  readonly signedInWith: string;
  /** Aborted with a ProductError when the connection ends. */
  readonly lost: AbortSignal;
  /** Ends the connection; resolves when the socket is closed. */
  end(): Promise<void>;
}

/** What host key check and sign-in may do to the attempt that is under way. */
export interface AttemptControls {
  /** Waits for a person: timers stand still meanwhile. */
  readonly ask: <T>(answer: Promise<T>) => Promise<T>;
  /** Waits for what may ask a person in its own way, or not at all. */
  readonly wait: <T>(work: Promise<T>) => Promise<T>;
  /** Goes on after a wait; not when the host hung up meanwhile. */
  readonly proceed: (action: () => void) => void;
  /** Ends the attempt. */
  readonly fail: (error: unknown) => void;
}

export interface OpenOptions {
  readonly hop: ConnectedHop;
  readonly openWay: OpenWay;
  readonly signal: AbortSignal;
  readonly verifier: HostKeyVerifier;
  readonly authentication: Authentication;
}

/** The host hung up while a person was asked, or before it saw the answer (servers wait two minutes). With the answer, another attempt is worth while. */
class HungUp extends Error {
  constructor(readonly reason: ProductError) {
    super(reason.message);
  }
}

/** Milliseconds a host may take for each answer during the sign-in; slow directories take their time. */
const loginTimeout = 60_000;
const maxAttempts = 3;

/** Lets an {@link Authentication} that lives over several attempts act on the present one. */
export interface SeriesControls extends AttemptControls {
  readonly attach: (controls: AttemptControls) => void;
}

export function createControls(): SeriesControls {
  let current: AttemptControls | undefined;
  return {
    attach: (controls) => (current = controls),
    ask: (answer) => current?.ask(answer) ?? answer,
    wait: (work) => current?.wait(work) ?? work,
    proceed: (action) => current?.proceed(action),
    fail: (error) => current?.fail(error),
  };
}

/**
 * Connects, verifies the host key and signs in.
 * @throws ProductError `host/…`, `general/cancelled`
 */
export async function openConnection(options: OpenOptions, controls: SeriesControls): Promise<OpenConnection> {
  for (let attempt = 1; ; attempt++) {
    try {
      const way = await options.openWay(options.signal);
      return await new Promise<OpenConnection>((resolve, reject) => tryToOpen(way, options, controls, resolve, reject));
    } catch (error) {
      if (!(error instanceof HungUp)) throw error;
      if (attempt === maxAttempts) throw error.reason;
    }
  }
}

function tryToOpen(
  way: Way,
  { hop, signal, verifier, authentication }: OpenOptions,
  { attach }: SeriesControls,
  resolve: (connection: OpenConnection) => void,
  reject: (error: unknown) => void,
): void {
  const where = { host: hop.name, address: hop.address, port: hop.port };
  const { stream } = way;
  const closed = new Promise<void>((resolveClosed) => stream.once('close', () => resolveClosed()));
  const facts = createLibraryFacts();
  const lost = new AbortController();
  const ssh = new NodeSSH();
  let phase: ConnectPhase = way.isReached ? 'handshake' : 'reaching';
  let settled = false;
  let waiting = 0;
  /** A person's answer is on its way, and the host has not reacted to it. */
  let answered = false;
  let hungUp: ProductError | undefined;
  let hostKey: PublicKey | undefined;
  let offeredBefore: readonly string[] = [];
  let deadline: { ms: number; error: () => ProductError } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const runTimer = (): void => {
    clearTimeout(timer);
    if (deadline && deadline.ms > 0 && waiting === 0 && !settled) timer = setTimeout((error) => fail(error()), deadline.ms, deadline.error);
  };
  const allow = (ms: number, error: () => ProductError): void => {
    deadline = { ms, error };
    runTimer();
  };
  const tooSlow = (): ProductError => new ProductError('host/connect-timeout', { ...where, seconds: Math.round(hop.connectTimeout / 1000) });
  const silent = (): ProductError => new ProductError('host/connection-lost', { ...where, reason: `no answer within ${loginTimeout / 1000} seconds` });

  const settle = (): void => {
    settled = true;
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
  function fail(error: unknown): void {
    if (settled) return;
    settle();
    reject(error);
    if (phase !== 'reaching') hangUp();
    closeSoon(stream);
  }
  function hangUp(): void {
    try {
      ssh.connection?.end();
    } catch {
      stream.destroy(); // the library's protocol had ended before its socket
    }
  }
  function onAbort(): void {
    fail(new ProductError('general/cancelled'));
  }
  function onEnded(seen: ProductError, silently: boolean): void {
    const error = way.reasonOfEnd() ?? seen;
    if (phase === 'open') lost.abort(error);
    else if (waiting > 0) hungUp ??= error;
    else fail(answered && silently ? new HungUp(error) : error);
  }
  const controls: AttemptControls = {
    async ask(answer) {
      const given = await controls.wait(answer);
      answered = true;
      return given;
    },
    async wait(work) {
      waiting++;
      clearTimeout(timer);
      try {
        return await work;
      } finally {
        waiting--;
        runTimer();
      }
    },
    proceed(action) {
      if (hungUp) fail(new HungUp(hungUp));
      else if (!settled) action();
    },
    fail,
  };

  async function chooseMethod(partial: boolean): Promise<AnyAuthMethod> {
    // The host has proved by now that it holds the key, and has seen no credential yet.
    await verifier.remember();
    const offered = facts.authMethods;
    // The library keeps a partial success of an agent's key to itself; the host's list then goes on without public keys.
    const onwards = offeredBefore.includes('publickey') && !offered.includes('publickey') && offered.length > 0 && authentication.usesAgent;
    offeredBefore = offered;
    return await authentication.next(offered, partial || onwards);
  }

  if (signal.aborted) {
    stream.destroy();
    reject(new ProductError('general/cancelled'));
    return;
  }
  attach(controls);
  authentication.begin();
  signal.addEventListener('abort', onAbort);
  allow(hop.connectTimeout, tooSlow);
  // The promise of node-ssh ends with the first error, and takes an agent's refusal for one: the events below decide.
  ssh.connect({
    // The library's type asks for any readable stream; it writes to it as well.
    sock: stream,
    username: hop.user,
    readyTimeout: 0,
    keepaliveInterval: hop.keepaliveInterval,
    keepaliveCountMax: hop.keepaliveCount,
    algorithms: verifier.algorithms,
    debug: (line) => {
      if (phase !== 'open') facts.note(line);
    },
    hostVerifier: (blob: Buffer, decide: (valid: boolean) => void) => {
      const offered = Buffer.from(blob);
      if (hostKey) {
        // A later key exchange on this connection: only the same key will do.
        decide(hostKey.blob.equals(offered));
        return;
      }
      verifier.verify(offered, signal).then((key) => controls.proceed(() => {
        hostKey = key;
        decide(true);
      })).catch(fail);
    },
    authHandler: (_offered, partial, next: NextAuthHandler) => {
      answered = false;
      allow(loginTimeout, silent);
      chooseMethod(partial).then((method) => controls.proceed(() => next(method))).catch(fail);
    },
  }).catch(() => undefined);

  const client = ssh.connection;
  if (!client) throw new Error('node-ssh made no client');
  client.on('connect', () => {
    phase = 'handshake';
    allow(hop.connectTimeout, tooSlow);
  });
  client.on('handshake', () => {
    if (phase !== 'handshake') return;
    phase = 'login';
    answered = false;
    allow(loginTimeout, silent);
  });
  client.on('change password', (prompt) => fail(new ProductError('host/password-expired', { host: hop.name, user: hop.user, reason: prompt })));
  client.on('error', (error: Error & { level?: string }) => {
    if (error.level === 'agent') return; // the next key is tried
    const tooMany = /too many authentication failures/i.test(error.message);
    onEnded(tooMany ? authentication.tooManyFailures() : asConnectError(error, phase, hop, facts), error.level === 'client-socket');
  });
  client.on('close', () => onEnded(asConnectError(new Error('the host ended it'), phase, hop, facts), true));
  client.on('ready', () => {
    if (settled || !hostKey) return;
    settle();
    phase = 'open';
    authentication.succeeded();
    resolve({
      client, hostKey, lost: lost.signal, serverSoftware: facts.serverSoftware, signedInWith: authentication.signedInWith,
      end: async () => {
        lost.abort(new ProductError('host/connection-lost', { ...where, reason: 'it was closed here' }));
        hangUp();
        await Promise.race([closed, delay(2000, undefined, { ref: false })]);
        stream.destroy();
      },
    });
  });
}

/** Ends a stream once what is written has gone out. */
function closeSoon(stream: Duplex): void {
  if (stream instanceof Socket) stream.destroySoon();
  else stream.end(() => stream.destroy());
}
