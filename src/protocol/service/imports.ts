import * as v from 'valibot';
import type { PackageInspection } from '../../core/packages/inspection';
import type { ImportRecord } from '../../core/packages/model';
import { method } from '../method';
import { byId, groupName, id, name, nothing, text } from '../fields';

export interface ImportStartParams {
  path: string;
  tenant?: string | undefined;
  group?: string | undefined;
  replace?: boolean | undefined;
}

export const importMethods = {
  /**
   * Starts an import and answers at once with its record; progress comes as `changed` events. `tenant`: name or id. With
   * `replace` a package of the same identity gets this content, once that is stored whole.
   */
  'imports/start': method<ImportStartParams, ImportRecord>(v.strictObject({
    path: v.pipe(text, v.minLength(1)), tenant: v.optional(name), group: v.optional(groupName), replace: v.optional(v.boolean()),
  })),
  /** Reads an archive as an import would and says what it is; keeps nothing. Percents come as `importInspection`; taking the request back ends it. */
  'imports/inspect': method<{ path: string }, PackageInspection>(v.strictObject({ path: v.pipe(text, v.minLength(1)) })),
  /** Running and failed imports; complete ones are packages. */
  'imports/list': method<object, readonly ImportRecord[]>(nothing),
  /** Answers when the import has ended, in whatever way. */
  'imports/wait': method<{ id: string }, ImportRecord>(byId),
  'imports/cancel': method<{ id: string }, null>(byId),
  /** Begins a failed or stopped import anew, under a new id; with `replace` as `imports/start`. */
  'imports/retry': method<{ id: string; replace?: boolean | undefined }, ImportRecord>(v.strictObject({ id, replace: v.optional(v.boolean()) })),
  'imports/dismiss': method<{ id: string }, null>(byId),
} as const;
