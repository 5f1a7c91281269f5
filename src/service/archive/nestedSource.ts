import type { NestedPackage } from '../../core/packages/model';
import type { ArchiveFormat, ArchiveSource } from './archive';
import { readEntry } from './readEntry';
import { refusal } from './refusal';

/** What is kept of the last bytes read: the directory of a zip, at its end, is read after its last bytes. */
const mostKept = 8 * 1024 * 1024;
/**
 * How often an archive in an archive is unpacked from its beginning: a zip once for its directory, once for its files, once
 * for the ends of its files, which are looked at before them, and some more for a directory of hundreds of thousands. One
 * whose files lie in another order would take for ever.
 */
const mostPasses = 12;
const pieceSize = 256 * 1024;

/**
 * An archive that lies inside another one, as a source; nothing is written to a disk. Where its bytes lie as they are they
 * are read in place; else the outer archive is unpacked as far as needed, in two passages that go forwards only: one reads on
 * while the other looks ahead, and what both have passed is unpacked anew.
 * @param kept bytes of the last ones read that each passage keeps
 */
export function nestedSource(outer: ArchiveSource, format: ArchiveFormat, nested: Pick<NestedPackage, 'path' | 'size' | 'offset'>, kept = mostKept): ArchiveSource {
  const { path, size, offset } = nested;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return offset === undefined ? unpackedSource(outer, format, { path, size, name, kept }) : placedSource(outer, { offset, size, name });
}

function placedSource(outer: ArchiveSource, { offset, size, name }: { readonly offset: number; readonly size: number; readonly name: string }): ArchiveSource {
  const read = (position: number, length: number): Promise<Uint8Array> => outer.read(offset + position, Math.max(0, Math.min(length, size - position)));
  return {
    name, size, read,
    async *stream(signal) {
      for (let position = 0; position < size;) {
        signal?.throwIfAborted();
        const bytes = await read(position, pieceSize);
        if (bytes.length === 0) throw refusal('archive/truncated', { archive: outer.name, entry: name, offset: offset + position });
        position += bytes.length;
        yield bytes;
      }
    },
  };
}

function unpackedSource(
  outer: ArchiveSource, format: ArchiveFormat,
  { path, size, name, kept }: { readonly path: string; readonly size: number; readonly name: string; readonly kept: number },
): ArchiveSource {
  const unpack = (signal?: AbortSignal): AsyncGenerator<Uint8Array> => readEntry(outer, format, { path, type: 'file', size }, signal);
  let passes = 0;
  const begin = (): Passage => {
    if (++passes > mostPasses) throw refusal('archive/nested-out-of-order', { archive: outer.name, entry: name, offset: latest?.start ?? 0 });
    const truncated = (offset: number) => refusal('archive/truncated', { archive: outer.name, entry: name, offset });
    return createPassage(unpack(), { kept, truncated, reused: format === 'tar' });
  };
  let turn: Promise<unknown> = Promise.resolve();
  /** The passage that was read from last, and the other one. */
  let latest: Passage | undefined;
  let other: Passage | undefined;

  /** A passage that holds the position or has it before it; a jump leaves the one that reads on where it is. */
  const choose = async (position: number): Promise<Passage> => {
    const near = [latest, other].find((passage) => passage !== undefined && position >= passage.start && position <= passage.end + kept);
    if (near !== undefined) return near;
    if (other !== undefined && position >= other.start) return other;
    await other?.close();
    return begin();
  };

  async function take(position: number, length: number): Promise<Uint8Array> {
    const to = Math.min(position + length, size);
    if (position >= to) return new Uint8Array();
    const chosen = await choose(position);
    if (chosen !== latest) [latest, other] = [chosen, latest];
    return chosen.read(position, to);
  }

  return {
    name, size,
    read(position, length) {
      // Reads take turns: each moves a passage.
      const reading = turn.then(() => take(position, length));
      turn = reading.catch(() => undefined);
      return reading;
    },
    stream: (signal) => unpack(signal),
  };
}

/** One way through the content, forwards only, with the last pieces that came by. */
interface Passage {
  /** The first byte that is held, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** The bytes from `position`, not before `start`, to `to`. */
  read(position: number, to: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

function createPassage(
  content: AsyncGenerator<Uint8Array>,
  options: {
    /** Bytes of the last ones that are kept. */
    readonly kept: number;
    readonly truncated: (offset: number) => Error;
    /** The content gives a piece's bytes away again when the next one is asked for. */
    readonly reused: boolean;
  },
): Passage {
  let pieces: Uint8Array[] = [];
  let start = 0;
  let end = 0;
  return {
    get start() { return start; },
    get end() { return end; },
    async read(position, to) {
      while (end < to) {
        const next = await content.next();
        if (next.done === true) throw options.truncated(end);
        pieces.push(options.reused ? next.value.slice() : next.value);
        end += next.value.length;
        // Never a piece that is wanted now.
        while (end - start > options.kept && pieces[0] !== undefined && start + pieces[0].length <= position) start += pieces.shift()?.length ?? 0;
      }
      return cut(pieces, position - start, to - start);
    },
    async close() {
      pieces = [];
      await content.return(undefined);
    },
  };
}

/** The bytes of pieces laid end to end. */
function cut(pieces: readonly Uint8Array[], from: number, to: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (at + piece.length > from && at < to) parts.push(piece.subarray(Math.max(0, from - at), to - at));
    at += piece.length;
  }
  return Buffer.concat(parts);
}
