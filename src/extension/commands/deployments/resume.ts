import type { Deployment } from '../../../core/deployment/model';
import { runResumeTask } from '../../tasks/deploymentTask';
import type { Command } from '../command';
import { oneDeployment } from './chooseDeployment';

/** Runs the hosts of an interrupted deployment that are not complete again. */
export const resume: Command = {
  id: 'gaxPackages.deployments.resume',
  needsTrust: true,
  run: async (parts, target) => {
    const { deployment } = await oneDeployment(parts, target, parts.text('tryAgain'), ({ state }) => state === 'interrupted', 'noneToResume');
    await runResumeTask(parts, deployment);
  },
};

/** The same for a deployment that failed on some hosts. */
export const retryFailed: Command = {
  id: 'gaxPackages.deployments.retryFailed',
  needsTrust: true,
  run: async (parts, target) => {
    const { deployment } = await oneDeployment(parts, target, parts.text('tryAgain'), isOpenAgain, 'noneToResume');
    await runResumeTask(parts, deployment);
  },
};

function isOpenAgain({ state, hosts }: Deployment): boolean {
  return state === 'failed' || (state === 'cancelled' && hosts.some((run) => run.state !== 'complete' && run.state !== 'skipped'));
}
