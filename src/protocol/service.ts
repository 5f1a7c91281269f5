/**
 * The contract between the package service and its clients (editor windows, command line): JSON-RPC over a local socket
 * after the mutual proof of `service/lifecycle/handshake`.
 */
import * as v from 'valibot';
import type { ErrorData } from '../core/errors';
import type { SilentIniField } from '../core/formats/silentIni/form';
import type { ApplicationObject, DeployedPackage, Deployment, DeploymentEvent, StepProgress } from '../core/deployment/model';
import type { DeploymentPlan, HostPlanView } from '../core/deployment/planView';
import type { PackageQuestion, PackageQuestions } from '../core/deployment/questions';
import type { Host, HostKey } from '../core/hosts/model';
import type { PackageInspection } from '../core/packages/inspection';
import type { ImportRecord, PackageDetails, PackageFile, PackageSummary, Tenant } from '../core/packages/model';
import { method, type MethodParams, type MethodResult } from './method';

export type { DeploymentPlan, HostPlanView, PackageQuestion, PackageQuestions, SilentIniField };

/** Versions of this contract that this build speaks, newest first. */
export const protocolVersions: readonly number[] = [1];

const text = v.pipe(v.string(), v.maxLength(4096), v.check((value) => !value.includes('\u0000'), 'holds a NUL character'));
const name = v.pipe(text, v.trim(), v.minLength(1, 'is empty'), v.maxLength(255));
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'is no id'));
const lines = v.pipe(v.string(), v.maxLength(65_536));
const nothing = v.optional(v.strictObject({}), {});
const byId = v.strictObject({ id });
const absolutePosix = v.pipe(text, v.regex(/^(\/[^\s]*)?$/, 'must be an absolute path without blanks'));

const authentication = v.variant('kind', [
  v.strictObject({ kind: v.literal('agent') }),
  v.strictObject({ kind: v.literal('key'), keyFile: v.pipe(text, v.minLength(1, 'is empty')) }),
  v.strictObject({ kind: v.literal('password') }),
]);

export const hostSettings = v.strictObject({
  name: v.pipe(name, v.regex(/^[^\s/\\]+$/, 'must have no blank and no slash')),
  address: v.pipe(text, v.regex(/^[\w.:%-]+$/, 'must be a DNS name or an IP address')),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  user: v.pipe(name, v.regex(/^[^\s]+$/, 'must have no blank')),
  authentication,
  stagingFolder: absolutePosix,
  lockFolder: absolutePosix,
});

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
});

/** What a client tells of itself once the proof is done. */
const clientHello = v.strictObject({
  kind: v.picklist(['editor', 'cli']),
  locale: v.picklist(['en', 'fr']),
  /** Path of the client's SSH agent; the service never uses the one it was born with. */
  agentSocket: v.optional(text),
  /** False: this client cannot put a question to a person. */
  interactive: v.boolean(),
});

export interface ServiceStatus {
  readonly version: string;
  readonly protocol: number;
  readonly pid: number;
  readonly generation: number;
  readonly dataFolder: string;
  readonly machine: string;
  readonly startedAt: string;
  readonly clients: number;
  readonly runningImports: number;
  readonly runningDeployments: number;
  readonly nodeVersion: string;
  /** Resident bytes now, and the highest since start. */
  readonly memory: { readonly resident: number; readonly peak: number };
  /** Set while the repository can only be read. */
  readonly readOnly?: ErrorData;
}

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

