import * as v from 'valibot';
import type { CopyOutcome, PackagePlace, PackageUses } from '../../core/packages/copy';
import type { GroupCount, HeldColumns, HeldPackage, SharedPackage } from '../../core/packages/held';
import type { PackageDetails, PackageFile, PackageSummary, PackageTemplates } from '../../core/packages/model';
import { byId, groupName, id, lines, nothing, text } from '../fields';
import { method } from '../method';

/** Packages, and tenants, of one request. */
const mostItems = 20_000;
const mostTargets = 5000;

const place = v.strictObject({ id, tenantId: id });
const places = v.pipe(v.array(place), v.minLength(1, 'names no package'), v.maxLength(mostItems));

/** Packages that one request reads. */
export const packagePage = 2500;

/** Some of the packages of a tenant, by group and id. */
export interface HeldPage {
  readonly held: HeldColumns;
  /** Set when there are more: where they go on. */
  readonly next?: Pick<HeldPackage, 'group' | 'packageId'>;
}

/** What became of packages since a revision. */
export type PackageChanges = { readonly revision: string } & (
  /** Too much has changed, or too long ago, to be named: all is to be read anew. */
  | { readonly whole: true }
  | {
    readonly whole: false;
    /** Where something may differ: what is not named of it below is not there any more. */
    readonly places: readonly PackagePlace[];
    readonly packages: readonly SharedPackage[];
    readonly held: readonly { readonly tenantId: string; readonly held: HeldColumns }[];
  });

export interface PackageEditParams {
  id: string;
  tenantId: string;
  group?: string | undefined;
  description?: string | undefined;
  known?: { group?: string | undefined; description?: string | undefined } | undefined;
}

export const packageMethods = {
  /** How many packages there are, group by group, and the revision to ask for changes from. */
  'packages/groups': method<object, { readonly revision: string; readonly groups: readonly GroupCount[] }>(nothing),
  /** How one tenant holds its packages, a page at a time, the first one short: somebody waits for something to see. What tenants share of them is asked for once: `packages/shared`. */
  'packages/held': method<{ tenantId: string; after?: { group: string; packageId: string } | undefined }, HeldPage>(
    v.strictObject({ tenantId: id, after: v.optional(v.strictObject({ group: text, packageId: id })) }),
  ),
  /** What is the same in all tenants that hold a package. What is gone is left out. */
  'packages/shared': method<{ ids: string[] }, readonly SharedPackage[]>(v.strictObject({ ids: v.pipe(v.array(id), v.maxLength(packagePage)) })),
  'packages/changes': method<{ since: string }, PackageChanges>(v.strictObject({ since: text })),
  /** All at once: for one tenant, or where there are few. */
  'packages/list': method<{ tenantId?: string | undefined }, readonly PackageSummary[]>(v.strictObject({ tenantId: v.optional(id) })),
  'packages/get': method<{ id: string; tenantId?: string | undefined }, PackageDetails>(v.strictObject({ id, tenantId: v.optional(id) })),
  'packages/files': method<{ id: string }, readonly PackageFile[]>(byId),
  /** The templates of all packages, each package once however many tenants hold it; packages without a template are left out. */
  'templates/list': method<object, readonly PackageTemplates[]>(nothing),
  /**
   * Changes group or description of one tenant's view of a package. With `known`, what the person saw before: refused with
   * `access/edited-meanwhile` (who, when, and `stored`: what is there now) when somebody else has changed it since.
   */
  'packages/edit': method<PackageEditParams, PackageSummary>(v.strictObject({
    id, tenantId: id, group: v.optional(groupName), description: v.optional(lines),
    known: v.optional(v.strictObject({ group: v.optional(groupName), description: v.optional(lines) })),
  })),
  /** Puts packages into a group, all of them or none; a name that does not exist makes the group. */
  'packages/move': method<{ items: { id: string; tenantId: string }[]; group: string }, null>(v.strictObject({ items: places, group: groupName })),
  /** Renames a group of one tenant; when there is one of the new name the two become one. */
  'groups/rename': method<{ tenantId: string; group: string; newName: string }, null>(v.strictObject({ tenantId: id, group: groupName, newName: groupName })),
  /** Lets tenants hold packages, each with group and description of where it comes from. A target that is refused does not keep the others out. */
  'packages/copyToTenants': method<{ items: { id: string; tenantId: string }[]; tenantIds: string[] }, readonly CopyOutcome[]>(v.strictObject({
    items: places, tenantIds: v.pipe(v.array(id), v.minLength(1, 'names no tenant'), v.maxLength(mostTargets)),
  })),
  /** What deleting the package from this tenant would touch, for the question before it. */
  'packages/uses': method<{ id: string; tenantId: string }, PackageUses>(place),
  /** Removes a package from a tenant, or from all that hold it: then the right is needed in each. */
  'packages/delete': method<{ id: string; tenantId: string; allTenants?: boolean | undefined }, null>(
    v.strictObject({ id, tenantId: id, allTenants: v.optional(v.boolean()) }),
  ),
} as const;
