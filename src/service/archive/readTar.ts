import { createHash } from 'node:crypto';
import type { ArchiveFormat, ArchiveLimits, ArchiveReport, ArchiveSource, ArchiveVisitor, ReadArchive } from './archive';
import { createEntryChecker } from './checkEntry';
import { createEntryCollector } from './collectEntries';
import { gunzip } from './gunzip';
import { createTarParser } from './tarParser';
import { refusal, type Place } from './refusal';
import { createUnpackBudget } from './unpackBudget';

/** The unpacked bytes of a tar, with how many packed ones they came from so far. */
interface Unpacked {
  pieces(): AsyncIterable<Uint8Array>;
  readonly consumed: number;
}

/** Reads a tar.gz in one streaming pass. See {@link ReadArchive}. */
export const readTarGz: ReadArchive = (source, limits, visitor, signal) =>
  read('tar.gz', source, limits, visitor, (onRead) => gunzip(source, onRead, signal), signal);

/** Reads a tar that was made by an import. See {@link ReadArchive}. */
export const readTar: ReadArchive = (source, limits, visitor, signal) => read('tar', source, limits, visitor, (onRead) => plain(source, onRead, signal), signal);

async function read(
  format: ArchiveFormat, source: ArchiveSource, limits: ArchiveLimits, visitor: ArchiveVisitor, open: (onRead: (bytes: Uint8Array) => void) => Unpacked,
  signal: AbortSignal | undefined,
): Promise<ArchiveReport> {
  const rawHash = createHash('sha256');
  const checker = createEntryChecker(limits);
  const collector = createEntryCollector(visitor);
  const budget = createUnpackBudget(limits);
  let bytesRead = 0;
  let place: Place = { archive: source.name, entry: '', offset: 0 };

  const unpacked = open((bytes) => {
    rawHash.update(bytes);
    bytesRead += bytes.length;
    visitor.onProgress?.(bytesRead);
  });
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
  return { format, files: collector.files, unpackedSize: fileBytes, sha256: rawHash.digest('hex') };
}

function plain(source: ArchiveSource, onRead: (bytes: Uint8Array) => void, signal: AbortSignal | undefined): Unpacked {
  let consumed = 0;
  return {
    async *pieces() {
      for await (const bytes of source.stream(signal)) {
        onRead(bytes);
        consumed += bytes.length;
        yield bytes;
      }
    },
    get consumed() {
      return consumed;
    },
  };
}
