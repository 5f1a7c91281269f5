/** What can be wrong with the files of a repository. Stable: scripts read them. */
export const repositoryProblemCodes = [
  'volume-missing', 'volume-damaged', 'content-damaged', 'volume-orphaned', 'file-unfinished', 'file-foreign',
  'image-damaged', 'log-damaged', 'state-damaged', 'catalogue-damaged', 'reference-broken', 'journal-damaged', 'journal-missing', 'journal-orphaned',
] as const;
export type RepositoryProblemCode = (typeof repositoryProblemCodes)[number];

/** One thing that is wrong with a repository. */
export interface RepositoryProblem {
  readonly code: RepositoryProblemCode;
  /** `error`: something is lost or cannot be used. `warning`: something is there that nobody needs. */
  readonly severity: 'error' | 'warning';
  /** The file, below the repository's folder, `/` as separator. */
  readonly file?: string;
  /** Names of the packages that cannot be used because of it. */
  readonly packages?: readonly string[];
  /** The deployment whose log it is, or the row of the catalogue. */
  readonly subject?: string;
  /** Where in the file, in bytes. */
  readonly offset?: number;
  /** SQLite's own words. */
  readonly detail?: string;
}

/** What a check has found. */
export interface RepositoryReport {
  /** Errors first. */
  readonly problems: readonly RepositoryProblem[];
  readonly checked: {
    readonly packages: number;
    readonly files: number;
    /** Bytes of stored archives that were read and hashed. */
    readonly bytes: number;
  };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
}

/** What a repair has done. */
export interface RepositoryRepair {
  /** What was wrong and is set right: everything concerned lies in `quarantine`. */
  readonly repaired: readonly RepositoryProblem[];
  /** What could not be set right. */
  readonly left: readonly RepositoryProblem[];
  /** Packages that were taken out of the lists; they can be imported again. */
  readonly packages: readonly string[];
  /** Absolute path of the folder that holds what was taken out, with `report.json`; absent when nothing was. */
  readonly quarantine?: string;
}

/** What an export wrote, or an import restored. */
export interface RepositoryCopy {
  /** Absolute path of the exported file. */
  readonly file: string;
  /** Of that file. */
  readonly bytes: number;
  readonly packages: number;
  readonly hosts: number;
  readonly deployments: number;
  /** When the copy was made; ISO 8601, UTC. */
  readonly at: string;
}

/** How far a long work on the repository is. */
export interface RepositoryProgress {
  readonly work: 'check' | 'repair' | 'export' | 'import';
  /** 0 to 100, a whole number; never falls. */
  readonly percent: number;
}

/** Puts errors before warnings, and each kind by file. */
export function sortProblems(problems: readonly RepositoryProblem[]): RepositoryProblem[] {
  const key = ({ severity, code, file = '', subject = '' }: RepositoryProblem): string => `${severity} ${repositoryProblemCodes.indexOf(code)} ${file} ${subject}`;
  return [...problems].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
