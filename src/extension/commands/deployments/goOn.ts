import { canGoOn } from '../../../core/deployment/lane';
import type { Deployment } from '../../../core/deployment/model';
import { goOnWith } from '../../tasks/deploymentTask';
import type { Command } from '../command';
import { deploymentOf, oneDeployment } from './chooseDeployment';

/** Lets hosts of a running deployment that are at work go on, and no other begin. */
export const pause: Command = {
  id: 'gaxPackages.deployments.pause',
  needsTrust: true,
  run: async (parts, target) => {
    const { deployment } = await oneDeployment(parts, target, parts.text('chooseDeployment'), ({ state, paused }) => state === 'running' && paused !== true, 'noneRuns');
    await parts.service.request('deployments/pause', { id: deployment.id });
  },
};

/** Ends a pause, and runs the hosts that are held. */
export const goOn: Command = {
  id: 'gaxPackages.deployments.goOn',
  needsTrust: true,
  run: async (parts, target) => {
    const { deployment } = await oneDeployment(parts, target, parts.text('chooseDeployment'), hasWaiting, 'noneHeld');
    await goOnWith(parts, deployment);
  },
};

/** The same for one host: it begins now, the others stay as they are. */
export const goOnHost: Command = {
  id: 'gaxPackages.deployments.goOnHost',
  needsTrust: true,
  run: async (parts, target) => {
    const chosen = await deploymentOf(parts, target);
    if (chosen?.hostId !== undefined) await goOnWith(parts, chosen.deployment, [chosen.hostId]);
  },
};

function hasWaiting(deployment: Deployment): boolean {
  return deployment.paused === true || deployment.hosts.some((run) => canGoOn(run, deployment));
}
