import { Reader, ZipReader, type Entry } from '@zip.js/zip.js';
import type { PackageFile } from '../../core/packages/model';
import type { ArchiveLimits, ArchiveSource } from './archive';
import { createEntryChecker, type RawEntry } from './checkEntry';
import { printableName } from './printableName';
import { refusal, type Place } from './refusal';
import { createUnpackBudget } from './unpackBudget';
import { createWindowedReader, type WindowedReader } from './windowedReader';
import { zipContent } from './zipContent';
import { checkLocalHeader, type ZipEntryRange } from './zipLocalHeader';
import { asZipRefusal } from './zipRefusal';

/** Receives the entries of a zip in the order of its directory. `data` comes for files alone. */
export interface ZipSink {
  begin(entry: PackageFile, place: Place): void | Promise<void>;
  data(bytes: Uint8Array): void | Promise<void>;
  /** The entry's content was complete and matched its checksum. */
  end(): void | Promise<void>;
}

export interface ZipWalk {
  readonly unpackedSize: number;
  readonly sha256: string;
}

/** The central directory is held in memory; more than this is no directory of 200,000 entries. */
const largestRead = 128 * 1024 * 1024;
const longestLink = 1024;

/**
 * Goes through a whole zip: zip.js reads the central directory (zip64, names, ambiguities) in its strict mode; each local
 * header, range and content is then checked and unpacked here with zlib. zip.js alone would need a chain of web streams
 * and 1 ms for each entry, and would keep 2 GB for 200,000 of them.
 * Every byte of the file must belong to one entry or to the directory, none to two.
 */
export async function walkZip(
  source: ArchiveSource,
  limits: ArchiveLimits,
  sink: ZipSink,
  options: { onProgress?: ((bytesRead: number) => void) | undefined; signal?: AbortSignal | undefined } = {},
): Promise<ZipWalk> {
  const reader = createWindowedReader(source, options.onProgress);
  const zip = new ZipReader(new SourceReader(source, reader), { strictness: 'strict', filenameValidation: 'tolerant', useWebWorkers: false });
  const checker = createEntryChecker(limits);
  const budget = createUnpackBudget(limits);
  const ranges = createRangeBook(source.name);

  async function takeEntry(entry: Entry): Promise<void> {
    const place: Place = { archive: source.name, entry: printableName(entry.filename), offset: entry.offset };
    if (entry.encrypted) throw refusal('archive/encrypted', place);
    if (entry.diskNumberStart !== 0) throw refusal('archive/split', place);
    const type = typeOf(entry, place);
    const range = await checkLocalHeader(reader, entry, place);
    ranges.add({ start: entry.offset, end: range.end, entry: place.entry });
    budget.announce(entry.uncompressedSize, place, packedSoFar(range));
    const content = () => zipContent(reader, entry, range.dataStart, place);

    const target = type === 'symlink' ? await readTarget(content(), entry, place) : undefined;
    const file = checker.check(toRaw(entry, type, target), place);
    if (file === undefined) return;
    await sink.begin(file, place);
    if (type === 'file') {
      for await (const piece of content()) {
        options.signal?.throwIfAborted();
        budget.spend(piece.length, packedSoFar(range), place);
        await sink.data(piece);
      }
    }
    await sink.end();
  }

  /** How many entries the directory says there are; zip.js tells with the first of them, and need not tell again. */
  let stated = 0;
  const telling: { onprogress?: (entry: number, entries: number) => undefined } = {
    onprogress(_, entries) {
      stated = entries;
      delete telling.onprogress;
    },
  };

  let packedBefore = 0;
  // The ratio holds for all entries so far; the one at work counts with its whole packed size.
  const packedSoFar = (range: ZipEntryRange) => packedBefore + (range.end - range.dataStart);

  try {
    let first = true;
    for await (const entry of zip.getEntriesGenerator(telling)) {
      options.signal?.throwIfAborted();
      if (first) reader.startHash();
      first = false;
      if (stated > limits.maximumEntries) throw refusal('archive/too-many-entries', { archive: source.name, entry: '', offset: zip.directoryOffset ?? 0 }, { limit: limits.maximumEntries });
      await takeEntry(entry);
      packedBefore += entry.compressedSize;
    }
  } catch (error) {
    throw asZipRefusal(error, source);
  }
  if (checker.entries === 0) throw refusal('archive/no-entries', { archive: source.name, entry: '', offset: 0 });
  ranges.close(zip.directoryOffset ?? source.size);
  refuseSecondEnd(zip.comment, source);
  return { unpackedSize: budget.unpacked, sha256: await reader.finishHash() };
}

