import type { Deployment, DeploymentEventBody, HostRun, StepProgress } from '../../core/deployment/model';
import { plugInSteps } from '../../core/deployment/model';
import { inputsForHost } from '../../core/deployment/hostInputs';
import { applicationNameFor } from '../../core/deployment/plan';
import { pathsOf } from '../../core/deployment/lane';
import { hasEnded } from '../../core/deployment/run';
import { ProductError, toErrorData } from '../../core/errors';
import type { Host } from '../../core/hosts/model';
import type { DeploymentProblem } from '../../protocol/service';
import type { ArchiveLimits } from '../archive/archive';
import type { Redactor } from '../redactor';
import type { Repository } from '../repository/repository';
import type { ServiceLog } from '../serviceLog';
import { leftBy, placesOnHost, supposedLeft } from './cleanUpHost';
import { cleanUpDeployment } from './cleanUpRun';
import type { DeploymentListener, DeploymentManager, RunRequest } from './deployments';
import { createEventWriter, type EventWriter } from './eventWriter';
import type { EngineParts } from './hostWork';
import { createLimiter } from '../limiter';
import { createLiveDeployments, nameOf } from './liveDeployments';
import { openPackageContent } from './packageContent';
import { createKnownPlans } from './knownPlans';
import { createPreparation } from './preparation';
import { createReplacements } from './replacements';
import { createRunsAgain } from './runsAgain';
import { requireConfirmed } from './requireConfirmed';
import { sha256Of } from './sha256';
import type { HostConnector } from './ssh/hostConnector';
import { serviceEnds, stoppedByPerson } from './stopReasons';
import { defaultStopPatience, defaultTimeouts, type StepTimeouts } from './timeouts';
import { createDeployedVerifier } from './verifyDeployed';

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

/** Milliseconds between two reports that progress has changed. */
const changeInterval = 200;
/** Milliseconds that the end of the service waits for runs to be put down. */
const closePatience = 10_000;

