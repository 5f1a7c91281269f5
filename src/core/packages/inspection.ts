import type { ErrorData } from '../errors';
import type { PackageIdentity } from './identity';
import type { ImportSource } from './importSource';
import type { PackageKind, PackageTemplate } from './model';
import type { PackageNote } from './notes';

/** What an archive is, found by reading it as an import does, with nothing kept. */
export interface PackageInspection {
  readonly identity: PackageIdentity;
  readonly nickname: string;
  readonly kind: PackageKind;
  readonly templates: readonly PackageTemplate[];
  /** Bytes of the archive, or of what an import makes of a folder. */
  readonly size: number;
  /** Ids of the tenants that hold a package of this identity already. */
  readonly presentIn: readonly string[];
  /** What a person should know, and what does not keep it from being imported; absent when there is nothing. */
  readonly notes?: readonly PackageNote[];
}

/** What is known of a source that a person has chosen. */
export type SourceFinding = { readonly source: ImportSource } & (
  /** `percent` is unknown until the file has been opened. */
  | { readonly state: 'reading'; readonly percent?: number }
  | { readonly state: 'recognized'; readonly package: PackageInspection }
  | { readonly state: 'refused'; readonly error: ErrorData }
  /** A person did not want to wait. The import reads it all the same. */
  | { readonly state: 'notRead' }
);