/** Requests from a client to the service. */
export const serviceMethods = {
  'client/hello': method<v.InferOutput<typeof clientHello>, ServiceStatus>(clientHello),
  'service/status': method<object, ServiceStatus>(nothing),
  /** Ends the service. Refused with `service/busy` while work runs, unless forced. */
  'service/stop': method<{ force?: boolean | undefined }, null>(v.strictObject({ force: v.optional(v.boolean()) })),

  /** A person has read what `readOnly` says is missing, and goes on from what is left. */
  'repository/useRecoveredCopy': method<object, null>(nothing),

  'tenants/list': method<object, readonly Tenant[]>(nothing),
  'tenants/add': method<{ name: string }, Tenant>(v.strictObject({ name })),

  'packages/list': method<{ tenantId?: string | undefined }, readonly PackageSummary[]>(v.strictObject({ tenantId: v.optional(id) })),
  'packages/get': method<{ id: string; tenantId?: string | undefined }, PackageDetails>(v.strictObject({ id, tenantId: v.optional(id) })),
  'packages/files': method<{ id: string }, readonly PackageFile[]>(byId),
  /** Changes group or description of one tenant's view of a package. */
  'packages/edit': method<{ id: string; tenantId: string; group?: string | undefined; description?: string | undefined }, PackageSummary>(
    v.strictObject({ id, tenantId: id, group: v.optional(v.pipe(text, v.trim(), v.maxLength(255))), description: v.optional(lines) }),
  ),
  'packages/delete': method<{ id: string; tenantId: string }, null>(v.strictObject({ id, tenantId: id })),

  /** Starts an import and answers at once with its record; progress comes as `changed` events. */
  'imports/start': method<{ path: string; tenant?: string | undefined; group?: string | undefined }, ImportRecord>(
    v.strictObject({ path: v.pipe(text, v.minLength(1)), tenant: v.optional(name), group: v.optional(v.pipe(text, v.trim(), v.maxLength(255))) }),
  ),
  /** Reads an archive as an import would and says what it is; keeps nothing. Percents come as `importInspection`; taking the request back ends it. */
  'imports/inspect': method<{ path: string }, PackageInspection>(v.strictObject({ path: v.pipe(text, v.minLength(1)) })),
  /** Running and failed imports; complete ones are packages. */
  'imports/list': method<object, readonly ImportRecord[]>(nothing),
  /** Answers when the import has ended, in whatever way. */
  'imports/wait': method<{ id: string }, ImportRecord>(byId),
  'imports/cancel': method<{ id: string }, null>(byId),
  'imports/retry': method<{ id: string }, ImportRecord>(byId),
  'imports/dismiss': method<{ id: string }, null>(byId),

  'hosts/list': method<object, readonly Host[]>(nothing),
  'hosts/add': method<v.InferOutput<typeof hostSettings>, Host>(hostSettings),
  'hosts/edit': method<{ id: string; settings: v.InferOutput<typeof hostSettings> }, Host>(v.strictObject({ id, settings: hostSettings })),
  'hosts/remove': method<{ id: string }, null>(byId),
  /** Connects, verifies the key, signs in and asks the host what it is. `acceptNewHostKey`: an unknown key is trusted without a question. */
  'hosts/test': method<{ id: string; acceptNewHostKey?: boolean | undefined }, Host>(
    v.strictObject({ id, acceptNewHostKey: v.optional(v.boolean()) }),
  ),

  'applications/list': method<object, readonly ApplicationObject[]>(nothing),

  /** The form of a deployment's silent.ini, filled from the package's own file. */
  'deployments/form': method<{ packageId: string; values?: { section: string; key: string; value: string }[] | undefined }, DeploymentForm>(
    v.strictObject({ packageId: id, values: v.optional(v.array(v.strictObject({ ...silentIniKey, value: text }))) }),
  ),
  /** What is wrong with these inputs; a start with an error among them is refused. */
  'deployments/check': method<v.InferOutput<typeof deploymentInputs>, readonly DeploymentProblem[]>(deploymentInputs),
  /**
   * What a start with these inputs would do. Every host is contacted (host key and passwords are asked for) and nothing is
   * changed on it; one that cannot be asked says why in its own part.
   */
  'deployments/plan': method<v.InferOutput<typeof deploymentInputs>, DeploymentPlan>(deploymentInputs),
  /** What the package itself asks: its metadata's open parameters and the placeholders of its silent.ini. */
  'deployments/questions': method<{ packageId: string }, PackageQuestions>(v.strictObject({ packageId: id })),
  /** The inputs of the last deployment of any version of the package (same name and operating system), to one of `hostIds` when given. */
  'deployments/remembered': method<{ packageId: string; hostIds?: string[] | undefined }, RememberedInputs | null>(
    v.strictObject({ packageId: id, hostIds: v.optional(v.pipe(v.array(id), v.maxLength(mostHosts))) }),
  ),
  'deployments/start': method<
    { inputs: v.InferOutput<typeof deploymentInputs>; secrets: { section: string; key: string; value: string }[]; acceptNewHostKey?: boolean | undefined },
    Deployment
  >(
    v.strictObject({
      inputs: deploymentInputs,
      /** Values of `inputs.secretKeys`; kept in memory until the run ends. */
      secrets: v.pipe(v.array(v.strictObject({ ...silentIniKey, value: oneLine })), v.maxLength(mostValues)),
      acceptNewHostKey: v.optional(v.boolean()),
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
  /**
   * Runs the hosts that are not complete again, or those of `hostIds` among them; secrets are given anew or asked for. Hosts
   * that have ended may be named while others still run.
   */
  'deployments/resume': method<
    { id: string; secrets: { section: string; key: string; value: string }[]; acceptNewHostKey?: boolean | undefined; hostIds?: string[] | undefined }, Deployment
  >(
    v.strictObject({
      id,
      secrets: v.pipe(v.array(v.strictObject({ ...silentIniKey, value: text })), v.maxLength(mostValues)),
      acceptNewHostKey: v.optional(v.boolean()),
      hostIds: v.optional(v.pipe(v.array(id), v.minLength(1, 'names no host'), v.maxLength(mostHosts))),
    }),
  ),
  /** Removes what an interrupted run left on its hosts and closes it as cancelled. */
  'deployments/cleanUp': method<{ id: string }, Deployment>(byId),
  'deployedPackages/list': method<object, readonly DeployedPackage[]>(nothing),
} as const;

export type ServiceMethods = typeof serviceMethods;
export type ServiceMethodName = keyof ServiceMethods;
export type ServiceParams<N extends ServiceMethodName> = MethodParams<ServiceMethods[N]>;
export type ServiceResult<N extends ServiceMethodName> = MethodResult<ServiceMethods[N]>;

/** Areas whose lists a client may show; an event names those that changed. */
export type ChangedArea = 'tenants' | 'packages' | 'imports' | 'hosts' | 'applications' | 'deployments' | 'deployedPackages';

/** Notifications from the service to its clients. */
export interface ServiceEvents {
  /** The named lists differ from what was last read. Import and deployment progress comes at most five times a second. */
  readonly changed: { readonly areas: readonly ChangedArea[] };
  /** To the client that asked for it: how much of an archive is read. */
  readonly importInspection: { readonly path: string; readonly percent: number };
  /** To followers of a deployment: events that have been stored. */
  readonly deploymentEvents: { readonly deploymentId: string; readonly events: readonly DeploymentEvent[] };
  /** To followers of a deployment: progress that is not stored. */
  readonly stepProgress: StepProgress;
  /** The service is about to end, e.g. to hand over to a newer one; connect again. */
  readonly ending: { readonly reason: 'stopped' | 'handover' | 'idle' };
}
export type ServiceEventName = keyof ServiceEvents;

/** A host key nobody has vouched for yet. */
export interface HostKeyQuestion {
  readonly hostName: string;
  readonly address: string;
  readonly port: number;
  readonly key: HostKey;
}
export type HostKeyAnswer = 'trust' | 'trustAndAddToKnownHosts' | 'refuse';

export interface SecretQuestion {
  readonly kind: 'password' | 'passphrase' | 'keyboardInteractive' | 'silentIni';
  readonly hostName: string;
  readonly user: string;
  /** For a passphrase. */
  readonly keyFile?: string;
  /** For keyboard-interactive: the host's own words, untrusted. For silentIni: `section.key`. */
  readonly prompt?: string;
  /** Whether the answer may be shown while it is typed. */
  readonly echo?: boolean;
  /** 1 for the first try. */
  readonly attempt: number;
}

/** Requests from the service to a client: what needs a human. The client answers null when the person declined. */
export interface ClientMethods {
  readonly 'client/confirmHostKey': { readonly params: HostKeyQuestion; readonly result: HostKeyAnswer };
  readonly 'client/askSecret': { readonly params: SecretQuestion; readonly result: { readonly secret: string } | null };
}
export type ClientMethodName = keyof ClientMethods;
