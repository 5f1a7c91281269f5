import type { DeploymentOrder, HeldReason, HostRunState } from './model';

/** What of a run decides whose turn it is. */
export interface TurnRules {
  readonly order: DeploymentOrder;
  /** So many failed or unknown hosts, and the others are held; 0: they go on. */
  readonly stopAfterFailures: number;
  readonly paused: boolean;
  /** A host of the deployment is complete already: no other has to try first. */
  readonly tried: boolean;
}

/** Who may begin now, and who is held from now on. */
export interface NextTurn {
  readonly begin: readonly string[];
  readonly hold: readonly string[];
  /** Why those of `hold` are. */
  readonly reason?: HeldReason;
}

/**
 * Whose turn it is among the hosts of a run: order, batches, pause, and the end of it all after so many failures. Knows
 * nothing of time or of how many hosts are worked on at once: who may begin may still have to wait for a place.
 */
export interface Turns {
  /** Puts hosts at the end of those that wait, in this order. Failures so far do not count any more. */
  add(hostIds: readonly string[]): void;
  /** Lets hosts begin whatever order, pause and failures say, because a person named them. */
  name(hostIds: readonly string[]): void;
  pause(): void;
  goOn(): void;
  /** A host that may begin has begun. */
  began(hostId: string): void;
  ended(hostId: string, state: HostRunState): void;
  /** Takes out all that wait. */
  clear(): readonly string[];
  /** Those that may begin and have not; those that are to be held wait no longer. */
  next(): NextTurn;
  readonly paused: boolean;
  /** Nobody waits and nobody is at work. */
  readonly isOver: boolean;
}

export function createTurns(rules: TurnRules): Turns {
  const { order, stopAfterFailures } = rules;
  let { paused, tried } = rules;
  let waiting: string[] = [];
  const named = new Set<string>();
  const atWork = new Set<string>();
  /** The hosts of the present batch that have not ended. */
  const batch = new Set<string>();
  const failed = new Set<string>();
  let firstFailed = false;

  const without = (hostIds: readonly string[]): string[] => waiting.filter((id) => !hostIds.includes(id));
  const batchSize = (): number => (order.kind === 'batches' ? order.size : order.kind === 'canary' && !tried ? 1 : Infinity);
  const heldReason = (): HeldReason | undefined => {
    if (firstFailed) return 'first-host-failed';
    return stopAfterFailures > 0 && failed.size >= stopAfterFailures ? 'others-failed' : undefined;
  };

  return {
    add(hostIds) {
      waiting = [...without(hostIds), ...hostIds];
      failed.clear();
      firstFailed = false;
    },
    name(hostIds) {
      waiting = without(hostIds);
      for (const id of hostIds) named.add(id);
    },
    pause: () => void (paused = true),
    goOn: () => void (paused = false),
    began(hostId) {
      waiting = without([hostId]);
      named.delete(hostId);
      failed.delete(hostId);
      atWork.add(hostId);
    },
    ended(hostId, state) {
      atWork.delete(hostId);
      const tries = batch.delete(hostId) && order.kind === 'canary' && !tried;
      if (state === 'complete') tried = true;
      if (state !== 'failed' && state !== 'unknown') return;
      failed.add(hostId);
      if (tries) firstFailed = true;
    },
    clear() {
      const all = [...named, ...waiting];
      named.clear();
      batch.clear();
      waiting = [];
      return all;
    },
    next() {
      const reason = heldReason();
      if (reason !== undefined) {
        const hold = waiting;
        waiting = [];
        for (const id of hold) batch.delete(id);
        return { begin: [...named], hold, reason };
      }
      if (paused) return { begin: [...named], hold: [] };
      if (batch.size === 0) for (const id of waiting.slice(0, batchSize())) batch.add(id);
      // Where all may go, those that came later may too.
      else if (batchSize() === Infinity) for (const id of waiting) batch.add(id);
      return { begin: [...named, ...waiting.filter((id) => batch.has(id))], hold: [] };
    },
    get paused() {
      return paused;
    },
    get isOver() {
      return waiting.length === 0 && named.size === 0 && atWork.size === 0;
    },
  };
}
