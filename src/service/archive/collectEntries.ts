import { createHash, type Hash } from 'node:crypto';
import type { PackageFile } from '../../core/packages/model';
import type { ArchiveVisitor } from './archive';
import { refusal, type Place } from './refusal';

/** Gathers what a reader finds: the list of entries with their hashes, and the contents a visitor wants. */
export interface EntryCollector {
  begin(entry: PackageFile, place: Place): void;
  data(bytes: Uint8Array): void;
  end(): void;
  readonly files: readonly PackageFile[];
}

export function createEntryCollector(visitor: ArchiveVisitor): EntryCollector {
  const files: PackageFile[] = [];
  let current: PackageFile | undefined;
  let hash: Hash | undefined;
  let kept: Uint8Array[] | undefined;
  return {
    files,
    begin(entry, place) {
      current = entry;
      if (entry.type !== 'file') return;
      hash = createHash('sha256');
      const limit = visitor.wantsContent?.(entry);
      if (limit !== undefined && entry.size > limit) throw refusal('archive/entry-too-large', place, { size: entry.size, limit });
      kept = limit === undefined ? undefined : [];
    },
    data(bytes) {
      hash?.update(bytes);
      // The bytes may be part of a buffer that is used again.
      kept?.push(bytes.slice());
    },
    end() {
      if (current === undefined) return;
      const entry = hash === undefined ? current : { ...current, sha256: hash.digest('hex') };
      const content = kept;
      current = undefined;
      hash = undefined;
      kept = undefined;
      files.push(entry);
      if (content !== undefined) visitor.onContent?.(entry, Buffer.concat(content));
    },
  };
}
