import { ProductError } from '../../../core/errors';
import type { ConnectedHop } from './hop';
import { oneLine, reasonOf } from './reasons';

/** How far a connection has come. */
export type ConnectPhase = 'reaching' | 'handshake' | 'login' | 'open';

/** What the library tells only in its debug lines; read for error messages, never for decisions about trust. */
export interface LibraryFacts {
  /** Takes one debug line. */
  note(line: string): void;
  /** The server's identification, e.g. `OpenSSH_9.2p1`. */
  readonly serverSoftware: string;
  /** The algorithms the server offers for one part of the key exchange. */
  offered(kind: AlgorithmKind): string;
  /** Methods that can go on, as of the last refusal. */
  readonly authMethods: readonly string[];
}

type AlgorithmKind = 'kex' | 'hostKey' | 'cipher' | 'mac' | 'other';
const kinds: readonly (readonly [RegExp, AlgorithmKind])[] = [
  [/key exchange|KEX/, 'kex'], [/host key/i, 'hostKey'], [/cipher/, 'cipher'], [/MAC/, 'mac'], [/compression/, 'other'],
];
const kindOf = (text: string): AlgorithmKind | undefined => kinds.find(([pattern]) => pattern.test(text))?.[1];

export function createLibraryFacts(): LibraryFacts {
  const offers = new Map<AlgorithmKind, string>();
  let serverSoftware = '';
  let authMethods: readonly string[] = [];
  return {
    note(line) {
      const remote = /^Handshake: \(remote\) (.*?): (.*)$/.exec(line);
      const kind = kindOf(remote?.[1] ?? '');
      if (remote?.[2] !== undefined && kind) offers.set(kind, remote[2].split(',').join(', '));
      serverSoftware = /^Remote ident: 'SSH-[\d.]+-(.*)'$/.exec(line)?.[1] ?? serverSoftware;
      const methods = /^Inbound: Received USERAUTH_FAILURE \((.*)\)$/.exec(line)?.[1];
      if (methods !== undefined) authMethods = methods === '' ? [] : methods.split(',');
    },
    get serverSoftware() {
      return serverSoftware;
    },
    offered: (kind) => oneLine(offers.get(kind) ?? ''),
    get authMethods() {
      return authMethods;
    },
  };
}

/** Makes the product's error of what the socket or the library raised. */
export function asConnectError(error: unknown, phase: ConnectPhase, hop: ConnectedHop, facts: LibraryFacts): ProductError {
  if (error instanceof ProductError) return error;
  const where = { host: hop.name, address: hop.address, port: hop.port };
  const isSilent = error instanceof Error && error.message === 'Keepalive timeout';
  const reason = isSilent ? `no sign of life for ${Math.round((hop.keepaliveInterval * hop.keepaliveCount) / 1000)} seconds` : reasonOf(error);
  const options = { cause: error };
  if (phase === 'reaching') {
    const last: unknown = error instanceof AggregateError ? error.errors.at(-1) : error;
    switch ((last as NodeJS.ErrnoException).code) {
      case 'ENOTFOUND':
      case 'EAI_AGAIN':
      case 'EAI_NODATA':
      case 'EAI_NONAME':
        return new ProductError('host/address-not-found', { ...where, reason }, options);
      case 'ECONNREFUSED':
        return new ProductError('host/connection-refused', where, options);
      default:
        return new ProductError('host/unreachable', { ...where, reason }, options);
    }
  }
  if (phase === 'handshake') {
    const mismatch = /no matching (.*)$/i.exec(reason)?.[1];
    const kind = kindOf(mismatch ?? '');
    if (kind) return new ProductError('host/no-common-algorithm', { ...where, kind, offered: facts.offered(kind) }, options);
    if (facts.serverSoftware === '') return new ProductError('host/no-ssh', { ...where, reason }, options);
    return new ProductError('host/handshake-failed', { ...where, reason }, options);
  }
  return new ProductError('host/connection-lost', { ...where, reason }, options);
}
