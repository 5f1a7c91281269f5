import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ArchiveSource } from './archive';
import { refusal, type ArchiveErrorCode } from './refusal';

/** Unpacked bytes handed out at once. */
const pieceSize = 1024 * 1024;

export interface Gunzip {
  /** Unpacked pieces in order. Ends after the last byte of the source was seen, so that a hash over them is complete. */
  pieces(): AsyncIterable<Uint8Array>;
  /** Packed bytes that have been unpacked so far. */
  readonly consumed: number;
}

/**
 * Unpacks the gzip members of a source (RFC 1952), each checked against its CRC and length. Zeros may follow, nothing else.
 * Refusals give the last position known to be sound: zlib tells no better.
 * @param onRead sees every piece of the source once, in order, before it is unpacked
 * @throws ProductError `archive/truncated`, `archive/damaged`, `archive/trailing-data`
 */
export function gunzip(source: ArchiveSource, onRead: (bytes: Uint8Array) => void, signal?: AbortSignal): Gunzip {
  const unzip = createGunzip({ chunkSize: pieceSize });
  const refuse = (code: ArchiveErrorCode, offset: number, cause?: unknown) => refusal(code, { archive: source.name, entry: '', offset }, {}, cause);

  async function* packed(): AsyncGenerator<Uint8Array> {
    for await (const bytes of source.stream(signal)) {
      onRead(bytes);
      yield bytes;
    }
  }

  async function* pieces(): AsyncGenerator<Uint8Array> {
    const feeding = pipeline(packed, unzip);
    // Its failure destroys `unzip` with the same error, and is met there.
    feeding.catch(() => undefined);
    try {
      // zlib may be done before its input is: the rest must still be seen, so the end of one is not the end of the other.
      yield* unzip.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
      await feeding;
    } catch (error) {
      throw asRefusal(error);
    } finally {
      unzip.destroy();
      await feeding.catch(() => undefined);
    }
    await refuseTail();
  }

  function asRefusal(error: unknown): unknown {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'Z_BUF_ERROR') return refuse('archive/truncated', source.size, error);
    if (code !== 'Z_DATA_ERROR' && code !== 'Z_NEED_DICT') return error;
    // After a whole member zlib expects another one, and says so in these words.
    const afterMember = error instanceof Error && error.message === 'incorrect header check';
    return refuse(afterMember ? 'archive/trailing-data' : 'archive/damaged', unzip.bytesWritten, error);
  }

  /** zlib stops at the first zero after a member and looks no further. */
  async function refuseTail(): Promise<void> {
    for (let position = unzip.bytesWritten; position < source.size; ) {
      const bytes = await source.read(position, pieceSize);
      const foreign = bytes.findIndex((byte) => byte !== 0);
      if (foreign >= 0) throw refuse('archive/trailing-data', position + foreign);
      if (bytes.length === 0) return;
      position += bytes.length;
    }
  }

  return {
    pieces,
    get consumed() {
      return unzip.bytesWritten;
    },
  };
}
