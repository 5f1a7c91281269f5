import { ProductError } from '../../core/errors';
import type { Deployment } from '../../core/deployment/model';
import { isSameSource, type ImportSource } from '../../core/packages/importSource';
import { locatePath, locateSource, type MountMap } from '../../core/packages/uncPath';
import type { ServiceMethodName, ServiceParams, ServiceResult, ServiceStatus } from '../../protocol/service';
import { createAccessHandlers } from './accessHandlers';
import type { ConnectedClient } from './connectedClient';
import { eventPage, type DeploymentFollowers } from './deploymentFollowers';
import { findTenant } from './findObjects';
import { createPackageContentHandlers } from './packageContentHandlers';
import { createPackageHandlers } from './packageHandlers';
import type { QuestionBroker, RunQuestions } from './questionBroker';
import type { RequestAccess } from './requestAccess';
import type { ServiceParts } from './serviceParts';
import { createSharedQuestions } from './sharedQuestions';
import { createUpkeepHandlers } from './upkeepHandlers';

/** Who asks. */
export interface RequestContext {
  readonly client: ConnectedClient;
  /** Aborted when the client takes the request back, or leaves. */
  readonly signal: AbortSignal;
}

/** One function for every request after the greeting, behind the check of `guardHandlers`. */
export type GuardedHandlers = {
  readonly [N in Exclude<ServiceMethodName, 'client/hello'>]:
  (params: ServiceParams<N>, context: RequestContext & { readonly access: RequestAccess }) => Promise<ServiceResult<N>>;
};

/** One function for every request after the greeting. */
export type Handlers = {
  readonly [N in Exclude<ServiceMethodName, 'client/hello'>]: (params: ServiceParams<N>, context: RequestContext) => Promise<ServiceResult<N>>;
};

export interface HandlerOptions {
  readonly parts: ServiceParts & {
    /** Closes what a service that is gone left open. */
    recover(): Promise<void>;
  };
  readonly broker: QuestionBroker;
  readonly followers: DeploymentFollowers;
  /** The person whose service this is, by their name in the operating system. */
  readonly userName: string;
  readonly machine: string;
  readonly status: (protocol: number) => ServiceStatus;
  /** Ends the service once the answer is on its way. */
  readonly stop: () => void;
}

