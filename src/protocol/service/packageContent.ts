/** What clients ask about the files of stored packages: reading one, comparing two versions, saving a copy. */
import * as v from 'valibot';
import type { PackageComparison } from '../../core/packages/comparison';
import type { DownloadRecord } from '../../core/packages/download';
import { byId, id, nothing, text } from '../fields';
import { method } from '../method';

/** Bytes of a file in one answer. */
export const longestChunk = 1024 * 1024;

const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const path = v.pipe(text, v.minLength(1, 'is empty'));

/** A stretch of one file. */
export interface FileContent {
  /** Base64. Fewer bytes than were asked for only at the end of the file. */
  readonly bytes: string;
  /** Bytes of the whole file. */
  readonly total: number;
}

export const packageContentMethods = {
  /** A stretch of one file inside a package, by its path in `packages/files`; a link inside the package is followed. */
  'packages/fileContent': method<{ id: string; path: string; offset: number; length: number }, FileContent>(
    v.strictObject({ id, path, offset: wholeNumber, length: v.pipe(wholeNumber, v.maxValue(longestChunk)) }),
  ),
  /** What the package `otherId` has that `id` has not, and the other way round. Files are compared by their SHA-256. */
  'packages/compare': method<{ id: string; otherId: string }, PackageComparison>(v.strictObject({ id, otherId: id })),
  /**
   * Begins to save a copy of a package and answers at once with its record; progress comes as `downloadProgress`. `target` is an
   * absolute path on the service's machine; a file that is there is refused unless `overwrite`.
   */
  'packages/download': method<{ id: string; tenantId: string; target: string; overwrite?: boolean | undefined }, DownloadRecord>(
    v.strictObject({ id, tenantId: id, target: path, overwrite: v.optional(v.boolean()) }),
  ),
  /** Running downloads. */
  'downloads/list': method<object, readonly DownloadRecord[]>(nothing),
  /** Answers when the download has ended, in whatever way. */
  'downloads/wait': method<{ id: string }, DownloadRecord>(byId),
  /** Stops a download and answers when nothing of it is left. */
  'downloads/cancel': method<{ id: string }, null>(byId),
} as const;
