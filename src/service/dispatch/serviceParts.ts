import type { DeploymentManager } from '../deploying/deployments';
import type { HostConnector } from '../deploying/ssh/hostConnector';
import type { ImportManager } from '../importing/importManager';
import type { Downloads } from '../packages/downloads';
import type { PackageFiles } from '../packages/packageFiles';
import type { Repository } from '../repository/repository';

/** What the requests of clients are made to. */
export interface ServiceParts {
  readonly repository: Repository;
  readonly files: Omit<PackageFiles, 'close'>;
  readonly downloads: Omit<Downloads, 'close'>;
  readonly imports: Omit<ImportManager, 'recover' | 'close'>;
  readonly hosts: Pick<HostConnector, 'test'>;
  readonly deployments: Omit<DeploymentManager, 'recover' | 'close'>;
}
