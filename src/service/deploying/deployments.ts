import type {
  Deployment, DeploymentEvent, DeploymentInputs, SilentIniValue, StepProgress, TakeOverLocks,
} from '../../core/deployment/model';
import type { DeploymentPlan } from '../../core/deployment/planView';
import type { Questions } from '../questions';
import type { DeploymentPreparation } from './preparation';
import type { DeployedVerifier } from './verifyDeployed';

/** What a run needs of the person who asked for it. */
export interface RunRequest {
  /** Values of the inputs' secret keys; those that are missing are asked for. Kept in memory until the run ends. */
  readonly secrets: readonly SilentIniValue[];
  /** An unknown host key is trusted without a question. */
  readonly acceptNewHostKey: boolean;
  /** Absent: whoever can be asked decides about each lock. */
  readonly takeOverLocks?: TakeOverLocks | undefined;
  readonly questions: Questions;
  /** `user@machine` of who asked. */
  readonly startedBy: string;
}

/** Follows one deployment: what has been stored, and what is shown only. */
export interface DeploymentListener {
  onEvents(events: readonly DeploymentEvent[]): void;
  onProgress(progress: StepProgress): void;
}

/** Runs deployments, one per host at a time, and keeps those that have ended. */
export interface DeploymentManager extends DeploymentPreparation, DeployedVerifier {
  /**
   * Stores the deployment and begins to run it; resolves at once. With `plan`, the hashes of plans that together hold each
   * host, a host that is not as its plan says stops at its check. `confirmed`: the words that were typed for protected hosts.
   * @throws ProductError `deploy/inputs`, `deploy/plan-unknown`, `deploy/not-confirmed`, `general/not-found`, `repository/host-busy`
   */
  start(request: RunRequest & { readonly inputs: DeploymentInputs; readonly plan?: readonly string[] | undefined; readonly confirmed?: readonly string[] | undefined }): Promise<Deployment>;
  /** Stops a running deployment and resolves when its hosts are cleaned up and it has ended. Nothing to do for one that does not run. */
  stop(id: string): Promise<void>;
  /** Lets hosts of a running deployment that are at work finish; those that wait their turn end as stopped. */
  beginNoMore(id: string): void;
  /**
   * Hosts at work go on, no other begins until `goOn`. Nothing to do for one that is paused.
   * @throws ProductError `deploy/not-running`
   */
  pause(id: string, by: string): Promise<void>;
  /**
   * Ends the pause and lets held hosts begin in their turn; an interrupted deployment is taken up again whole. With `hostIds`
   * those of them begin now that are held or wait for the end of the pause, and the others stay as they are.
   * @throws ProductError `deploy/nothing-held`, `repository/host-busy`
   */
  goOn(id: string, request: RunRequest, hostIds?: readonly string[]): Promise<Deployment>;
  /**
   * Runs the hosts that did not end complete again but for held ones, or those of `hostIds`. Named hosts that have ended join
   * a run that is under way, with the answers and secrets of that run. A deployment that was paused when it was interrupted
   * still is: of its hosts, those that were at work begin. With `plan` each host is run as one of these plans says.
   * @throws ProductError `deploy/still-running`, `deploy/nothing-to-resume`, `deploy/only-held`, `deploy/plan-unknown`, `repository/host-busy`
   */
  resume(id: string, request: RunRequest & { readonly plan?: readonly string[] | undefined }, hostIds?: readonly string[]): Promise<Deployment>;
  /**
   * Asks the hosts that `resume` would run, and says what it would do there. Changes nothing.
   * @throws ProductError as `resume`, and `general/cancelled`
   */
  planAgain(id: string, questions: Questions, signal: AbortSignal, hostIds?: readonly string[]): Promise<DeploymentPlan>;
  /**
   * Removes what a run that is over left on its hosts: a running installer, staging folder, silent.ini, lock. Resolves when
   * done; an interrupted deployment is then closed as cancelled. What could not be removed stays in `left`.
   * @throws ProductError `deploy/still-running`, `deploy/host-busy`
   */
  cleanUp(id: string, request: Omit<RunRequest, 'secrets'>): Promise<Deployment>;
  /** From now on so many hosts at a time, over all deployments; those at work stay so. */
  setParallelHosts(hosts: number): void;
  /** All deployments, running ones with live progress inside their step. */
  list(): Promise<readonly Deployment[]>;
  get(id: string): Promise<Deployment>;
  /** Tells of every event stored from now on, and of progress. Returns how to end it. */
  follow(id: string, listener: DeploymentListener): () => void;
  /** Number of deployments that run now. */
  readonly running: number;
  /** Tells, at most five times a second, that live progress has changed. */
  onChanged(listener: () => void): () => void;
  /** To be called once at start: closes what a service that is gone left running as interrupted. */
  recover(): Promise<void>;
  /** Interrupts what runs, without cleaning up on the hosts: it can be resumed. */
  close(): Promise<void>;
}
