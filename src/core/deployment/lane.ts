import { stepsOf, type Deployment, type DeploymentStep, type HostRun, type StepProgress } from './model';
import { hasEnded } from './run';

/** How one step of a host stands, as its lane shows it. */
export type LaneStepState = 'todo' | 'done' | 'running' | 'waiting' | 'failed' | 'unknown' | 'stopped' | 'interrupted' | 'skipped';

export interface LaneStep {
  readonly step: DeploymentStep;
  readonly state: LaneStepState;
}

/** The steps of a host in their order. A host whose step failed is cleaned up: that step runs while those between were never begun. */
export function laneSteps(run: Pick<HostRun, 'state' | 'step' | 'percent'> & Pick<Deployment, 'plugIn'>): readonly LaneStep[] {
  const steps = stepsOf(run);
  const stepsDone = Math.round((run.percent * steps.length) / 100);
  return steps.map((step, index) => ({ step, state: stateOf(run, step, index < stepsDone) }));
}

function stateOf(run: Pick<HostRun, 'state' | 'step'>, step: DeploymentStep, isDone: boolean): LaneStepState {
  if (run.state === 'complete') return 'done';
  if (run.state === 'skipped') return 'skipped';
  if (run.step !== step) return isDone ? 'done' : 'todo';
  switch (run.state) {
    case 'queued':
    case 'held':
      return 'todo';
    case 'cancelled':
      return 'stopped';
    case 'running':
    case 'waiting':
    case 'failed':
    case 'unknown':
    case 'interrupted':
      return run.state;
  }
}

/** How the hosts of a deployment stand together. */
export interface HostCounts {
  readonly all: number;
  readonly complete: number;
  readonly failed: number;
  readonly unknown: number;
  readonly running: number;
  readonly waiting: number;
  readonly queued: number;
  readonly skipped: number;
  readonly stopped: number;
  readonly interrupted: number;
  readonly held: number;
  /** Hosts that have ended, in whatever way. */
  readonly ended: number;
}

export function countHosts(hosts: readonly Pick<HostRun, 'state'>[]): HostCounts {
  const count = (state: HostRun['state']): number => hosts.filter((run) => run.state === state).length;
  return {
    all: hosts.length,
    complete: count('complete'), failed: count('failed'), unknown: count('unknown'), running: count('running'), waiting: count('waiting'), queued: count('queued'),
    skipped: count('skipped'), stopped: count('cancelled'), interrupted: count('interrupted'), held: count('held'),
    ended: hosts.filter(hasEnded).length,
  };
}

/** What a host that did not end well is like now. */
export type HostNow =
  /** Something of the deployment is still there. */
  | { readonly kind: 'left'; readonly left: readonly string[] }
  /** The installer succeeded, but the repository does not know it. */
  | { readonly kind: 'installedUnrecorded'; readonly version: string }
  /** What was installed before is still in place. */
  | { readonly kind: 'earlierKept'; readonly version: string }
  /** The deployment had not begun to change anything that stays. */
  | { readonly kind: 'unchanged' }
  /** Nobody knows: the connection was lost while the installer ran. */
  | { readonly kind: 'notKnown' };

/**
 * What a host is like after its part of a deployment has ended badly; undefined for a host that has not, or was interrupted.
 * @param earlier the version that was installed for the same application before
 */
export function hostNow(run: Pick<HostRun, 'state' | 'step' | 'left'>, deployed: string, earlier: string | undefined): HostNow | undefined {
  if (run.state === 'unknown') return { kind: 'notKnown' };
  if (run.state !== 'failed' && run.state !== 'cancelled') return undefined;
  if (run.step === 'plugIn' || run.step === 'values' || run.step === 'record') return { kind: 'installedUnrecorded', version: deployed };
  if (run.left.length > 0) return { kind: 'left', left: run.left };
  return earlier === undefined ? { kind: 'unchanged' } : { kind: 'earlierKept', version: earlier };
}

/** What is left and what is kept of a deployment on a host, in one list. */
export function pathsOf({ left, kept }: Pick<HostRun, 'left' | 'kept'>): readonly string[] {
  return kept === undefined ? left : [...left, kept];
}

/** True for a deployment that does not run and has left or kept something on a host. */
export function canCleanUp({ state, hosts }: Pick<Deployment, 'state' | 'hosts'>): boolean {
  return state === 'interrupted' || (state !== 'running' && hosts.some((run) => pathsOf(run).length > 0));
}

/** True for a host that can be taken up again alone. */
export function canRetry({ state }: Pick<HostRun, 'state'>, deployment: Pick<Deployment, 'state'>): boolean {
  if (state === 'failed' || state === 'unknown') return true;
  // A host that a person stopped is taken up again once the others have ended.
  return state === 'cancelled' && deployment.state !== 'running';
}

/** True for a host that was not as its plan says: a person looks at a new plan before it is tried again. */
export function needsPlanAgain({ state, error }: { readonly state: HostRun['state']; readonly error?: { readonly code: string } | undefined }): boolean {
  return state === 'failed' && error?.code === 'deploy/host-changed';
}

/** True for a host that a person can let begin: it is held, or waits for the end of a pause. */
export function canGoOn({ state }: Pick<HostRun, 'state'>, deployment: Pick<Deployment, 'paused'>): boolean {
  return state === 'held' || (state === 'queued' && deployment.paused === true);
}

/** Bytes a second over the last moments of a transfer; undefined while nothing can be said. */
export interface TransferRate {
  add(bytesDone: number, at: number): void;
  perSecond(): number | undefined;
}

/** Milliseconds that a rate looks back, and the least it needs. */
const rateWindow = 5000;
const leastWindow = 800;

export function createTransferRate(): TransferRate {
  let samples: { readonly bytes: number; readonly at: number }[] = [];
  return {
    add(bytes, at) {
      const last = samples.at(-1);
      // A new attempt begins anew.
      if (last && bytes < last.bytes) samples = [];
      samples.push({ bytes, at });
      while (samples.length > 2 && at - (samples[1]?.at ?? at) >= rateWindow) samples.shift();
    },
    perSecond() {
      const [first] = samples;
      const last = samples.at(-1);
      if (!first || !last || last.at - first.at < leastWindow) return undefined;
      return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
    },
  };
}

/** How far the bytes of one host's step are. */
export interface Transfer {
  readonly done: number;
  readonly total: number;
  readonly perSecond?: number;
}

/** Keeps how far the transfers of a deployment's hosts are, and how fast they are. */
export interface TransferWatch {
  add(progress: StepProgress, at: number): void;
  /** Undefined while the host is not at its transfer. */
  of(run: Pick<HostRun, 'hostId' | 'state' | 'step'>): Transfer | undefined;
}

export function createTransferWatch(): TransferWatch {
  const known = new Map<string, { readonly progress: StepProgress; readonly rate: TransferRate }>();
  return {
    add(progress, at) {
      if (progress.step !== 'transfer' || progress.bytesTotal <= 0) return;
      const rate = known.get(progress.hostId)?.rate ?? createTransferRate();
      rate.add(progress.bytesDone, at);
      known.set(progress.hostId, { progress, rate });
    },
    of({ hostId, state, step }) {
      const found = state === 'running' && step === 'transfer' ? known.get(hostId) : undefined;
      if (found === undefined) return undefined;
      const perSecond = found.rate.perSecond();
      return { done: found.progress.bytesDone, total: found.progress.bytesTotal, ...(perSecond !== undefined && { perSecond }) };
    },
  };
}
