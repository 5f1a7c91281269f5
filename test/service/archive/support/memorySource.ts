import type { ArchiveSource } from '../../../../src/service/archive/archive';

/** An archive in memory. `pieceSize` decides how `stream` cuts it. */
export function memorySource(bytes: Uint8Array, name = 'a.archive', pieceSize = 64 * 1024): ArchiveSource {
  return {
    name,
    size: bytes.length,
    read: (position, length) => Promise.resolve(bytes.slice(position, position + length)),
    // oxlint-disable-next-line typescript/require-await -- the contract is asynchronous
    async *stream() {
      for (let position = 0; position < bytes.length; position += pieceSize) yield bytes.slice(position, position + pieceSize);
    },
  };
}
