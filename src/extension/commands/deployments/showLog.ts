import type { Command } from '../command';
import { oneDeployment } from './chooseDeployment';

/** Opens the action log of a deployment; called on a host, that host's part of it. */
export const showLog: Command = {
  id: 'gaxPackages.deployments.showLog',
  run: async (parts, target) => {
    const { deployment, hostId } = await oneDeployment(parts, target, parts.text('deploymentActionLog'), () => true, 'noDeployments');
    await parts.logs.show(deployment, hostId);
  },
};
