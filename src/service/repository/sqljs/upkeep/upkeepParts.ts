import type { SqlJsStatic } from 'sql.js';
import type { ServiceLog } from '../../../serviceLog';
import type { CatalogueFolder } from '../catalogueFolder';
import type { DurableFiles } from '../durableFiles';
import type { Journals } from '../journals';
import type { Store } from '../store';
import type { Volumes } from '../volumes';

/** What looking after the files of a repository needs of it. */
export interface UpkeepParts {
  readonly store: Store;
  readonly volumes: Volumes;
  readonly journals: Journals;
  readonly files: DurableFiles;
  readonly sql: SqlJsStatic;
  /** Holds the folders below and `quarantine`. */
  readonly folder: string;
  readonly catalogueFolder: CatalogueFolder;
  readonly volumeFolder: string;
  readonly journalFolder: string;
  readonly now: () => Date;
  readonly log: ServiceLog;
  /** Ids of packages that a running deployment needs. */
  readonly packagesInUse: () => Promise<ReadonlySet<string>>;
}

/** Lets others have their turn. */
export function nextSlice(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    });
  });
}
