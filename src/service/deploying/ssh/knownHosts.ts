import { createHmac } from 'node:crypto';
import { matchesPattern } from '../../../core/hosts/patterns';
import type { HostKeyRecord } from '../../repository/repository';
import { fingerprintOf, readKeyType, type PublicKey } from './hostKeys';

/** One usable line of a known_hosts file (sshd(8), “SSH_KNOWN_HOSTS FILE FORMAT”). */
export interface KnownHostsEntry extends PublicKey {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly marker?: 'revoked' | 'cert-authority';
  /** The first field as written: comma-separated patterns, or one hashed name. */
  readonly hosts: string;
}

/** Where a known key stands; line 0 is this product's own store. */
export interface KnownKeyPlace {
  readonly file: string;
  readonly line: number;
}

export type HostKeyDecision =
  | { readonly kind: 'known' }
  /** `authority`: a line trusts a certificate authority for this host, which cannot be checked here. */
  | { readonly kind: 'unknown'; readonly authority?: KnownKeyPlace }
  | { readonly kind: 'changed'; readonly known: KnownKeyPlace & { readonly type: string; readonly fingerprint: string } }
  | { readonly kind: 'revoked'; readonly place: KnownKeyPlace };

/**
 * Reads the lines of a known_hosts file. Never throws: comments, empty lines and lines that OpenSSH would not understand
 * either (an unknown marker, a protocol 1 key, a key that is not of its stated type) are left out, as OpenSSH does.
 */
export function parseKnownHosts(text: string, file: string): KnownHostsEntry[] {
  return text.split('\n').flatMap((line, index) => {
    const entry = parseLine(line, file, index + 1);
    return entry ? [entry] : [];
  });
}

function parseLine(line: string, file: string, number: number): KnownHostsEntry | undefined {
  const fields = line.trim().split(/[ \t]+/);
  const first = fields[0] ?? '';
  if (first === '' || first.startsWith('#')) return undefined;
  const marker = first === '@revoked' ? 'revoked' : first === '@cert-authority' ? 'cert-authority' : undefined;
  if (first.startsWith('@') && marker === undefined) return undefined;
  const [hosts, type, key] = marker === undefined ? fields : fields.slice(1);
  if (hosts === undefined || type === undefined || key === undefined) return undefined;
  const blob = Buffer.from(key, 'base64');
  if (readKeyType(blob) !== type) return undefined;
  return { file, line: number, ...(marker && { marker }), hosts, type, blob };
}

/** The name a host has in known_hosts: the plain address for port 22, else `[address]:port`. */
export function knownHostsName(address: string, port: number): string {
  const plain = address.toLowerCase();
  return port === 22 ? plain : `[${plain}]:${port}`;
}

/** True when the first field of a line stands for this name (see {@link knownHostsName}). A negated pattern that fits excludes it, whatever else fits. */
export function matchesKnownHosts(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return matchesHash(hosts, name);
  let matched = false;
  for (const item of hosts.split(',')) {
    const negated = item.startsWith('!');
    const pattern = negated ? item.slice(1) : item;
    if (pattern === '' || !matchesPattern(pattern.toLowerCase(), name)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}

/** `|1|salt|hash`, both in base64: HMAC-SHA1 of the name with the salt as key. */
function matchesHash(hosts: string, name: string): boolean {
  const [, version, salt, hash, rest] = hosts.split('|');
  if (version !== '1' || salt === undefined || hash === undefined || rest !== undefined) return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest().equals(Buffer.from(hash, 'base64'));
}

/** What the two sources of trust say about one host. */
export interface HostTrust {
  readonly address: string;
  readonly port: number;
  /** Lines of all known_hosts files. */
  readonly entries: readonly KnownHostsEntry[];
  /** Keys that were trusted in this product for exactly this address and port. */
  readonly ownKeys: readonly HostKeyRecord[];
}

/**
 * Decides about an offered key as OpenSSH does: revoked before all; known when any line holds this key; changed when the
 * host has keys and this is none of them, of whatever type; else unknown. With a port other than 22, a key that is known
 * for the plain address is accepted too, but another one there does not count as changed.
 */
export function decideHostKey(offered: PublicKey, trust: HostTrust): HostKeyDecision {
  const matching = matchingEntries(trust, knownHostsName(trust.address, trust.port));
  const plain = trust.port === 22 ? [] : matchingEntries(trust, trust.address.toLowerCase());

  const revoked = [...matching, ...plain].find((entry) => entry.marker === 'revoked' && entry.blob.equals(offered.blob));
  if (revoked) return { kind: 'revoked', place: placeOf(revoked) };

  const keys = [...matching.filter((entry) => entry.marker === undefined), ...ownEntries(trust)];
  const isOffered = (entry: KnownHostsEntry): boolean => entry.marker === undefined && entry.blob.equals(offered.blob);
  if (keys.some(isOffered)) return { kind: 'known' };
  const other = keys.find((entry) => entry.type === offered.type) ?? keys[0];
  if (other) return { kind: 'changed', known: { ...placeOf(other), type: other.type, fingerprint: fingerprintOf(other.blob) } };
  if (plain.some(isOffered)) return { kind: 'known' };

  const authority = [...matching, ...plain].find((entry) => entry.marker === 'cert-authority');
  return { kind: 'unknown', ...(authority && { authority: placeOf(authority) }) };
}

/** The key types known for a host; the key exchange should ask for these first. */
export function knownKeyTypes(trust: HostTrust): string[] {
  const types = (entries: readonly KnownHostsEntry[]): string[] => entries.filter((entry) => entry.marker === undefined).map((entry) => entry.type);
  const exact = types([...matchingEntries(trust, knownHostsName(trust.address, trust.port)), ...ownEntries(trust)]);
  return [...new Set(exact.length > 0 ? exact : types(matchingEntries(trust, trust.address.toLowerCase())))];
}

function matchingEntries(trust: HostTrust, name: string): KnownHostsEntry[] {
  return trust.entries.filter((entry) => matchesKnownHosts(entry.hosts, name));
}

function ownEntries(trust: HostTrust): KnownHostsEntry[] {
  return trust.ownKeys.map((record) => ({ file: '', line: 0, hosts: record.address, type: record.type, blob: Buffer.from(record.key, 'base64') }));
}

function placeOf(entry: KnownHostsEntry): KnownKeyPlace {
  return { file: entry.file, line: entry.line };
}
