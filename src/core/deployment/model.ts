import type { ErrorData } from '../errors';
import type { PackageIdentity } from '../packages/identity';
import type { MessageArguments } from '../text/messages';
import type { VerificationSummary } from './verification';

const allSteps = [
  'connect', 'check', 'lock', 'transfer', 'verify', 'object', 'silentIni', 'install', 'result', 'plugIn', 'values', 'record', 'cleanUp',
] as const;
export type DeploymentStep = (typeof allSteps)[number];

/** The steps of a plug-in on one host, in the order they run (design: one file per step in `service/deploying/steps`). */
export const plugInSteps: readonly DeploymentStep[] = allSteps;

/** The steps of a program of its own. */
export const deploymentSteps: readonly DeploymentStep[] = allSteps.filter((step) => step !== 'plugIn');

/** The steps that a deployment has on each host. */
export function stepsOf({ plugIn }: { readonly plugIn?: true | undefined }): readonly DeploymentStep[] {
  return plugIn === true ? plugInSteps : deploymentSteps;
}

export type DeploymentProfile = 'install' | 'upgrade' | 'rollBack';

/** What a person chose, without any secret. */
export interface DeploymentInputs {
  readonly packageId: string;
  readonly tenantId: string;
  readonly profile: DeploymentProfile;
  readonly hostIds: readonly string[];
  /** silent.ini values that differ from the package's own file. */
  readonly values: readonly SilentIniValue[];
  /** Keys whose value is secret; the values themselves never stand here. */
  readonly secretKeys: readonly SilentIniKey[];
  /** Name of the application object; `{host}` stands for the host's name. Empty: `<nickname>_<host>`. */
  readonly applicationName: string;
  /** True: a host that has the application object already is left out. Absent or false: it is always installed again. */
  readonly skipReinstallation?: boolean | undefined;
  /** What the application object is to say beside its options. Absent: nothing was entered. */
  readonly application?: ApplicationParameters | undefined;
  /** Options of the application object that were entered; they win over those of the package and of an existing object. */
  readonly options?: readonly SilentIniValue[] | undefined;
  /** Own values of single hosts; they win over `values`. */
  readonly hostValues?: readonly HostValue[] | undefined;
  /** Application object names of single hosts; they win over `applicationName`. */
  readonly hostApplications?: readonly HostApplication[] | undefined;
  /**
   * Upgrade and roll back: what takes the place of what. A host that is not named has one deployed package of the product,
   * which is meant (`resolveReplaced`).
   */
  readonly replaces?: readonly ReplacedDeployment[] | undefined;
  /** Values of the application object that a person entered or changed in the plan; they win over everything else. */
  readonly applicationEdits?: readonly ApplicationEdit[] | undefined;
  /** Which hosts begin when (`turns.ts`). Absent: all at once. */
  readonly order?: DeploymentOrder | undefined;
  /** So many failed or unknown hosts, and no other host begins: those that have not begun are held. Absent or 0: the others go on. */
  readonly stopAfterFailures?: number | undefined;
}

/** `canary`: one host first, and the others once it is complete. `batches`: so many at a time, the next ones once all of them have ended. */
export type DeploymentOrder = { readonly kind: 'all' } | { readonly kind: 'canary' } | { readonly kind: 'batches'; readonly size: number };

/** The deployed package of a host that another version takes the place of. */
export interface ReplacedDeployment {
  readonly hostId: string;
  /** Id of the `DeployedPackage`. It changes with every deployment: what was deployed since is never replaced unseen. */
  readonly deployedId: string;
}

/** A value of the application object, entered for one host, or for all. */
export interface ApplicationEdit extends ApplicationKey {
  readonly value: string;
  readonly hostId?: string | undefined;
}

/**
 * Where a value of an application object stands. `field`: one of its own fields or settings, without a section. The tables
 * are rows of named values: options and annex by section, connections by the name of the server, ports by their id,
 * permissions by who has them.
 */
export interface ApplicationKey {
  readonly part: 'field' | ApplicationTable;
  /** Empty for a field. */
  readonly section: string;
  readonly key: string;
}

export const applicationTables = ['options', 'annex', 'connections', 'ports', 'permissions'] as const;
export type ApplicationTable = (typeof applicationTables)[number];

/** What the object says of how its program is run and kept up, in the vendor's words (`90`, `CFGTrue`, `CFGWarmStanby` …). */
export const applicationSettings = [
  'timeout', 'autoRestart', 'state', 'shutdownTimeout', 'attempts', 'redundancyType', 'isPrimary', 'startupTimeout',
] as const;
export type ApplicationSetting = (typeof applicationSettings)[number];

/** Named values in named rows. */
export type ValueTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Names and port as they were entered; empty: not entered, so what an existing application object says stays. */
export interface ApplicationParameters {
  readonly tenantObject: string;
  readonly port: string;
  readonly primaryServer: string;
  readonly backupServer: string;
}

