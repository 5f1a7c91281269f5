import type { DeploymentManager } from '../deploying/deployments';
import type { HostConnector } from '../deploying/ssh/hostConnector';
import type { ImportManager } from '../importing/importManager';
import type { Downloads } from '../packages/downloads';
import type { PackageFiles } from '../packages/packageFiles';
import type { Repository } from '../repository/repository';
import type { RepositoryUpkeep } from '../repository/upkeep';
import type { RepositoryCopies } from '../upkeep/repositoryCopies';

/** What the requests of clients are made to. */
export interface ServiceParts {
  readonly repository: Repository;
  readonly upkeep: RepositoryUpkeep;
  readonly copies: RepositoryCopies;
  readonly files: Omit<PackageFiles, 'close'>;
  readonly downloads: Omit<Downloads, 'close'>;
  readonly imports: Omit<ImportManager, 'recover' | 'close'>;
  readonly hosts: Pick<HostConnector, 'test' | 'resolve' | 'aliases'>;
  readonly deployments: Omit<DeploymentManager, 'recover' | 'close'>;
}
