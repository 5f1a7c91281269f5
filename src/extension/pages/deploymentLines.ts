import type { Deployment, HostRun } from '../../core/deployment/model';
import type { Locale } from '../../core/text/messages';
import { describeHostRun, profileName } from '../../core/text/stateText';
import type { DeploymentLine } from '../../protocol/page/packageDetails';

/** Lines that a page is given; older deployments are long superseded. */
const most = 200;

/** Deployments as lines of a history, newest first. @param isMeant the hosts that the page is about */
export function deploymentLines(deployments: readonly Deployment[], locale: Locale, isMeant: (run: HostRun) => boolean = () => true): readonly DeploymentLine[] {
  return [...deployments]
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0))
    .slice(0, most)
    .map(({ id, profile, package: { version }, state, percent, startedAt, startedBy, planHash, hosts }) => ({
      id, title: `${profileName(locale, profile)} ${version}`, state, percent, startedAt, startedBy, ...(planHash !== undefined && { planHash }),
      hosts: hosts.filter(isMeant).map((run) => ({ hostId: run.hostId, hostName: run.hostName, state: run.state, words: describeHostRun(locale, run) })),
    }));
}
