import { progressSubject } from '../../deployments/progressSubject';
import type { Command } from '../command';
import { oneDeployment } from './chooseDeployment';

/** Opens the progress of a deployment: in the wizard that started it, where that is still open, else on a page of its own. */
export const showProgress: Command = {
  id: 'gaxPackages.deployments.showProgress',
  run: async (parts, target) => {
    const { deployment } = await oneDeployment(parts, target, parts.text('showProgress'), () => true, 'noDeployments');
    parts.pages.show('deployWizard', progressSubject(parts, deployment));
  },
};
