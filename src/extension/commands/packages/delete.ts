import type { DeployedPackage } from '../../../core/deployment/model';
import { describeIdentity } from '../../../core/packages/identity';
import type { PackageSummary } from '../../../core/packages/model';
import type { ExtensionParts } from '../../extensionParts';
import { confirm } from '../../inputs/inputs';
import type { Command } from '../command';
import { importsOf, packagesOf, severalPackages } from './choosePackages';
import { dismissImport } from './dismissImport';

/** Deletes packages for good, after a question that names them and where they are deployed. */
export const deletePackage: Command = {
  id: 'gaxPackages.packages.delete',
  needsTrust: true,
  run: async (parts, target) => {
    const { text, service } = parts;
    // The key for deleting also works on imports that have ended: nothing of them is kept.
    if (packagesOf(target).length === 0 && importsOf(target).length > 0) return dismissImport.run(parts, target);
    const packages = await severalPackages(parts, target, text('deleteButton'));
    const deployed = await service.request('deployedPackages/list', {});
    const [only] = packages;
    if (only !== undefined && packages.length === 1) {
      await confirm(text('deleteMessage', { package: describeIdentity(only, text('bit')) }), await describeOne(parts, only, deployed), text('deleteButton'));
    } else {
      await confirm(text('deleteSeveralMessage', { n: packages.length }), describeSeveral(parts, packages, deployed), text('deleteButton'));
    }
    for (const { id, tenantId } of packages) await service.request('packages/delete', { id, tenantId });
  },
};

function hostsOf(item: PackageSummary, deployed: readonly DeployedPackage[]): readonly string[] {
  return [...new Set(deployed.filter((record) => record.packageId === item.id).map((record) => record.hostName))].sort();
}

async function describeOne({ text, service }: ExtensionParts, item: PackageSummary, deployed: readonly DeployedPackage[]): Promise<string> {
  const hosts = hostsOf(item, deployed);
  const tenants = await service.request('tenants/list', {});
  const tenant = tenants.find(({ id }) => id === item.tenantId)?.name ?? item.tenantId;
  return [
    hosts.length === 0 ? text('deleteNotDeployed') : text('deleteDeployedOn', { n: hosts.length, hosts: hosts.join(', ') }),
    text('deleteTenant', { tenant }),
    text('deleteForGood'),
  ].join(' ');
}

/** As many packages as a modal can show; the rest as a number. */
const namedAtMost = 10;

function describeSeveral({ text }: ExtensionParts, packages: readonly PackageSummary[], deployed: readonly DeployedPackage[]): string {
  const names = packages.slice(0, namedAtMost).map((item) => describeIdentity(item, text('bit')));
  const list = packages.length > namedAtMost ? text('listMore', { items: names.join('\n'), n: packages.length - namedAtMost }) : names.join('\n');
  const warnings = packages.flatMap((item) => {
    const hosts = hostsOf(item, deployed);
    return hosts.length === 0 ? [] : [text('deleteSeveralDeployedOn', { package: `${item.name} ${item.version}`, hosts: hosts.join(', ') })];
  });
  return [list, ...warnings, text('deleteForGood')].join('\n');
}
