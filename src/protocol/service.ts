/**
 * The contract between the package service and its clients (editor windows, command line): JSON-RPC over a local socket
 * after the mutual proof of `service/lifecycle/handshake`. One file of `service/` for each area of requests.
 */
import * as v from 'valibot';
import type { ErrorData } from '../core/errors';
import type { DeploymentEvent, LockHolder, StepProgress } from '../core/deployment/model';
import type { HostKey } from '../core/hosts/model';
import type { DownloadRecord } from '../core/packages/download';
import type { ImportSource } from '../core/packages/importSource';
import type { ScanProgress } from '../core/packages/scan';
import type { RepositoryProgress } from '../core/repository/report';
import { nothing, text } from './fields';
import { method, type MethodParams, type MethodResult } from './method';
import { accessMethods } from './service/access';
import { deploymentMethods } from './service/deployments';
import { hostFolder, hostMethods, installAs } from './service/hosts';
import { importMethods } from './service/imports';
import { packageContentMethods } from './service/packageContent';
import { packageMethods } from './service/packages';
import { upkeepMethods } from './service/upkeep';

export type { DeploymentPlan, HostPlanView } from '../core/deployment/planView';
export type { PackageQuestion, PackageQuestions } from '../core/deployment/questions';
export type { SilentIniField } from '../core/formats/silentIni/form';
export type { DeploymentForm, DeploymentProblem, RememberedInputs } from './service/deployments';
export { hostSettings } from './service/hosts';

/** Versions of this contract that this build speaks, newest first. */
export const protocolVersions: readonly number[] = [1];

const sshOptions = v.strictObject({
  /** Empty: OpenSSH's own places. `none`: no file. */
  configFile: text,
  /** Absent: as the SSH configuration says. */
  hostKeyChecking: v.optional(v.picklist(['yes', 'ask', 'accept-new'])),
  /** Seconds, for hosts of which the SSH configuration says nothing. */
  connectTimeout: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3600))),
  /** Who installs on hosts that say nothing of it; absent: the user who signs in. */
  installAs: v.optional(installAs),
  /** Where deployments keep their things on hosts of each kind that have no folder of their own; absent or empty: the default. */
  stagingFolder: v.optional(hostFolder),
  stagingFolderWindows: v.optional(hostFolder),
});
export type SshOptions = v.InferOutput<typeof sshOptions>;

/** What a client tells of itself once the proof is done. */
const clientHello = v.strictObject({
  kind: v.picklist(['editor', 'cli']),
  locale: v.picklist(['en', 'fr']),
  /** Path of the client's SSH agent; the service never uses the one it was born with. */
  agentSocket: v.optional(text),
  /** What the person has set for connections to hosts. */
  ssh: v.optional(sshOptions),
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

/** Requests from a client to the service. */
export const serviceMethods = {
  'client/hello': method<v.InferOutput<typeof clientHello>, ServiceStatus>(clientHello),
  'service/status': method<object, ServiceStatus>(nothing),
  /** Ends the service. Refused with `service/busy` while work runs, unless forced. */
  'service/stop': method<{ force?: boolean | undefined }, null>(v.strictObject({ force: v.optional(v.boolean()) })),

  /** A person has read what `readOnly` says is missing, and goes on from what is left. */
  'repository/useRecoveredCopy': method<object, null>(nothing),

  ...accessMethods,
  ...packageMethods,
  ...packageContentMethods,
  ...upkeepMethods,
  ...importMethods,
  ...hostMethods,
  ...deploymentMethods,
} as const;

export type ServiceMethods = typeof serviceMethods;
export type ServiceMethodName = keyof ServiceMethods;
export type ServiceParams<N extends ServiceMethodName> = MethodParams<ServiceMethods[N]>;
export type ServiceResult<N extends ServiceMethodName> = MethodResult<ServiceMethods[N]>;

/** Areas whose lists a client may show; an event names those that changed. */
export type ChangedArea = 'access' | 'tenants' | 'packages' | 'templates' | 'imports' | 'hosts' | 'applications' | 'deployments' | 'deployedPackages';

/** Notifications from the service to its clients. */
export interface ServiceEvents {
  /** The named lists differ from what was last read. Import and deployment progress comes at most five times a second. */
  readonly changed: { readonly areas: readonly ChangedArea[] };
  /** To the client that began it: how far a download is, at most once for each percent. */
  readonly downloadProgress: DownloadRecord;
  /** To the client that asked for it: bytes of files on a host that have been held against the package. */
  readonly verifyProgress: { readonly id: string; readonly bytesDone: number; readonly bytesTotal: number };
  /** To the client that asked for it: how far a long work on the repository is. */
  readonly repositoryProgress: RepositoryProgress;
  /** To the client that asked for it: how much of an archive is read. */
  readonly importInspection: { readonly source: ImportSource; readonly percent: number };
  /** To the client that asked for it: what a scan has found since the last event; `path` as it was given. */
  readonly importScan: ScanProgress;
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
  /** The key is that of this machine on the way to the host. */
  readonly jumpHost?: string;
}
export type HostKeyAnswer = 'trust' | 'trustAndAddToKnownHosts' | 'refuse';

export interface SecretQuestion {
  /** `sudo`: the password of `user` for sudo; `su`: that of `installUser`. */
  readonly kind: 'password' | 'passphrase' | 'keyboardInteractive' | 'silentIni' | 'sudo' | 'su';
  readonly hostName: string;
  readonly user: string;
  /** For a passphrase. */
  readonly keyFile?: string;
  /** For keyboard-interactive: the host's own words, untrusted. For silentIni: `section.key`. */
  readonly prompt?: string;
  /** For sudo and su: who is to install. */
  readonly installUser?: string;
  /** Tries that are left after this one, where that is known. */
  readonly triesLeft?: number;
  /** Asked by this machine on the way to the host. */
  readonly jumpHost?: string;
  /** Whether the answer may be shown while it is typed. */
  readonly echo?: boolean;
  /** 1 for the first try. */
  readonly attempt: number;
}

/** A command of an SSH configuration (`Match exec`) that decides which settings hold for a host. */
export interface CommandQuestion {
  readonly hostName: string;
  readonly command: string;
  readonly file: string;
  readonly line: number;
}

/** The lock of a deployment of another repository: nobody here can tell whether that still runs. */
export interface LockQuestion extends LockHolder {
  readonly hostName: string;
  /** Full path of the lock on the host. */
  readonly folder: string;
}

/** Requests from the service to a client: what needs a human. The client answers null when the person declined. */
export interface ClientMethods {
  readonly 'client/confirmHostKey': { readonly params: HostKeyQuestion; readonly result: HostKeyAnswer };
  readonly 'client/confirmCommand': { readonly params: CommandQuestion; readonly result: 'run' | 'skip' };
  readonly 'client/confirmTakeOver': { readonly params: LockQuestion; readonly result: 'takeOver' | 'leave' };
  readonly 'client/askSecret': { readonly params: SecretQuestion; readonly result: { readonly secret: string } | null };
}
export type ClientMethodName = keyof ClientMethods;
