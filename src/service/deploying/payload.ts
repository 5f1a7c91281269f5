import { payloadName } from '../../core/deployment/verification';
import { toErrorData } from '../../core/errors';
import type { PackageDetails, PackageFile } from '../../core/packages/model';
import type { ArchiveLimits, ArchiveVisitor } from '../archive/archive';
import { nestedSource } from '../archive/nestedSource';
import { readArchiveAs } from '../archive/readArchive';
import { packageArchive } from '../archive/storedArchive';
import type { Repository } from '../repository/repository';

/** The `data.tar.gz` of stored packages: what an installer lays down. */
export interface Payloads {
  /** Its entries, files with their hashes; empty when the package has none. @throws ProductError `archive/…` */
  list(details: PackageDetails, index: readonly PackageFile[], signal: AbortSignal): Promise<readonly PackageFile[]>;
  /** The bytes of one of its files; undefined when it is longer than `limit`. */
  read(details: PackageDetails, index: readonly PackageFile[], path: string, limit: number, signal: AbortSignal): Promise<Uint8Array | undefined>;
}

/** Packages whose entries are kept: a verification is often one of several hosts. */
const keptLists = 2;

export function createPayloads(repository: Pick<Repository, 'readContent'>, limits: ArchiveLimits): Payloads {
  const lists = new Map<string, readonly PackageFile[]>();

  const readPayload = async (details: PackageDetails, index: readonly PackageFile[], visitor: ArchiveVisitor, signal: AbortSignal): Promise<readonly PackageFile[]> => {
    const path = details.installerFolder === '' ? payloadName : `${details.installerFolder}/${payloadName}`;
    const entry = index.find((file) => file.path === path && file.type === 'file');
    if (entry === undefined) return [];
    const { source, format } = packageArchive(repository, details);
    return (await readArchiveAs('tar.gz', nestedSource(source, format, { path, size: entry.size }), limits, visitor, signal)).files;
  };

  return {
    async list(details, index, signal) {
      const known = lists.get(details.sha256);
      if (known !== undefined) return known;
      const files = await readPayload(details, index, {}, signal);
      lists.set(details.sha256, files);
      const [oldest] = lists.keys();
      if (lists.size > keptLists && oldest !== undefined) lists.delete(oldest);
      return files;
    },
    async read(details, index, wanted, limit, signal) {
      let found: Uint8Array | undefined;
      const complete = new AbortController();
      const visitor: ArchiveVisitor = {
        wantsContent: ({ path, size }) => (path === wanted && size <= limit ? limit : undefined),
        onContent: (_, content) => {
          found = content;
          complete.abort();
        },
      };
      try {
        await readPayload(details, index, visitor, AbortSignal.any([signal, complete.signal]));
      } catch (error) {
        // The rest was checked when the files were listed.
        if (!complete.signal.aborted || toErrorData(error).cancelled !== true) throw error;
      }
      signal.throwIfAborted();
      return found;
    },
  };
}
