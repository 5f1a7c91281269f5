import type { Command } from '../command';
import { deploymentOf } from './chooseDeployment';

/** Leaves a deployment failed: it no longer wants attention; its log stays. */
export const leaveFailed: Command = {
  id: 'gaxPackages.deployments.leaveFailed',
  run: async (parts, target) => {
    const chosen = await deploymentOf(parts, target);
    if (chosen?.deployment.state === 'failed') await parts.views.leaveFailed(chosen.deployment.id);
  },
};
