import { createHash } from 'node:crypto';
import { ProductError } from '../../core/errors';
import { describeIdentity } from '../../core/packages/identity';
import { comparePackages, type PackageComparison } from '../../core/packages/comparison';
import type { PackageDetails, PackageFile } from '../../core/packages/model';
import { findPackageFile } from '../../core/packages/packageLinks';
import { readEntry } from '../archive/readEntry';
import { packageArchive, storedArchive } from '../archive/storedArchive';
import type { Repository } from '../repository/repository';

/** The files inside stored packages: read a stretch at a time, and compared. */
export interface PackageFiles {
  /**
   * A stretch of one file; fewer bytes only at its end. Reading on where the last stretch ended costs no new unpacking.
   * @param path as the package's index has it; links inside the package are followed
   * @throws ProductError `general/not-found` when the package is not there, or has no such file
   */
  read(id: string, path: string, offset: number, length: number): Promise<{ readonly bytes: Uint8Array; readonly total: number }>;
  compare(id: string, otherId: string): Promise<PackageComparison>;
  close(): void;
}

/** Files up to this size are unpacked whole, checked against their hash, and kept for the next stretch. */
const smallFile = 4 * 1024 * 1024;
const mostKept = 16 * 1024 * 1024;
/** Indexes that are kept: a comparison and the files of two packages need two. */
const keptIndexes = 4;
/** Larger files that are being read on, each by one reader. */
const mostReaders = 4;
/** Milliseconds after which a file that nobody reads on is closed. */
const readerLife = 30_000;

interface OpenedPackage {
  readonly details: PackageDetails;
  readonly files: ReadonlyMap<string, PackageFile>;
}

type SourceOfFiles = Pick<Repository, 'getPackage' | 'listPackageFiles' | 'readContent'>;

export function createPackageFiles(repository: SourceOfFiles): PackageFiles {
  /** By the SHA-256 of the archive: contents never change. */
  const indexes = new Map<string, Promise<ReadonlyMap<string, PackageFile>>>();
  const small = createSmallFiles();
  const readers: LongReader[] = [];

  const indexOf = (details: PackageDetails): Promise<ReadonlyMap<string, PackageFile>> => {
    let index = indexes.get(details.sha256);
    if (index === undefined) {
      index = repository.listPackageFiles(details.id).then((files) => new Map(files.map((file) => [file.path, file])));
      index.catch(() => indexes.delete(details.sha256));
    }
    // The one used last is the last to go.
    indexes.delete(details.sha256);
    indexes.set(details.sha256, index);
    const [oldest] = indexes.keys();
    if (indexes.size > keptIndexes && oldest !== undefined) indexes.delete(oldest);
    return index;
  };

  const open = async (id: string): Promise<OpenedPackage> => {
    // Asked each time: the package may have been deleted since.
    const details = await repository.getPackage(id);
    return { details, files: await indexOf(details) };
  };

  const unpack = ({ details }: OpenedPackage, file: PackageFile, signal?: AbortSignal): AsyncGenerator<Uint8Array> => {
    const { source, format } = (details.nested?.beside.includes(file) === true ? storedArchive : packageArchive)(repository, details);
    return readEntry(source, format, file, signal);
  };

  const longReader = (opened: OpenedPackage, file: PackageFile, offset: number): LongReader => {
    const key = fileKey(opened.details, file);
    const usable = readers.find((reader) => reader.key === key && reader.canReach(offset));
    if (usable !== undefined) return usable;
    const made = createLongReader(key, (signal) => unpack(opened, file, signal), () => void readers.splice(readers.indexOf(made), 1));
    readers.push(made);
    if (readers.length > mostReaders) readers[0]?.close();
    return made;
  };

  return {
    async read(id, path, offset, length) {
      const opened = await open(id);
      const file = findPackageFile(opened.files, path) ?? opened.details.nested?.beside.find((one) => one.path === path);
      if (file === undefined) throw new ProductError('general/not-found', { kind: 'file', name: path });
      const total = file.size;
      if (offset >= total || length === 0) return { bytes: new Uint8Array(), total };
      const end = Math.min(offset + length, total);
      if (total > smallFile) return { bytes: await longReader(opened, file, offset).read(offset, end), total };
      const whole = await small.get(fileKey(opened.details, file), () => readWhole(opened, file, unpack(opened, file)));
      return { bytes: whole.subarray(offset, end), total };
    },
    async compare(id, otherId) {
      const [first, other] = [await open(id), await open(otherId)];
      return comparePackages(asIndex(first), asIndex(other));
    },
    close() {
      for (const reader of [...readers]) reader.close();
    },
  };
}

