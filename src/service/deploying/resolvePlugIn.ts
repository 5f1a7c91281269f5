import { completePlugIn } from '../../core/deployment/plugIn';
import type { ResolvedInputs } from '../../core/deployment/replacedDeployments';
import type { Repository } from '../repository/repository';

/**
 * Finds which GAX a plug-in goes into on each host (`completePlugIn`); of other packages the inputs stay as they are. What
 * takes the place of a deployed plug-in goes where that is, whatever GAX is called by now.
 */
export async function resolvePlugIn(
  repository: Pick<Repository, 'getPackage' | 'listApplications' | 'listDeployedPackages' | 'listHosts'>, { inputs, problems }: ResolvedInputs,
): Promise<ResolvedInputs> {
  const item = await repository.getPackage(inputs.packageId, inputs.tenantId);
  if (item.kind !== 'plug-in') return { inputs, problems };
  const [applications, deployed, hosts] = await Promise.all([repository.listApplications(), repository.listDeployedPackages(), repository.listHosts()]);
  const names = new Map(hosts.map(({ id, name }) => [id, name]));
  const completed = completePlugIn(inputs, {
    package: { ...item, silentIni: item.silentIni ?? '' },
    applications,
    hostName: (id) => names.get(id) ?? id,
    present(hostId) {
      const replaced = inputs.replaces?.find((one) => one.hostId === hostId)?.deployedId;
      const applicationId = deployed.find(({ id }) => id === replaced)?.applicationId;
      return applications.find(({ id }) => id === applicationId);
    },
  });
  return { inputs: completed.inputs, problems: [...problems, ...completed.problems] };
}
