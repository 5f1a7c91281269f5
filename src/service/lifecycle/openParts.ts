import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultParallelHosts } from '../../core/deployment/order';
import { defaultArchiveLimits } from '../archive/archive';
import { createDeploymentManager } from '../deploying/deploymentManager';
import { createHostConnector } from '../deploying/ssh/createHostConnector';
import { createUnfinishedFiles } from '../files/unfinishedFiles';
import { createImportManager } from '../importing/importManager';
import { createDownloads } from '../packages/downloads';
import { createPackageFiles } from '../packages/packageFiles';
import { openSqlJsRepository, type SqlJsRepositoryOptions } from '../repository/sqljs/openRepository';
import { createRepositoryCopies } from '../upkeep/repositoryCopies';
import type { OpenedParts, PartsContext } from './runService';

/** Milliseconds for a host to take the connection. */
const connectTimeout = 15_000;

export interface PartsOptions {
  /** The folder with `sql-wasm.wasm`; it is read at once and never again. */
  readonly codeFolder: string;
  /** The disk under the repository; for tests. */
  readonly files?: SqlJsRepositoryOptions['files'];
}

/** Opens the real parts of a service: the embedded repository, imports, hosts over SSH, deployments. */
export async function openParts(context: PartsContext, options: PartsOptions): Promise<OpenedParts> {
  const { folder, homeFolder, userName, machine, log, redactor, mayCommit } = context;
  const repository = await openSqlJsRepository({
    folder: folder.repository,
    wasm: readFileSync(join(options.codeFolder, 'sql-wasm.wasm')),
    now: () => new Date(),
    newId: (prefix) => `${prefix}-${randomBytes(10).toString('hex')}`,
    log,
    mayCommit,
    ...(options.files && { files: options.files }),
  });
  const limits = defaultArchiveLimits;
  const imports = createImportManager({ repository, limits, log });
  const { upkeep } = repository;
  const unfinished = createUnfinishedFiles(folder.unfinished, log);
  const copies = createRepositoryCopies(upkeep, limits, unfinished);
  const files = createPackageFiles(repository);
  const downloads = createDownloads({ repository, unfinished, log });
  const hosts = createHostConnector({ repository, homeFolder, log, redactor, connectTimeout });
  const deployments = createDeploymentManager({ repository, connector: hosts, redactor, log, machine, parallelHosts: defaultParallelHosts, limits });
  return {
    repository, upkeep, copies, files, downloads, imports, hosts, deployments,
    recover: async () => {
      await unfinished.clear();
      // Done once a person goes on from what is left.
      if (repository.readOnly !== undefined) return;
      await repository.addFirstAdministrator(userName);
      await imports.recover();
      await deployments.recover();
    },
    close: async () => {
      await deployments.close();
      await downloads.close();
      files.close();
      await imports.close();
      await repository.close();
    },
  };
}
