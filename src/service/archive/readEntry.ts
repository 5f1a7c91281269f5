import { ZipReader, type Entry } from '@zip.js/zip.js';
import type { PackageFile } from '../../core/packages/model';
import { loneDefinitionPath } from '../../core/packages/solution';
import type { ArchiveFormat, ArchiveSource } from './archive';
import { checkName } from './checkName';
import { gunzip } from './gunzip';
import { printableName } from './printableName';
import { refusal, type Place } from './refusal';
import { createTarParser } from './tarParser';
import { SourceReader } from './walkZip';
import { createWindowedReader } from './windowedReader';
import { zipContent } from './zipContent';
import { checkLocalHeader } from './zipLocalHeader';
import { asZipRefusal } from './zipRefusal';

/**
 * The unpacked content of one regular file of an archive, in pieces as they are taken. Of a zip only its directory and the
 * entry itself are read; a tar or tar.gz is read up to the end of the entry, piece by piece.
 * @param file an entry of the archive's index
 * @throws ProductError `archive/…` when the archive is not what its index says
 */
export function readEntry(source: ArchiveSource, format: ArchiveFormat, file: PackageFile, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  if (format === 'xml') return readLoneEntry(source, file, signal);
  if (format === 'zip') return readZipEntry(source, file, signal);
  return readTarEntry(source, file, format === 'tar' ? source.stream(signal) : gunzip(source, () => undefined, signal).pieces(), signal);
}

async function* readLoneEntry(source: ArchiveSource, file: PackageFile, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  if (file.path !== loneDefinitionPath || file.size !== source.size) throw missing(source, file);
  yield* source.stream(signal);
}

async function* readZipEntry(source: ArchiveSource, file: PackageFile, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const reader = createWindowedReader(source, undefined);
  const zip = new ZipReader(new SourceReader(source, reader), { strictness: 'strict', filenameValidation: 'tolerant', useWebWorkers: false });
  try {
    const entry = await findEntry(zip, source, file, signal);
    const place: Place = { archive: source.name, entry: printableName(entry.filename), offset: entry.offset };
    if (entry.uncompressedSize !== file.size) throw refusal('archive/wrong-size', place);
    const { dataStart } = await checkLocalHeader(reader, entry, place);
    for await (const piece of zipContent(reader, entry, dataStart, place)) {
      signal?.throwIfAborted();
      yield piece;
    }
  } catch (error) {
    throw asZipRefusal(error, source);
  }
}

async function findEntry(zip: ZipReader<ArchiveSource>, source: ArchiveSource, file: PackageFile, signal: AbortSignal | undefined): Promise<Entry> {
  for await (const entry of zip.getEntriesGenerator()) {
    signal?.throwIfAborted();
    if (!entry.directory && isNamed(entry.filename, file, { archive: source.name, entry: '', offset: entry.offset })) return entry;
  }
  throw missing(source, file);
}

async function* readTarEntry(source: ArchiveSource, file: PackageFile, unpacked: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  let state: 'before' | 'inside' | 'done' = 'before';
  let pieces: Uint8Array[] = [];
  const parser = createTarParser(source.name, {
    begin(entry, place) {
      if (state !== 'before' || entry.type !== 'file' || !isNamed(entry.name, file, place)) return;
      if (entry.size !== file.size) throw refusal('archive/wrong-size', place);
      state = 'inside';
    },
    data(bytes) {
      if (state === 'inside') pieces.push(bytes);
    },
    end() {
      if (state === 'inside') state = 'done';
    },
  });
  const isDone = (): boolean => state === 'done';
  for await (const bytes of unpacked) {
    signal?.throwIfAborted();
    parser.write(bytes);
    yield* pieces;
    pieces = [];
    if (isDone()) return;
  }
  throw missing(source, file);
}

/** Names as the index has them: `./ip/a` and `ip//a` are `ip/a`. */
function isNamed(name: string, { path }: PackageFile, place: Place): boolean {
  return name === path || (name.length > path.length && checkName(name, place) === path);
}

function missing(source: ArchiveSource, file: PackageFile): Error {
  return refusal('archive/damaged', { archive: source.name, entry: file.path, offset: source.size });
}
