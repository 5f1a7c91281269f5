import * as v from 'valibot';
import { applicationTables, type DeployedPackage, type Deployment, type DeploymentEvent, type Installation } from '../../core/deployment/model';
import { mostParallelHosts } from '../../core/deployment/order';
import type { DeploymentPlan } from '../../core/deployment/planView';
import type { DeployProfiles } from '../../core/deployment/profiles';
import type { Verification } from '../../core/deployment/verification';
import type { PackageQuestions } from '../../core/deployment/questions';
import type { SilentIniField } from '../../core/formats/silentIni/form';
import { method } from '../method';
import { byId, id, name, nothing, text } from '../fields';

const silentIniKey = { section: name, key: name };
const oneLine = v.pipe(text, v.regex(/^[^\r\n]*$/, 'must be one line'));
const objectName = v.pipe(oneLine, v.trim(), v.maxLength(255));

/** More than the largest site has; what is longer comes from nobody's hand. */
const mostHosts = 5000;
const mostValues = 2000;
const mostHostValues = 50_000;

const applicationParameters = v.strictObject({
  tenantObject: objectName,
  port: v.pipe(oneLine, v.trim(), v.check((value) => value === '' || (/^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535), 'must be a port from 1 to 65535')),
  primaryServer: objectName,
  backupServer: objectName,
});

/** Locks of other repositories' deployments that a person has decided to take over: all that are met, or those named. */
const takeOverLocks = v.optional(v.union([v.literal('all'), v.pipe(v.array(v.strictObject({ hostId: id, deployment: v.pipe(text, v.maxLength(200)) })), v.maxLength(mostHosts))]));

export const deploymentInputs = v.strictObject({
  packageId: id,
  tenantId: id,
  profile: v.picklist(['install', 'upgrade', 'rollBack']),
  hostIds: v.pipe(v.array(id), v.minLength(1, 'names no host'), v.maxLength(mostHosts), v.readonly()),
  values: v.pipe(v.array(v.strictObject({ ...silentIniKey, value: oneLine })), v.maxLength(mostValues), v.readonly()),
  secretKeys: v.pipe(v.array(v.strictObject(silentIniKey)), v.maxLength(mostValues), v.readonly()),
  applicationName: v.pipe(text, v.maxLength(255)),
  skipReinstallation: v.optional(v.boolean()),
  application: v.optional(applicationParameters),
  options: v.optional(v.pipe(v.array(v.strictObject({ ...silentIniKey, value: oneLine })), v.maxLength(mostValues), v.readonly())),
  hostValues: v.optional(v.pipe(v.array(v.strictObject({ hostId: id, ...silentIniKey, value: oneLine })), v.maxLength(mostHostValues), v.readonly())),
  hostApplications: v.optional(v.pipe(v.array(v.strictObject({ hostId: id, name: objectName })), v.maxLength(mostHosts), v.readonly())),
  replaces: v.optional(v.pipe(v.array(v.strictObject({ hostId: id, deployedId: id })), v.maxLength(mostHosts), v.readonly())),
  applicationEdits: v.optional(v.pipe(
    v.array(v.strictObject({ part: v.picklist(['field', ...applicationTables]), section: oneLine, key: name, value: oneLine, hostId: v.optional(id) })), v.maxLength(mostHostValues), v.readonly(),
  )),
  order: v.optional(v.variant('kind', [
    v.strictObject({ kind: v.literal('all') }),
    v.strictObject({ kind: v.literal('canary') }),
    v.strictObject({ kind: v.literal('batches'), size: v.pipe(v.number(), v.integer(), v.minValue(1, 'must be at least 1'), v.maxValue(mostHosts)) }),
  ])),
  stopAfterFailures: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0, 'must not be negative'), v.maxValue(mostHosts))),
});

type TakeOver = 'all' | { hostId: string; deployment: string }[];

export interface DeploymentForm {
  readonly fields: readonly SilentIniField[];
  /** The file as it would be written now, secrets masked. */
  readonly preview: string;
}

export interface DeploymentProblem {
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly section?: string;
  readonly key?: string;
  /** Set when it is about the own values of one host. */
  readonly hostId?: string;
}

/** What was entered for a package the last time. */
export interface RememberedInputs {
  readonly deploymentId: string;
  /** When that deployment began; ISO 8601, UTC. */
  readonly at: string;
  readonly hostNames: readonly string[];
  /** Without any secret; `packageId` and `hostIds` are those of then. */
  readonly inputs: v.InferOutput<typeof deploymentInputs>;
}

/** Hashes of the plans that were shown. */
const planHashes = v.optional(v.pipe(v.array(v.pipe(text, v.regex(/^[0-9a-f]{16}$/, 'must be the hash of a plan'))), v.minLength(1, 'names no plan'), v.maxLength(mostHosts)));

