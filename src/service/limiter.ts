/** Lets so many at a time do something; the others wait their turn. */
export interface Limiter {
  /** Resolves when it is the caller's turn, with how to end it; rejects with the signal's reason when that aborts first. */
  enter(signal: AbortSignal): Promise<() => void>;
  /** From now on so many at a time; nobody who is inside is sent out. */
  setLimit(limit: number): void;
}

export function createLimiter(firstLimit: number): Limiter {
  let limit = firstLimit;
  let inside = 0;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    inside--;
    letIn();
  };
  const letIn = (): void => {
    while (inside < limit) {
      const next = waiting.shift();
      if (next === undefined) return;
      next();
    }
  };
  return {
    setLimit: (next) => {
      limit = next;
      letIn();
    },
    enter: (signal) => new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const take = (): void => {
        signal.removeEventListener('abort', giveUp);
        inside++;
        let left = false;
        resolve(() => {
          if (left) return;
          left = true;
          leave();
        });
      };
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(take), 1);
        reject(signal.reason as Error);
      };
      if (inside < limit) return take();
      waiting.push(take);
      signal.addEventListener('abort', giveUp, { once: true });
    }),
  };
}
