import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { ProductError } from '../../core/errors';
import type { RepositoryCopy } from '../../core/repository/report';
import type { ArchiveLimits } from '../archive/archive';
import { contentSource } from '../archive/contentSource';
import { openFileSource } from '../archive/fileSource';
import { nestedSource } from '../archive/nestedSource';
import { readArchiveAs } from '../archive/readArchive';
import { refusal } from '../archive/refusal';
import { createTargetFile } from '../files/targetFile';
import type { UnfinishedFiles } from '../files/unfinishedFiles';
import { printableName } from '../archive/printableName';
import type { RepositoryUpkeep, RestoreOptions, UncheckedArchive, UpkeepOptions } from '../repository/upkeep';

/** Copies of the whole repository as files: written whole or not at all, and read with all checks of an import. */
export interface RepositoryCopies {
  /** @throws ProductError `file/…`, `repository/deployments-run`, `repository/content-damaged` */
  write(target: string, overwrite: boolean, options: UpkeepOptions): Promise<RepositoryCopy>;
  /** Into an empty repository; the service is to end afterwards. @throws ProductError `file/not-absolute`, `import/file-missing`, `repository/not-empty`, `repository/export-…` */
  restore(source: string, options: UpkeepOptions): Promise<RepositoryCopy>;
}

export function createRepositoryCopies(upkeep: RepositoryUpkeep, limits: ArchiveLimits, unfinished: UnfinishedFiles): RepositoryCopies {
  return {
    write: (target, overwrite, options) => upkeep.exportTo(async (copy) => {
      const file = await createTargetFile(target, { overwrite, size: copy.size, unfinished });
      try {
        for await (const piece of copy.bytes()) {
          options.signal.throwIfAborted();
          await file.write(piece);
        }
        await file.finish();
      } catch (error) {
        await file.abort();
        throw error;
      }
      return { file: target, bytes: (await stat(target)).size, at: copy.at, ...copy.counts };
    }, options),
    async restore(source, options) {
      if (!isAbsolute(source)) throw new ProductError('file/not-absolute', { file: source });
      const file = await openFileSource(source);
      try {
        const restored = await upkeep.restore(source, file.stream(options.signal), {
          ...options,
          verify: (archive, signal) => verify(archive, limits, signal),
        });
        return { file: source, bytes: file.size, ...restored };
      } finally {
        await file.close();
      }
    },
  };
}

/** Reads a stored archive, and the package's own inside it. @returns the index of the package */
async function verify({ sha256, size, read, format, nested }: UncheckedArchive, limits: ArchiveLimits, signal: AbortSignal): ReturnType<RestoreOptions['verify']> {
  const source = contentSource({ readContent: (_, start = 0, end = size) => read(start, Math.min(end, size)) }, { sha256, size }, sha256);
  const outer = await readArchiveAs(format, source, limits, {}, signal);
  if (nested === undefined) return outer;
  const inner = await readArchiveAs(nested.format, nestedSource(source, format, nested), limits, {}, signal);
  const isThere = ({ path, sha256: hash }: { readonly path: string; readonly sha256?: string }): boolean => outer.files.some((file) => file.path === path && file.sha256 === hash);
  const missing = [{ path: nested.path, sha256: nested.sha256 }, ...nested.beside].find((file) => !isThere(file));
  if (inner.sha256 !== nested.sha256 || missing !== undefined) {
    throw refusal('archive/damaged-content', { archive: sha256, entry: printableName(missing?.path ?? nested.path), offset: nested.offset ?? 0 });
  }
  return { files: inner.files, sha256: outer.sha256 };
}
