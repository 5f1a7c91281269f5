import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { eachPackageOnce } from '../../../core/packages/tenantCopy';
import { copyItems, type CopyItems } from '../../../protocol/page/copyToTenants';
import type { PageSubject } from '../../../protocol/page/page';

/** What the command gives the page. */
export const copyIntent = v.object({
  items: copyItems,
  /** The tenant that the packages were dropped on: it is ticked. */
  tenantId: v.optional(v.string()),
});
export interface CopyIntent {
  readonly items: CopyItems;
  readonly tenantId?: string;
}

/** The packages of a command, in one order whatever the order they were selected in. */
export function copyItemsOf(packages: readonly { readonly id: string; readonly tenantId: string }[]): CopyItems {
  return eachPackageOnce(packages).map(({ id, tenantId }) => ({ id, tenantId })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The page of a set of packages: one for each set. A single package names itself, several are named by what they are together. */
export function copySubject(items: CopyItems): PageSubject {
  const [first, ...more] = items;
  if (first !== undefined && more.length === 0) return { id: first.id, tenantId: first.tenantId };
  const all = createHash('sha256');
  for (const { id, tenantId } of items) all.update(`${tenantId}/${id}\n`);
  return { id: `set-${all.digest('hex').slice(0, 40)}` };
}

/** The single package that a page is about; undefined: it is about several. */
export function singleItem({ id, tenantId }: PageSubject): CopyItems | undefined {
  return id === undefined || tenantId === undefined ? undefined : [{ id, tenantId }];
}
