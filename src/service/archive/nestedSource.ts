import type { NestedPackage } from '../../core/packages/model';
import type { ArchiveFormat, ArchiveSource } from './archive';
import { readEntry } from './readEntry';
import { refusal } from './refusal';

/** Bytes of the last ones read that are kept: the directory of a zip, at its end, is read after its last bytes. */
const mostKept = 8 * 1024 * 1024;
/**
 * How often an archive in an archive is unpacked from its beginning: a zip once for its directory, once for its files, and
 * some more for a directory of hundreds of thousands of them. One whose files lie in another order would take for ever.
 */
const mostPasses = 12;
const pieceSize = 256 * 1024;

/**
 * An archive that lies inside another one, as a source; nothing is written to a disk. Where its bytes lie as they are they
 * are read in place; else the outer archive is unpacked as far as needed, forwards only, and anew for what was passed.
 */
export function nestedSource(outer: ArchiveSource, format: ArchiveFormat, nested: Pick<NestedPackage, 'path' | 'size' | 'offset'>): ArchiveSource {
  const { path, size, offset } = nested;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return offset === undefined ? unpackedSource(outer, format, { path, size, name }) : placedSource(outer, { offset, size, name });
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

function unpackedSource(outer: ArchiveSource, format: ArchiveFormat, { path, size, name }: { readonly path: string; readonly size: number; readonly name: string }): ArchiveSource {
  const unpack = (signal?: AbortSignal): AsyncGenerator<Uint8Array> => readEntry(outer, format, { path, type: 'file', size }, signal);
  let content: AsyncGenerator<Uint8Array> | undefined;
  let passes = 0;
  let turn: Promise<unknown> = Promise.resolve();
  /** The last pieces that have come by, in order; `end` is where the next one begins. */
  let pieces: Uint8Array[] = [];
  let start = 0;
  let end = 0;

  const restart = async (): Promise<AsyncGenerator<Uint8Array>> => {
    await content?.return(undefined);
    if (++passes > mostPasses) throw refusal('archive/nested-out-of-order', { archive: outer.name, entry: name, offset: start });
    pieces = [];
    start = end = 0;
    return (content = unpack());
  };

  return {
    name, size,
    read(position, length) {
      // One reader goes through the content: reads take turns.
      const reading = turn.then(() => take(position, length));
      turn = reading.catch(() => undefined);
      return reading;
    },
    stream: (signal) => unpack(signal),
  };

  async function take(position: number, length: number): Promise<Uint8Array> {
    const to = Math.min(position + length, size);
    if (position >= to) return new Uint8Array();
    const from = content === undefined || position < start ? await restart() : content;
    while (end < to) {
      const next = await from.next();
      if (next.done === true) throw refusal('archive/truncated', { archive: outer.name, entry: name, offset: end });
      pieces.push(next.value);
      end += next.value.length;
      // Never a piece that is wanted now.
      while (end - start > mostKept && pieces[0] !== undefined && start + pieces[0].length <= position) start += pieces.shift()?.length ?? 0;
    }
    return cut(pieces, position - start, to - start);
  }
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
