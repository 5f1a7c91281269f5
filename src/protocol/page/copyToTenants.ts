import * as v from 'valibot';
import type { CopyPackage, CopyProblem, CopyTenant } from '../../core/packages/tenantCopy';
import { method } from '../method';
import { pageContract } from './page';
import type { PageLock } from './packageDetails';

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
/** As many as one request of the service takes. */
const mostPackages = 20_000;
const mostTargets = 5000;
const tenantIds = v.pipe(v.array(id), v.maxLength(mostTargets));

export const copySteps = ['tenants', 'review'] as const;
export type CopyStep = (typeof copySteps)[number];

/** What a person has chosen, and where the wizard stands. */
export const copyDraft = v.strictObject({ tenantIds, step: v.picklist(copySteps) });
export type CopyDraft = v.InferOutput<typeof copyDraft>;

/** Packages as tenants hold them. */
export const copyItems = v.pipe(v.array(v.strictObject({ id, tenantId: id })), v.minLength(1), v.maxLength(mostPackages));
export type CopyItems = v.InferOutput<typeof copyItems>;

/** A draft with what it is about: the page of several packages knows them from here after a reload. */
export const keptCopy = v.strictObject({ items: copyItems, draft: copyDraft });
export type KeptCopy = v.InferOutput<typeof keptCopy>;

/** A tenant as a line of the tree. */
export interface TenantRow extends CopyTenant {
  /** How deep it lies below the first level. */
  readonly depth: number;
}

/** Everything the wizard shows that a person did not choose in it. */
export type CopyView =
  | {
      readonly kind: 'copy';
      readonly packages: readonly CopyPackage[];
      /** Packages that the wizard was opened for and that were deleted since. */
      readonly gone: number;
      readonly tenants: readonly TenantRow[];
      readonly lock?: PageLock;
      readonly offline: boolean;
    }
  /** None of the packages is there any more. */
  | { readonly kind: 'gone' }
  /** Nothing is known yet, and the service does not answer. */
  | { readonly kind: 'offline' };

/** What became of one package in one tenant; named as both were called then. */
export interface CopyResultRow {
  readonly id: string;
  readonly package: string;
  readonly tenantId: string;
  readonly tenant: string;
  readonly outcome: 'copied' | 'present' | 'failed';
  readonly error?: { readonly code: string; readonly message: string };
}

/** The page as it begins, or begins anew. */
export interface CopyStart {
  readonly draft: CopyDraft;
  /** When a draft of earlier was last changed; null: it is a new one. */
  readonly draftOf: string | null;
  /** The copy that was made, until the page is closed or asked for once more. */
  readonly result: readonly CopyResultRow[] | null;
}

/** Either what was done, or why nothing was. */
export type FinishedCopy =
  | { readonly outcome: 'done'; readonly result: readonly CopyResultRow[] }
  | { readonly outcome: 'wrong'; readonly problems: readonly CopyProblem[] };

const nothing = v.strictObject({});

/** The wizard that copies packages to tenants. */
export const copyToTenantsContract = pageContract<{
  readonly view: CopyView;
  /** The command was called once more. */
  readonly start: CopyStart;
}>()({
  'page/open': method<object, { readonly view: CopyView; readonly start: CopyStart }>(nothing),
  'draft/keep': method<{ draft: CopyDraft }, null>(v.strictObject({ draft: copyDraft })),
  /** The draft is given up for an empty one, after a question when something was chosen. */
  'draft/startAgain': method<object, CopyStart>(nothing),
  /** Gives up the draft, after a question when something was chosen, and closes the page. */
  'draft/cancel': method<object, null>(nothing),
  /** Copies. Nothing is done unless the choice is right by what the host knows. */
  'copy/finish': method<{ tenantIds: string[] }, FinishedCopy>(v.strictObject({ tenantIds: v.pipe(tenantIds, v.minLength(1)) })),
  'page/close': method<object, null>(nothing),
  'trust/manage': method<object, null>(nothing),
  'service/connect': method<object, null>(nothing),
});
export type CopyToTenantsContract = typeof copyToTenantsContract;
