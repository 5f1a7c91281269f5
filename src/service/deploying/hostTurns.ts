import type { HostRunState, HeldReason } from '../../core/deployment/model';
import type { Turns } from '../../core/deployment/turns';
import type { Limiter } from '../limiter';

/** What is done with a host whose turn it is, or never will be. */
export interface TurnActions {
  /** Runs a host to its end. @returns how it ended */
  run(hostId: string): Promise<HostRunState>;
  hold(hostIds: readonly string[], reason: HeldReason): Promise<void>;
  /** The run is stopped before the host began. */
  neverBegun(hostId: string): Promise<void>;
}

/** Runs hosts in their turn, within the places that all runs share. */
export interface HostTurns {
  /** Resolves when nobody waits and nobody is at work; rejects, then too, with what an action threw first. */
  readonly done: Promise<void>;
  /** Looks again who may begin, after `turns` were told something. */
  move(): void;
  /** Tells `turns` something once it is written down. Nothing ends until then. */
  after(written: Promise<void>, tell: () => void): Promise<void>;
  isAtWork(hostId: string): boolean;
  readonly isOver: boolean;
}

/** A host that may begin and waits for a place can be called back: a pause comes, or too many others fail. */
const calledBack = new Error('not its turn any more');

/** @param stop aborted: who waits never begins; who is at work is told by other means */
export function runInTurns(turns: Turns, slots: Limiter, actions: TurnActions, stop: AbortSignal): HostTurns {
  const atDoor = new Map<string, AbortController>();
  const atWork = new Set<string>();
  /** What is being written down for hosts that do not run. */
  let writing = 0;
  let isOver = false;
  let failure: { readonly error: unknown } | undefined;
  let end: { readonly resolve: () => void; readonly reject: (error: unknown) => void };
  const done = new Promise<void>((resolve, reject) => (end = { resolve, reject }));

  const noteFailure = (error: unknown): void => void (failure ??= { error });
  const write = async (work: Promise<void>): Promise<void> => {
    writing += 1;
    try {
      await work;
    } finally {
      writing -= 1;
      move();
    }
  };
  const note = (work: Promise<void>): void => void write(work.catch(noteFailure));

  const enter = async (hostId: string, door: AbortController): Promise<void> => {
    const leave = await slots.enter(door.signal).catch(() => undefined);
    if (leave === undefined) return;
    // Called back in the moment between the free place and here.
    if (door.signal.aborted) return leave();
    atDoor.delete(hostId);
    turns.began(hostId);
    atWork.add(hostId);
    let ended: HostRunState = 'interrupted';
    try {
      ended = await actions.run(hostId);
    } catch (error) {
      noteFailure(error);
    } finally {
      leave();
      atWork.delete(hostId);
      turns.ended(hostId, ended);
      move();
    }
  };

  const move = (): void => {
    if (isOver) return;
    if (stop.aborted) for (const id of turns.clear()) note(actions.neverBegun(id));
    const { begin, hold, reason } = turns.next();
    for (const [id, door] of atDoor) {
      if (begin.includes(id)) continue;
      atDoor.delete(id);
      door.abort(calledBack);
    }
    if (reason !== undefined && hold.length > 0) note(actions.hold(hold, reason));
    for (const id of begin) {
      if (atDoor.has(id)) continue;
      const door = new AbortController();
      atDoor.set(id, door);
      void enter(id, door);
    }
    if (!turns.isOver || writing > 0 || atWork.size > 0) return;
    isOver = true;
    stop.removeEventListener('abort', move);
    if (failure) end.reject(failure.error);
    else end.resolve();
  };
  stop.addEventListener('abort', move);
  move();
  return {
    done, move,
    after: (written, tell) => write(written.then(tell)),
    isAtWork: (id) => atWork.has(id), get isOver() { return isOver; },
  };
}
