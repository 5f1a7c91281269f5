import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BigIntStats } from 'node:fs';
import { ProductError } from '../../core/errors';
import type { ArchiveSource } from './archive';

/** Bytes read at once; the next piece is read while the last one is worked on. */
const pieceSize = 256 * 1024;

export interface FileSource extends ArchiveSource {
  /**
   * Makes sure that the file is the one that was opened: same size, time of change and identity.
   * @throws ProductError `import/source-changed`
   */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens an archive on disk for reading.
 * @throws ProductError `import/file-missing` with the system's code for the reason, `import/not-a-file`
 */
export async function openFileSource(path: string): Promise<FileSource> {
  const unreadable = (error: unknown) => new ProductError('import/file-missing', { file: path, reason: reasonOf(error) }, { cause: error });
  let handle: FileHandle;
  let opened: BigIntStats;
  try {
    // Opening a pipe would wait for a writer, so look first.
    if (!(await stat(path)).isFile()) throw new ProductError('import/not-a-file', { file: path });
    handle = await open(path, 'r');
    opened = await handle.stat({ bigint: true });
  } catch (error) {
    throw error instanceof ProductError ? error : unreadable(error);
  }
  const size = Number(opened.size);

  const read = (position: number, length: number): Promise<Uint8Array> => fill(Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, size - position))), position);

  /** Reads into a buffer; @returns as much of it as the file has from there on. */
  async function fill(buffer: Buffer, position: number): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(buffer.length, size - position));
    let filled = 0;
    try {
      while (filled < wanted) {
        const { bytesRead } = await handle.read(buffer, filled, wanted - filled, position + filled);
        if (bytesRead === 0) throw new ProductError('import/source-changed', { file: path });
        filled += bytesRead;
      }
    } catch (error) {
      throw error instanceof ProductError ? error : unreadable(error);
    }
    return buffer.subarray(0, wanted);
  }

  return {
    name: basename(path),
    size,
    read,
    async *stream(signal) {
      // One piece is worked on while the next is read; the third is for who looks back at the last one.
      const buffers = [0, 1, 2].map(() => Buffer.allocUnsafeSlow(Math.min(pieceSize, size)));
      let turn = 0;
      const readOn = (from: number): Promise<Uint8Array> => fill(buffers[turn++ % buffers.length] ?? Buffer.alloc(0), from);
      let position = 0;
      let next = readOn(0);
      while (position < size) {
        signal?.throwIfAborted();
        const bytes = await next;
        position += bytes.length;
        next = readOn(position);
        // Its failure is met when it is awaited, or does not matter any more.
        next.catch(() => undefined);
        yield bytes;
      }
      await next;
    },
    async assertUnchanged() {
      const [held, named] = await Promise.all([handle.stat({ bigint: true }), stat(path, { bigint: true }).catch(() => undefined)]);
      for (const now of [held, named]) {
        if (now?.size !== opened.size || now.mtimeNs !== opened.mtimeNs || now.ino !== opened.ino || now.dev !== opened.dev) {
          throw new ProductError('import/source-changed', { file: path });
        }
      }
    },
    close: () => handle.close(),
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
