import { configServersOfGax } from '../configuration/gaxApplication';
import type { Host } from '../hosts/model';
import { environmentTenant, type PackageDetails, type Tenant } from '../packages/model';
import { orderInputs } from './draftOrder';
import { inputsForHost } from './hostInputs';
import type {
  ApplicationEdit, ApplicationObject, ApplicationParameters, DeploymentInputs, DeploymentOrder, DeploymentProfile, HostApplication, HostValue, ReplacedDeployment, SilentIniKey, SilentIniValue,
} from './model';
import { applicationNameFor } from './plan';
import { plugInDraft } from './plugInDraft';
import type { PackageQuestion } from './questions';
import { replacedOn, type ChosenReplaced, type Replaceable } from './replaceable';

/** The steps of the deploy wizard, in their order. */
export const deploySteps = ['introduction', 'hosts', 'application', 'silentIni', 'summary', 'progress'] as const;
export type DeployStep = (typeof deploySteps)[number];

/** The deployment that values were taken over from. */
export interface FilledFrom {
  readonly deploymentId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly hostNames: readonly string[];
}

/** What was entered in a deploy wizard and is not yet run. Never holds a secret. */
export interface DeployDraft {
  readonly step: DeployStep;
  /** The last step that was shown; all before it can be gone to. */
  readonly furthest: DeployStep;
  readonly hostIds: readonly string[];
  /** Names that differ from the default one. */
  readonly hostApplications: readonly HostApplication[];
  /** Only what was entered; the rest has its default. */
  readonly application: Partial<ApplicationParameters>;
  readonly skipReinstallation: boolean;
  /** silent.ini values that differ from the package's own file. */
  readonly values: readonly SilentIniValue[];
  /** Values of single hosts; they win over `values`. */
  readonly hostValues: readonly HostValue[];
  /** Answers to those questions of the package that are about options of the application object. */
  readonly options: readonly SilentIniValue[];
  /** Absent: install. */
  readonly profile?: DeploymentProfile | undefined;
  /** Upgrade and roll back: what takes the place of what, for the hosts whose values were filled in. */
  readonly replaces?: readonly ChosenReplaced[] | undefined;
  /** Values of the application object that were entered in the plan. */
  readonly applicationEdits?: readonly ApplicationEdit[] | undefined;
  /** Absent: all hosts at once. */
  readonly order?: DeploymentOrder | undefined;
  /** Absent or 0: the others go on. */
  readonly stopAfterFailures?: number | undefined;
  readonly filledFrom?: FilledFrom | undefined;
  /** Set once it runs. */
  readonly deploymentId?: string | undefined;
  /** The hosts whose application object did not exist when it was started; a run that has ended has made them. */
  readonly createdOn?: readonly string[] | undefined;
}

/** What the wizard shows of the package. */
export type DeployPackage = Omit<PackageDetails, 'silentIni'> & { readonly silentIni: string };

/** A host as the wizard needs it. */
export interface DeployHost extends Pick<Host, 'id' | 'name' | 'system'> {
  /** What it has that may be replaced; absent for an installation, which replaces nothing. */
  readonly replaceable?: readonly Replaceable[];
}

export type KnownApplication = Pick<ApplicationObject, 'name' | 'hostId' | 'type' | 'tenantId' | 'state' | 'workingDirectory' | 'commandLine' | keyof ApplicationParameters>;

/** What the rules of a draft need beside it. */
export interface DraftContext {
  readonly package: DeployPackage;
  readonly hosts: ReadonlyMap<string, DeployHost>;
  readonly applications: readonly KnownApplication[];
  readonly tenants: readonly Tenant[];
  readonly questions: readonly PackageQuestion[];
  /** The keys whose value lies in the secret store. */
  readonly savedSecrets: readonly SilentIniKey[];
}

export function emptyDraft(hostIds: readonly string[] = [], profile: DeploymentProfile = 'install'): DeployDraft {
  return {
    step: 'introduction', furthest: 'introduction', hostIds, hostApplications: [], application: {}, skipReinstallation: false, values: [], hostValues: [], options: [],
    ...(profile !== 'install' && { profile }),
  };
}

export function profileOf({ profile = 'install' }: Pick<DeployDraft, 'profile'>): DeploymentProfile {
  return profile;
}

