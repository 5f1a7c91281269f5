import * as v from 'valibot';
import type { Machine } from './machine';
import type { ProcessIdentity } from './processIdentity';

const ownerRecord = v.object({
  machine: v.object({ name: v.string(), id: v.string(), boot: v.string(), processSpace: v.string() }),
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Of the process, as `findProcess` tells it. */
  start: v.string(),
  /** Path of a Unix socket, or name of a Windows pipe. */
  endpoint: v.string(),
  /** Version of the product; for people. */
  version: v.string(),
  /** Set when the owner has closed its files and given up the folder. */
  ended: v.optional(v.boolean()),
});

/** What a generation file says of the owner that made it. */
export interface OwnerRecord extends ProcessIdentity {
  readonly machine: Machine;
  readonly endpoint: string;
  readonly version: string;
  readonly ended?: boolean | undefined;
}

export function printOwnerRecord(record: OwnerRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/** Undefined for a file that is not (or not yet completely) written. */
export function parseOwnerRecord(text: string): OwnerRecord | undefined {
  try {
    const parsed = v.safeParse(ownerRecord, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
