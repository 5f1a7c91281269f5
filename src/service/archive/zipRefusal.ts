import {
  ERR_AMBIGUOUS_ARCHIVE, ERR_ENCRYPTED_CENTRAL_DIRECTORY, ERR_EOCDR_NOT_FOUND, ERR_SPLIT_ZIP_FILE, WARNING_APPENDED_DATA,
  WARNING_MISMATCHED_CENTRAL_DIRECTORY_OFFSET, WARNING_PREPENDED_DATA, WARNING_TRAILING_CENTRAL_DIRECTORY_DATA,
} from '@zip.js/zip.js';
import { isCancelled, isProductError } from '../../core/errors';
import type { ArchiveSource } from './archive';
import { refusal, type ArchiveErrorCode } from './refusal';

const codes: Readonly<Record<string, ArchiveErrorCode>> = {
  [ERR_SPLIT_ZIP_FILE]: 'archive/split',
  [ERR_EOCDR_NOT_FOUND]: 'archive/truncated',
  [ERR_ENCRYPTED_CENTRAL_DIRECTORY]: 'archive/encrypted',
};

/** What strict zip.js calls an ambiguous archive, by its reason. */
const ambiguities: Readonly<Record<string, ArchiveErrorCode>> = {
  [WARNING_APPENDED_DATA]: 'archive/trailing-data',
  [WARNING_PREPENDED_DATA]: 'archive/hidden-data',
  [WARNING_TRAILING_CENTRAL_DIRECTORY_DATA]: 'archive/hidden-data',
  [WARNING_MISMATCHED_CENTRAL_DIRECTORY_OFFSET]: 'archive/hidden-data',
};

/**
 * Makes a refusal of what zip.js throws. It tells no positions: the directory, at the end of the file, is what it reads.
 * Errors of ours, of the disk and of a person's stop stay what they are; all else means that the structure makes no sense.
 */
export function asZipRefusal(error: unknown, source: ArchiveSource): unknown {
  if (isProductError(error) || isCancelled(error) || !(error instanceof Error)) return error;
  const place = { archive: source.name, entry: '', offset: source.size };
  if (error.message === ERR_AMBIGUOUS_ARCHIVE) {
    const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : '';
    return refusal(ambiguities[reason] ?? 'archive/damaged', place, {}, error);
  }
  return refusal(codes[error.message] ?? 'archive/damaged', place, {}, error);
}
