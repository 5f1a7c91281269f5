import * as v from 'valibot';
import type { PackageDetails, PackageFile, PackageSummary } from '../../core/packages/model';
import { method } from '../method';
import { byId, groupName, id, lines } from '../fields';

export const packageMethods = {
  'packages/list': method<{ tenantId?: string | undefined }, readonly PackageSummary[]>(v.strictObject({ tenantId: v.optional(id) })),
  'packages/get': method<{ id: string; tenantId?: string | undefined }, PackageDetails>(v.strictObject({ id, tenantId: v.optional(id) })),
  'packages/files': method<{ id: string }, readonly PackageFile[]>(byId),
  /** Changes group or description of one tenant's view of a package. */
  'packages/edit': method<{ id: string; tenantId: string; group?: string | undefined; description?: string | undefined }, PackageSummary>(
    v.strictObject({ id, tenantId: id, group: v.optional(groupName), description: v.optional(lines) }),
  ),
  'packages/delete': method<{ id: string; tenantId: string }, null>(v.strictObject({ id, tenantId: id })),
} as const;