/** Makes the table of requests: each one call of a part. Who may make it stands in `accessRules`; no rule of the product lives here. */
export function createHandlers({ parts, broker, followers, userName, machine, status, stop }: HandlerOptions): GuardedHandlers {
  const { repository, imports, hosts, deployments } = parts;
  const startedBy = `${userName}@${machine}`;
  // A client may plan host by host, to show each as it answers: nobody is asked once for each.
  const planning = createSharedQuestions(broker);

  /** What a person answered is forgotten when the deployment has ended. */
  const endWith = (run: RunQuestions, deployment: Deployment): void => {
    const unfollow = deployments.follow(deployment.id, {
      onEvents: (events) => {
        if (events.some((event) => event.type === 'ended')) finish();
      },
      onProgress: () => undefined,
    });
    const finish = (): void => {
      unfollow();
      run.end();
    };
    deployments.get(deployment.id).then((now) => now.state !== 'running' && finish(), finish);
  };
  const startRun = async (client: ConnectedClient, begin: (run: RunQuestions) => Promise<Deployment>): Promise<Deployment> => {
    const run = broker.forClient(client);
    try {
      const deployment = await begin(run);
      endWith(run, deployment);
      return deployment;
    } catch (error) {
      run.end();
      throw error;
    }
  };
  const during = async <T>(client: ConnectedClient, work: (run: RunQuestions) => Promise<T>): Promise<T> => {
    const run = broker.forClient(client);
    try {
      return await work(run);
    } finally {
      run.end();
    }
  };

  return {
    'service/status': (_, { client }) => Promise.resolve(status(client.protocol)),
    'service/stop': ({ force }) => {
      if (force !== true && (imports.running > 0 || deployments.running > 0)) {
        throw new ProductError('service/busy', { imports: imports.running, deployments: deployments.running });
      }
      stop();
      return Promise.resolve(null);
    },
    'repository/useRecoveredCopy': async () => {
      await repository.useRecoveredCopy();
      // Not possible before: a dead service's work can only be closed where something can be written.
      await parts.recover();
      return null;
    },

    ...createAccessHandlers(parts, { userName, machine }),
    ...createPackageHandlers(parts),
    ...createPackageContentHandlers(parts),
    ...createUpkeepHandlers(parts, stop),

    'imports/start': ({ source, mounts, settings: { parallel, ...limits } = {}, tenant, group, replace = false }, { access }) => {
      if (parallel !== undefined) imports.setParallel(parallel);
      return imports.start({ ...locate(source, mounts), tenantId: findTenant(access, tenant).id, group: group ?? '', replaceIn: replace ? replaceable(access) : [], limits });
    },
    'imports/inspect': ({ source, mounts, settings = {} }, { client, signal }) => {
      const { located = source } = locate(source, mounts);
      return imports.inspect(located, settings, signal, (percent) => client.notify('importInspection', { source, percent }));
    },
    'imports/scan': async ({ method, path, tenant, mounts = {} }, { client, signal, access }) => {
      const seen = <T extends { readonly presentIn: readonly string[] }>(found: readonly T[]) => found.map((one) => ({ ...one, presentIn: one.presentIn.filter((id) => access.sees(id)) }));
      const located = locatePath(path, { platform: platform(), mounts });
      const result = await imports.scan(located, { method, tenantId: findTenant(access, tenant).id, signal, report: ({ found, ...more }) => client.notify('importScan', { path, ...more, found: seen(found) }) });
      return { path, ...result, packages: seen(result.packages) };
    },
    'imports/list': () => imports.list(),
    'imports/wait': ({ id }, { signal }) => unlessAborted(imports.wait(id), signal),
    'imports/cancel': async ({ id }) => {
      await imports.cancel(id);
      return null;
    },
    'imports/retry': ({ id, replace = false }, { access }) => imports.retry(id, replace ? replaceable(access) : undefined),
    'imports/dismiss': async ({ id }) => {
      await imports.dismiss(id);
      return null;
    },

    'hosts/list': () => repository.listHosts(),
    'hosts/add': ({ tenantId, ...settings }) => repository.addHost(settings, tenantId),
    'hosts/edit': ({ id, settings, tenantId }) => repository.editHost(id, settings, tenantId),
    'hosts/remove': async ({ id }) => {
      await repository.removeHost(id);
      return null;
    },
    'hosts/protectedTags': () => repository.listProtectedTags(),
    'hosts/protect': ({ tags }) => repository.protectTags(tags),
    'hosts/test': ({ id, acceptNewHostKey = false }, { client, signal }) =>
      during(client, async ({ questions }) => hosts.test(await repository.getHost(id), { questions, acceptNewHostKey, signal })),
    'hosts/resolve': async ({ id }, { client }) => hosts.resolve(await repository.getHost(id), client.ssh),
    'hosts/aliases': (_, { client }) => hosts.aliases(client.ssh),

    'applications/list': () => repository.listApplications(),

    'deployments/form': ({ packageId, values = [] }, { client }) => deployments.form(packageId, values, client.locale),
    'deployments/check': (inputs, { client, access }) => deployments.check(inputs, client.locale, (host) => access.seesHost(host)),
    'deployments/plan': (inputs, { client, signal }) => planning.during(client, (questions) => deployments.plan(inputs, questions, signal)),
    'deployments/questions': ({ packageId }, { signal }) => deployments.questions(packageId, signal),
    'deployments/remembered': async ({ packageId, hostIds }, { access }) =>
      (await deployments.remembered(packageId, hostIds, ({ tenantId }) => access.sees(tenantId))) ?? null,
    'deployments/prefill': ({ profile, packageId, deployedIds }) => deployments.prefill(profile, packageId, deployedIds),
    'deployments/start': ({ inputs, secrets, acceptNewHostKey = false, plan, confirmed, takeOverLocks, parallelHosts }, { client }) => {
      if (parallelHosts !== undefined) deployments.setParallelHosts(parallelHosts);
      return startRun(client, ({ questions }) => deployments.start({ inputs, secrets, acceptNewHostKey, takeOverLocks, questions, startedBy, plan, confirmed }));
    },
    'deployments/list': () => deployments.list(),
    'deployments/get': ({ id }) => deployments.get(id),
    'deployments/inputs': ({ id }) => repository.getDeploymentInputs(id),
    'deployments/events': ({ id, after, follow = false }, { client }) =>
      follow ? followers.follow(client, id, after) : repository.readDeploymentEvents(id, after, eventPage),
    'deployments/unfollow': ({ id }, { client }) => {
      followers.unfollow(client, id);
      return Promise.resolve(null);
    },
    'deployments/stop': async ({ id, finishRunning = false }, { signal }) => {
      if (finishRunning) deployments.beginNoMore(id);
      else await unlessAborted(deployments.stop(id), signal);
      return null;
    },
    'deployments/pause': async ({ id }) => {
      await deployments.pause(id, startedBy);
      return null;
    },
    'deployments/goOn': ({ id, hostIds, secrets = [], acceptNewHostKey = false, takeOverLocks }, { client }) =>
      startRun(client, ({ questions }) => deployments.goOn(id, { secrets, acceptNewHostKey, takeOverLocks, questions, startedBy }, hostIds)),
    'deployments/planAgain': ({ id, hostIds }, { client, signal }) => planning.during(client, (questions) => deployments.planAgain(id, questions, signal, hostIds)),
    'deployments/resume': ({ id, secrets, acceptNewHostKey = false, hostIds, takeOverLocks, plan }, { client }) =>
      startRun(client, ({ questions }) => deployments.resume(id, { secrets, acceptNewHostKey, takeOverLocks, questions, startedBy, plan }, hostIds)),
    'deployments/cleanUp': ({ id }, { client, signal }) =>
      unlessAborted(during(client, ({ questions }) => deployments.cleanUp(id, { acceptNewHostKey: false, questions, startedBy })), signal),
    'deployedPackages/verify': ({ id, acceptNewHostKey = false }, { client, signal }) => during(client, ({ questions }) => deployments.verify(id, {
      questions, acceptNewHostKey, signal, by: startedBy, onProgress: (bytesDone, bytesTotal) => client.notify('verifyProgress', { id, bytesDone, bytesTotal }),
    })),
    'deployedPackages/verification': async ({ id }) => (await repository.getVerification(id)) ?? null,
    'deployedPackages/file': ({ id, path }, { client, signal }) => during(client, async ({ questions }) => {
      const { ofPackage, ofHost } = await deployments.readInstalledFile(id, path, { questions, acceptNewHostKey: false, signal });
      return { ofPackage: asBase64(ofPackage), ofHost: asBase64(ofHost) };
    }),
    'deployedPackages/markFilesCopied': ({ id }) => repository.clearFilesToCopy(id),
    'deployedPackages/list': () => repository.listDeployedPackages(),
    'deployedPackages/profiles': ({ id }) => deployments.profiles(id),
    'deployedPackages/history': async ({ id }) => {
      const { applicationId, plugIn } = await repository.getDeployedPackage(id);
      return repository.listInstallations(applicationId, plugIn);
    },
  };
}

function asBase64(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : Buffer.from(bytes).toString('base64');
}

/** Tenants in which the person may replace packages. */
function replaceable(access: RequestAccess): readonly string[] {
  return access.tenants.filter(({ id }) => access.may('replace', id)).map(({ id }) => id);
}

function platform(): 'posix' | 'windows' {
  return process.platform === 'win32' ? 'windows' : 'posix';
}

/**
 * Where a source is on this machine. The service has no working folder of its own: a relative path would mean another file
 * than the client's.
 * @throws ProductError `import/not-mounted`, `import/address-unusable`, `import/relative-path`
 */
function locate(source: ImportSource, mounts: MountMap = {}): { readonly source: ImportSource; readonly located?: ImportSource } {
  const located = locateSource(source, { platform: platform(), mounts });
  return isSameSource(source, located) ? { source } : { source, located };
}

/** Lets a client stop waiting; the work itself goes on. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new ProductError('general/cancelled'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
