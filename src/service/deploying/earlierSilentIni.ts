import { inputsForHost } from '../../core/deployment/hostInputs';
import type { ApplicationObject } from '../../core/deployment/model';
import type { EarlierSilentIni } from '../../core/deployment/planView';
import { valuesForHost } from '../../core/deployment/silentIni';
import { isProductError } from '../../core/errors';
import type { Repository } from '../repository/repository';

/** The silent.ini that was written when something, or a plug-in, was installed for an application object last, while its package is stored. */
export async function findEarlierSilentIni(
  repository: Pick<Repository, 'listInstallations' | 'getDeploymentInputs' | 'getPackage'>, application: ApplicationObject, hostId: string, plugIn?: string,
): Promise<EarlierSilentIni | undefined> {
  const [last] = await repository.listInstallations(application.id, plugIn);
  if (!last) return undefined;
  try {
    const [inputs, { silentIni: packageFile = '' }] = await Promise.all([repository.getDeploymentInputs(last.deploymentId), repository.getPackage(last.packageId)]);
    const { values, secretKeys } = inputsForHost(inputs, hostId);
    return { deploymentId: last.deploymentId, at: last.at, packageFile, values: valuesForHost(packageFile, values, last.applicationName), secretKeys };
  } catch (error) {
    if (!isProductError(error, 'general/not-found')) throw error;
    return undefined;
  }
}
