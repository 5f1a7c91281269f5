import type { ApplicationDefaults } from '../../core/configuration/planApplication';
import type { Deployment, DeploymentEventBody, DeploymentInputs, HostRun, StepProgress } from '../../core/deployment/model';
import { deploymentSteps } from '../../core/deployment/model';
import { inputsForHost } from '../../core/deployment/hostInputs';
import { applicationNameFor } from '../../core/deployment/plan';
import type { PlanFacts } from '../../core/deployment/planFacts';
import { hasEnded, isUnfinished } from '../../core/deployment/run';
import { ProductError, toErrorData } from '../../core/errors';
import type { Host } from '../../core/hosts/model';
import type { DeploymentProblem } from '../../protocol/service';
import type { ArchiveLimits } from '../archive/archive';
import type { Redactor } from '../redactor';
import type { Repository } from '../repository/repository';
import type { ServiceLog } from '../serviceLog';
import { placesOnHost, supposedLeft } from './cleanUpHost';
import { cleanUpDeployment } from './cleanUpRun';
import { runDeployment } from './deploymentRun';
import type { DeploymentListener, DeploymentManager, RunRequest } from './deployments';
import { createEventWriter, type EventWriter } from './eventWriter';
import type { EngineParts } from './hostWork';
import { createLimiter } from '../limiter';
import { openPackageContent, type PackageContent } from './packageContent';
import { findApplicationDefaults } from './changedApplication';
import { createKnownPlans } from './knownPlans';
import { createPreparation } from './preparation';
import { createReplacements } from './replacements';
import { createSecretValues, type SecretValues } from './secretValues';
import { sha256Of } from './sha256';
import type { HostConnector } from './ssh/hostConnector';
import { serviceEnds, stoppedByPerson } from './stopReasons';
import { defaultStopPatience, defaultTimeouts, type StepTimeouts } from './timeouts';

export interface DeploymentManagerOptions {
  readonly repository: Repository;
  readonly connector: HostConnector;
  readonly redactor: Redactor;
  readonly log: ServiceLog;
  /** Name of this machine, for the locks on hosts. */
  readonly machine: string;
  /** Hosts that are worked on at the same time, over all deployments. */
  readonly parallelHosts: number;
  readonly limits: ArchiveLimits;
  readonly timeouts?: Partial<StepTimeouts>;
  /** Seconds an installer that is stopped has to end by itself. */
  readonly stopPatience?: number;
}

/** Something that is going on for a deployment, until `done`. */
interface Live {
  readonly stop: AbortController;
  readonly progress: Map<string, StepProgress>;
  done: Promise<void>;
  /** Absent while it is only cleaned up. */
  beginNoMore?: () => void;
  /** Takes hosts of the deployment that have ended up again. Absent while it is only cleaned up. */
  join?: (hosts: readonly Host[], request: RunRequest) => Promise<void>;
}

/** Milliseconds between two reports that progress has changed. */
const changeInterval = 200;
/** Milliseconds that the end of the service waits for runs to be put down. */
const closePatience = 10_000;

