import type { PackageFacts } from './facts';

/** How a package goes to a host: as its original archive, which the host unpacks with gzip, or as a plain tar. */
export type TransferForm = 'archive' | 'tar';

/**
 * From which part of its unpacked size on an archive is sent unpacked. A package is mostly its `data.tar.gz`, which gzip makes
 * no smaller a second time; but gzip on a host undoes that at some 130 MB/s, once on every host, and zlib on our side at
 * several times that, once for all of them.
 */
const hardlySmaller = 0.9;

/** The form in which the whole package is sent. Of a zip, and of what a host has in part, a tar is made on the way. */
export function transferForm({ archiveFormat, archiveSize, unpackedSize }: Pick<PackageFacts, 'archiveFormat' | 'archiveSize' | 'unpackedSize'>): TransferForm {
  return archiveFormat === 'tar.gz' && archiveSize < hardlySmaller * unpackedSize ? 'archive' : 'tar';
}