/** Takes over what was entered for an earlier deployment: everything but its hosts. */
export function fillIn(draft: DeployDraft, from: FilledFrom, inputs: DeploymentInputs): DeployDraft {
  const { application } = inputs;
  const entered = Object.entries(application ?? {}).filter(([, value]) => value !== '');
  const { applicationEdits: _, ...others } = draft;
  const { applicationEdits = [], hostApplications: named = [] } = inputs;
  // One name for all hosts, as the command line gives it, is a name of each.
  const unnamed = inputs.applicationName === '' ? [] : inputs.hostIds.filter((id) => !named.some(({ hostId }) => hostId === id));
  return {
    ...others,
    hostApplications: [...named, ...unnamed.map((hostId) => ({ hostId, name: inputs.applicationName }))],
    application: Object.fromEntries(entered),
    skipReinstallation: inputs.skipReinstallation === true,
    values: inputs.values,
    hostValues: inputs.hostValues ?? [],
    options: inputs.options ?? [],
    ...(applicationEdits.length > 0 && { applicationEdits }),
    filledFrom: from,
  };
}

/** Goes back to what the package says by itself. Hosts, what is replaced on them, and steps stay. */
export function clearFilledIn({ step, furthest, hostIds, profile, replaces, order, stopAfterFailures }: DeployDraft): DeployDraft {
  return { ...emptyDraft(hostIds, profile), step, furthest, ...(replaces && { replaces }), ...(order && { order }), ...(stopAfterFailures !== undefined && { stopAfterFailures }) };
}

/** Whether anything was entered that would be lost. */
export function isFilled(draft: DeployDraft): boolean {
  const { hostApplications, application, values, hostValues, options, applicationEdits = [], hostIds, skipReinstallation, filledFrom } = draft;
  const lists = [hostApplications, values, hostValues, options, applicationEdits, Object.keys(application)];
  return hostIds.length > 0 || skipReinstallation || (filledFrom === undefined && lists.some(({ length }) => length > 0));
}

/** The name of the application object on a host, as entered or by default. */
export function applicationNameOf(draft: DeployDraft, item: Pick<DeployPackage, 'nickname'>, host: DeployHost): string {
  const own = draft.hostApplications.find(({ hostId }) => hostId === host.id);
  // A name that was emptied is wrong, not the default one.
  if (own !== undefined) return own.name.replaceAll('{host}', host.name);
  return replacedOnHost(draft, host)?.applicationName ?? applicationNameFor('', item.nickname, host.name);
}

/** What an upgrade or a roll back replaces on a host. */
export function replacedOnHost({ replaces = [] }: Pick<DeployDraft, 'replaces'>, { id, replaceable }: DeployHost): Replaceable | undefined {
  return replaceable && replacedOn(id, replaces, replaceable);
}

/** Whether the host has the application object, as the engine will ask. */
export function applicationExists(context: DraftContext, hostId: string, name: string): boolean {
  return context.applications.some((known) => known.hostId === hostId && known.name === name && known.state === 'enabled');
}

/** CfgAppType of Configuration Server. */
const configServerType = 21;

/**
 * The application parameters with their defaults (D4): what the application objects of the chosen hosts agree on; else the
 * tenant of the package, and the Configuration Servers of the GAX application object, where there is one. Empty where
 * existing objects differ: then each keeps its own.
 */
export function applicationParameters(draft: DeployDraft, context: DraftContext): ApplicationParameters {
  const objects = chosenObjects(draft, context);
  const ofGax = configServersOfGax(context.applications);
  const tenantName = (id: string): string => context.tenants.find((tenant) => tenant.id === id)?.name ?? environmentTenant.name;
  const { tenantObject, port, primaryServer, backupServer } = draft.application;
  return {
    tenantObject: tenantObject ?? common(objects.map((object) => object.tenantObject || tenantName(object.tenantId)), tenantName(context.package.tenantId)),
    port: port ?? (profileOf(draft) === 'install' ? '' : common(objects.map((object) => object.port), '')),
    primaryServer: primaryServer ?? common(objects.map((object) => object.primaryServer), ofGax.primaryServer),
    backupServer: backupServer ?? common(objects.map((object) => object.backupServer), ofGax.backupServer),
  };
}

/** What all say that say something; `otherwise` when none does, nothing when they differ. */
function common(values: readonly string[], otherwise: string): string {
  const [first = otherwise, ...others] = new Set(values.filter((value) => value !== ''));
  return others.length === 0 ? first : '';
}

