const perLine = 16;
/** Twice what a whole template can have; what follows is of no use to a reader. */
const longestDump = 128 * 1024;

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes as people read them: offset, sixteen bytes, and the same as text. The line of an offset is `offset / 16`. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < Math.min(bytes.length, longestDump); offset += perLine) {
    const line = Array.from(bytes.subarray(offset, offset + perLine));
    const hex = line.map((byte) => digits[byte]).join(' ').padEnd(perLine * 3 - 1);
    const text = line.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${offset.toString(16).padStart(8, '0')}  ${hex}  ${text}`);
  }
  if (bytes.length > longestDump) lines.push('…');
  return lines.map((line) => `${line}\n`).join('');
}

/** Where a byte stands in the dump: line and UTF-16 unit in it, from 0. */
export function placeInHexDump(offset: number): { readonly line: number; readonly character: number } {
  return { line: Math.floor(offset / perLine), character: 10 + (offset % perLine) * 3 };
}
