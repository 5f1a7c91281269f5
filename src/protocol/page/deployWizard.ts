/** What the page of the deploy wizard and the extension say to each other. */
import * as v from 'valibot';
import { deploySteps, type DeployDraft, type DeployPackage, type FilledFrom, type KnownApplication } from '../../core/deployment/draft';
import { applicationTables, type DeploymentInputs, type DeploymentProfile, type SilentIniKey } from '../../core/deployment/model';
import { mostAtOnce } from '../../core/deployment/draftOrder';
import type { Replaceable } from '../../core/deployment/replaceable';
import type { HostContact, HostSystem } from '../../core/hosts/model';
import type { PackageFile, Tenant } from '../../core/packages/model';
import { method } from '../method';
import type { PackageQuestion } from '../../core/deployment/questions';
import type { HostPlanView } from '../../core/deployment/planView';
import { deployProgressMethods, type DeployProgressEvents } from './deployProgress';
import { pageContract, type PageError } from './page';

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'is no id'));
const text = v.pipe(v.string(), v.maxLength(4096), v.check((value) => !value.includes('\u0000'), 'holds a NUL character'));
const oneLine = v.pipe(text, v.regex(/^[^\r\n]*$/, 'must be one line'));
const name = v.pipe(oneLine, v.minLength(1), v.maxLength(255));
const silentIniKey = { section: name, key: name };
const most = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.maxLength(10_000));
const nothing = v.strictObject({});

export const deployDraft: v.GenericSchema<unknown, DeployDraft> = v.strictObject({
  step: v.picklist(deploySteps),
  furthest: v.picklist(deploySteps),
  hostIds: most(id),
  hostApplications: most(v.strictObject({ hostId: id, name: oneLine })),
  application: v.partial(v.strictObject({ tenantObject: oneLine, port: oneLine, primaryServer: oneLine, backupServer: oneLine })) as unknown as v.GenericSchema<unknown, DeployDraft['application']>,
  skipReinstallation: v.boolean(),
  values: most(v.strictObject({ ...silentIniKey, value: oneLine })),
  hostValues: most(v.strictObject({ hostId: id, ...silentIniKey, value: oneLine })),
  options: most(v.strictObject({ ...silentIniKey, value: oneLine })),
  profile: v.optional(v.picklist(['install', 'upgrade', 'rollBack'])),
  order: v.optional(v.variant('kind', [
    v.strictObject({ kind: v.literal('all') }), v.strictObject({ kind: v.literal('canary') }), v.strictObject({ kind: v.literal('batches'), size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostAtOnce)) }),
  ])),
  stopAfterFailures: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostAtOnce))),
  replaces: v.optional(most(v.strictObject({ hostId: id, applicationId: id }))),
  applicationEdits: v.optional(most(v.strictObject({ part: v.picklist(['field', ...applicationTables]), section: v.pipe(oneLine, v.maxLength(255)), key: name, value: oneLine, hostId: v.optional(id) }))),
  filledFrom: v.optional(v.strictObject({ deploymentId: id, at: v.pipe(v.string(), v.maxLength(40)), hostNames: most(oneLine) })),
  deploymentId: v.optional(id),
  createdOn: v.optional(most(id)),
});

/** One row of the host table. */
export interface HostRow {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly tags?: readonly string[];
  /** Those of them that protect it. */
  readonly protectedBy?: readonly string[];
  readonly system?: HostSystem;
  readonly contact?: Pick<HostContact, 'state' | 'at'>;
  /** The version of this product that is installed there. */
  readonly installed?: string;
  /** This window is testing the connection now. */
  readonly testing?: boolean;
  /** The deployment that works on the host now: its title. */
  readonly busy?: string;
  /** Upgrade and roll back: what it has of the product. */
  readonly replaceable?: readonly Replaceable[];
}

/** What was entered for an earlier deployment of this product. */
export interface Remembered {
  readonly from: FilledFrom;
  readonly inputs: DeploymentInputs;
}

export interface WizardStart {
  readonly package: DeployPackage;
  readonly profile: DeploymentProfile;
  /** The operating system that it needs, in words. */
  readonly system: string;
  /** The computer that connects to the hosts. */
  readonly machine: string;
  readonly draft: DeployDraft;
  /** When the draft was last changed, where it was kept from before. ISO 8601, UTC. */
  readonly draftOf?: string;
  readonly remembered: Remembered | null;
  readonly questions: readonly PackageQuestion[];
  readonly notUnderstood: readonly { readonly file: string; readonly line: number; readonly text: string }[];
  readonly tenants: readonly Tenant[];
  readonly hosts: readonly HostRow[];
  readonly applications: readonly KnownApplication[];
  /** Keys of silent.ini whose value lies in the secret store. */
  readonly savedSecrets: readonly SilentIniKey[];
  /** Made before, for the draft as it is. */
  readonly plan: WizardPlan | null;
}

