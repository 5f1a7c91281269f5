import type { ErrorData } from '../errors';
import type { PackageIdentity } from './identity';

/** The saving of one copy of a package. Lives as long as the service; nothing of it is stored. */
export interface DownloadRecord {
  readonly id: string;
  readonly packageId: string;
  readonly tenantId: string;
  readonly identity: PackageIdentity;
  /** Absolute path of the copy on the service's machine. */
  readonly target: string;
  readonly state: 'running' | 'complete' | 'failed' | 'cancelled';
  /** Bytes of the copy; `total` is known from the start. */
  readonly bytes: { readonly done: number; readonly total: number };
  /** 0 to 100, a whole number. */
  readonly percent: number;
  readonly error?: ErrorData;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt?: string;
}
