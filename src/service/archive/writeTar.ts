import type { PackageFile } from '../../core/packages/model';
import { blockSize } from './tarHeader';

/** One entry of a tar that is made here. */
export interface TarEntry extends Pick<PackageFile, 'path' | 'type' | 'size' | 'mode' | 'target'> {
  /** Nanoseconds since 1970. */
  readonly modified: bigint;
}

const nanoseconds = 1_000_000_000n;
/** What a header of eleven octal digits holds. */
const largestNumber = 8 * 1024 ** 3;
const typeFlags: Readonly<Record<PackageFile['type'], string>> = { file: '0', hardlink: '1', symlink: '2', directory: '5' };

/**
 * The header of an entry: ustar, with pax records for what does not fit there (POSIX.1-2001). The same entry always gives
 * the same bytes: no owner, no time but its own.
 */
export function tarHeader(entry: TarEntry): Uint8Array {
  const name = entry.type === 'directory' ? `${entry.path}/` : entry.path;
  const size = entry.type === 'file' ? entry.size : 0;
  const seconds = entry.modified / nanoseconds - (entry.modified % nanoseconds < 0n ? 1n : 0n);
  const fraction = entry.modified - seconds * nanoseconds;
  const pax = [
    ...(isShort(name) ? [] : [paxRecord('path', name)]),
    ...(entry.target === undefined || isShort(entry.target) ? [] : [paxRecord('linkpath', entry.target)]),
    ...(size < largestNumber ? [] : [paxRecord('size', String(size))]),
    ...(fraction === 0n && seconds >= 0n && seconds < largestNumber ? [] : [paxRecord('mtime', paxTime(seconds, fraction))]),
  ].join('');
  const whole = Number(seconds < 0n ? 0n : seconds < largestNumber ? seconds : 0n);
  const mode = entry.mode ?? (entry.type === 'directory' ? 0o755 : 0o644);
  const own = block(name, { flag: typeFlags[entry.type], size: size < largestNumber ? size : 0, mode, seconds: whole, target: entry.target ?? '' });
  if (pax === '') return own;
  const records = Buffer.from(pax);
  const padded = Buffer.alloc(Math.ceil(records.length / blockSize) * blockSize);
  records.copy(padded);
  return Buffer.concat([block('PaxHeader', { flag: 'x', size: records.length, mode: 0o644, seconds: whole, target: '' }), padded, own]);
}

/** The zeros after the content of a file. */
export function tarPadding(size: number): Uint8Array {
  return new Uint8Array((blockSize - (size % blockSize)) % blockSize);
}

/** Two blocks of zeros. */
export function tarEnd(): Uint8Array {
  return new Uint8Array(2 * blockSize);
}

/** ASCII that fits the field of a header. */
function isShort(text: string): boolean {
  return text.length <= 100 && /^[\u0020-\u007e]*$/.test(text);
}

function block(name: string, { flag, size, mode, seconds, target }: { flag: string; size: number; mode: number; seconds: number; target: string }): Buffer {
  const header = Buffer.alloc(blockSize);
  const octal = (value: number, offset: number, length: number) => void header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1');
  // A name that does not fit stands in the pax records; here is what an old program would show.
  header.write(asciiOf(name), 0, 100, 'latin1');
  octal(mode & 0o7777, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(seconds, 136, 12);
  header.fill(0x20, 148, 156);
  header.write(flag, 156, 'latin1');
  header.write(asciiOf(target), 157, 100, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  octal(0, 329, 8);
  octal(0, 337, 8);
  header.write(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

function asciiOf(text: string): string {
  return text.replace(/[^\u0020-\u007e]/g, '_').slice(0, 100);
}

/** A record counts its own length: `LENGTH KEY=VALUE\n`. */
function paxRecord(key: string, value: string): string {
  const bare = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(bare);
  let length = bytes + String(bytes).length;
  if (String(length).length > String(bytes).length) length = bytes + String(length).length;
  return `${length}${bare}`;
}

function paxTime(seconds: bigint, fraction: bigint): string {
  // A time before 1970 counts back from the second after it.
  const [whole, rest] = seconds < 0n && fraction > 0n ? [seconds + 1n, nanoseconds - fraction] : [seconds, fraction];
  const sign = seconds < 0n && whole === 0n ? '-' : '';
  return rest === 0n ? String(whole) : `${sign}${whole}.${String(rest).padStart(9, '0').replace(/0+$/, '')}`;
}