/** Makes the one that runs the deployments of a service. */
export function createDeploymentManager(options: DeploymentManagerOptions): DeploymentManager {
  const { repository, connector, redactor, log, machine, limits } = options;
  const parts: EngineParts = { repository, connector, log, machine, limits, timeouts: { ...defaultTimeouts, ...options.timeouts }, stopPatience: options.stopPatience ?? defaultStopPatience };
  const slots = createLimiter(Math.max(1, options.parallelHosts));
  const live = new Map<string, Live>();
  const busyHosts = new Map<string, string>();
  const followers = new Map<string, Set<DeploymentListener>>();
  const changeListeners = new Set<() => void>();
  let changeTimer: NodeJS.Timeout | undefined;
  let closed = false;

  const tellChanged = (): void => {
    changeTimer ??= setTimeout(() => {
      changeTimer = undefined;
      for (const listener of changeListeners) listener();
    }, changeInterval).unref();
  };

  const createWriter = (deploymentId: string): EventWriter => createEventWriter({
    repository, redactor, deploymentId,
    onStored: (events) => {
      for (const listener of followers.get(deploymentId) ?? []) listener.onEvents(events);
      // The journal is no list: that a host has come to its next step is told from here.
      if (events.some((event) => event.type !== 'output' && event.type !== 'command' && event.type !== 'fact')) tellChanged();
    },
  });

  /** Two deployments never share a host. @throws ProductError `repository/host-busy` */
  const reserve = (hosts: readonly Pick<Host, 'id' | 'name'>[], packageName: string): (() => void) => {
    const taken = hosts.find(({ id }) => busyHosts.has(id));
    if (taken) throw new ProductError('repository/host-busy', { package: busyHosts.get(taken.id) ?? '', host: taken.name });
    for (const { id } of hosts) busyHosts.set(id, packageName);
    let released = false;
    return () => {
      if (!released) for (const { id } of hosts) busyHosts.delete(id);
      released = true;
    };
  };

  /** Keeps track of work for a deployment until it is done, in whatever way. */
  const track = (id: string, stop: AbortController, progress: Map<string, StepProgress>, work: Promise<void>, release: () => void): Live => {
    const entry: Live = { stop, progress, done: Promise.resolve() };
    entry.done = work
      .catch((error: unknown) => log.error('deploy', `${id} broke off: its events cannot be stored`, error))
      .finally(() => {
        release();
        live.delete(id);
        tellChanged();
      });
    live.set(id, entry);
    return entry;
  };

  const begin = async (run: {
    deployment: Deployment; inputs: DeploymentInputs; hosts: readonly Host[]; content: PackageContent; request: RunRequest; first: DeploymentEventBody; release: () => void;
    /** What the plan that is run rests on, by host. */
    planned?: ReadonlyMap<string, PlanFacts> | undefined;
  }): Promise<void> => {
    const { deployment, inputs, hosts, content, request, first } = run;
    const secrets: SecretValues = createSecretValues(inputs.secretKeys, request.secrets, redactor);
    const release = (): void => {
      secrets.forget();
      run.release();
    };
    const stop = new AbortController();
    const progress = new Map<string, StepProgress>();
    const writer = createWriter(deployment.id);
    const onProgress = (report: StepProgress): void => {
      progress.set(report.hostId, report);
      for (const listener of followers.get(deployment.id) ?? []) listener.onProgress(report);
      tellChanged();
    };
    let defaults: ApplicationDefaults;
    try {
      defaults = await findApplicationDefaults(repository, inputs.tenantId);
      await writer.append(first);
    } catch (error) {
      release();
      throw error;
    }
    const running = runDeployment({ parts, deployment, inputs, hosts, package: content, request, secrets, writer, slots, onProgress, defaults, planned: run.planned ?? new Map() }, stop.signal);
    const held = new Set(hosts.map(({ id }) => id));
    const releases = [release];
    const entry = track(deployment.id, stop, progress, running.done, () => { for (const releaseOne of releases) releaseOne(); });
    entry.beginNoMore = running.beginNoMore;
    entry.join = async (joining, { secrets: given, startedBy }) => {
      const added = joining.filter(({ id }) => !held.has(id));
      const releaseAdded = reserve(added, nameOf(deployment.package));
      secrets.renew(given);
      const told = running.join(joining, startedBy);
      if (!told) {
        releaseAdded();
        throw new ProductError('deploy/still-running', { package: nameOf(deployment.package) });
      }
      for (const { id } of added) held.add(id);
      releases.push(releaseAdded);
      await told;
    };
  };

  /** Closes what runs on paper only: its service is gone, or could not store its end. */
  const interrupt = async (deployment: Deployment): Promise<void> => {
    const ends = deployment.hosts.filter((run) => !hasEnded(run)).map(async (run) => interruptedEnd(run, await findHost(run.hostId), deployment.id));
    await repository.appendDeploymentEvents(deployment.id, [...await Promise.all(ends), { type: 'ended', state: 'interrupted' }]);
  };

  const findHost = async (id: string): Promise<Host | undefined> => (await repository.listHosts()).find((host) => host.id === id);

  /** The stored deployment, closed when it runs on paper only. @throws ProductError `deploy/still-running` */
  const getEnded = async (id: string): Promise<Deployment> => {
    const deployment = await repository.getDeployment(id);
    if (live.has(id)) throw new ProductError('deploy/still-running', { package: nameOf(deployment.package) });
    if (deployment.state !== 'running') return deployment;
    await interrupt(deployment);
    return await repository.getDeployment(id);
  };

  const withProgress = (deployment: Deployment): Deployment => {
    const progress = live.get(deployment.id)?.progress;
    return progress ? { ...deployment, hosts: deployment.hosts.map((run) => ({ ...run, ...percentOf(run, progress.get(run.hostId)) })) } : deployment;
  };

  const checkOpen = (): void => {
    if (closed) throw new ProductError('repository/closed');
  };

  const replacements = createReplacements(repository);
  const plans = createKnownPlans();
  const { problemsOf, ...preparation } = createPreparation({ parts, replacements, plans, parallelHosts: options.parallelHosts, busyWith: (hostId) => busyHosts.get(hostId) });

  return {
    ...preparation,
    async start({ inputs: given, plan, ...request }) {
      checkOpen();
      const content = await openPackageContent(repository, given.packageId, given.tenantId, limits);
      const { identity, nickname, sha256 } = content.facts;
      const resolved = await replacements.resolve(given);
      const { inputs } = resolved;
      refuseErrors(await problemsOf(resolved, content, 'en'), nameOf(identity));
      const planned = plan && plans.find(plan, inputs, sha256, nameOf(identity));
      const hosts = await Promise.all(inputs.hostIds.map((id) => repository.getHost(id)));
      const release = reserve(hosts, nameOf(identity));
      try {
        const deployment = await repository.addDeployment({
          inputs, package: identity, startedBy: request.startedBy,
          hosts: hosts.map(({ id, name }) => ({ hostId: id, hostName: name, applicationName: applicationNameFor(inputsForHost(inputs, id).applicationName, nickname, name) })),
        });
        const planHash = plan?.length === 1 && plan[0] !== undefined ? plan[0] : sha256Of(JSON.stringify([inputs, sha256, plan])).slice(0, 16);
        await begin({ deployment, inputs, hosts, content, request, release, planned, first: { type: 'started', inputs, startedBy: request.startedBy, planHash } });
        return deployment;
      } catch (error) {
        release();
        throw error;
      }
    },
    async stop(id) {
      const run = live.get(id);
      run?.stop.abort(stoppedByPerson);
      await run?.done;
    },
    beginNoMore(id) {
      live.get(id)?.beginNoMore?.();
    },
    async resume(id, request, hostIds) {
      checkOpen();
      const running = hostIds && live.get(id)?.join;
      const deployment = running ? await repository.getDeployment(id) : await getEnded(id);
      const unfinished = deployment.hosts.filter((run) => isUnfinished(run) && (!hostIds || hostIds.includes(run.hostId)) && (!running || hasEnded(run)));
      if (unfinished.length === 0) throw new ProductError('deploy/nothing-to-resume', { package: nameOf(deployment.package) });
      if (running) {
        await running(await Promise.all(unfinished.map((run) => repository.getHost(run.hostId))), request);
        return await repository.getDeployment(id);
      }
      const release = reserve(unfinished.map(({ hostId, hostName }) => ({ id: hostId, name: hostName })), nameOf(deployment.package));
      try {
        // A host that this deployment has begun with is not left out because of what it did there itself.
        const inputs = { ...await replacements.renew(await repository.getDeploymentInputs(id), id), skipReinstallation: false };
        const content = await openPackageContent(repository, inputs.packageId, inputs.tenantId, limits);
        const hosts = await Promise.all(unfinished.map((run) => repository.getHost(run.hostId)));
        await begin({ deployment, inputs, hosts, content, request, release, first: { type: 'resumed', by: request.startedBy, hosts: hosts.map((host) => host.id) } });
        return await repository.getDeployment(id);
      } catch (error) {
        release();
        throw error;
      }
    },
    async cleanUp(id, { questions, acceptNewHostKey }) {
      checkOpen();
      const deployment = await getEnded(id);
      const known = new Map((await repository.listHosts()).map((host) => [host.id, host]));
      const hosts = deployment.hosts.filter((run) => run.state === 'interrupted' || run.left.length > 0).flatMap((run) => known.get(run.hostId) ?? []);
      const release = reserve(hosts, nameOf(deployment.package));
      const stop = new AbortController();
      const work = cleanUpDeployment({ parts, deployment, hosts, questions, acceptNewHostKey, writer: createWriter(id) }, stop.signal);
      await track(id, stop, new Map(), work, release).done;
      return await repository.getDeployment(id);
    },
    async list() {
      return (await repository.listDeployments()).map(withProgress);
    },
    async get(id) {
      return withProgress(await repository.getDeployment(id));
    },
    follow(id, listener) {
      const listeners = followers.get(id) ?? new Set();
      followers.set(id, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && followers.get(id) === listeners) followers.delete(id);
      };
    },
    get running() {
      return live.size;
    },
    onChanged(listener) {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    async recover() {
      for (const deployment of await repository.listDeployments()) {
        if (live.has(deployment.id) || (deployment.state !== 'running' && deployment.hosts.every(hasEnded))) continue;
        await interrupt(deployment);
        log.warn('deploy', `${deployment.id} was interrupted by the end of the service`);
      }
    },
    async close() {
      closed = true;
      const runs = [...live.values()];
      for (const run of runs) run.stop.abort(serviceEnds);
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise((resolve) => (timer = setTimeout(resolve, closePatience)));
      await Promise.race([Promise.all(runs.map((run) => run.done)), patience]);
      clearTimeout(timer);
      clearTimeout(changeTimer);
    },
  };
}

