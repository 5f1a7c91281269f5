import { ZipReader, type Entry } from '@zip.js/zip.js';
import { ProductError } from '../../../core/errors';
import type { PackageIdentity } from '../../../core/packages/identity';
import type { PackageFile, PackageKind } from '../../../core/packages/model';
import type { ArchiveFormat, ArchiveLimits, ArchiveSource } from '../../archive/archive';
import { createEntryChecker } from '../../archive/checkEntry';
import { createEntryCollector } from '../../archive/collectEntries';
import { gunzip } from '../../archive/gunzip';
import { nestedSource } from '../../archive/nestedSource';
import { printableName } from '../../archive/printableName';
import { detectFormat } from '../../archive/readArchive';
import { readEntry } from '../../archive/readEntry';
import { createTarParser } from '../../archive/tarParser';
import { SourceReader } from '../../archive/walkZip';
import { createWindowedReader } from '../../archive/windowedReader';
import { asZipRefusal } from '../../archive/zipRefusal';
import { createPackageRecognizer, type PackageRecognizer } from '../recognizePackage';

/** What an archive is, as far as its description tells. */
export interface ArchiveLook {
  readonly identity: PackageIdentity;
  readonly nickname: string;
  readonly kind: PackageKind;
  /** The package is an archive inside the archive. */
  readonly isNested: boolean;
}

/** Archives inside an archive that are looked into. */
const mostArchives = 20;
const longestDescription = 1024 * 1024;

/**
 * Finds the description of a package in an archive: of a zip only its directory and that file are read, a tar.gz as far as
 * the description. What else is wrong with the archive shows when it is imported.
 * @throws ProductError `archive/…`, `import/no-description`, `import/several-packages`, `import/description-unreadable`
 */
export async function lookInto(source: ArchiveSource, limits: ArchiveLimits, signal: AbortSignal): Promise<ArchiveLook> {
  const outer = await look(source, limits, signal);
  if (outer.recognizer.isPackage()) return { ...tell(outer), isNested: false };
  let failure: Error | undefined;
  for (const { path, size } of outer.archives.slice(0, mostArchives)) {
    signal.throwIfAborted();
    try {
      const inner = await look({ ...nestedSource(source, outer.format, { path, size }), name: `${source.name}/${printableName(path)}` }, limits, signal);
      if (inner.recognizer.isPackage()) return { ...tell(inner), isNested: true };
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error));
    }
  }
  signal.throwIfAborted();
  throw failure ?? new ProductError('import/no-description', { file: source.name });
}

interface Look {
  readonly format: ArchiveFormat;
  readonly recognizer: PackageRecognizer;
  readonly archives: readonly PackageFile[];
  readonly isPlugIn: boolean;
}

function tell({ recognizer, isPlugIn }: Look): Omit<ArchiveLook, 'isNested'> {
  const { name, version, localeId, osGroup, computerTypes, nickname } = recognizer.description();
  return { identity: { name, version, localeId, osGroup, computerTypes }, nickname, kind: isPlugIn ? 'plug-in' : 'application' };
}

async function look(source: ArchiveSource, limits: ArchiveLimits, signal: AbortSignal): Promise<Look> {
  const format = await detectFormat(source);
  const recognizer = createPackageRecognizer(source.name);
  const archives: PackageFile[] = [];
  let isPlugIn = false;
  const see = (file: PackageFile): boolean => {
    if (file.type !== 'file') return false;
    if (/\.(zip|tar\.gz|tgz)$/i.test(file.path)) archives.push(file);
    isPlugIn ||= /(^|\/)templates\/[^/]+\.tpl$/i.test(file.path);
    return /(^|\/)ip_description\.xml$/i.test(file.path) && recognizer.wantsContent(file) !== undefined;
  };
  if (format === 'zip') await lookIntoZip(source, limits, recognizer, see, signal);
  else if (format === 'tar.gz') await lookIntoTar(source, limits, recognizer, see, signal);
  return { format, recognizer, archives, isPlugIn };
}

async function lookIntoZip(source: ArchiveSource, limits: ArchiveLimits, recognizer: PackageRecognizer, see: (file: PackageFile) => boolean, signal: AbortSignal): Promise<void> {
  const zip = new ZipReader(new SourceReader(source, createWindowedReader(source, undefined)), { strictness: 'strict', filenameValidation: 'tolerant', useWebWorkers: false });
  const checker = createEntryChecker(limits);
  const wanted: PackageFile[] = [];
  const take = (entry: Entry): void => {
    const place = { archive: source.name, entry: printableName(entry.filename), offset: entry.offset };
    // Links are told by a mode that this look does not need: a description that is one is no file and is refused on import.
    const file = checker.check({ name: entry.filename, type: entry.directory ? 'directory' : 'file', size: entry.directory ? 0 : entry.uncompressedSize }, place);
    if (file !== undefined && see(file)) wanted.push(file);
  };
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      signal.throwIfAborted();
      take(entry);
    }
  } catch (error) {
    throw asZipRefusal(error, source);
  }
  for (const file of wanted.slice(0, 2)) {
    if (file.size > longestDescription) continue;
    const pieces: Uint8Array[] = [];
    for await (const piece of readEntry(source, 'zip', file, signal)) pieces.push(piece);
    recognizer.onContent(file, Buffer.concat(pieces));
  }
}

async function lookIntoTar(source: ArchiveSource, limits: ArchiveLimits, recognizer: PackageRecognizer, see: (file: PackageFile) => boolean, signal: AbortSignal): Promise<void> {
  const checker = createEntryChecker(limits);
  const collector = createEntryCollector({ wantsContent: (file) => (see(file) ? longestDescription : undefined), onContent: (file, content) => recognizer.onContent(file, content) });
  const parser = createTarParser(source.name, {
    begin(raw, at) {
      const entry = checker.check(raw, at);
      if (entry !== undefined) collector.begin(entry, at);
    },
    data: (bytes) => collector.data(bytes),
    end: () => collector.end(),
  });
  for await (const bytes of gunzip(source, () => undefined, signal).pieces()) {
    signal.throwIfAborted();
    parser.write(bytes);
    if (recognizer.isPackage()) return;
  }
}