export interface HostValue extends SilentIniValue {
  readonly hostId: string;
}

export interface HostApplication {
  readonly hostId: string;
  readonly name: string;
}

export interface SilentIniKey {
  readonly section: string;
  readonly key: string;
}

export interface SilentIniValue extends SilentIniKey {
  readonly value: string;
}

/** Who has locked a host against other deployments. */
export interface LockHolder {
  readonly user: string;
  readonly machine: string;
  /** Id of the deployment, of whatever repository. */
  readonly deployment: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/**
 * Locks of other repositories' deployments that a person has decided to take over: all that are met, or only where the named
 * deployment still has the lock.
 */
export type TakeOverLocks = 'all' | readonly { readonly hostId: string; readonly deployment: string }[];

/**
 * How a host's part of a deployment stands. `unknown`: lost in mid-install, never called failed. `interrupted`: the service
 * ended. `held`: not begun because others failed; it begins only when a person says so.
 */
export type HostRunState =
  | 'queued' | 'running' | 'waiting' | 'complete' | 'failed' | 'unknown' | 'cancelled' | 'skipped' | 'interrupted' | 'held';

/** Why a host or a step was left out. `application-exists`: see `skipReinstallation`; `equal-content`: an earlier attempt left it; `already-ran`: the installer ended while nobody was connected. */
export type SkipReason = 'application-exists' | 'equal-content' | 'already-ran';

/** Why a host is held: so many others failed (`stopAfterFailures`), or the first host did not end complete (`canary`). */
export type HeldReason = 'others-failed' | 'first-host-failed';

/** What a waiting host waits for; its words: `describeWaiting` in `core/text/stateText`. */
export type WaitingFor = 'hostKey' | 'password' | 'passphrase' | 'keyboardInteractive' | 'silentIni' | 'sudo' | 'su' | 'lock';

export interface HostRun {
  readonly hostId: string;
  readonly hostName: string;
  readonly applicationName: string;
  readonly state: HostRunState;
  /** The step it is at, or ended in. */
  readonly step?: DeploymentStep;
  /** 0 to 100 inside the step, where it can be told. */
  readonly stepPercent?: number;
  /** 0 to 100 over all steps. */
  readonly percent: number;
  readonly error?: ErrorData;
  /** What a waiting host waits for. */
  readonly question?: WaitingFor;
  /** Why a skipped host was left out, or a held one is. */
  readonly reason?: SkipReason | HeldReason;
  /** What is still on the host and should not be: full paths, and processes as `pid 4711 (install.sh)`. */
  readonly left: readonly string[];
  /** The folder on the host where the package of a failed attempt is kept, so that the next one need not send it again. Nothing else of it is there. */
  readonly kept?: string;
  /** Set on a complete host where files of a plug-in are not in GAX. */
  readonly filesToCopy?: FilesToCopy;
  readonly startedAt?: string;
  readonly endedAt?: string;
}

/** Files of a plug-in that its installer did not copy into GAX: a person has to. Paths are those of the host. */
export interface FilesToCopy {
  /** The plug-in path. */
  readonly from: string;
  /** Paths below `from`; empty: nobody could tell which. */
  readonly files: readonly string[];
  /** Of GAX, as the host has it; absent: not known. */
  readonly gaxDirectory?: string;
}

/** `held`: no host failed, or not any more, and there are held ones. */
export type DeploymentState = 'running' | 'complete' | 'failed' | 'cancelled' | 'interrupted' | 'held';

export interface Deployment {
  readonly id: string;
  readonly profile: DeploymentProfile;
  readonly packageId: string;
  readonly package: PackageIdentity;
  readonly tenantId: string;
  /** The package is a plug-in of GAX: its hosts have a step more (`stepsOf`). */
  readonly plugIn?: true;
  readonly state: DeploymentState;
  /** True while a person has paused it: hosts at work go on, no other begins. It outlasts an interruption. */
  readonly paused?: true;
  readonly hosts: readonly HostRun[];
  /** 0 to 100, the mean of the hosts. */
  readonly percent: number;
  /** `user@machine` of who started it. */
  readonly startedBy: string;
  /** SHA-256 of inputs and package content, shortened; absent for those of earlier versions, whose log has it. */
  readonly planHash?: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt?: string;
}

/** What happened, as it is stored: a deployment's state is the fold of its events (`run.ts`). */
export type DeploymentEventBody =
  /** Bound to no host: the run begins, with what it will do. */
  | {
      readonly type: 'started'; readonly inputs: DeploymentInputs; readonly startedBy: string;
      /** SHA-256 of inputs and package content: two runs with the same one were asked to do the same. */
      readonly planHash?: string;
    }
  | { readonly type: 'hostStarted'; readonly host: string }
  | { readonly type: 'stepStarted'; readonly host: string; readonly step: DeploymentStep }
  | { readonly type: 'stepDone'; readonly host: string; readonly step: DeploymentStep }
  | { readonly type: 'stepSkipped'; readonly host: string; readonly step: DeploymentStep; readonly reason: SkipReason }
  /** A command that is about to run on the host; secrets masked. */
  | { readonly type: 'command'; readonly host: string; readonly text: string }
  | { readonly type: 'output'; readonly host: string; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  /** Something learned: `name` is a key of `core/text/deploymentText`, which makes its sentence from `args`; `value` is the bare value. */
  | { readonly type: 'fact'; readonly host: string; readonly name: string; readonly value: string; readonly args?: MessageArguments }
  | { readonly type: 'waiting'; readonly host: string; readonly question: WaitingFor }
  | { readonly type: 'answered'; readonly host: string }
  | {
      readonly type: 'hostEnded'; readonly host: string;
      readonly state: Extract<HostRunState, 'complete' | 'failed' | 'unknown' | 'cancelled' | 'skipped' | 'interrupted'>;
      readonly step?: DeploymentStep; readonly error?: ErrorData; readonly reason?: SkipReason; readonly left: readonly string[];
      readonly kept?: string; readonly filesToCopy?: FilesToCopy;
    }
  | { readonly type: 'hostHeld'; readonly host: string; readonly reason: HeldReason }
  | { readonly type: 'paused'; readonly by: string }
  /** The pause is over. */
  | { readonly type: 'wentOn'; readonly by: string }
  | { readonly type: 'resumed'; readonly by: string; readonly hosts: readonly string[] }
  | { readonly type: 'ended'; readonly state: Exclude<DeploymentState, 'running'> };

/** One stored event. `host` in a body is the host's id. */
export type DeploymentEvent = DeploymentEventBody & {
  /** 1, 2, 3 … within its deployment, without gaps. */
  readonly sequence: number;
  /** ISO 8601 with milliseconds, UTC. */
  readonly at: string;
};

/** Progress inside a step: shown, never stored. */
export interface StepProgress {
  readonly deploymentId: string;
  readonly hostId: string;
  readonly step: DeploymentStep;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** The configuration object of an installed program, as kept in the repository. */
export interface ApplicationObject extends ApplicationParameters {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly hostId: string;
  /** CfgAppType number (`cfg-enums`), 0 when the package's template does not tell. */
  readonly type: number;
  readonly version: string;
  readonly workingDirectory: string;
  readonly commandLine: string;
  readonly commandLineArguments: string;
  /** What is absent is not said. */
  readonly settings: Readonly<Partial<Record<ApplicationSetting, string>>>;
  readonly options: ValueTable;
  readonly annex: ValueTable;
  /** By the name of the application that it connects to: `id`, `mode`, `timoutlocal`, `timoutremote` … */
  readonly connections: ValueTable;
  /** By the id of the port: `port`, `protocol` … The one called `default` is `port` above. */
  readonly ports: ValueTable;
  /** By account or access group: `access`. */
  readonly permissions: ValueTable;
  /** `planned` until the installer has succeeded. */
  readonly state: 'planned' | 'enabled';
}

/** An application object says nothing of these until a template, a person or an earlier object does. */
export const nothingSaid: Pick<ApplicationObject, 'settings' | ApplicationTable> = { settings: {}, options: {}, annex: {}, connections: {}, ports: {}, permissions: {} };

/** The fact that a version of a package is installed on a host. */
export interface DeployedPackage {
  readonly id: string;
  readonly hostId: string;
  readonly hostName: string;
  readonly applicationId: string;
  readonly applicationName: string;
  readonly tenantId: string;
  readonly packageId: string;
  readonly package: PackageIdentity;
  /** Nickname of a plug-in, of which an application object (GAX) can have several beside the program itself. */
  readonly plugIn?: string;
  readonly status: 'complete' | 'failed' | 'unknown';
  /** Set while files of the plug-in are not in GAX. */
  readonly filesToCopy?: FilesToCopy;
  readonly installPath: string;
  readonly deploymentId: string;
  /** Of the deployment that `status` is about. */
  readonly profile: DeploymentProfile;
  /** How its files were last found on the host; absent: never looked at since. All of it: `deployedPackages/verification`. */
  readonly verification?: VerificationSummary;
  /** `user@machine` of who started it; what was entered: `deployments/inputs`. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** One version that was installed for an application object: its history, which later deployments do not change. */
export interface Installation extends Omit<DeployedPackage, 'status' | 'filesToCopy' | 'verification'> {
  /** What the object had said before and no longer said afterwards. */
  readonly replaced: readonly ReplacedValue[];
}

/** A value of an application object that a deployment put in the place of another one. */
export interface ReplacedValue extends ApplicationKey {
  readonly before: string;
  readonly after: string;
}
