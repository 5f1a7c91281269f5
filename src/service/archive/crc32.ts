import * as zlib from 'node:zlib';

let table: Uint32Array | undefined;

/** CRC-32 of a zip entry (APPNOTE 4.4.7), continued from `value`. Node has it built in from 20.15 on. */
export const crc32: (bytes: Uint8Array, value: number) => number =
  typeof (zlib as { crc32?: unknown }).crc32 === 'function' ? (bytes, value) => zlib.crc32(bytes, value) : crc32ByTable;

/** The same by a table, for an older Node. */
export function crc32ByTable(bytes: Uint8Array, value: number): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    return rest;
  });
  let rest = ~value;
  for (const byte of bytes) rest = (rest >>> 8) ^ (table[(rest ^ byte) & 0xff] ?? 0);
  return ~rest >>> 0;
}