/** What a host has where GAX is said to be. */
export interface GaxCheck {
  readonly directory: string;
  /** Absent: the host could not be asked, for this reason. */
  readonly isGax?: boolean;
  readonly version?: string;
  readonly error?: PageError;
}

/** What will happen, as the hosts themselves were asked. */
export interface WizardPlan {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Two plans with the same one say the same. */
  readonly hash: string;
  /** The service's hash of each host's own plan: with them the run is exactly that. */
  readonly parts: readonly string[];
  /** What stands against the inputs as a whole. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  readonly hosts: readonly PlannedHost[];
}

/** The plan of one host, its errors as sentences in the reader's language. */
export interface PlannedHost extends Omit<HostPlanView, 'error' | 'problems' | 'warnings'> {
  /** Why the host could not be asked. */
  readonly error?: PageError;
  readonly problems: readonly PageError[];
  readonly warnings: readonly PageError[];
}

export type FinishResult =
  | { readonly kind: 'started'; readonly deploymentId: string; readonly createdOn: readonly string[] }
  /** The plan was made anew and says something else than the one that was shown: Finish is to be pressed again. */
  | { readonly kind: 'changed'; readonly plan: WizardPlan };

export interface DeployWizardEvents {
  /** Rows that are new or differ, and ids of those that are gone. */
  readonly hosts: { readonly rows: readonly HostRow[]; readonly removed: readonly string[] };
  readonly applications: readonly KnownApplication[];
  readonly planning: { readonly done: number; readonly all: number };
  /** A command begins anew beside the deployment that was shown: load again. */
  readonly begin: null;
  /** A command wants these hosts chosen as well. */
  readonly choose: { readonly hostIds: readonly string[] };
}

const draftOnly = v.strictObject({ draft: deployDraft });

export const deployWizardMethods = {
  'wizard/load': method<object, WizardStart>(nothing),
  'wizard/keep': method<{ draft: DeployDraft }, null>(draftOnly),
  /** Cancel: asks where something was entered, then forgets the draft and closes the tab. */
  'wizard/cancel': method<object, null>(nothing),
  'wizard/close': method<object, null>(nothing),
  /** Forgets the draft after a question, and begins anew. */
  'wizard/startAgain': method<object, WizardStart>(nothing),
  'hosts/test': method<{ id: string }, null>(v.strictObject({ id })),
  /** Asks for a new host and tests it; the answer is its id. */
  'hosts/add': method<object, string>(nothing),
  /** Opens the page of a host, e.g. to look at its key. */
  'hosts/open': method<{ id: string }, null>(v.strictObject({ id })),
  /** What was entered for the last deployment to these hosts. */
  'remembered/get': method<{ hostIds: readonly string[] }, Remembered | null>(v.strictObject({ hostIds: most(id) })),
  /** Lets the person pick one of all known values; null when they turned back. */
  'values/browse': method<{ title: string; values: readonly string[] }, string | null>(v.strictObject({ title: name, values: most(oneLine) })),
  /** The one time that a secret leaves the page: it goes to the secret store of this computer. */
  'secrets/save': method<SilentIniKey & { value: string }, readonly SilentIniKey[]>(v.strictObject({ ...silentIniKey, value: v.pipe(oneLine, v.minLength(1)) })),
  'secrets/forget': method<SilentIniKey, readonly SilentIniKey[]>(v.strictObject(silentIniKey)),
  /** Opens silent.ini as it will be written, secrets masked, in an editor. */
  'silentIni/open': method<{ draft: DeployDraft; hostId?: string | undefined }, null>(v.strictObject({ draft: deployDraft, hostId: v.optional(id) })),
  /** Asks a host whether the GAX directory of a plug-in's draft is one; changes nothing. */
  'gax/check': method<{ draft: DeployDraft; hostId: string }, GaxCheck>(v.strictObject({ draft: deployDraft, hostId: id })),
  /** Every file that the package puts on a host. */
  'package/files': method<object, readonly PackageFile[]>(nothing),
  /** Contacts the hosts whose part of the last plan does not hold any more, or all of them `again`, and says what will happen; changes nothing. */
  'plan/make': method<{ draft: DeployDraft; again?: boolean | undefined }, WizardPlan>(v.strictObject({ draft: deployDraft, again: v.optional(v.boolean()) })),
  'task/save': method<{ draft: DeployDraft }, string>(draftOnly),
  /** Starts exactly the plan with this hash; `typed`: what was typed where hosts are protected. */
  'deployment/start': method<{ draft: DeployDraft; hash: string; typed?: string | undefined }, FinishResult>(
    v.strictObject({ draft: deployDraft, hash: v.pipe(v.string(), v.maxLength(128)), typed: v.optional(oneLine) }),
  ),
} as const;

/** The steps before the progress, and that of the progress. */
export const deployWizardContract = pageContract<DeployWizardEvents & DeployProgressEvents>()({ ...deployWizardMethods, ...deployProgressMethods });
export type DeployWizardContract = typeof deployWizardContract;
