import type { ImportRecord } from './model';

/** A running import as a rate sees it. */
export interface RatedImport {
  readonly record: Pick<ImportRecord, 'id' | 'state' | 'step' | 'bytes'>;
}

/** A rate is of the last seconds: what was before says little of what comes. */
const spanMs = 5000;
/** Before that a rate would be a guess. */
const leastMs = 1000;

interface Sample {
  readonly at: number;
  readonly done: number;
}

/** How fast each import reads, in bytes a second, from what was told of it. */
export interface ImportRates {
  /** @param now milliseconds */
  take(imports: readonly RatedImport[], now: number): void;
  /** Undefined while nothing can be said. */
  of(id: string): number | undefined;
}

export function createImportRates(): ImportRates {
  const lanes = new Map<string, { readonly step: string; readonly samples: readonly Sample[] }>();
  return {
    take: (imports, now) => {
      const running = new Set<string>();
      for (const { record } of imports) {
        if (record.state !== 'running' || record.bytes === undefined) continue;
        running.add(record.id);
        const before = lanes.get(record.id);
        // Each step reads from the beginning.
        const earlier = before?.step === record.step ? before.samples : [];
        const recent = earlier.filter(({ at }, index) => now - at <= spanMs || index === earlier.length - 1);
        lanes.set(record.id, { step: record.step, samples: [...recent, { at: now, done: record.bytes.done }] });
      }
      for (const id of lanes.keys()) if (!running.has(id)) lanes.delete(id);
    },
    of: (id) => {
      const samples = lanes.get(id)?.samples ?? [];
      const [first, last] = [samples[0], samples.at(-1)];
      if (first === undefined || last === undefined || last.at - first.at < leastMs || last.done <= first.done) return undefined;
      return ((last.done - first.done) * 1000) / (last.at - first.at);
    },
  };
}
