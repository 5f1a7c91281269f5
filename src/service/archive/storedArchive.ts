import type { PackageDetails } from '../../core/packages/model';
import type { Repository } from '../repository/repository';
import type { ArchiveFormat, ArchiveSource } from './archive';
import { contentSource } from './contentSource';
import { nestedSource } from './nestedSource';

/** Which archive a package is stored in, and how it lies there. */
export type StoredIn = Pick<PackageDetails, 'sha256' | 'size' | 'archiveName' | 'archiveFormat' | 'nested'>;

/** An archive with what is needed to read it. */
export interface OpenArchive<F extends ArchiveFormat = ArchiveFormat> {
  readonly source: ArchiveSource;
  readonly format: F;
}

/** The stored archive itself: what a download gives. */
export function storedArchive<F extends ArchiveFormat>(repository: Pick<Repository, 'readContent'>, stored: StoredIn & { readonly archiveFormat: F }): OpenArchive<F> {
  return { source: contentSource(repository, stored, stored.archiveName), format: stored.archiveFormat };
}

/** The archive that holds the package's files: the stored one, or the one inside it. Each call gives a reader of its own. */
export function packageArchive<F extends ArchiveFormat>(repository: Pick<Repository, 'readContent'>, stored: StoredIn & { readonly archiveFormat: F }): OpenArchive<F | 'zip' | 'tar.gz'> {
  const outer = storedArchive(repository, stored);
  return stored.nested === undefined ? outer : { source: nestedSource(outer.source, outer.format, stored.nested), format: stored.nested.format };
}
