import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { ProductError } from '../../core/errors';
import { hasCode, reasonOf } from './fileErrors';
import { publishFile } from './publishFile';

const keyBytes = 32;

/**
 * The key that client and service prove to each other, made on first use. Whoever comes first makes it; all others read it.
 * @throws ProductError `service/key-unusable`: others may read it, or it is no key
 */
export function loadServiceKey(file: string): Buffer {
  try {
    return readKey(file) ?? makeKey(file);
  } catch (error) {
    if (error instanceof ProductError) throw error;
    throw unusable(file, reasonOf(error), error);
  }
}

function makeKey(file: string): Buffer {
  publishFile(file, `${randomBytes(keyBytes).toString('hex')}\n`);
  const key = readKey(file);
  if (key === undefined) throw unusable(file, 'ENOENT');
  return key;
}

function readKey(file: string): Buffer | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    const { mode, uid } = fstatSync(descriptor);
    // Windows has no such bits: there the folder below the user's profile is closed by its access list.
    if (platform() !== 'win32') {
      if ((mode & 0o077) !== 0) throw unusable(file, `mode ${(mode & 0o777).toString(8)}, must be 600`);
      if (uid !== process.getuid?.()) throw unusable(file, `owner ${uid}`);
    }
    const text = readFileSync(descriptor, 'latin1').trim();
    if (!/^[0-9a-f]{64}$/.test(text)) throw unusable(file, 'not a key');
    return Buffer.from(text, 'hex');
  } finally {
    closeSync(descriptor);
  }
}

function unusable(file: string, reason: string, cause?: unknown): ProductError {
  return new ProductError('service/key-unusable', { file, reason }, cause === undefined ? {} : { cause });
}
