import { pipeline } from 'node:stream/promises';
import { createInflateRaw, inflateRawSync } from 'node:zlib';
import type { Entry } from '@zip.js/zip.js';
import { crc32 } from './crc32';
import { refusal, type Place } from './refusal';
import type { WindowedReader } from './windowedReader';

/** Bytes handed out at once. */
const pieceSize = 256 * 1024;
/** Entries up to these sizes are unpacked in one call: a stream for each of 20,000 small files would cost far more than its content. */
const smallPacked = 128 * 1024;
const smallUnpacked = 512 * 1024;

const stored = 0;
const deflate = 8;

/** Names of methods that are known and not read (APPNOTE 4.4.5). */
const methodNames: Readonly<Record<number, string>> = {
  1: 'Shrink', 6: 'Implode', 9: 'Deflate64', 12: 'BZIP2', 14: 'LZMA', 20: 'Zstandard', 93: 'Zstandard', 94: 'MP3', 95: 'XZ', 96: 'JPEG', 97: 'WavPack', 98: 'PPMd',
};

/**
 * The unpacked content of an entry in pieces, checked against its CRC and its stated size. Pieces are handed out before the
 * check at the end, so nothing may be made of them until the last one was taken without an error.
 * @throws ProductError `archive/damaged-content`, `archive/wrong-size`, `archive/unsupported-compression`
 */
export async function* zipContent(reader: WindowedReader, entry: Entry, start: number, place: Place): AsyncGenerator<Uint8Array> {
  const { compressionMethod: method, compressedSize: packed, uncompressedSize: size } = entry;
  if (method !== stored && method !== deflate) {
    throw refusal('archive/unsupported-compression', place, { method: methodNames[method] ?? String(method) });
  }
  let sum = 0;
  let length = 0;
  const check = (piece: Uint8Array): Uint8Array => {
    length += piece.length;
    if (length > size) throw refusal('archive/wrong-size', place);
    sum = crc32(piece, sum);
    return piece;
  };

  if (method === stored) {
    if (packed !== size) throw refusal('archive/wrong-size', place);
    for await (const piece of packedPieces(reader, start, packed, place)) yield check(piece);
  } else if (packed <= smallPacked && size <= smallUnpacked) {
    const piece = inflateSmall(await reader.read(start, packed), size, place);
    if (piece.length > 0) yield check(piece);
  } else {
    for await (const piece of inflateLarge(reader, start, packed, place)) yield check(piece);
  }
  if (length !== size) throw refusal('archive/wrong-size', place);
  if (sum !== entry.crc32) throw refusal('archive/damaged-content', place);
}

function inflateSmall(packed: Uint8Array, size: number, place: Place): Uint8Array {
  try {
    // With `info` the answer tells how many bytes were used; the typings do not know it.
    // One output buffer of the right size, and one byte to see that there is more.
    const result = inflateRawSync(packed, { info: true, maxOutputLength: size + 1, chunkSize: Math.max(size + 1, 64) }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    if (result.engine.bytesWritten !== packed.length) throw refusal('archive/wrong-size', place);
    return result.buffer;
  } catch (error) {
    throw asRefusal(error, place);
  }
}

async function* inflateLarge(reader: WindowedReader, start: number, length: number, place: Place): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: pieceSize });
  const feeding = pipeline(packedPieces(reader, start, length, place), inflate);
  // Its failure destroys `inflate` with the same error, and is met there.
  feeding.catch(() => undefined);
  try {
    yield* inflate as AsyncIterable<Buffer>;
    await feeding;
  } catch (error) {
    throw asRefusal(error, place);
  } finally {
    inflate.destroy();
    await feeding.catch(() => undefined);
  }
  if (inflate.bytesWritten !== length) throw refusal('archive/wrong-size', place);
}

async function* packedPieces(reader: WindowedReader, start: number, length: number, place: Place): AsyncGenerator<Uint8Array> {
  for (let position = 0; position < length; ) {
    const piece = await reader.read(start + position, Math.min(pieceSize, length - position));
    if (piece.length === 0) throw refusal('archive/truncated', { ...place, offset: start + position });
    position += piece.length;
    yield piece;
  }
}

function asRefusal(error: unknown, place: Place): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE') return refusal('archive/wrong-size', place, {}, error);
  if (typeof code === 'string' && code.startsWith('Z_')) return refusal('archive/damaged-content', place, {}, error);
  return error;
}
