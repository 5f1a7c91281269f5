import type { ImportRecord } from './model';

/** One import as progress counts it. */
export interface CountedImport {
  readonly record: Pick<ImportRecord, 'state' | 'percent' | 'waiting'>;
  /** Bytes of the archive, where they are known. */
  readonly size?: number;
}

/** How several imports stand together. */
export interface ImportCounts {
  readonly all: number;
  readonly complete: number;
  readonly failed: number;
  readonly stopped: number;
  readonly running: number;
  readonly waiting: number;
  /** 0 to 100. An import that failed counts as far as it came, until all have ended. */
  readonly percent: number;
  /** Bytes of all archives; undefined while one of them is unknown. */
  readonly bytes: { readonly done: number; readonly total: number } | undefined;
}

export function countImports(imports: readonly CountedImport[]): ImportCounts {
  const count = (holds: (record: CountedImport['record']) => boolean): number => imports.filter(({ record }) => holds(record)).length;
  const waiting = count((record) => record.state === 'running' && record.waiting === true);
  const isKnown = imports.length > 0 && imports.every(({ size }) => size !== undefined);
  // Without the sizes each counts the same.
  const weights = imports.map(({ size }) => (isKnown ? Math.max(size ?? 0, 1) : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const done = imports.reduce((sum, { record }, index) => sum + ((weights[index] ?? 0) * (record.state === 'complete' ? 100 : record.percent)) / 100, 0);
  return {
    all: imports.length,
    complete: count((record) => record.state === 'complete'),
    failed: count((record) => record.state === 'failed'),
    stopped: count((record) => record.state === 'cancelled'),
    running: count((record) => record.state === 'running') - waiting,
    waiting,
    percent: total === 0 ? 0 : (100 * done) / total,
    bytes: isKnown ? { done, total } : undefined,
  };
}

/** Seconds before anything can be said of the time left, and the least part that must be done for it. */
const soonest = 10;
const leastPart = 3;

/** About how many seconds are left; undefined while that would be a guess. */
export function secondsLeft(startedAt: string, now: Date, percent: number): number | undefined {
  const elapsed = (now.getTime() - Date.parse(startedAt)) / 1000;
  if (!(elapsed >= soonest) || percent < leastPart || percent >= 100) return undefined;
  return Math.ceil((elapsed * (100 - percent)) / percent);
}
