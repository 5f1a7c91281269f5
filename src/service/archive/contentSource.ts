import type { Repository, StoredContent } from '../repository/repository';
import type { ArchiveSource } from './archive';

/**
 * An archive that lies in the repository, as a source. Damage is reported by the repository itself
 * (`repository/content-damaged`).
 */
export function contentSource(repository: Pick<Repository, 'readContent'>, content: StoredContent, name: string): ArchiveSource {
  return {
    name,
    size: content.size,
    async read(position, length) {
      const end = Math.min(position + length, content.size);
      if (position >= end) return new Uint8Array();
      const pieces: Uint8Array[] = [];
      for await (const piece of repository.readContent(content.sha256, position, end)) pieces.push(piece);
      const [only] = pieces;
      return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
    },
    async *stream(signal) {
      for await (const piece of repository.readContent(content.sha256)) {
        signal?.throwIfAborted();
        yield piece;
      }
    },
  };
}