function nameOf({ name, version }: Deployment['package']): string {
  return `${name} ${version}`;
}

function refuseErrors(problems: readonly DeploymentProblem[], packageName: string): void {
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length === 0) return;
  const fields = [...new Set(errors.map(({ section, key, code }) => (key === undefined ? code : `[${section ?? ''}] ${key}`)))];
  throw new ProductError('deploy/inputs', { package: packageName, n: fields.length, fields: fields.join(', ') });
}

function percentOf(run: HostRun, progress: StepProgress | undefined): Pick<HostRun, 'stepPercent'> {
  if (run.state !== 'running' || progress?.step !== run.step || progress === undefined || progress.bytesTotal === 0) return {};
  return { stepPercent: Math.min(100, (progress.bytesDone * 100) / progress.bytesTotal) };
}

function interruptedEnd(run: HostRun, host: Host | undefined, deploymentId: string): DeploymentEventBody {
  const touched = run.step !== undefined && deploymentSteps.indexOf(run.step) >= deploymentSteps.indexOf('lock');
  const error = toErrorData(new ProductError('deploy/interrupted', { host: run.hostName, step: run.step ?? 'none' }));
  return {
    type: 'hostEnded', host: run.hostId, state: 'interrupted', ...(run.step && { step: run.step }), error,
    left: touched && host ? supposedLeft(placesOnHost(host, deploymentId)) : [],
  };
}
