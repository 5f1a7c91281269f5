import { parseArgs } from 'node:util';

/** What a service is told on its command line. Nothing secret: everybody on the machine can read it. */
export interface ServiceArguments {
  /** The data folder, absolute. */
  readonly data: string;
  /** Seconds after the last client; absent: the default. */
  readonly idleSeconds?: number | undefined;
  /** The service ends with this process; for tests. */
  readonly parentPid?: number | undefined;
}

/** How a service process ends. */
export const exitCodes = {
  /** Idle, stopped or handed over: all its files are closed. */
  ended: 0,
  /** Something it does not handle; a new one takes over. The reason is in the log. */
  failed: 1,
  /** Wrong arguments. */
  usage: 2,
  /** Another service owns the data folder. */
  ownedByAnother: 3,
  /** A newer owner exists; it ended without writing. */
  ownershipLost: 4,
} as const;

export function printServiceArguments({ data, idleSeconds, parentPid }: ServiceArguments): string[] {
  return [
    '--data', data,
    ...(idleSeconds === undefined ? [] : ['--idle-seconds', String(idleSeconds)]),
    ...(parentPid === undefined ? [] : ['--parent-pid', String(parentPid)]),
  ];
}

/** Undefined when the arguments make no sense. */
export function parseServiceArguments(words: readonly string[]): ServiceArguments | undefined {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { data: { type: 'string' }, 'idle-seconds': { type: 'string' }, 'parent-pid': { type: 'string' } },
    });
    const idleSeconds = parseNumber(values['idle-seconds']);
    const parentPid = parseNumber(values['parent-pid']);
    if (values.data === undefined || Number.isNaN(idleSeconds) || Number.isNaN(parentPid)) return undefined;
    return { data: values.data, idleSeconds, parentPid };
  } catch {
    return undefined;
  }
}

function parseNumber(word: string | undefined): number | undefined {
  return word === undefined ? undefined : /^\d+(\.\d+)?$/.test(word) ? Number(word) : Number.NaN;
}
