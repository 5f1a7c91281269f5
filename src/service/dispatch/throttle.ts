/** Collects items and hands them on together. */
export interface Throttle<T> {
  add(items: Iterable<T>): void;
  /** Drops what has not been handed on. */
  stop(): void;
}

/**
 * Hands collected items on at most once in `interval` milliseconds: the first at once, what comes in between merged at
 * the end of the interval, so that the last one always arrives.
 */
export function createThrottle<T>(interval: number, handOn: (items: ReadonlySet<T>) => void): Throttle<T> {
  let collected = new Set<T>();
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    timer = undefined;
    if (collected.size === 0) return;
    const items = collected;
    collected = new Set();
    timer = setTimeout(flush, interval);
    handOn(items);
  };
  return {
    add: (items) => {
      for (const item of items) collected.add(item);
      if (timer === undefined) flush();
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
      collected.clear();
    },
  };
}
