import { ProductError, type ErrorCode } from '../../core/errors';
import type { MessageArguments } from '../../core/text/messages';

export type ArchiveErrorCode = Extract<ErrorCode, `archive/${string}`>;

/** Where a reader stands in an archive; every refusal says it. */
export interface Place {
  /** Name of the archive. */
  readonly archive: string;
  /** Printable name of the entry; empty when there is none. */
  readonly entry: string;
  /** Bytes: zip: in the file; tar.gz: in the unpacked tar, or in the file where its compression is at fault. */
  readonly offset: number;
}

/** The refusal of an archive, to be thrown. */
export function refusal(code: ArchiveErrorCode, place: Place, more: MessageArguments = {}, cause?: unknown): ProductError {
  return new ProductError(code, { archive: place.archive, entry: place.entry, offset: place.offset, ...more }, { cause });
}
