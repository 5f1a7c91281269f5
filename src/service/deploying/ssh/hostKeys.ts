import { createHash } from 'node:crypto';
import type { HostKey } from '../../../core/hosts/model';

/** A public host key as it stands in a known_hosts line and in the key exchange. */
export interface PublicKey {
  /** e.g. `ssh-ed25519`. */
  readonly type: string;
  /** The key blob (RFC 4253, 6.6). */
  readonly blob: Buffer;
}

/** Reads the type that a key blob starts with; undefined for bytes that are no key blob. */
export function readKeyType(blob: Buffer): string | undefined {
  if (blob.length < 4) return undefined;
  const length = blob.readUInt32BE(0);
  if (length === 0 || length > 64 || blob.length < 4 + length) return undefined;
  return blob.toString('latin1', 4, 4 + length);
}

/** The fingerprint as OpenSSH prints it: `SHA256:` and base64 without padding. */
export function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** What is shown of a key. */
export function describeKey(key: PublicKey): HostKey {
  return { type: key.type, fingerprint: fingerprintOf(key.blob) };
}

/** Host key algorithms this product speaks, best first. `ssh-rsa` (SHA-1) is the last: hosts of before 2016 know nothing else. */
const hostKeyAlgorithms = [
  'ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa',
] as const;
export type HostKeyAlgorithm = (typeof hostKeyAlgorithms)[number];

/**
 * The algorithms to offer in the key exchange. Those of the key types that are known for the host come first, as with
 * OpenSSH: else a host that has several keys would show another one than the known, and look changed.
 */
export function orderHostKeyAlgorithms(knownTypes: readonly string[]): HostKeyAlgorithm[] {
  const known = hostKeyAlgorithms.filter((algorithm) => knownTypes.includes(algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm));
  return [...known, ...hostKeyAlgorithms.filter((algorithm) => !known.includes(algorithm))];
}
