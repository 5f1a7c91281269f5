import type { ErrorData } from '../errors';
import type { PackageIdentity } from './identity';
import type { ImportSource } from './importSource';
import type { PackageKind } from './model';

/** The ways of importing whose packages are looked for at a path. Of a file it is found out which of `archive` and `support-archives` fits. */
export const scanMethodIds = ['archive', 'directory', 'repository', 'support-archives'] as const;
export type ScanMethod = (typeof scanMethodIds)[number];

/** A package that was found at a path, by its description; an import may still refuse it for what only reading all of it shows. */
export interface ScannedPackage {
  readonly source: ImportSource;
  readonly identity: PackageIdentity;
  readonly nickname: string;
  /** Of a tar.gz as far as it was read. */
  readonly kind: PackageKind;
  /** Bytes of the archive, or of all files of a folder. */
  readonly size: number;
  /** In the tenant that was asked for: `identical` is said only where the whole content was compared. */
  readonly presence: 'new' | 'identical' | 'present';
  /** Ids of all tenants that hold a package of this identity. */
  readonly presentIn: readonly string[];
}

/** What looks like a package, or could not be looked into. */
export interface UnreadableSource {
  readonly path: string;
  readonly error: ErrorData;
}

/** What has been found since the last time it was told. */
export interface ScanProgress {
  readonly path: string;
  readonly foldersRead: number;
  readonly found: readonly ScannedPackage[];
  readonly unreadable: readonly UnreadableSource[];
}

export interface ScanResult {
  readonly method: ScanMethod;
  readonly path: string;
  readonly foldersRead: number;
  readonly packages: readonly ScannedPackage[];
  readonly unreadable: readonly UnreadableSource[];
  /** There was more than can be listed. */
  readonly stopped: boolean;
}