/**
 * Install, upgrade and roll back are one path. A page or a command
 * 1. asks `deployedPackages/profiles` what a deployed package can be upgraded to and rolled back to, and why not;
 * 2. for an upgrade or a roll back fetches `deployments/prefill`, inputs that are complete but for secrets: hosts, what is
 *    replaced on each (`replaces`), earlier values, names of the application objects (to be shown as the existing ones; another
 *    name moves the object with its permissions and connections), and for a roll back the values that the object is to say
 *    again (`applicationEdits`). Hosts may be added: what they have of the product is found for them. For an installation it
 *    fetches `deployments/remembered`, as ever;
 * 3. lets people change them. A value of the application object that is edited in the plan becomes an entry of
 *    `applicationEdits` with the `part`, `section` and `key` of its row, for one host or for all; the plan then calls it
 *    `entered`;
 * 4. shows `deployments/plan`, of all hosts or of parts of them, and
 * 5. hands the hash of every plan that was shown to `deployments/start` as `plan`. The run is then exactly that: a host that
 *    is not as its plan says fails at the step *Check* with `deploy/host-changed` (the first difference; the others are in the
 *    log) and nothing of it is changed; `deploy/plan-unknown` asks for a new plan before anything starts. Of such a host
 *    `deployments/planAgain` shows what would be done with it as it is now, and `deployments/resume` takes that plan's hash.
 */
