/** Reads what changes, one reading at a time. */
export interface ReadLane<A> {
  /** The reading under way. */
  readonly busy: Promise<void> | undefined;
  /** Reads these; what is named while a reading runs is read right after it, so that events never pile up requests. */
  read(areas: readonly A[]): Promise<void>;
}

/** @param work reads some of what is named; when it rejects, all of it stays named for the next time */
export function createReadLane<A>(work: (stale: ReadonlySet<A>) => Promise<void>): ReadLane<A> {
  const stale = new Set<A>();
  let isBusy = false;
  let reading = Promise.resolve();

  const run = async (): Promise<void> => {
    try {
      while (stale.size > 0) {
        const areas = new Set(stale);
        stale.clear();
        try {
          await work(areas);
        } catch (error) {
          for (const area of areas) stale.add(area);
          throw error;
        }
      }
    } finally {
      // In the same turn as the last look at `stale`: a change that comes now begins a reading of its own.
      isBusy = false;
    }
  };

  return {
    get busy() {
      return isBusy ? reading : undefined;
    },
    read: (areas) => {
      for (const area of areas) stale.add(area);
      if (!isBusy) {
        isBusy = true;
        reading = run();
      }
      return reading;
    },
  };
}
