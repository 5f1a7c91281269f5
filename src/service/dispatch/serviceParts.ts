import type { ImportRecord } from '../../core/packages/model';
import type { DeploymentManager } from '../deploying/deployments';
import type { HostConnector } from '../deploying/ssh/hostConnector';
import type { Repository } from '../repository/repository';

/** Imports, as the dispatcher needs them. */
export interface ImportParts {
  /** Stores the record and begins; answers at once. `tenantName` absent: the environment's. */
  start(path: string, tenantName?: string, group?: string): Promise<ImportRecord>;
  /** Running ones with live percent, and failed ones. */
  list(): Promise<readonly ImportRecord[]>;
  /** Resolves when the import has ended, in whatever way. */
  wait(id: string): Promise<ImportRecord>;
  cancel(id: string): Promise<void>;
  retry(id: string): Promise<ImportRecord>;
  dismiss(id: string): Promise<void>;
  readonly running: number;
  /** Tells that live progress has changed. */
  onChanged(listener: () => void): () => void;
}

/** What the requests of clients are made to. */
export interface ServiceParts {
  readonly repository: Repository;
  readonly imports: ImportParts;
  readonly hosts: Pick<HostConnector, 'test'>;
  readonly deployments: Omit<DeploymentManager, 'recover' | 'close'>;
}
