import type { ApplicationDefaults } from '../../core/configuration/planApplication';
import type { HostFacts } from '../../core/deployment/facts';
import type { ApplicationObject, Deployment, DeploymentInputs, DeploymentStep, FilesToCopy, HostRun, SilentIniValue, SkipReason, TakeOverLocks } from '../../core/deployment/model';
import type { HostInputs } from '../../core/deployment/hostInputs';
import type { HostPlan } from '../../core/deployment/plan';
import type { PlanFacts } from '../../core/deployment/planFacts';
import type { Host } from '../../core/hosts/model';
import type { ArchiveLimits } from '../archive/archive';
import type { Questions } from '../questions';
import type { Repository } from '../repository/repository';
import type { ServiceLog } from '../serviceLog';
import type { HostJournal } from './hostJournal';
import type { PackageContent } from './packageContent';
import type { HostConnection } from './ssh/hostConnection';
import type { HostConnector } from './ssh/hostConnector';
import type { StepTimeouts } from './timeouts';

/** What all runs share. */
export interface EngineParts {
  readonly repository: Repository;
  readonly connector: HostConnector;
  readonly log: ServiceLog;
  /** Name of this machine, for the lock on the host. */
  readonly machine: string;
  readonly limits: ArchiveLimits;
  readonly timeouts: StepTimeouts;
  /** Seconds an installer that is stopped has to end by itself. */
  readonly stopPatience: number;
}

/** What one run was asked to do, and by whom. */
export interface RunTask {
  readonly deployment: Pick<Deployment, 'id' | 'profile' | 'package' | 'startedBy'>;
  readonly inputs: DeploymentInputs;
  readonly package: PackageContent;
  readonly questions: Questions;
  readonly acceptNewHostKey: boolean;
  readonly takeOverLocks: TakeOverLocks;
  /** What the plan that is run rests on, by host; a host that is not in it runs as it is found. */
  readonly planned: ReadonlyMap<string, PlanFacts>;
  /** Values of the secret keys; asks for those that were not given. @throws ProductError `deploy/secret-declined` */
  secretValues(host: Host, signal: AbortSignal): Promise<readonly SilentIniValue[]>;
}

/** How the installer ended, once it has. */
export interface InstallerEnd {
  /** Undefined when it was ended by a signal. */
  readonly code: number | undefined;
  /** The last lines it printed. */
  readonly lastLines: string;
}

/** What of a deployment is on a host beside what it installed. */
export type Left = Pick<HostRun, 'left' | 'kept'>;

/** One host's part of a run, with what its steps have found and done so far. */
export interface HostWork extends Omit<RunTask, 'inputs'> {
  /** Of this host. */
  readonly inputs: HostInputs;
  readonly defaults: ApplicationDefaults;
  readonly parts: EngineParts;
  readonly host: Host;
  readonly journal: HostJournal;
  /** The staging folder of an earlier attempt that is gone on with: what it left there must be found. */
  readonly earlierStaging?: string;
  /** What earlier attempts left. */
  readonly before: Left;
  plan: HostPlan;
  connection?: HostConnection;
  facts?: HostFacts;
  secrets: readonly SilentIniValue[];
  /** True from the first attempt on to lock the host or to write to it. */
  touched: boolean;
  /** The application object that is changed, as it is until the installer has succeeded. */
  existing?: ApplicationObject;
  /** The application object as it is to be once the installer has succeeded. */
  application?: ApplicationObject;
  /** Set when `application` was made by this deployment. */
  plannedApplicationId?: string;
  /** Bytes of the package that went over and that are to go, while it is sent. */
  sent?: { readonly done: number; readonly total: number };
  /** True while an installer may run on the host. */
  installing: boolean;
  installerEnd?: InstallerEnd;
  /** True from the moment the installer has reported success. */
  installed: boolean;
  /** Files of the plug-in that a person has to copy into GAX. */
  filesToCopy?: FilesToCopy;
  /** What the run cannot take back on the host, e.g. a backup folder of the installer. */
  readonly left: string[];
}

/** One step on a host. It either does its part wholly or throws; what it left is removed by `cleanUpHost` and `undo`. */
export interface Step {
  readonly name: DeploymentStep;
  /** Set where not all time counts: the time a person takes to answer, or in which bytes get through. */
  readonly timesItself?: true;
  /** @returns why there was nothing to do, or nothing */
  run(work: HostWork, signal: AbortSignal): Promise<SkipReason | undefined>;
  /** Takes back what the step did in the repository, after a failure; the host itself is cleaned up elsewhere. */
  undo?(work: HostWork): Promise<void>;
}

/** The host's connection, which exists from the step `connect` on. */
export function connectionOf(work: HostWork): HostConnection {
  if (!work.connection) throw new Error('the host is not connected');
  return work.connection;
}