/** What zip.js reads the directory through. */
export class SourceReader extends Reader<ArchiveSource> {
  readonly #source: ArchiveSource;
  readonly #reader: WindowedReader;

  constructor(source: ArchiveSource, reader: WindowedReader) {
    super(source);
    this.#source = source;
    this.#reader = reader;
    this.size = source.size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    if (index < 0 || index >= this.#source.size || length <= 0) return new Uint8Array();
    if (length > largestRead) {
      const place = { archive: this.#source.name, offset: index };
      if (index + length > this.#source.size) throw refusal('archive/damaged', { ...place, entry: '' });
      throw refusal('archive/header-too-large', { ...place, entry: 'central directory' }, { limit: largestRead });
    }
    return this.#reader.read(index, length);
  }
}

function typeOf(entry: Entry, place: Place): RawEntry['type'] {
  const kind = ((entry.unixMode ?? entry.unixExternalUpper ?? 0) >> 12) & 0xf;
  // Unix file types, as in a mode's upper bits: pipe, character device, block device, socket.
  if (kind === 0x1 || kind === 0x2 || kind === 0x6 || kind === 0xc) throw refusal('archive/special-file', place);
  if (!entry.symlink) return entry.directory ? 'directory' : 'file';
  if (entry.filename.endsWith('/')) throw refusal('archive/ambiguous', place);
  return 'symlink';
}

function toRaw(entry: Entry, type: RawEntry['type'], target: string | undefined): RawEntry {
  return {
    name: entry.filename,
    type,
    size: target === undefined ? entry.uncompressedSize : 0,
    ...(entry.unixMode !== undefined && { mode: entry.unixMode }),
    modified: entry.lastModDate,
    ...(target !== undefined && { target }),
  };
}

async function readTarget(content: AsyncIterable<Uint8Array>, entry: Entry, place: Place): Promise<string> {
  if (entry.uncompressedSize > longestLink) throw refusal('archive/link-invalid', place, { target: `${entry.uncompressedSize} B` });
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** Programs look for the end from the back: a comment with an end of its own would make them read another directory. */
function refuseSecondEnd(comment: Uint8Array, source: ArchiveSource): void {
  const found = Buffer.from(comment).indexOf('PK\u0005\u0006', 'latin1');
  if (found >= 0) throw refusal('archive/hidden-data', { archive: source.name, entry: '', offset: source.size - comment.length + found });
}

/** The ranges of all entries in the file. */
function createRangeBook(archive: string) {
  const ranges: { start: number; end: number; entry: string }[] = [];
  let ordered = true;
  return {
    add(range: { start: number; end: number; entry: string }): void {
      const last = ranges.at(-1);
      if (last !== undefined && range.start >= last.start && range.start < last.end) throw overlap(range);
      ordered &&= last === undefined || range.start >= last.start;
      ranges.push(range);
    },
    /** Refuses overlaps and gaps, up to where the directory begins. */
    close(directory: number): void {
      if (!ordered) ranges.sort((a, b) => a.start - b.start);
      let end = 0;
      for (const range of ranges) {
        if (range.start < end) throw overlap(range);
        if (range.start > end) throw refusal('archive/hidden-data', { archive, entry: '', offset: end });
        end = range.end;
      }
      if (end > directory) throw overlap(ranges.at(-1) ?? { start: end, entry: '' });
      if (end < directory) throw refusal('archive/hidden-data', { archive, entry: '', offset: end });
    },
  };

  function overlap(range: { start: number; entry: string }) {
    return refusal('archive/overlapping-entries', { archive, entry: range.entry, offset: range.start });
  }
}
