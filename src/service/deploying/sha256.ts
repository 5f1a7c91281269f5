import { createHash } from 'node:crypto';

/** Lower-case hexadecimal SHA-256. */
export function sha256Of(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
