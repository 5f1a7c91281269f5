/** Looking after the repository as a whole. All of it is long work: `repositoryProgress` tells how far it is, and taking the request back ends it. */
import * as v from 'valibot';
import type { RepositoryCopy, RepositoryRepair, RepositoryReport } from '../../core/repository/report';
import { nothing, text } from '../fields';
import { method } from '../method';

const path = v.pipe(text, v.minLength(1, 'is empty'));

export const upkeepMethods = {
  /** Reads every file of the repository and says what is wrong. Changes nothing. */
  'repository/check': method<object, RepositoryReport>(nothing),
  /** Checks, then puts into a quarantine folder what is damaged and what nobody needs. */
  'repository/repair': method<object, RepositoryRepair>(nothing),
  /** Writes the whole repository into one file, which `repository/import` reads. `target`: an absolute path on the service's machine. */
  'repository/export': method<{ target: string; overwrite?: boolean | undefined }, RepositoryCopy>(v.strictObject({ target: path, overwrite: v.optional(v.boolean()) })),
  /** Restores an exported repository into this one, which must be empty. The service ends afterwards: the next one opens what was restored. */
  'repository/import': method<{ source: string }, RepositoryCopy>(v.strictObject({ source: path })),
} as const;
