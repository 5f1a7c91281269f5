import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import type { ServiceMethodName, ServiceParams, ServiceResult } from '../../../src/protocol/service';
import { createDeploymentManager } from '../../../src/service/deploying/deploymentManager';
import type { ConnectedClient } from '../../../src/service/dispatch/connectedClient';
import { createDeploymentFollowers } from '../../../src/service/dispatch/deploymentFollowers';
import { guardHandlers } from '../../../src/service/dispatch/guardHandlers';
import { createHandlers, type GuardedHandlers, type HandlerOptions, type Handlers } from '../../../src/service/dispatch/handlers';
import { createUnfinishedFiles } from '../../../src/service/files/unfinishedFiles';
import { createImportManager } from '../../../src/service/importing/importManager';
import { createDownloads } from '../../../src/service/packages/downloads';
import { createPackageFiles } from '../../../src/service/packages/packageFiles';
import { createRedactor } from '../../../src/service/redactor';
import type { Repository } from '../../../src/service/repository/repository';
import { createTestLog } from '../repository/sqljs';

export type GuardedMethod = Exclude<ServiceMethodName, 'client/hello'>;

/** The requests of one person to a service, behind its one check. */
export interface GuardedService {
  request<N extends GuardedMethod>(method: N, params: ServiceParams<N>): Promise<ServiceResult<N>>;
}

export interface GuardedParts {
  readonly parts: HandlerOptions['parts'];
  /** What another person of the same repository may do. `instead`: handlers that are not to do their work. */
  as(userName: string, instead?: Partial<GuardedHandlers>): GuardedService;
}

/** Everything of a service behind its socket, over a repository; hosts cannot be reached. */
export function createGuardedParts(repository: Repository, changes: Partial<HandlerOptions['parts']> = {}): GuardedParts {
  const log = createTestLog();
  const redactor = createRedactor();
  const limits = defaultArchiveLimits;
  const unreachable = (): Promise<never> => Promise.reject(new Error('no host can be reached here'));
  const connector = { connect: unreachable, probe: unreachable, test: unreachable, resolve: unreachable, aliases: unreachable };
  const parts = {
    repository,
    files: createPackageFiles(repository),
    downloads: createDownloads({ repository, unfinished: createUnfinishedFiles('/dev/null/nowhere', log), log }),
    imports: createImportManager({ repository, limits, log }),
    hosts: connector,
    deployments: createDeploymentManager({ repository, connector, redactor, log, machine: 'desk', parallelHosts: 1, limits }),
    recover: () => Promise.resolve(),
    ...changes,
  } as HandlerOptions['parts'];
  const client = { locale: 'en', gone: new AbortController().signal, notify: () => undefined } as unknown as ConnectedClient;
  const made = new Map<string, GuardedHandlers>();
  return {
    parts,
    as: (userName, instead = {}) => {
      const handlers = made.get(userName) ?? createHandlers({
        parts, userName, machine: 'desk', status: () => ({}) as never, stop: () => undefined,
        broker: { forClient: () => ({ questions: { agentSocket: undefined, confirmHostKey: unreachable, askSecret: unreachable }, end: () => undefined }) },
        followers: createDeploymentFollowers(parts),
      });
      made.set(userName, handlers);
      const guarded: Handlers = guardHandlers({ ...handlers, ...instead }, { parts, userName, machine: 'desk', log });
      return {
        request: (method, params) => {
          // Method and parameters belong together by the type of this function.
          const handle = guarded[method] as (given: unknown, context: { client: ConnectedClient; signal: AbortSignal }) => Promise<never>;
          return handle(params, { client, signal: new AbortController().signal });
        },
      };
    },
  };
}
