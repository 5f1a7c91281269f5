import type { Command } from '../command';
import { chooseReplaced, deployedOf, openReplacingWizard } from './chooseDeployed';

/** Opens the deploy wizard that puts a higher version in the place of deployed packages. */
export const upgrade: Command = {
  id: 'gaxPackages.deployments.upgrade',
  needsTrust: true,
  run: async (parts, target) => {
    const { deployed, target: { packageId } } = await chooseReplaced(parts, target, 'upgrade');
    openReplacingWizard(parts.pages, 'upgrade', packageId, deployed);
  },
};

/** The same with the version that was there before. */
export const rollBack: Command = {
  id: 'gaxPackages.deployments.rollBack',
  needsTrust: true,
  run: async (parts, target) => {
    const { deployed, target: { packageId } } = await chooseReplaced(parts, target, 'rollBack');
    openReplacingWizard(parts.pages, 'rollBack', packageId, deployed);
  },
};

/** Opens the deploy wizard that installs what is deployed once more, with what was entered for it. */
export const installAgain: Command = {
  id: 'gaxPackages.deployments.installAgain',
  needsTrust: true,
  run: (parts, target) => {
    const [deployed] = deployedOf(parts, target);
    if (deployed === undefined) return Promise.resolve();
    const { packageId: id, tenantId, deploymentId, hostId, applicationName } = deployed;
    parts.pages.show('deployWizard', { id, tenantId }, { hostIds: [hostId], again: { deploymentId, hostId, applicationName } });
    return Promise.resolve();
  },
};
