import type { ErrorData } from '../errors';
import type { PackageIdentity } from './identity';
import type { ImportSource } from './importSource';
import type { PackageKind } from './model';

/** A package that a search has found. */
export interface ScannedPackage {
  readonly source: ImportSource;
  readonly identity: PackageIdentity;
  readonly nickname: string;
  readonly kind: PackageKind;
  /** Bytes of the archive, or of the files. */
  readonly size: number;
  /** In the tenant that was asked for. */
  readonly presence: 'new' | 'identical' | 'present';
  /** Ids of the tenants that hold a package of this identity already. */
  readonly presentIn: readonly string[];
}

/** What looks like a package and cannot be imported. */
export interface UnreadableSource {
  readonly path: string;
  readonly error: ErrorData;
}

/** What the search of one place came to. */
export interface ScanResult {
  readonly foldersRead: number;
  readonly packages: readonly ScannedPackage[];
  readonly unreadable: readonly UnreadableSource[];
}
