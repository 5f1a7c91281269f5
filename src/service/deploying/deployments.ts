import type {
  Deployment, DeploymentEvent, DeploymentInputs, SilentIniValue, StepProgress,
} from '../../core/deployment/model';
import type { Questions } from '../questions';
import type { DeploymentPreparation } from './preparation';

/** What a run needs of the person who asked for it. */
export interface RunRequest {
  /** Values of the inputs' secret keys; those that are missing are asked for. Kept in memory until the run ends. */
  readonly secrets: readonly SilentIniValue[];
  /** An unknown host key is trusted without a question. */
  readonly acceptNewHostKey: boolean;
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
export interface DeploymentManager extends DeploymentPreparation {
  /**
   * Stores the deployment and begins to run it; resolves at once. With `plan`, the hashes of plans that together hold each
   * host, a host that is not as its plan says stops at its check.
   * @throws ProductError `deploy/inputs`, `deploy/plan-unknown`, `general/not-found`, `repository/host-busy`
   */
  start(request: RunRequest & { readonly inputs: DeploymentInputs; readonly plan?: readonly string[] | undefined }): Promise<Deployment>;
  /** Stops a running deployment and resolves when its hosts are cleaned up and it has ended. Nothing to do for one that does not run. */
  stop(id: string): Promise<void>;
  /** Lets hosts of a running deployment that are at work finish; those that wait their turn end as stopped. */
  beginNoMore(id: string): void;
  /**
   * Runs the hosts that did not end complete again, or those of `hostIds` among them. Named hosts that have ended join a
   * run that is under way, with the answers and secrets of that run.
   * @throws ProductError `deploy/still-running`, `deploy/nothing-to-resume`, `repository/host-busy`
   */
  resume(id: string, request: RunRequest, hostIds?: readonly string[]): Promise<Deployment>;
  /**
   * Removes what a run that is over left on its hosts: a running installer, staging folder, silent.ini, lock. Resolves when
   * done; an interrupted deployment is then closed as cancelled. What could not be removed stays in `left`.
   * @throws ProductError `deploy/still-running`, `deploy/host-busy`
   */
  cleanUp(id: string, request: Omit<RunRequest, 'secrets'>): Promise<Deployment>;
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