/** The application objects that are changed on the chosen hosts: those under the names of the draft, or those that are replaced. */
function chosenObjects(draft: DeployDraft, context: DraftContext): readonly KnownApplication[] {
  return chosenHosts(draft, context).flatMap((host) => {
    const name = replacedOnHost(draft, host)?.applicationName ?? applicationNameOf(draft, context.package, host);
    return context.applications.find((known) => known.hostId === host.id && known.name === name && known.state === 'enabled') ?? [];
  });
}

/** The Configuration Servers that the repository knows, by type and by use. */
export function knownConfigServers({ applications }: Pick<DraftContext, 'applications'>): readonly string[] {
  const names = applications.flatMap(({ type, name, primaryServer, backupServer }) => [...(type === configServerType ? [name] : []), primaryServer, backupServer]);
  return [...new Set(names)].filter((name) => name !== '');
}

/** The chosen hosts that there still are, in the order of their choice. */
export function chosenHosts(draft: DeployDraft, context: Pick<DraftContext, 'hosts'>): readonly DeployHost[] {
  return draft.hostIds.flatMap((id) => context.hosts.get(id) ?? []);
}

/** What is sent to the service: names and values as they stand, and which keys have a saved secret. */
export function draftInputs(draft: DeployDraft, context: DraftContext): DeploymentInputs {
  const hosts = chosenHosts(draft, context);
  const chosen = new Set(hosts.map(({ id }) => id));
  const { applicationEdits = [] } = draft;
  const edits = applicationEdits.filter(({ hostId }) => hostId === undefined || chosen.has(hostId));
  const replaces = hosts.flatMap((host): readonly ReplacedDeployment[] => {
    const replaced = replacedOnHost(draft, host);
    return replaced === undefined ? [] : [{ hostId: host.id, deployedId: replaced.deployedId }];
  });
  const inputs: DeploymentInputs = {
    packageId: context.package.id,
    tenantId: context.package.tenantId,
    profile: profileOf(draft),
    hostIds: hosts.map(({ id }) => id),
    values: [...offered(context, 'silentIni', draft.values), ...draft.values],
    secretKeys: context.savedSecrets,
    applicationName: '',
    skipReinstallation: draft.skipReinstallation,
    application: applicationParameters(draft, context),
    options: [...offered(context, 'option', draft.options), ...draft.options],
    hostValues: draft.hostValues.filter(({ hostId }) => chosen.has(hostId)),
    hostApplications: hosts.map((host) => ({ hostId: host.id, name: applicationNameOf(draft, context.package, host) })),
    ...(profileOf(draft) !== 'install' && { replaces }),
    ...(edits.length > 0 && { applicationEdits: edits }),
    ...orderInputs(draft, hosts.length),
  };
  return context.package.kind === 'plug-in' ? plugInDraft(inputs, draft, context).inputs : inputs;
}

/** What the package's questions offer as answers and nobody changed: it is asked, so it is written, though the package's own file may lack it. */
function offered({ questions }: DraftContext, target: PackageQuestion['target'], entered: readonly SilentIniKey[]): readonly SilentIniValue[] {
  return questions.filter((question) => question.target === target && question.kind !== 'password' && question.value !== '')
    .filter(({ section, key }) => !entered.some((other) => other.section === section && other.key === key))
    .map(({ section, key, value }) => ({ section, key, value }));
}

/** The silent.ini values that hold for one host, or for all. */
export function valuesFor(draft: DeployDraft, context: DraftContext, hostId: string | undefined): readonly SilentIniValue[] {
  const inputs = draftInputs(draft, context);
  return hostId === undefined ? inputs.values : inputsForHost(inputs, hostId).values;
}

/** Enters a silent.ini value for all hosts, or for one; undefined takes back what was entered. */
export function enterValue(draft: DeployDraft, { section, key }: SilentIniKey, value: string | undefined, hostId?: string): DeployDraft {
  const isOther = (other: SilentIniKey): boolean => other.section !== section || other.key !== key;
  if (hostId === undefined) {
    const values = draft.values.filter(isOther);
    return { ...draft, values: value === undefined ? values : [...values, { section, key, value }] };
  }
  const hostValues = draft.hostValues.filter((other) => other.hostId !== hostId || isOther(other));
  return { ...draft, hostValues: value === undefined ? hostValues : [...hostValues, { hostId, section, key, value }] };
}

/** Answers a question about an option of the application object; undefined takes the answer back. */
export function enterOption(draft: DeployDraft, { section, key }: SilentIniKey, value: string | undefined): DeployDraft {
  const options = draft.options.filter((other) => other.section !== section || other.key !== key);
  return { ...draft, options: value === undefined ? options : [...options, { section, key, value }] };
}
