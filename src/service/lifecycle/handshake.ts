/**
 * The mutual proof before the first JSON-RPC message. Four lines of JSON:
 *
 *     client   { protocols, nonce, version }
 *     service  { protocols, nonce, version, proof }     proof = HMAC(key, "service" + everything said so far)
 *     client   { proof }                                proof = HMAC(key, "client" + everything said so far)
 *     service  { outcome }
 *
 * Both nonces and all that was offered are under both proofs, so nothing can be replayed, reflected or talked down.
 * The key itself is never sent. Nothing but these lines is read from a peer that has not proven itself.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import * as v from 'valibot';
import { readLine } from './lineReader';

/** How the service receives a client that has proven itself. */
export type HandshakeOutcome =
  | { readonly kind: 'ready'; readonly protocol: number }
  /** The service ends now, so that a newer one can take its place or because it was told to; connect again in a moment. */
  | { readonly kind: 'ending' }
  /** No protocol version is spoken by both, and the service does not end. */
  | { readonly kind: 'no-common-protocol' };

/** A client that holds the key. */
export interface ProvenClient {
  /** Version of the product it belongs to. */
  readonly version: string;
  /** The newest protocol version that both speak. */
  readonly protocol: number | undefined;
}

/** The other side does not hold the key. */
export class ProofError extends Error {}

export interface HandshakeSide {
  readonly key: Uint8Array;
  /** Spoken protocol versions. */
  readonly protocols: readonly number[];
  /** Version of the product. */
  readonly version: string;
  /** Milliseconds for each line of the other side. */
  readonly limit: number;
}

const nonceBytes = 32;
const hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const offer = v.object({ protocols: v.pipe(v.array(v.pipe(v.number(), v.integer())), v.maxLength(16)), nonce: hex, version: v.pipe(v.string(), v.maxLength(64)) });
const answer = v.object({ ...offer.entries, proof: hex });
const proofLine = v.object({ proof: hex });
const outcomeLine = v.object({ outcome: v.variant('kind', [
  v.object({ kind: v.literal('ready'), protocol: v.number() }),
  v.object({ kind: v.literal('ending') }),
  v.object({ kind: v.literal('no-common-protocol') }),
]) });

type Offer = v.InferOutput<typeof offer>;

/**
 * The client's half.
 * @throws ProofError when the service does not hold the key; the socket's errors; an error with code `ETIMEDOUT` for a silent service
 */
export async function greetService(socket: Socket, side: HandshakeSide): Promise<{ readonly outcome: HandshakeOutcome; readonly version: string }> {
  const mine = makeOffer(side);
  send(socket, mine);
  const { proof, ...theirs } = parse(answer, await readLine(socket, side.limit));
  if (!proves(proof, side.key, 'service', mine, theirs)) throw new ProofError('the service does not hold the key');
  send(socket, { proof: prove(side.key, 'client', mine, theirs) });
  let line: string;
  try {
    line = await readLine(socket, side.limit);
  } catch (error) {
    // It hangs up on a client whose proof is wrong; ours was right, so it has ended.
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') return { outcome: { kind: 'ending' }, version: theirs.version };
    throw error;
  }
  return { outcome: parse(outcomeLine, line).outcome, version: theirs.version };
}

/**
 * The service's half. `decide` says what becomes of a client that has proven itself.
 * @throws ProofError when the client does not hold the key; the socket's errors; an error with code `ETIMEDOUT` for a silent client
 */
export async function receiveClient(
  socket: Socket, side: HandshakeSide, decide: (client: ProvenClient) => HandshakeOutcome | Promise<HandshakeOutcome>,
): Promise<HandshakeOutcome> {
  const theirs = parse(offer, await readLine(socket, side.limit));
  const mine = makeOffer(side);
  send(socket, { ...mine, proof: prove(side.key, 'service', theirs, mine) });
  const { proof } = parse(proofLine, await readLine(socket, side.limit));
  if (!proves(proof, side.key, 'client', theirs, mine)) throw new ProofError('the client does not hold the key');
  const outcome = await decide({ version: theirs.version, protocol: highestCommon(side.protocols, theirs.protocols) });
  send(socket, { outcome });
  return outcome;
}

/** The newest protocol version that both speak. */
export function highestCommon(ours: readonly number[], theirs: readonly number[]): number | undefined {
  const common = ours.filter((version) => theirs.includes(version));
  return common.length === 0 ? undefined : Math.max(...common);
}

function makeOffer(side: HandshakeSide): Offer {
  return { protocols: [...side.protocols], nonce: randomBytes(nonceBytes).toString('hex'), version: side.version };
}

function prove(key: Uint8Array, role: 'client' | 'service', client: Offer, service: Offer): string {
  const said = [role, ...[client, service].map(({ protocols, nonce, version }) => [protocols, nonce, version])];
  return createHmac('sha256', key).update(JSON.stringify(said)).digest('hex');
}

function proves(proof: string, key: Uint8Array, role: 'client' | 'service', client: Offer, service: Offer): boolean {
  return timingSafeEqual(Buffer.from(proof, 'hex'), Buffer.from(prove(key, role, client, service), 'hex'));
}

function send(socket: Socket, line: object): void {
  socket.write(`${JSON.stringify(line)}\n`);
}

/** Words that are not of this exchange come from no service of ours. */
function parse<T>(schema: v.GenericSchema<unknown, T>, line: string): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new ProofError('the other side does not speak this exchange');
  }
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw new ProofError('the other side does not speak this exchange');
  return parsed.output;
}
