import * as v from 'valibot';
import type { HostForm, HostProblems } from '../../core/hosts/form';
import { installWays, type Host } from '../../core/hosts/model';
import type { ShownRoute } from '../../core/hosts/sshConfig/describeRoute';
import { method } from '../method';
import { pageContract } from './page';
import type { PageLock } from './packageDetails';

const text = v.pipe(v.string(), v.maxLength(5000));
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

export const hostForm: v.GenericSchema<unknown, HostForm> = v.strictObject({
  name: text, address: text, port: text, user: text, signIn: v.picklist(['sshConfig', 'agent', 'key', 'password']), keyFile: text,
  installAs: v.picklist(['default', ...installWays]), installUser: text, stagingFolder: text, lockFolder: text, tags: text, tenantId: v.union([v.literal(''), id]),
});

/** What was entered and is not saved, with the settings it began from. */
export const hostDraft = v.strictObject({ form: hostForm, base: hostForm });
export type HostDraft = v.InferOutput<typeof hostDraft>;

/** A host without what belongs to the service alone. */
export type ShownHost = Pick<Host, 'id'> & {
  /** What the host told it is, in the reader's words. */
  readonly system?: { readonly name: string; readonly release: string };
  readonly settings: HostForm;
  /** Tags that protect it. */
  readonly protectedBy: readonly string[];
  readonly contact?: { readonly state: NonNullable<Host['contact']>['state']; readonly at: string; readonly error?: { readonly code: string; readonly message: string } };
};

/** A tenant that may own the host. */
export interface HostTenant {
  readonly id: string;
  /** With the names of those above it. */
  readonly path: string;
}

/** How a host is reached, or what is wrong with the configuration that should say it. */
export type HostRoute = { readonly kind: 'read'; readonly route: ShownRoute } | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export type HostPageView =
  | {
      readonly kind: 'host';
      readonly host: ShownHost;
      /** Names that are taken. */
      readonly otherNames: readonly string[];
      /** The tenants that may be given the host, itself among them, in the order of their tree; only one: nothing to choose. */
      readonly tenants: readonly HostTenant[];
      /** This window tests the connection now. */
      readonly testing: boolean;
      /** The computer that connections come from. */
      readonly machine: string;
      /** This session has an SSH agent. */
      readonly hasAgent: boolean;
      /** How the host is reached by the SSH configuration as it is now, or why that is not known; absent: not read yet. */
      readonly route?: HostRoute;
      readonly lock?: PageLock;
      readonly offline: boolean;
    }
  | { readonly kind: 'gone'; readonly name?: string }
  | { readonly kind: 'offline' };

export type SaveOutcome =
  | { readonly outcome: 'saved' }
  /** Nothing was saved: the host is no longer what the form began from. */
  | { readonly outcome: 'changedElsewhere' }
  | { readonly outcome: 'wrong'; readonly problems: HostProblems };

const nothing = v.strictObject({});

/** The page on which a host is edited and its connection tested. */
export const hostPageContract = pageContract<{ readonly view: HostPageView }>()({
  'page/open': method<object, { readonly view: HostPageView; readonly draft: (HostDraft & { readonly savedAt: string }) | null }>(nothing),
  'draft/keep': method<{ draft: HostDraft | null }, null>(v.strictObject({ draft: v.nullable(hostDraft) })),
  /** Asks for a key file in the editor's dialog; null when the person turned back. */
  'keyFile/choose': method<object, { readonly path: string } | null>(nothing),
  'host/save': method<HostDraft, SaveOutcome>(hostDraft),
  /** Tests the saved settings. Answers when the test has ended; how it went is in the view. */
  'host/test': method<object, null>(nothing),
});

export type HostPageContract = typeof hostPageContract;
