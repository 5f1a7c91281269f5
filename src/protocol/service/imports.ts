import * as v from 'valibot';
import type { PackageInspection } from '../../core/packages/inspection';
import type { ImportRecord } from '../../core/packages/model';
import { method } from '../method';
import { byId, groupName, name, nothing, text } from '../fields';

export const importMethods = {
  /** Starts an import and answers at once with its record; progress comes as `changed` events. */
  'imports/start': method<{ path: string; tenant?: string | undefined; group?: string | undefined }, ImportRecord>(
    v.strictObject({ path: v.pipe(text, v.minLength(1)), tenant: v.optional(name), group: v.optional(groupName) }),
  ),
  /** Reads an archive as an import would and says what it is; keeps nothing. Percents come as `importInspection`; taking the request back ends it. */
  'imports/inspect': method<{ path: string }, PackageInspection>(v.strictObject({ path: v.pipe(text, v.minLength(1)) })),
  /** Running and failed imports; complete ones are packages. */
  'imports/list': method<object, readonly ImportRecord[]>(nothing),
  /** Answers when the import has ended, in whatever way. */
  'imports/wait': method<{ id: string }, ImportRecord>(byId),
  'imports/cancel': method<{ id: string }, null>(byId),
  'imports/retry': method<{ id: string }, ImportRecord>(byId),
  'imports/dismiss': method<{ id: string }, null>(byId),
} as const;
