import type { HostContact } from './model';

/** What a test of the connection looks at, in this order; each needs the one before. */
export const connectionChecks = ['reached', 'key', 'login', 'system'] as const;
export type ConnectionCheck = (typeof connectionChecks)[number];

/** `open`: the last test did not come so far. */
export type CheckState = 'passed' | 'failed' | 'open';

/** What the last contact left behind, as far as the checks are concerned. */
export interface ContactEnd {
  /** Undefined: there was none. */
  readonly state: HostContact['state'] | undefined;
  /** It ended with an error. */
  readonly failed: boolean;
  /** The host has told what it is, then or earlier. */
  readonly hasSystem: boolean;
}

/** Where the contact ended, for each state but the good one. */
const failedAt: Readonly<Record<Exclude<HostContact['state'], 'reachable'>, ConnectionCheck>> = {
  unreachable: 'reached', 'key-unknown': 'key', 'key-changed': 'key', 'login-refused': 'login',
};

/** How far the last contact with a host came. */
export function readConnectionChecks({ state, failed, hasSystem }: ContactEnd): Readonly<Record<ConnectionCheck, CheckState>> {
  if (state === undefined) return { reached: 'open', key: 'open', login: 'open', system: 'open' };
  if (state === 'reachable') return { reached: 'passed', key: 'passed', login: 'passed', system: failed ? 'failed' : hasSystem ? 'passed' : 'open' };
  const end = connectionChecks.indexOf(failedAt[state]);
  const stateAt = (position: number): CheckState => (position < end ? 'passed' : position === end ? 'failed' : 'open');
  return { reached: stateAt(0), key: stateAt(1), login: stateAt(2), system: stateAt(3) };
}
