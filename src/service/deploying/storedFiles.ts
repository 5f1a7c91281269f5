import { toErrorData } from '../../core/errors';
import type { ArchiveLimits } from '../archive/archive';
import { readArchiveAs } from '../archive/readArchive';
import { packageArchive, storedArchive, type OpenArchive, type StoredIn } from '../archive/storedArchive';
import type { Repository } from '../repository/repository';

/** Reads single files out of stored packages, e.g. their templates. */
export interface StoredFiles {
  /**
   * The bytes of those of `paths` that the package has and that are not longer than 16 MB. A package is read only until
   * the last of them has come by; the files of the last packages are kept in memory.
   * @throws ProductError what reading an archive or the repository raises
   */
  read(details: StoredIn, paths: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** No template is longer: its binary form cannot hold more than 64 KB, its description seldom has 3 MB. */
const longestFile = 16 * 1024 * 1024;
/** Packages whose files are kept, unless they are longer together than so many bytes. */
const keptPackages = 4;
const mostKept = 16 * 1024 * 1024;

export function createStoredFiles(repository: Pick<Repository, 'readContent'>, limits: ArchiveLimits): StoredFiles {
  const kept = new Map<string, ReadonlyMap<string, Uint8Array>>();

  return {
    async read(details, paths, signal) {
      const key = JSON.stringify([details.sha256, [...paths].sort()]);
      const known = kept.get(key);
      if (known) return known;
      const found = await readFiles(details, new Set(paths), signal);
      if ([...found.values()].reduce((sum, { length }) => sum + length, 0) <= mostKept) kept.set(key, found);
      const [oldest] = kept.keys();
      if (kept.size > keptPackages && oldest !== undefined) kept.delete(oldest);
      return found;
    },
  };

  async function readFiles(details: StoredIn, wanted: ReadonlySet<string>, signal?: AbortSignal): Promise<ReadonlyMap<string, Uint8Array>> {
    const beside = new Set(details.nested?.beside.map(({ path }) => path).filter((path) => wanted.has(path)));
    const inside = new Set([...wanted].filter((path) => !beside.has(path)));
    return new Map([
      ...await readFrom(storedArchive(repository, details), beside, signal),
      ...await readFrom(packageArchive(repository, details), inside, signal),
    ]);
  }

  async function readFrom({ source, format }: OpenArchive, wanted: ReadonlySet<string>, signal?: AbortSignal): Promise<ReadonlyMap<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    if (wanted.size === 0) return found;
    const complete = new AbortController();
    const visitor = {
      wantsContent: ({ path, size }: { readonly path: string; readonly size: number }) => (wanted.has(path) && size <= longestFile ? longestFile : undefined),
      onContent: ({ path }: { readonly path: string }, content: Uint8Array) => {
        found.set(path, content);
        if (found.size === wanted.size) complete.abort();
      },
    };
    try {
      await readArchiveAs(format, source, limits, visitor, signal ? AbortSignal.any([signal, complete.signal]) : complete.signal);
    } catch (error) {
      // Everything that was wanted is here: the rest of the archive was checked when it was imported.
      if (!complete.signal.aborted || toErrorData(error).cancelled !== true) throw error;
    }
    signal?.throwIfAborted();
    return found;
  }
}
