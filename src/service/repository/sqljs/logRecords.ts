import * as v from 'valibot';
import type { ExecutedStatement } from './catalogue';
import { logPosition, type LogPosition } from './image';

/** The first record of every log file. */
export interface LogHeader {
  readonly format: number;
  /** A log belongs to one schema version; it is replayed before any migration. */
  readonly schema: number;
  /** Where the sequence of changes stood when this file was begun. What an earlier file holds beyond that was never acknowledged. */
  readonly after: LogPosition;
}

/** One transaction. */
export interface LoggedChange {
  /** 1, 2, 3 … over the whole life of the repository. */
  readonly change: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly statements: readonly ExecutedStatement[];
}

const logHeader = v.object({ format: v.number(), schema: v.number(), after: logPosition });
const statement = v.tupleWithRest([v.string()], v.nullable(v.union([v.string(), v.number()])));
const loggedChange = v.object({ change: v.number(), at: v.string(), statements: v.array(statement) });

export function encodePayload(record: LogHeader | LoggedChange): Buffer {
  return Buffer.from(JSON.stringify(record));
}

/** The header in an intact first record. */
export function decodeHeader(payload: Buffer): LogHeader {
  return v.parse(logHeader, JSON.parse(payload.toString()));
}

/** The number of the change in a record that may be damaged; 0 when it cannot be told. */
export function peekChange(payload: Buffer): number {
  try {
    return decodeChange(payload).change;
  } catch {
    return 0;
  }
}

/** The change in any other intact record. */
export function decodeChange(payload: Buffer): LoggedChange {
  return v.parse(loggedChange, JSON.parse(payload.toString()));
}
