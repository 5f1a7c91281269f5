import type { HostPlanView } from './planView';

/** What of a host's plan is compared: what is done there, not what the host is like or how it stands. */
type Compared = Pick<HostPlanView, 'hostId' | 'hostName' | 'applicationName' | 'skip' | 'installPath' | 'backup' | 'files' | 'application' | 'plugIn' | 'silentIni' | 'silentIniChanges'> & { readonly error?: object };

/**
 * Finds the hosts on which a plan changes the same as on one before them, each by id with the name of the first such host. The
 * names of host and application object may differ wherever they stand, since every host has its own.
 */
export function findSameChanges(hosts: readonly Compared[]): ReadonlyMap<string, string> {
  const firsts = new Map<string, string>();
  const same = new Map<string, string>();
  for (const host of hosts) {
    if (host.skip !== undefined || host.error !== undefined) continue;
    const changes = changesOf(host);
    const first = firsts.get(changes);
    if (first === undefined) firsts.set(changes, host.hostName);
    else same.set(host.hostId, first);
  }
  return same;
}

function changesOf({ hostName, applicationName, installPath, backup, files, application, plugIn, silentIni, silentIniChanges }: Compared): string {
  const text = JSON.stringify([installPath, backup, files, application, plugIn, silentIni, silentIniChanges?.lines]);
  // The longer name first: the one of the application often has the host's in it.
  return text.replaceAll(inJson(applicationName), '\u0001').replaceAll(inJson(hostName), '\u0002');
}

/** A name as it stands inside of a JSON text; JSON has no control characters, so a mark that is one is no part of any value. */
function inJson(name: string): string {
  return JSON.stringify(name).slice(1, -1);
}
