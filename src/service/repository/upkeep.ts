import type { NestedPackage, PackageDetails, PackageFile } from '../../core/packages/model';
import type { RepositoryRepair, RepositoryReport } from '../../core/repository/report';

export interface UpkeepOptions {
  /** Ends the work; it then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** 0 to 100, a whole number that never falls. */
  readonly report: (percent: number) => void;
}

/** An archive that is not yet in the lists. */
export interface UncheckedArchive {
  readonly format: PackageDetails['archiveFormat'];
  readonly nested?: NestedPackage;
  readonly sha256: string;
  readonly size: number;
  /** Its bytes from `start` (inclusive) to `end` (exclusive). */
  readonly read: (start: number, end: number) => AsyncIterable<Uint8Array>;
}

export interface RestoreOptions extends UpkeepOptions {
  /** Reads an archive with all checks of an import. @returns its index and the SHA-256 of its bytes */
  readonly verify: (archive: UncheckedArchive, signal: AbortSignal) => Promise<{ readonly files: readonly PackageFile[]; readonly sha256: string }>;
}

export interface RestoredRepository {
  /** When the copy was made; ISO 8601, UTC. */
  readonly at: string;
  readonly packages: number;
  readonly hosts: number;
  readonly deployments: number;
}

/** A copy of the whole repository, as one stream. */
export interface RepositoryExport {
  /** Bytes to come, as near as can be told before. */
  readonly size: number;
  /** The state that it holds; ISO 8601, UTC. */
  readonly at: string;
  readonly counts: Omit<RestoredRepository, 'at'>;
  /** The bytes, made as they are taken, once. Every stored archive is checked against its hashes. */
  bytes(): AsyncGenerator<Uint8Array>;
  /** Gives back what it holds; to be called in any case. */
  close(): void;
}

/** Looking after the files of a repository while it serves: every work goes in slices, so that others are answered meanwhile. */
export interface RepositoryUpkeep {
  /** Reads every file of the repository and checks hashes and references. Changes nothing. */
  check(options: UpkeepOptions): Promise<RepositoryReport>;
  /**
   * Checks, then sets right what can be: files that nobody needs and what is damaged go into a quarantine folder, with a
   * report; packages whose content is damaged leave the lists. Nothing is destroyed: what is taken out is there first.
   * A repository that is read-only goes on from its recovered copy.
   * @throws ProductError `repository/disk-full`, `repository/write-failed`, `repository/not-owner`, `repository/upkeep-runs`
   */
  repair(options: UpkeepOptions): Promise<RepositoryRepair>;
  /** Copies the state of now through `take`. @throws ProductError `repository/deployments-run`, `repository/content-damaged`, `repository/upkeep-runs` */
  exportTo<T>(take: (copy: RepositoryExport) => Promise<T>, options: UpkeepOptions): Promise<T>;
  /**
   * Restores a copy into this repository, which must be empty; everything in it is checked before anything can be seen.
   * What is kept in memory of the repository is then of the past: the caller ends the service.
   * @param source for messages
   * @throws ProductError `repository/not-empty`, `repository/export-damaged`, `repository/export-refused`, `repository/newer-schema`
   */
  restore(source: string, bytes: AsyncIterable<Uint8Array>, options: RestoreOptions): Promise<RestoredRepository>;
}