/** Makes the one that runs the deployments of a service. */
export function createDeploymentManager(options: DeploymentManagerOptions): DeploymentManager {
  const { repository, connector, redactor, log, machine, limits } = options;
  const parts: EngineParts = { repository, connector, log, machine, limits, timeouts: { ...defaultTimeouts, ...options.timeouts }, stopPatience: options.stopPatience ?? defaultStopPatience };
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

  const slots = createLimiter(Math.max(1, options.parallelHosts));
  const live = createLiveDeployments({
    parts, redactor, createWriter,
    slots,
    onEnded: tellChanged,
    onProgress: (report) => {
      for (const listener of followers.get(report.deploymentId) ?? []) listener.onProgress(report);
      tellChanged();
    },
  });

  /** Closes what runs on paper only: its service is gone, or could not store its end. */
  const interrupt = async (deployment: Deployment): Promise<void> => {
    const ends = deployment.hosts.filter((run) => !hasEnded(run)).map(async (run) => interruptedEnd(run, await findHost(run.hostId), deployment.id, await findOwnFolder(deployment.id, run.hostId)));
    await repository.appendDeploymentEvents(deployment.id, [...await Promise.all(ends), { type: 'ended', state: 'interrupted' }]);
  };

  /** Where a run said that it keeps its things on a host: what a person had set then may be set otherwise now. */
  const findOwnFolder = async (id: string, hostId: string): Promise<readonly string[]> => {
    const events = await repository.readDeploymentEvents(id, 0, Number.MAX_SAFE_INTEGER);
    const told = events.findLast((event) => event.type === 'fact' && event.name === 'ownFolder' && event.host === hostId);
    return told?.type === 'fact' ? [told.value] : [];
  };

  const findHost = async (id: string): Promise<Host | undefined> => (await repository.listHosts()).find((host) => host.id === id);

  /** The stored deployment, closed when it runs on paper only. @throws ProductError `deploy/still-running` */
  const getEnded = async (id: string): Promise<Deployment> => {
    const deployment = await repository.getDeployment(id);
    if (live.get(id)) throw new ProductError('deploy/still-running', { package: nameOf(deployment.package) });
    if (deployment.state !== 'running') return deployment;
    await interrupt(deployment);
    return await repository.getDeployment(id);
  };

  const withProgress = (deployment: Deployment): Deployment => {
    const progress = live.get(deployment.id)?.progress;
    return progress ? { ...deployment, hosts: deployment.hosts.map((run) => ({ ...run, ...percentOf(run, progress.get(run.hostId)) })) } : deployment;
  };

  /** Runs hosts of a deployment that has ended again. Those that were at work when it was interrupted do not wait their turn, nor do `named` ones. */
  const takeUp = async (
    deployment: Deployment, runs: readonly HostRun[], request: RunRequest & { readonly plan?: readonly string[] | undefined }, { named = false, endsPause = false },
  ): Promise<Deployment> => {
    const { id } = deployment;
    const by = request.startedBy;
    const release = live.reserve(runs.map(({ hostId, hostName }) => ({ id: hostId, name: hostName })), nameOf(deployment.package));
    try {
      const inputs = await again.inputs(id);
      const planned = await again.planned(deployment, runs, request.plan);
      const content = await openPackageContent(repository, inputs.packageId, inputs.tenantId, limits);
      const hosts = await Promise.all(runs.map((run) => repository.getHost(run.hostId)));
      const { paused: _, ...unpaused } = deployment;
      await live.begin({
        planned,
        deployment: endsPause ? unpaused : deployment, inputs, hosts, content, request, release,
        named: runs.filter((run) => named || (run.state === 'interrupted' && run.step !== undefined)).map((run) => run.hostId),
        first: [{ type: 'resumed', by, hosts: hosts.map((host) => host.id) }, ...(endsPause ? [{ type: 'wentOn' as const, by }] : [])],
      });
      return await repository.getDeployment(id);
    } catch (error) {
      release();
      throw error;
    }
  };

  const checkOpen = (): void => {
    if (closed) throw new ProductError('repository/closed');
  };

  const replacements = createReplacements(repository);
  const plans = createKnownPlans();
  const again = createRunsAgain({ repository, replacements, plans });
  const { problemsOf, ...preparation } = createPreparation({ parts, replacements, plans, parallelHosts: options.parallelHosts, busyWith: (hostId) => live.busyWith(hostId) });

  return {
    ...preparation,
    ...createDeployedVerifier({ repository, connector, limits, busyWith: (hostId) => live.busyWith(hostId) }),
    async start({ inputs: given, plan, confirmed, ...request }) {
      checkOpen();
      const content = await openPackageContent(repository, given.packageId, given.tenantId, limits);
      const { identity, nickname, sha256 } = content.facts;
      const resolved = await replacements.resolve(given);
      const { inputs } = resolved;
      refuseErrors(await problemsOf(resolved, content, 'en'), nameOf(identity));
      const planned = plan && plans.find(plan, inputs, sha256, nameOf(identity));
      const hosts = await Promise.all(inputs.hostIds.map((id) => repository.getHost(id)));
      requireConfirmed(hosts, confirmed, nameOf(identity));
      const release = live.reserve(hosts, nameOf(identity));
      try {
        const planHash = plan?.length === 1 && plan[0] !== undefined ? plan[0] : sha256Of(JSON.stringify([inputs, sha256, plan])).slice(0, 16);
        const deployment = await repository.addDeployment({
          inputs, planHash, package: identity, startedBy: request.startedBy, ...(content.facts.plugIn && { plugIn: content.facts.plugIn }),
          hosts: hosts.map(({ id, name }) => ({ hostId: id, hostName: name, applicationName: applicationNameFor(inputsForHost(inputs, id).applicationName, nickname, name) })),
        });
        await live.begin({ deployment, inputs, hosts, content, request, release, planned, first: [{ type: 'started', inputs, startedBy: request.startedBy, planHash }] });
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
      live.get(id)?.run?.beginNoMore();
    },
    async pause(id, by) {
      const run = live.get(id)?.run;
      if (!run) throw new ProductError('deploy/not-running', { package: nameOf((await repository.getDeployment(id)).package) });
      await run.pause(by);
    },
    async goOn(id, request, hostIds) {
      checkOpen();
      const run = live.get(id)?.run;
      const deployment = run ? await repository.getDeployment(id) : await getEnded(id);
      const isMeant = ({ hostId }: HostRun): boolean => hostIds?.includes(hostId) ?? true;
      const held = deployment.hosts.filter((host) => host.state === 'held' && isMeant(host));
      const waiting = deployment.hosts.filter((host) => host.state === 'queued' && isMeant(host));
      const interrupted = deployment.hosts.filter((host) => host.state === 'interrupted' && hostIds === undefined);
      const isPaused = deployment.paused === true && hostIds === undefined;
      if (held.length + interrupted.length === 0 && !isPaused && (!run || waiting.length === 0)) throw new ProductError('deploy/nothing-held', { package: nameOf(deployment.package) });
      if (!run) return await takeUp(deployment, [...interrupted, ...held], request, { named: hostIds !== undefined, endsPause: isPaused });
      if (held.length > 0) await run.join(await Promise.all(held.map(({ hostId }) => repository.getHost(hostId))), request, hostIds !== undefined);
      if (hostIds === undefined) await run.goOn(request.startedBy);
      else run.letBegin(waiting.map(({ hostId }) => hostId));
      return await repository.getDeployment(id);
    },
    async resume(id, request, hostIds) {
      checkOpen();
      const running = hostIds && live.get(id)?.run;
      const deployment = running ? await repository.getDeployment(id) : await getEnded(id);
      const meant = again.meantBy(deployment, hostIds, running !== undefined);
      if (!running) return await takeUp(deployment, meant, request, { named: hostIds !== undefined && deployment.paused === true });
      const planned = await again.planned(deployment, meant, request.plan);
      await running.join(await Promise.all(meant.map((run) => repository.getHost(run.hostId))), { ...request, planned }, true);
      return await repository.getDeployment(id);
    },
    async planAgain(id, questions, signal, hostIds) {
      const isRunning = hostIds !== undefined && live.get(id)?.run !== undefined;
      const deployment = isRunning ? await repository.getDeployment(id) : await getEnded(id);
      return await preparation.plan(await again.inputsOf(id, again.meantBy(deployment, hostIds, isRunning)), questions, signal, isRunning);
    },
    async cleanUp(id, { questions, acceptNewHostKey }) {
      checkOpen();
      const deployment = await getEnded(id);
      const known = new Map((await repository.listHosts()).map((host) => [host.id, host]));
      const hosts = deployment.hosts.filter((run) => run.state === 'interrupted' || pathsOf(run).length > 0).flatMap((run) => known.get(run.hostId) ?? []);
      const release = live.reserve(hosts, nameOf(deployment.package));
      const stop = new AbortController();
      const work = cleanUpDeployment({ parts, deployment, hosts, questions, acceptNewHostKey, writer: createWriter(id) }, stop.signal);
      await live.track(id, stop, work, release).done;
      return await repository.getDeployment(id);
    },
    setParallelHosts: (hosts) => slots.setLimit(hosts),
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
      return live.all.length;
    },
    onChanged(listener) {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    async recover() {
      for (const deployment of await repository.listDeployments()) {
        if (live.get(deployment.id) || (deployment.state !== 'running' && deployment.hosts.every(hasEnded))) continue;
        await interrupt(deployment);
        log.warn('deploy', `${deployment.id} was interrupted by the end of the service`);
      }
    },
    async close() {
      closed = true;
      const runs = live.all;
      for (const run of runs) run.stop.abort(serviceEnds);
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise((resolve) => (timer = setTimeout(resolve, closePatience)));
      await Promise.race([Promise.all(runs.map((run) => run.done)), patience]);
      clearTimeout(timer);
      clearTimeout(changeTimer);
    },
  };
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

function interruptedEnd(run: HostRun, host: Host | undefined, deploymentId: string, ownFolder: readonly string[]): DeploymentEventBody {
  const touched = run.step !== undefined && plugInSteps.indexOf(run.step) >= plugInSteps.indexOf('lock');
  const error = toErrorData(new ProductError('deploy/interrupted', { host: run.hostName, step: run.step ?? 'none' }));
  return {
    type: 'hostEnded', host: run.hostId, state: 'interrupted', ...(run.step && { step: run.step }), error,
    ...(touched && host ? { left: supposedLeft(placesOnHost(host, deploymentId, ownFolder)) } : leftBy(run)),
  };
}
