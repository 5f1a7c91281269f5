import { createHash } from 'node:crypto';
import type { ReadArchive } from './archive';
import { createEntryChecker } from './checkEntry';
import { createEntryCollector } from './collectEntries';
import { gunzip } from './gunzip';
import { createTarParser } from './tarParser';
import { refusal, type Place } from './refusal';
import { createUnpackBudget } from './unpackBudget';

/** Reads a tar.gz in one streaming pass. See {@link ReadArchive}. */
export const readTarGz: ReadArchive = async (source, limits, visitor, signal) => {
  const rawHash = createHash('sha256');
  const checker = createEntryChecker(limits);
  const collector = createEntryCollector(visitor);
  const budget = createUnpackBudget(limits);
  let bytesRead = 0;
  let place: Place = { archive: source.name, entry: '', offset: 0 };

  const unpacked = gunzip(
    source,
    (bytes) => {
      rawHash.update(bytes);
      bytesRead += bytes.length;
      visitor.onProgress?.(bytesRead);
    },
    signal,
  );
  let fileBytes = 0;
  const parser = createTarParser(source.name, {
    begin(raw, at) {
      place = at;
      budget.announce(raw.size, at);
      const entry = checker.check(raw, at);
      if (entry !== undefined) collector.begin(entry, at);
    },
    data(bytes) {
      fileBytes += bytes.length;
      collector.data(bytes);
    },
    end: () => collector.end(),
  });

  for await (const bytes of unpacked.pieces()) {
    signal?.throwIfAborted();
    // Headers and filling count too: an archive of nothing but those can be a bomb as well.
    budget.spend(bytes.length, unpacked.consumed, place);
    parser.write(bytes);
  }
  signal?.throwIfAborted();
  parser.finish();
  if (checker.entries === 0) throw refusal('archive/no-entries', { archive: source.name, entry: '', offset: 0 });
  return { format: 'tar.gz', files: collector.files, unpackedSize: fileBytes, sha256: rawHash.digest('hex') };
};
