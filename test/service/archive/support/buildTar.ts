import { gzipSync } from 'node:zlib';

export interface TarEntryOptions {
  /** Bytes as Latin-1 text, so that any byte can be given. */
  readonly name: string;
  readonly kind?: string;
  readonly content?: string | Buffer;
  /** States another size than the content has. */
  readonly size?: number;
  readonly linkName?: string;
  readonly mode?: number;
  readonly modified?: number;
  readonly format?: 'ustar' | 'gnu' | 'v7';
  /** The prefix field of ustar. */
  readonly prefix?: string;
  /** Changes the finished block; the checksum is made afterwards. */
  readonly change?: (block: Buffer) => void;
  /** Changes the block after the checksum was made. */
  readonly damage?: (block: Buffer) => void;
}

/** One entry of a tar, as raw as wished. */
export function tarEntry(options: TarEntryOptions): Buffer {
  const content = Buffer.isBuffer(options.content) ? options.content : Buffer.from(options.content ?? '', 'utf8');
  const block = Buffer.alloc(512);
  block.write(options.name.slice(0, 100), 0, 'latin1');
  block.write(octal(options.mode ?? 0o644, 7), 100, 'latin1');
  block.write(octal(0, 7), 108, 'latin1');
  block.write(octal(0, 7), 116, 'latin1');
  block.write(octal(options.size ?? content.length, 11), 124, 'latin1');
  block.write(octal(options.modified ?? 1_700_000_000, 11), 136, 'latin1');
  block.write(options.kind ?? '0', 156, 'latin1');
  block.write(options.linkName ?? '', 157, 'latin1');
  if (options.format === 'gnu') block.write('ustar  \0', 257, 'latin1');
  else if (options.format !== 'v7') block.write('ustar\x0000', 257, 'latin1');
  if (options.prefix !== undefined) block.write(options.prefix, 345, 'latin1');
  options.change?.(block);
  withChecksum(block);
  options.damage?.(block);
  return Buffer.concat([block, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** Writes the correct checksum into a header, the first 512 bytes. */
export function withChecksum(header: Buffer): void {
  header.fill(0x20, 148, 156);
  const sum = header.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
}

/** A pax header with these records, in this order. */
export function pax(records: readonly (readonly [string, string])[], kind: 'x' | 'g' = 'x'): Buffer {
  const content = records.map(([key, value]) => {
    const bare = Buffer.byteLength(` ${key}=${value}\n`);
    let length = bare;
    while (length !== bare + String(length).length) length = bare + String(length).length;
    return `${length} ${key}=${value}\n`;
  });
  return tarEntry({ name: 'PaxHeader', kind, content: content.join('') });
}

/** A GNU long name (`L`) or long link name (`K`). */
export function gnuLong(kind: 'L' | 'K', name: string): Buffer {
  return tarEntry({ name: '././@LongLink', kind, content: `${name}\0`, format: 'gnu' });
}

export const endOfTar = Buffer.alloc(1024);

/** A complete tar.gz of these parts. */
export function tarGz(...parts: readonly Buffer[]): Buffer {
  return gzipSync(Buffer.concat([...parts, endOfTar]), { level: 6 });
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
