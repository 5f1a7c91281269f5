import * as path from 'node:path';
import { isProductError, ProductError } from '../../../core/errors';
import { errorCode } from './durableFiles';

/** What a failed write means for the person: the disk is full, or the file cannot be written for the system's reason. */
export function asWriteError(error: unknown, file: string): unknown {
  const code = errorCode(error);
  if (isProductError(error) || code === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ProductError('repository/disk-full', { folder: path.dirname(file) }, { cause: error });
  return new ProductError('repository/write-failed', { file, reason: code }, { cause: error });
}

/** What a failed read means for the person. */
export function asReadError(error: unknown, file: string): unknown {
  const code = errorCode(error);
  if (isProductError(error) || code === undefined) return error;
  return new ProductError('repository/read-failed', { file, reason: code }, { cause: error });
}
