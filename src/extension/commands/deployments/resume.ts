import type { Deployment } from '../../../core/deployment/model';
import { runAgain } from '../../tasks/deploymentTask';
import type { Command } from '../command';
import { deploymentOf, oneDeployment } from './chooseDeployment';

/** Runs the hosts of an interrupted deployment that are not complete again. */
export const resume: Command = {
  id: 'gaxPackages.deployments.resume',
  needsTrust: true,
  run: async (parts, target) => {
    const { deployment } = await oneDeployment(parts, target, parts.text('tryAgain'), ({ state }) => state === 'interrupted', 'noneToResume');
    await runAgain(parts, deployment);
  },
};

/** The same for a deployment that failed on some hosts. */
export const retryFailed: Command = {
  id: 'gaxPackages.deployments.retryFailed',
  needsTrust: true,
  run: async (parts, target) => {
    const { deployment } = await oneDeployment(parts, target, parts.text('tryAgain'), isOpenAgain, 'noneToResume');
    const hostIds = deployment.hosts.flatMap((run) => (run.state === 'failed' || run.state === 'unknown' ? [run.hostId] : []));
    // While others still run, only those that have failed can be taken up again.
    await runAgain(parts, deployment, deployment.state === 'running' ? hostIds : undefined);
  },
};

/** The same for one host alone, also while others of its deployment still run. */
export const retryHost: Command = {
  id: 'gaxPackages.deployments.retryHost',
  needsTrust: true,
  run: async (parts, target) => {
    const chosen = await deploymentOf(parts, target);
    if (chosen?.hostId !== undefined) await runAgain(parts, chosen.deployment, [chosen.hostId]);
  },
};

function isOpenAgain({ state, hosts }: Deployment): boolean {
  return state === 'failed' || (state === 'cancelled' && hosts.some((run) => run.state !== 'complete' && run.state !== 'skipped'));
}
