import * as v from 'valibot';
import type { Column } from '../../core/packages/held';
import type { ListEntry } from '../../core/packages/list/order';
import type { PackageKind } from '../../core/packages/model';
import { method } from '../method';
import { pageContract, type PageReply } from './page';
import type { PageLock } from './packageDetails';

/** How a row stands, in the reader's words, with what its bar shows. */
export interface RowStatus {
  readonly state: 'done' | 'running' | 'queued' | 'failed' | 'stopped';
  readonly words: string;
  /** 0 to 100, while it is imported. */
  readonly percent?: number;
  /** An import that was refused since its package is there already. */
  readonly replaceable?: boolean;
  /** What was tried last with a package that is whole. */
  readonly deployment?: { readonly state: 'running' | 'failed' | 'unknown'; readonly words: string };
}

/** One row: a package as one tenant holds it, or an import that is no package yet. */
export interface ListRow extends ListEntry {
  /** The same as the id of its row in the tree. */
  readonly key: string;
  readonly kind: PackageKind | 'import';
  readonly status: RowStatus;
}

/** What can be done with rows; each is a command of the editor. */
export const listActions = ['copyToTenants', 'moveToGroup', 'download', 'delete', 'open'] as const;
export type ListAction = (typeof listActions)[number];

/** Actions that need a privilege in the tenant of each row. */
export type PrivilegedAction = 'copyToTenants' | 'moveToGroup' | 'delete';

/** A tenant whose packages are listed. */
export interface ListTenant {
  readonly id: string;
  readonly name: string;
  /** The sentences of what may not be done there, by action: which privilege is missing. */
  readonly forbidden: Readonly<Partial<Record<PrivilegedAction, string>>>;
}

/** Everything the page shows beside its rows. */
export interface ListState {
  /** In the order of their tree; those that are filtered out are left out. */
  readonly tenants: readonly ListTenant[];
  /** No tenant is filtered out. */
  readonly allTenants: boolean;
  /** There are tenants to choose from. */
  readonly choice: boolean;
  /** The sentence of what keeps from importing, when nothing else does. */
  readonly importForbidden?: string;
  readonly lock?: PageLock;
  /** Set while the service does not answer: when the rows were last right, ISO 8601 UTC. */
  readonly offlineSince?: string;
  /** While rows are still to come: how many there will be. */
  readonly expected?: number;
  /** Nothing is known yet, and the service does not answer. */
  readonly unknown: boolean;
}

/** What the rows of a package have in common, whichever tenant holds it. */
export type SharedRow = Pick<ListRow, 'kind' | 'name' | 'nickname' | 'version' | 'localeId' | 'system'> & { readonly id: string };

/** How a package stands, with its place among the states. */
export type PackageStatus = Pick<ListRow, 'status' | 'statusOrder'>;

/** Rows of one tenant, column by column: those that are new or differ, and the packages that are gone. */
export interface TenantRows {
  readonly tenantId: string;
  /** Of packages; what is shared of them has come before, or comes along. */
  readonly ids: readonly string[];
  readonly groups: Column<string>;
  readonly times: Column<string>;
  readonly statuses: Column<PackageStatus>;
  readonly gone: readonly string[];
}

/** Some of the rows: what is new or differs since the batch before. */
export interface RowBatch {
  readonly shared: readonly SharedRow[];
  readonly tenants: readonly TenantRows[];
  readonly imports: { readonly changed: readonly ListRow[]; readonly gone: readonly string[] };
}

const nothing = v.strictObject({});
const rowKey = v.pipe(v.string(), v.regex(/^(package:[\w-]{1,64}:[\w-]{1,64}|import:[\w-]{1,64})$/));
const pane = v.pipe(v.number(), v.integer(), v.minValue(1));

/** More than a repository of the largest site has. */
const mostRows = 250_000;

/** The list of packages, with the details of one of them beside it. */
export const packageListContract = pageContract<{
  readonly state: ListState;
  readonly rows: RowBatch;
  /** What the host of the details says to them. */
  readonly details: { readonly pane: number; readonly reply: PageReply };
}>()({
  /** The first rows; all others follow as events. */
  'list/open': method<object, { readonly state: ListState; readonly rows: RowBatch }>(nothing),
  'list/refresh': method<object, null>(nothing),
  /** Opens the tenant directory. */
  'list/chooseTenants': method<object, null>(nothing),
  'list/import': method<object, null>(nothing),
  /** Runs a command on rows. */
  'rows/act': method<{ action: ListAction; keys: string[] }, null>(
    v.strictObject({ action: v.picklist(listActions), keys: v.pipe(v.array(rowKey), v.minLength(1), v.maxLength(mostRows)) }),
  ),
  /** Begins the details of a row; what belongs to an earlier pane is not heard any more. */
  'details/open': method<{ pane: number; key: string }, null>(v.strictObject({ pane, key: rowKey })),
  'details/close': method<object, null>(nothing),
  /** What the details say to their host; checked there as on a page of their own. */
  'details/say': method<{ pane: number; message?: unknown }, null>(v.strictObject({ pane, message: v.unknown() })),
});

export type PackageListContract = typeof packageListContract;