export const deploymentMethods = {
  /** The form of a deployment's silent.ini, filled from the package's own file. */
  'deployments/form': method<{ packageId: string; values?: { section: string; key: string; value: string }[] | undefined }, DeploymentForm>(
    v.strictObject({ packageId: id, values: v.optional(v.array(v.strictObject({ ...silentIniKey, value: text }))) }),
  ),
  /** What is wrong with these inputs; a start with an error among them is refused. */
  'deployments/check': method<v.InferOutput<typeof deploymentInputs>, readonly DeploymentProblem[]>(deploymentInputs),
  /**
   * What a start with these inputs would do, for each value of an application object with where it comes from. Every host is contacted (host key and passwords are asked for) and nothing is
   * changed on it; one that cannot be asked says why in its own part.
   */
  'deployments/plan': method<v.InferOutput<typeof deploymentInputs>, DeploymentPlan>(deploymentInputs),
  /** What the package itself asks: its metadata's open parameters and the placeholders of its silent.ini. */
  'deployments/questions': method<{ packageId: string }, PackageQuestions>(v.strictObject({ packageId: id })),
  /** The inputs of the last deployment of any version of the package (same name and operating system), to one of `hostIds` when given. */
  'deployments/remembered': method<{ packageId: string; hostIds?: string[] | undefined }, RememberedInputs | null>(
    v.strictObject({ packageId: id, hostIds: v.optional(v.pipe(v.array(id), v.maxLength(mostHosts))) }),
  ),
  /** The inputs of an upgrade or roll back of deployed packages of one product and tenant, filled in. */
  'deployments/prefill': method<{ profile: 'upgrade' | 'rollBack'; packageId: string; deployedIds: string[] }, v.InferOutput<typeof deploymentInputs>>(
    v.strictObject({ profile: v.picklist(['upgrade', 'rollBack']), packageId: id, deployedIds: v.pipe(v.array(id), v.minLength(1, 'names nothing'), v.maxLength(mostHosts)) }),
  ),
  'deployments/start': method<
    { inputs: v.InferOutput<typeof deploymentInputs>; secrets: { section: string; key: string; value: string }[]; acceptNewHostKey?: boolean | undefined; plan?: string[] | undefined; confirmed?: readonly string[] | undefined; takeOverLocks?: TakeOver | undefined; parallelHosts?: number | undefined },
    Deployment
  >(
    v.strictObject({
      inputs: deploymentInputs,
      /** Values of `inputs.secretKeys`; kept in memory until the run ends. */
      secrets: v.pipe(v.array(v.strictObject({ ...silentIniKey, value: oneLine })), v.maxLength(mostValues)),
      acceptNewHostKey: v.optional(v.boolean()),
      /** A lock that is met and not meant here is asked about; with nobody to ask, its host fails. */
      takeOverLocks,
      /** From now on so many hosts at a time, over all deployments; those at work stay so. */
      parallelHosts: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1, 'must be at least 1'), v.maxValue(mostParallelHosts))),
      /** Hashes of the plans that were shown, each host in one of them: only that is run. */
      plan: planHashes,
      /** What was typed where hosts are protected (`core/hosts/protection`); without it such a start is refused with `deploy/not-confirmed`. */
      confirmed: v.optional(v.pipe(v.array(name), v.maxLength(2 * mostHosts), v.readonly())),
    }),
  ),
  'deployments/list': method<object, readonly Deployment[]>(nothing),
  'deployments/get': method<{ id: string }, Deployment>(byId),
  'deployments/inputs': method<{ id: string }, v.InferOutput<typeof deploymentInputs>>(byId),
  /** Stored events after a sequence number, oldest first, at most 1,000; with `follow` later ones come as `deploymentEvents`. */
  'deployments/events': method<{ id: string; after: number; follow?: boolean | undefined }, readonly DeploymentEvent[]>(
    v.strictObject({ id, after: v.pipe(v.number(), v.integer(), v.minValue(0)), follow: v.optional(v.boolean()) }),
  ),
  'deployments/unfollow': method<{ id: string }, null>(byId),
  /** Stops a deployment and answers when it is cleaned up. `finishRunning`: hosts that are at work finish, the others are not begun; answers at once. */
  'deployments/stop': method<{ id: string; finishRunning?: boolean | undefined }, null>(v.strictObject({ id, finishRunning: v.optional(v.boolean()) })),
  /** Hosts at work go on, no other begins. Nothing to do for a deployment that is paused. @throws ProductError `deploy/not-running` */
  'deployments/pause': method<{ id: string }, null>(byId),
  /**
   * Ends a pause and lets held hosts begin in their turn, failures so far forgotten; takes an interrupted deployment up again
   * whole. With `hostIds`, those of them begin now that are held or wait for the end of the pause; the others stay so. Secrets
   * are those of the run while it is under way, else given anew or asked for.
   * @throws ProductError `deploy/nothing-held`
   */
  'deployments/goOn': method<
    { id: string; hostIds?: string[] | undefined; secrets?: { section: string; key: string; value: string }[] | undefined; acceptNewHostKey?: boolean | undefined; takeOverLocks?: TakeOver | undefined }, Deployment
  >(
    v.strictObject({
      id,
      hostIds: v.optional(v.pipe(v.array(id), v.minLength(1, 'names no host'), v.maxLength(mostHosts))),
      secrets: v.optional(v.pipe(v.array(v.strictObject({ ...silentIniKey, value: text })), v.maxLength(mostValues))),
      acceptNewHostKey: v.optional(v.boolean()),
      takeOverLocks,
    }),
  ),
  /**
   * What `deployments/resume` would do now on the same hosts. They are contacted, and nothing is changed on them.
   * @throws ProductError as `deployments/resume` does
   */
  'deployments/planAgain': method<{ id: string; hostIds?: string[] | undefined }, DeploymentPlan>(
    v.strictObject({ id, hostIds: v.optional(v.pipe(v.array(id), v.minLength(1, 'names no host'), v.maxLength(mostHosts))) }),
  ),
  /**
   * Runs the hosts again that are neither complete nor held, or those of `hostIds`; secrets are given anew or asked for. Hosts
   * that have ended may be named while others still run. What was paused when it was interrupted still is. With `plan`, each
   * of the hosts must be in one of these plans and is run exactly so; without it each is run as it is found.
   */
  'deployments/resume': method<
    { id: string; secrets: { section: string; key: string; value: string }[]; acceptNewHostKey?: boolean | undefined; hostIds?: string[] | undefined; takeOverLocks?: TakeOver | undefined; plan?: string[] | undefined }, Deployment
  >(
    v.strictObject({
      id,
      secrets: v.pipe(v.array(v.strictObject({ ...silentIniKey, value: text })), v.maxLength(mostValues)),
      acceptNewHostKey: v.optional(v.boolean()),
      takeOverLocks,
      plan: planHashes,
      hostIds: v.optional(v.pipe(v.array(id), v.minLength(1, 'names no host'), v.maxLength(mostHosts))),
    }),
  ),
  /** Removes what an interrupted run left on its hosts and closes it as cancelled. */
  'deployments/cleanUp': method<{ id: string }, Deployment>(byId),
  /**
   * Holds the files on the host against the package and keeps the result; changes nothing on the host. How far it is comes as
   * `verifyProgress`; taken back, it ends.
   */
  'deployedPackages/verify': method<{ id: string; acceptNewHostKey?: boolean | undefined }, DeployedPackage>(v.strictObject({ id, acceptNewHostKey: v.optional(v.boolean()) })),
  /** The last result; null: it was never verified since it was deployed. */
  'deployedPackages/verification': method<{ id: string }, Verification | null>(byId),
  /** A file that the last verification names, in base64, as the package has it and as it is on the host; null where it is not. */
  'deployedPackages/file': method<{ id: string; path: string }, { readonly ofPackage: string | null; readonly ofHost: string | null }>(
    v.strictObject({ id, path: v.pipe(text, v.minLength(1), v.maxLength(4096)) }),
  ),
  /** A person has copied the files of a plug-in into GAX: nothing is left to do. Answers the record as it is, also where nothing was. */
  'deployedPackages/markFilesCopied': method<{ id: string }, DeployedPackage>(byId),
  'deployedPackages/list': method<object, readonly DeployedPackage[]>(nothing),
  /** What a deployed package can be upgraded to and rolled back to, or why it cannot. */
  'deployedPackages/profiles': method<{ id: string }, DeployProfiles>(byId),
  /** Every version that was installed for its application object, the newest first; parameters: `deployments/inputs` of `deploymentId`. */
  'deployedPackages/history': method<{ id: string }, readonly Installation[]>(byId),
} as const;
