import type { PackageSummary } from '../../../core/packages/model';
import type { ExtensionParts } from '../../extensionParts';
import type { DeployWizardIntent } from '../../pages/deployWizard/ports';
import { hostsOf } from '../hosts/chooseHosts';
import type { Command } from '../command';
import { onePackage, packagesOf } from './choosePackages';

/** Opens the deploy wizard: for each of the packages it was called on, or for the one that the person chooses. */
export const deploy: Command = {
  id: 'gaxPackages.packages.deploy',
  needsTrust: true,
  run: async (parts, target) => {
    const given = packagesOf(target).filter(canBeDeployed);
    const items = given.length > 0 ? given : [await onePackage(parts, target, parts.text('deployButton'), canBeDeployed)];
    for (const item of items) openWizard(parts, item, []);
  },
};

/** The same, from a host: the package is asked for. */
export const deployToHost: Command = {
  id: 'gaxPackages.hosts.deployTo',
  needsTrust: true,
  run: async (parts, target) => {
    const item = await onePackage(parts, target, parts.text('deployButton'), canBeDeployed);
    openWizard(parts, item, hostsOf(target).map((host) => host.id));
  },
};

/** What a solution definition does to hosts is not carried out yet. */
function canBeDeployed({ kind }: PackageSummary): boolean {
  return kind !== 'solution-definition';
}

function openWizard(parts: ExtensionParts, item: PackageSummary, hostIds: readonly string[]): void {
  const intent: DeployWizardIntent = { hostIds };
  parts.pages.show('deployWizard', { id: item.id, tenantId: item.tenantId }, { ...intent });
}
