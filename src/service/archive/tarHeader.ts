import { printableBytes } from './printableName';
import { refusal, type Place } from './refusal';

/** Bytes of a tar block; headers are one, contents are filled up to whole ones. */
export const blockSize = 512;

/** One header block as it stands, before pax and GNU extensions are applied. */
export interface TarHeader {
  /** Raw bytes: the ustar prefix is joined, the NUL is cut. */
  readonly name: Uint8Array;
  readonly linkName: Uint8Array;
  /** One character: `0` file, `1` hard link, `2` symbolic link, `5` folder, `x` pax … */
  readonly kind: string;
  readonly mode: number;
  readonly size: number;
  /** Seconds since 1970; may be negative. */
  readonly modified: number;
}

/**
 * Reads a header block of the formats v7, ustar (POSIX.1-1988) and GNU. Stricter than tar programs: a number that is not
 * octal or base-256, an unknown format mark or a wrong checksum is a damaged header, never a guess.
 * @returns undefined for the block of zeros that ends an archive
 * @throws ProductError `archive/damaged-header`
 */
export function decodeTarHeader(block: Uint8Array, place: Place): TarHeader | undefined {
  const rawName = untilNul(block, 0, 100);
  const here = { ...place, entry: printableBytes(rawName) };
  const damaged = () => refusal('archive/damaged-header', here);
  if (isZero(block)) return undefined;

  const number = (offset: number, length: number): number => {
    const value = decodeNumber(block.subarray(offset, offset + length));
    if (value === undefined) throw damaged();
    return value;
  };
  if (number(148, 8) !== checksum(block)) throw damaged();

  const format = formatOf(block);
  if (format === undefined) throw damaged();
  const prefix = format === 'ustar' ? untilNul(block, 345, 155) : new Uint8Array();
  const size = number(124, 12);
  if (!Number.isSafeInteger(size) || size < 0) throw damaged();
  // Not used here, but a tar program stops at an owner or group that is no number.
  number(108, 8);
  number(116, 8);
  return {
    name: prefix.length === 0 ? rawName.slice() : Buffer.concat([prefix, Buffer.from('/'), rawName]),
    linkName: untilNul(block, 157, 100).slice(),
    kind: block[156] === 0 ? '0' : String.fromCharCode(block[156] ?? 0),
    mode: number(100, 8),
    size,
    modified: number(136, 12),
  };
}

/** True when every byte is zero. */
export function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function formatOf(block: Uint8Array): 'v7' | 'ustar' | 'gnu' | undefined {
  const mark = Buffer.from(block.buffer, block.byteOffset + 257, 8).toString('latin1');
  if (mark === 'ustar\u000000') {
    // The star format keeps times where ustar keeps the end of the prefix.
    return Buffer.from(block.buffer, block.byteOffset + 508, 4).toString('latin1') === 'tar\u0000' ? undefined : 'ustar';
  }
  if (mark === 'ustar  \u0000') return 'gnu';
  return isZero(block.subarray(257)) ? 'v7' : undefined;
}

function checksum(block: Uint8Array): number {
  let sum = 8 * 0x20;
  for (let i = 0; i < blockSize; i++) if (i < 148 || i >= 156) sum += block[i] ?? 0;
  return sum;
}

/** A number field: octal digits between optional blanks and a NUL or blank, or base-256 when its first bit is set; empty is 0. */
function decodeNumber(field: Uint8Array): number | undefined {
  const first = field[0] ?? 0;
  if (first & 0x80) {
    const negative = (first & 0x40) !== 0;
    let value = BigInt(negative ? first - 0x100 : first & 0x7f);
    for (const byte of field.subarray(1)) value = value * 256n + BigInt(byte);
    return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
  }
  const text = Buffer.from(untilNul(field, 0, field.length)).toString('latin1');
  const digits = /^ *([0-7]*) *$/.exec(text)?.[1];
  return digits === undefined ? undefined : digits === '' ? 0 : Number.parseInt(digits, 8);
}

function untilNul(bytes: Uint8Array, start: number, length: number): Uint8Array {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return end < 0 ? field : field.subarray(0, end);
}
