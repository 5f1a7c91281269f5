import type { PackageIdentity } from '../../../core/packages/identity';
import type { NestedPackage, PackageDetails, PackageFile } from '../../../core/packages/model';
import type { RecognizedContent } from '../recognizeContent';

/** One package where it lies, held open while it is imported or looked at. */
export interface PackageSource {
  /** Of the file or folder, for messages. */
  readonly name: string;
  /** Bytes that {@link check} reads. */
  readonly size: number;
  /**
   * Checks the package and says what it is. Nothing is written.
   * @throws ProductError `archive/…`, `import/…`: why it is refused
   */
  check(signal: AbortSignal, onProgress: (bytesRead: number) => void): Promise<CheckedPackage>;
  close(): Promise<void>;
}

/** A package that may be imported, and the bytes that are stored of it. */
export interface CheckedPackage {
  /** @throws ProductError `import/no-description`, `import/several-packages`, `import/…-unreadable` */
  identity(): PackageIdentity;
  /** To be called after `identity`. @throws ProductError `import/…` of its templates */
  content(): RecognizedContent;
  readonly archive: Pick<PackageDetails, 'archiveName' | 'archiveFormat'> & { readonly nested?: NestedPackage };
  /** Bytes that {@link stream} gives, as near as can be told before. */
  readonly size: number;
  /** Files that are read for it; undefined: it is one. */
  readonly fileCount?: number;
  /** The bytes to store, made as they are taken, once. */
  stream(signal: AbortSignal, onFile: (filesDone: number) => void): AsyncIterable<Uint8Array>;
  /**
   * Says, once all bytes were taken, what they hold.
   * @param sha256 of the bytes that were taken
   * @throws ProductError `import/source-changed` when they are not those of the package that was checked
   */
  finish(sha256: string): Promise<StoredIndex>;
}

/** The files of a package. */
export interface StoredIndex {
  readonly files: readonly PackageFile[];
  readonly unpackedSize: number;
}