const asIndex = ({ details, files }: OpenedPackage) => ({ files: [...files.values(), ...details.nested?.beside ?? []], installerFolder: details.installerFolder });

function fileKey(details: PackageDetails, file: PackageFile): string {
  return `${details.sha256} ${file.path}`;
}

async function readWhole({ details }: OpenedPackage, file: PackageFile, content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  const whole = Buffer.concat(pieces);
  if (createHash('sha256').update(whole).digest('hex') !== file.sha256) {
    throw new ProductError('repository/file-damaged', { package: describeIdentity(details), file: file.path });
  }
  return whole;
}

/** Keeps the files used last, as long as they fit together. */
function createSmallFiles() {
  const kept = new Map<string, Promise<Uint8Array>>();
  const sizes = new Map<string, number>();
  const forget = (key: string): void => {
    kept.delete(key);
    sizes.delete(key);
  };
  return {
    async get(key: string, read: () => Promise<Uint8Array>): Promise<Uint8Array> {
      const reading = kept.get(key) ?? read();
      kept.delete(key);
      kept.set(key, reading);
      try {
        const bytes = await reading;
        sizes.set(key, bytes.length);
        let sum = [...sizes.values()].reduce((all, size) => all + size, 0);
        for (const old of [...kept.keys()]) {
          if (sum <= mostKept || old === key) break;
          sum -= sizes.get(old) ?? 0;
          forget(old);
        }
        return bytes;
      } catch (error) {
        forget(key);
        throw error;
      }
    },
  };
}

/** Goes through one long file; can only go on, never back. */
interface LongReader {
  readonly key: string;
  canReach(offset: number): boolean;
  read(offset: number, end: number): Promise<Uint8Array>;
  close(): void;
}

function createLongReader(key: string, unpack: (signal: AbortSignal) => AsyncGenerator<Uint8Array>, onClosed: () => void): LongReader {
  const stop = new AbortController();
  const content = unpack(stop.signal);
  let waiting: Promise<unknown> = Promise.resolve();
  /** Offset in the file of the first byte of `rest`. */
  let position = 0;
  let rest: Uint8Array = new Uint8Array();
  /** Where the last of the reads that have been asked for ends. */
  let promised = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const close = (): void => {
    if (closed) return;
    closed = true;
    clearTimeout(timer);
    stop.abort();
    // Waits for what is being unpacked; nobody asks for more.
    void waiting.then(() => content.return(undefined)).catch(() => undefined);
    onClosed();
  };

  const take = async (offset: number, end: number): Promise<Uint8Array> => {
    const pieces: Uint8Array[] = [];
    while (position < end) {
      if (rest.length === 0) {
        const next = await content.next();
        if (next.done === true) break;
        rest = next.value;
        continue;
      }
      const part = rest.subarray(0, Math.min(rest.length, (position < offset ? offset : end) - position));
      if (position >= offset) pieces.push(part);
      position += part.length;
      rest = rest.subarray(part.length);
    }
    return Buffer.concat(pieces);
  };

  return {
    key,
    canReach: (offset) => !closed && offset >= promised,
    read(offset, end) {
      promised = end;
      clearTimeout(timer);
      const reading = waiting.then(() => take(offset, end));
      waiting = reading.then(() => {
        if (closed) return;
        timer = setTimeout(close, readerLife);
        timer.unref();
      }, close);
      return reading;
    },
    close,
  };
}
