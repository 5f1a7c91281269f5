import { createHash } from 'node:crypto';

/**
 * How changes lie in a log file: one record after another, each
 *
 *     4 bytes  `GXR1`
 *     4 bytes  length of the payload, big-endian
 *    16 bytes  digest: SHA-256 over the digest of the record before and the payload, shortened
 *     4 bytes  check: SHA-256 over the 24 bytes before, shortened
 *     n bytes  payload
 *
 * The digests form a chain, so that a record can be neither changed nor left out unnoticed. The header has a check of
 * its own: a length that was damaged must not be taken for a record that the end of the file cut off.
 */
const marker = Buffer.from('GXR1', 'latin1');
const headerSize = 28;
const digestSize = 16;

/** The digest before the first record of a file. */
export const chainStart: Buffer = Buffer.alloc(digestSize);

export interface EncodedRecord {
  readonly bytes: Buffer;
  readonly digest: Buffer;
}

/** Frames one payload to follow the record whose digest is `previous`. */
export function encodeRecord(previous: Buffer, payload: Uint8Array): EncodedRecord {
  const digest = chainDigest(previous, payload);
  const bytes = Buffer.allocUnsafe(headerSize + payload.length);
  marker.copy(bytes, 0);
  bytes.writeUInt32BE(payload.length, 4);
  digest.copy(bytes, 8);
  headerCheck(bytes).copy(bytes, 24);
  bytes.set(payload, headerSize);
  return { bytes, digest };
}

export interface ScannedRecord {
  readonly payload: Buffer;
  readonly digest: Buffer;
  /** Offset of the first byte after the record. */
  readonly end: number;
}

/**
 * What follows the last intact record. `torn`: the rest of a write that never ended, which nobody was told of.
 * `damaged`: bytes that were once written whole and have changed since.
 */
export type LogTail =
  | { readonly kind: 'none' | 'torn' }
  | { readonly kind: 'damaged'; readonly offset: number; /** Payloads that can be recognised further on; not all of them are proven intact. */ readonly beyond: readonly Buffer[] };

export interface ScannedLog {
  readonly records: readonly ScannedRecord[];
  /** Offset after the last intact record. */
  readonly end: number;
  readonly tail: LogTail;
}

/** Reads the records of a log file up to its end or to the first that is not intact. Never throws. */
export function scanRecords(bytes: Buffer): ScannedLog {
  const records: ScannedRecord[] = [];
  let end = 0;
  let previous = chainStart;
  for (;;) {
    const record = readRecord(bytes, end, previous);
    if (record === undefined) break;
    records.push(record);
    end = record.end;
    previous = record.digest;
  }
  if (end === bytes.length) return { records, end, tail: { kind: 'none' } };
  const tail: LogTail = isTorn(bytes, end) ? { kind: 'torn' } : { kind: 'damaged', offset: end, beyond: readBeyond(bytes, end) };
  return { records, end, tail };
}

function readRecord(bytes: Buffer, start: number, previous: Buffer): ScannedRecord | undefined {
  const header = readHeader(bytes, start);
  if (header === undefined) return undefined;
  const end = start + headerSize + header.length;
  if (end > bytes.length) return undefined;
  const payload = bytes.subarray(start + headerSize, end);
  return chainDigest(previous, payload).equals(header.digest) ? { payload, digest: header.digest, end } : undefined;
}

function readHeader(bytes: Buffer, start: number): { length: number; digest: Buffer } | undefined {
  if (start + headerSize > bytes.length) return undefined;
  const header = bytes.subarray(start, start + headerSize);
  if (!header.subarray(0, 4).equals(marker) || !headerCheck(header).equals(header.subarray(24))) return undefined;
  return { length: header.readUInt32BE(4), digest: header.subarray(8, 24) };
}

/**
 * A write that was cut off leaves a file that ends inside the record, or, after a loss of power, whole disk sectors of
 * zeros in it. A record that is all there and wrong was damaged later: it may have been acknowledged, so it is not dropped.
 */
function isTorn(bytes: Buffer, start: number): boolean {
  const header = readHeader(bytes, start);
  const end = header === undefined ? findHeader(bytes, start + 1) ?? bytes.length : start + headerSize + header.length;
  if (end > bytes.length || bytes.length - start < headerSize) return true;
  return hasSectorOfZeros(bytes, start, end);
}

function hasSectorOfZeros(bytes: Buffer, start: number, end: number): boolean {
  const sector = 512;
  // JSON holds no zero byte, so a piece of a sector is telling as well; a flipped bit does not make four of them.
  for (let at = start; at < end; at = (Math.floor(at / sector) + 1) * sector) {
    const piece = bytes.subarray(at, Math.min(end, (Math.floor(at / sector) + 1) * sector));
    if (piece.length >= 4 && piece.every((byte) => byte === 0)) return true;
  }
  return false;
}

/** Finds records behind a damaged one, to tell how much is missing. Each must follow the digest stored before it, if that can be read. */
function readBeyond(bytes: Buffer, damaged: number): Buffer[] {
  const found: Buffer[] = [];
  let previous = readHeader(bytes, damaged)?.digest;
  for (let at = findHeader(bytes, damaged + 1); at !== undefined; ) {
    const header = readHeader(bytes, at);
    const end = at + headerSize + (header?.length ?? 0);
    if (end <= bytes.length && (!previous || readRecord(bytes, at, previous))) found.push(bytes.subarray(at + headerSize, end));
    previous = header?.digest;
    at = findHeader(bytes, at + 1);
  }
  return found;
}

/** The offset of the next intact header. */
function findHeader(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(marker, from); at >= 0; at = bytes.indexOf(marker, at + 1)) {
    if (readHeader(bytes, at)) return at;
  }
  return undefined;
}

function chainDigest(previous: Buffer, payload: Uint8Array): Buffer {
  return createHash('sha256').update(previous).update(payload).digest().subarray(0, digestSize);
}

function headerCheck(header: Buffer): Buffer {
  return createHash('sha256').update(header.subarray(0, 24)).digest().subarray(0, 4);
}
