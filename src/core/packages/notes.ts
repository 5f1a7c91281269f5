import type { MessageArguments } from '../text/messages';

/** What a person should know of a package, and what did not keep it from being imported. */
export interface PackageNote {
  /**
   * `templatePartlyUnderstood`: its options are known, all but what stands in `line`. The last three are of a package whose
   * templates are files of their own.
   */
  readonly kind: 'templateNotUnderstood' | 'templatePartlyUnderstood' | 'templateVersion' | 'templateDefaults' | 'templateNotInPackage';
  /** Path of the file inside the package. */
  readonly path: string;
  /** The problem, with the arguments of its sentence; see `describeProblem`. */
  readonly problem?: string;
  readonly args: MessageArguments;
  /** Counted from 1; absent for a file that is no text. */
  readonly line?: number;
}

/** The names of the files that nothing could be made of, without their folders. */
export function filesNotUnderstood(notes: readonly PackageNote[] | undefined): readonly string[] {
  return (notes ?? []).filter(({ kind }) => kind === 'templateNotUnderstood').map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
}
