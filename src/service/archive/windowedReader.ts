import { createHash } from 'node:crypto';
import type { ArchiveSource } from './archive';

/** Bytes fetched at once when reading on: a thousand small entries cost one read. */
const windowSize = 512 * 1024;
/** Bytes fetched at once after a jump, so that an archive out of order does not cost a window for each entry. */
const jumpSize = 16 * 1024;

/**
 * Random access to a source through one window, with a hash over the whole source made on the way: an archive is read
 * nearly in order, so almost every byte is fetched once.
 */
export interface WindowedReader {
  /** Exactly the bytes asked for, fewer only at the source's end. They stay as they are. */
  read(position: number, length: number): Promise<Uint8Array>;
  /** From now on every byte up to the highest one read goes into the hash, in order. */
  startHash(): void;
  /** Reads what is left; lower-case hexadecimal SHA-256 of all bytes. */
  finishHash(): Promise<string>;
}

export function createWindowedReader(source: ArchiveSource, onProgress: ((bytesRead: number) => void) | undefined): WindowedReader {
  const hash = createHash('sha256');
  let window: Uint8Array = new Uint8Array();
  let start = 0;
  let hashing = false;
  let hashed = 0;

  async function load(position: number, length: number): Promise<void> {
    const readingOn = position === hashed || (position >= start && position <= start + window.length);
    window = await source.read(position, Math.max(length, readingOn ? windowSize : jumpSize));
    start = position;
    if (!hashing || position > hashed || position + window.length <= hashed) return;
    hash.update(window.subarray(hashed - position));
    hashed = position + window.length;
    onProgress?.(hashed);
  }

  async function hashUpTo(end: number): Promise<void> {
    while (hashed < end) {
      const before = hashed;
      await load(hashed, 0);
      if (hashed === before) return;
    }
  }

  async function read(position: number, length: number): Promise<Uint8Array> {
    const inside = () => position >= start && position + length <= start + window.length;
    if (!inside()) {
      if (hashing && position > hashed) await hashUpTo(position);
      if (!inside()) await load(position, length);
    }
    return window.subarray(position - start, position - start + length);
  }

  return {
    read,
    startHash() {
      hashing = true;
    },
    async finishHash() {
      hashing = true;
      await hashUpTo(source.size);
      return hash.digest('hex');
    },
  };
}
