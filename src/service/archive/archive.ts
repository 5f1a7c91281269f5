import type { PackageDetails, PackageFile } from '../../core/packages/model';

/** Bytes of one archive, wherever they lie: a file on disk or content of the repository. */
export interface ArchiveSource {
  /** For messages. */
  readonly name: string;
  readonly size: number;
  /** Up to `length` bytes at `position`; fewer only at the end. */
  read(position: number, length: number): Promise<Uint8Array>;
  /** All bytes in order, in pieces of 64 KB to 1 MB. A piece stays as it is until the next one is asked for. */
  stream(signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Bounds against archives made to exhaust us. */
export interface ArchiveLimits {
  /** Bytes of all entries together, unpacked. */
  readonly maximumUnpackedSize: number;
  readonly maximumEntries: number;
  /** Unpacked bytes allowed for each packed byte. */
  readonly maximumRatio: number;
  /** Unpacked bytes up to which the ratio is not looked at: blanks and preallocated files pack a thousandfold and harm nobody. */
  readonly ratioFrom: number;
}

export const defaultArchiveLimits: ArchiveLimits = { maximumUnpackedSize: 20e9, maximumEntries: 200_000, maximumRatio: 200, ratioFrom: 1e9 };

/** `xml`: no archive, but a solution definition alone, which is read like an archive of one file. A plain tar is made by an import; none is taken from outside. */
export type ArchiveFormat = PackageDetails['archiveFormat'];

/** Receives what a reader finds, in the archive's order. */
export interface ArchiveVisitor {
  /**
   * Called for each file once its name and kind are checked, before its content. A number: the content is kept in memory
   * and handed to `onContent`; a longer one is refused with `archive/entry-too-large`.
   */
  wantsContent?(entry: PackageFile): number | undefined;
  onContent?(entry: PackageFile, content: Uint8Array): void;
  /** Bytes of the source that have been read; never falls. */
  onProgress?(bytesRead: number): void;
}

export interface ArchiveReport {
  readonly format: ArchiveFormat;
  /** Every entry, files with their SHA-256. A folder that the archive names twice is there once. */
  readonly files: readonly PackageFile[];
  readonly unpackedSize: number;
  /** Lower-case hexadecimal SHA-256 of the source's bytes, made in the same pass. */
  readonly sha256: string;
}

/**
 * Reads a whole archive once: checks every entry, hashes every file, keeps what the visitor wants. Writes nothing.
 * Memory does not grow with the archive's size, only with its number of entries.
 * @throws ProductError `archive/…` with the archive's name, the entry and the byte offset where it was found
 */
export type ReadArchive = (source: ArchiveSource, limits: ArchiveLimits, visitor: ArchiveVisitor, signal?: AbortSignal) => Promise<ArchiveReport>;
