import type { ReadArchive } from './archive';
import { createEntryCollector } from './collectEntries';
import { walkZip } from './walkZip';

/** Reads a zip. See {@link ReadArchive}. */
export const readZip: ReadArchive = async (source, limits, visitor, signal) => {
  const collector = createEntryCollector(visitor);
  const { unpackedSize, sha256 } = await walkZip(source, limits, collector, { onProgress: visitor.onProgress?.bind(visitor), signal });
  return { format: 'zip', files: collector.files, unpackedSize, sha256 };
};
