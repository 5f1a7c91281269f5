import * as v from 'valibot';
import type { PackageInspection } from '../../core/packages/inspection';
import type { ImportSettings } from '../../core/packages/importLimits';
import type { ImportSource } from '../../core/packages/importSource';
import type { ImportRecord } from '../../core/packages/model';
import { scanMethodIds, type ScanMethod, type ScanResult } from '../../core/packages/scan';
import type { MountMap } from '../../core/packages/uncPath';
import { method } from '../method';
import { byId, groupName, id, importSettings, importSource, mountMap, name, named, nothing } from '../fields';

export interface ImportStartParams {
  source: ImportSource;
  mounts?: MountMap | undefined;
  settings?: ImportSettings | undefined;
  tenant?: string | undefined;
  group?: string | undefined;
  replace?: boolean | undefined;
}

export interface ImportScanParams {
  method?: ScanMethod | undefined;
  path: string;
  tenant?: string | undefined;
  mounts?: MountMap | undefined;
}

export const importMethods = {
  /**
   * Starts an import and answers at once with its record, `source` as it was given; a network path is read where `mounts` says; progress comes as `changed` events. `tenant`: name or id. With
   * `replace` a package of the same identity gets this content, once that is stored whole.
   */
  'imports/start': method<ImportStartParams, ImportRecord>(v.strictObject({
    source: importSource, mounts: v.optional(mountMap), settings: v.optional(importSettings), tenant: v.optional(name), group: v.optional(groupName), replace: v.optional(v.boolean()),
  })),
  /** Reads a source as an import would and says what it is; keeps nothing. Percents come as `importInspection`; taking the request back ends it. */
  'imports/inspect': method<{ source: ImportSource; mounts?: MountMap | undefined; settings?: ImportSettings | undefined }, PackageInspection>(
    v.strictObject({ source: importSource, mounts: v.optional(mountMap), settings: v.optional(importSettings) }),
  ),
  /**
   * Looks for packages at a path, live: what is found comes as `importScan`; taking the request back ends it. `tenant`: the
   * one that `presence` speaks of. Of each package its description is read, no more: an import may still refuse it.
   */
  'imports/scan': method<ImportScanParams, ScanResult>(v.strictObject({
    method: v.optional(v.picklist(scanMethodIds)), path: named, tenant: v.optional(name), mounts: v.optional(mountMap),
  })),
  /** Running and failed imports; complete ones are packages. */
  'imports/list': method<object, readonly ImportRecord[]>(nothing),
  /** Answers when the import has ended, in whatever way. */
  'imports/wait': method<{ id: string }, ImportRecord>(byId),
  'imports/cancel': method<{ id: string }, null>(byId),
  /** Begins a failed or stopped import anew, under a new id; with `replace` as `imports/start`. */
  'imports/retry': method<{ id: string; replace?: boolean | undefined }, ImportRecord>(v.strictObject({ id, replace: v.optional(v.boolean()) })),
  'imports/dismiss': method<{ id: string }, null>(byId),
} as const;
