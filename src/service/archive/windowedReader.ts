import { createHash } from 'node:crypto';
import type { ArchiveSource } from './archive';

/** Bytes fetched at once when reading on: a thousand small entries cost one read. */
const windowSize = 512 * 1024;
/** Bytes fetched at once after a jump, so that an archive out of order does not cost a window for each entry. */
const jumpSize = 16 * 1024;

/** An archive of which more than so many times its size was fetched is out of order on purpose: it gets small windows only. */
const mostRounds = 4;

/** A stretch of the source that is held in memory. */
interface Window {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

/**
 * Random access to a source through two windows, with a hash over the whole source made on the way: an archive is read
 * nearly in order, so almost every byte is fetched once. Two, since the end of an entry is looked at before its content.
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
  let windows: readonly Window[] = [];
  let hashing = false;
  let hashed = 0;
  let fetched = 0;

  async function load(position: number, length: number): Promise<Window> {
    const bytes = await source.read(position, length);
    fetched += bytes.length;
    const window = { start: position, end: position + bytes.length, bytes };
    windows = [window, ...windows.slice(0, 1)];
    if (hashing && position <= hashed && window.end > hashed) {
      hash.update(bytes.subarray(hashed - position));
      hashed = window.end;
      onProgress?.(hashed);
    }
    return window;
  }

  async function hashUpTo(end: number): Promise<void> {
    while (hashed < end) {
      const before = hashed;
      await load(hashed, windowSize);
      if (hashed === before) return;
    }
  }

  /** A range that lies inside the source, from what is held or with what is missing. */
  async function provide(position: number, end: number): Promise<Uint8Array> {
    const held = windows.find((window) => position >= window.start && end <= window.end);
    if (held !== undefined) return held.bytes.subarray(position - held.start, end - held.start);
    const ahead = fetched < mostRounds * source.size ? windowSize : jumpSize;
    const last = windows.find((window) => position >= window.start && position <= window.end + ahead && end > window.end);
    if (last === undefined) {
      const window = await load(position, Math.max(end - position, position === hashed ? windowSize : jumpSize));
      return window.bytes.subarray(0, end - position);
    }
    // Reading on: without a gap to what is held, so that the range can be put together of both.
    const next = windows.find((window) => window.start === last.end && window.end >= end) ?? (await load(last.end, Math.max(end - last.end, ahead)));
    if (position >= last.end) return next.bytes.subarray(position - last.end, end - last.end);
    return Buffer.concat([last.bytes.subarray(position - last.start), next.bytes.subarray(0, end - next.start)]);
  }

  return {
    async read(position, length) {
      const end = Math.min(position + length, source.size);
      if (position >= end) return new Uint8Array();
      // A little ahead of the hash is reading on; far ahead is a look that comes back, and the hash waits for it.
      if (hashing && position > hashed && position <= hashed + windowSize) await hashUpTo(position);
      return provide(position, end);
    },
    startHash() {
      hashing = true;
      // What was read before did not go into the hash.
      windows = [];
    },
    async finishHash() {
      hashing = true;
      await hashUpTo(source.size);
      return hash.digest('hex');
    },
  };
}
