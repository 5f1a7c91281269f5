import { lostSecrets } from '../../core/deployment/prefill';
import { installationBefore } from '../../core/deployment/profiles';
import type { HostInputs } from '../../core/deployment/hostInputs';
import type { ApplicationObject } from '../../core/deployment/model';
import type { Repository } from '../repository/repository';

/**
 * Which options of the application object a roll back leaves empty although they held a secret in the version that it goes
 * back to: secrets are not kept. Empty for every other deployment.
 */
export async function findLostSecrets(
  repository: Pick<Repository, 'getDeployedPackage' | 'listInstallations'>, { profile, replacesDeployed }: HostInputs, existing: ApplicationObject | undefined,
): Promise<readonly string[]> {
  if (profile !== 'rollBack' || replacesDeployed === undefined || !existing) return [];
  const deployed = await repository.getDeployedPackage(replacesDeployed);
  const installations = await repository.listInstallations(deployed.applicationId, deployed.plugIn);
  const before = installationBefore(deployed, installations);
  return before ? lostSecrets(existing, installations.slice(0, installations.indexOf(before))) : [];
}
