import type { DeployedPackage } from '../../../core/deployment/model';
import type { PageSubject } from '../../../protocol/page/page';

/** The page of a deployed package: by its application object, which stays while records change, and by the plug-in in it. */
export function deployedSubject({ applicationId, plugIn }: Pick<DeployedPackage, 'applicationId' | 'plugIn'>): PageSubject {
  return { id: applicationId, ...(plugIn !== undefined && { plugIn }) };
}
