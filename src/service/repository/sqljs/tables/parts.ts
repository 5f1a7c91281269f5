import type { Journals } from '../journals';
import type { Store } from '../store';
import type { Contents } from '../contents';

/** What the parts of the repository are made of. */
export interface RepositoryParts {
  readonly store: Store;
  readonly contents: Contents;
  readonly journals: Journals;
  readonly now: () => Date;
  readonly newId: (prefix: string) => string;
}
