import type { Host } from './model';

/** What a test of the connection looks at, in this order; each needs the one before. */
export const connectionChecks = ['reached', 'key', 'login', 'system'] as const;
export type ConnectionCheck = (typeof connectionChecks)[number];

/** `open`: the last test did not come so far. */
export type CheckState = 'passed' | 'failed' | 'open';

/** Where the last contact ended, for each state of it. */
const failedAt: Readonly<Record<Exclude<NonNullable<Host['contact']>['state'], 'reachable'>, ConnectionCheck>> = {
  unreachable: 'reached', 'key-unknown': 'key', 'key-changed': 'key', 'login-refused': 'login',
};

/** How far the last contact with a host came. */
export function readConnectionChecks({ contact, system }: Pick<Host, 'contact' | 'system'>): Readonly<Record<ConnectionCheck, CheckState>> {
  if (contact === undefined) return { reached: 'open', key: 'open', login: 'open', system: 'open' };
  if (contact.state === 'reachable') {
    return { reached: 'passed', key: 'passed', login: 'passed', system: contact.error !== undefined ? 'failed' : system === undefined ? 'open' : 'passed' };
  }
  const end = connectionChecks.indexOf(failedAt[contact.state]);
  const stateAt = (check: ConnectionCheck): CheckState => {
    const position = connectionChecks.indexOf(check);
    return position < end ? 'passed' : position === end ? 'failed' : 'open';
  };
  return { reached: stateAt('reached'), key: stateAt('key'), login: stateAt('login'), system: stateAt('system') };
}
