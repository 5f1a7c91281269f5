import type { Deployment, DeploymentEventBody, DeploymentInputs, StepProgress } from '../../core/deployment/model';
import { inputsForHost } from '../../core/deployment/hostInputs';
import { pathsOf } from '../../core/deployment/lane';
import { planDeployment } from '../../core/deployment/plan';
import { endState } from '../../core/deployment/run';
import { createTurns } from '../../core/deployment/turns';
import type { ApplicationDefaults } from '../../core/configuration/planApplication';
import { isPlannedSkip, type PlanFacts } from '../../core/deployment/planFacts';
import { ProductError, toErrorData } from '../../core/errors';
import type { Host } from '../../core/hosts/model';
import { findChangedApplication } from './changedApplication';
import { knownFamily, leftBy, lockFolderOf, stagingFolderIn, stagingFolderOf } from './cleanUpHost';
import type { RunRequest } from './deployments';
import { runHost } from './engine';
import type { EventWriter } from './eventWriter';
import { createHostJournal } from './hostJournal';
import { runInTurns } from './hostTurns';
import type { EngineParts, HostWork, Left, RunTask } from './hostWork';
import type { Limiter } from '../limiter';
import type { PackageContent } from './packageContent';
import type { SecretValues } from './secretValues';
import { serviceEnds, stoppedByPerson } from './stopReasons';
import { createWaitingQuestions } from './waitingQuestions';

export interface DeploymentRunOptions {
  readonly parts: EngineParts;
  readonly deployment: Deployment;
  readonly inputs: DeploymentInputs;
  /** The hosts to run, a part of the deployment's. */
  readonly hosts: readonly Host[];
  readonly package: PackageContent;
  readonly request: Pick<RunRequest, 'questions' | 'acceptNewHostKey' | 'takeOverLocks'>;
  readonly secrets: SecretValues;
  readonly writer: EventWriter;
  readonly slots: Limiter;
  readonly onProgress: (progress: StepProgress) => void;
  readonly defaults: ApplicationDefaults;
  /** What the plan that is run rests on, by host; a host that is not in it runs as it is found. */
  readonly planned: ReadonlyMap<string, PlanFacts>;
  /** Hosts that begin whatever order and pause say. */
  readonly named: readonly string[];
}

/** A deployment that runs. */
export interface DeploymentRun {
  /** Resolves when every host and the deployment have ended. Rejects only with what storing events raises. */
  readonly done: Promise<void>;
  /**
   * Runs more hosts of the deployment, with the secrets and answers of this run: `named` ones at once, the others in their
   * turn. Resolves when the event that says so is stored. An earlier plan of theirs is given up for `planned`, or for none.
   * @returns undefined when none can join: the run is about to end, or is at work on each of them
   */
  readonly join: (hosts: readonly Host[], by: string, named: boolean, planned?: ReadonlyMap<string, PlanFacts>) => Promise<void> | undefined;
  /** Hosts that wait their turn end as stopped; those at work finish. */
  readonly beginNoMore: () => void;
  /** Hosts at work go on, no other begins until `goOn`. Nothing to do for one that is paused. */
  pause(by: string): Promise<void>;
  goOn(by: string): Promise<void>;
  /** Lets hosts that wait their turn begin now. */
  letBegin(hostIds: readonly string[]): void;
}

/**
 * Runs a deployment on its hosts in their turn, each to its own end; then ends the deployment. One host's failure does not
 * touch those at work.
 * @param stop aborted with one of the reasons in `stopReasons`
 */
export function runDeployment(options: DeploymentRunOptions, stop: AbortSignal): DeploymentRun {
  const { parts, deployment, writer, request, secrets, inputs } = options;
  const hosts = new Map(options.hosts.map((host) => [host.id, host]));
  const questions = createWaitingQuestions(request.questions, hosts, writer);
  const planned = new Map(options.planned);
  const task: RunTask = {
    deployment,
    inputs,
    package: options.package,
    questions,
    acceptNewHostKey: request.acceptNewHostKey,
    takeOverLocks: request.takeOverLocks ?? [],
    planned,
    secretValues: (host, signal) => secrets.forHost(host, questions, signal),
  };
  const noMore = new AbortController();
  /** Hosts whose coming is being written down. */
  const arriving = new Set<string>();
  const turns = createTurns({
    order: inputs.order ?? { kind: 'all' },
    stopAfterFailures: inputs.stopAfterFailures ?? 0,
    paused: deployment.paused === true,
    tried: deployment.hosts.some((run) => run.state === 'complete'),
  });
  turns.add([...hosts.keys()].filter((id) => !options.named.includes(id)));
  turns.name(options.named);
  const leftOn = async (hostId: string): Promise<Left> => leftBy((await parts.repository.getDeployment(deployment.id)).hosts.find((run) => run.hostId === hostId));
  const inTurns = runInTurns(turns, options.slots, {
    run: async (hostId) => runHost(await createHostWork(options, task, requireHost(hosts, hostId), await leftOn(hostId)), writer, stop),
    hold: async (hostIds, reason) => {
      for (const host of hostIds) await writer.append({ type: 'hostHeld', host, reason });
    },
    neverBegun: async (hostId) => {
      await writer.append(neverBegun(requireHost(hosts, hostId), stop.reason === serviceEnds, await leftOn(hostId)));
    },
  }, AbortSignal.any([stop, noMore.signal]));

  const end = async (): Promise<void> => {
    await inTurns.done;
    const isStopped = noMore.signal.aborted || stop.reason === stoppedByPerson;
    const { hosts: runs } = await parts.repository.getDeployment(deployment.id);
    // Who stops a deployment does not mean to leave hosts to be gone on with.
    const dropped = runs.filter((run) => isStopped && run.state === 'held');
    for (const run of dropped) await writer.append({ type: 'hostEnded', host: run.hostId, state: 'cancelled', ...leftBy(run) });
    await writer.append({ type: 'ended', state: endState(runs.map(({ state }) => ({ state: isStopped && state === 'held' ? 'cancelled' : state }))) });
  };
  return {
    done: end(),
    beginNoMore: () => noMore.abort(stoppedByPerson),
    join(wanted, by, named, plannedAnew) {
      const joining = wanted.filter((host) => !inTurns.isAtWork(host.id) && !arriving.has(host.id));
      if (inTurns.isOver || stop.aborted || noMore.signal.aborted || joining.length === 0) return undefined;
      for (const host of joining) {
        hosts.set(host.id, host);
        const facts = plannedAnew?.get(host.id);
        if (facts) planned.set(host.id, facts);
        else planned.delete(host.id);
      }
      const ids = joining.map(({ id }) => id);
      for (const id of ids) arriving.add(id);
      return inTurns.after(writer.append({ type: 'resumed', by, hosts: ids }), () => (named ? turns.name(ids) : turns.add(ids))).finally(() => {
        for (const id of ids) arriving.delete(id);
      });
    },
    async pause(by) {
      if (turns.paused) return;
      turns.pause();
      const told = writer.append({ type: 'paused', by });
      inTurns.move();
      await told;
    },
    async goOn(by) {
      if (!turns.paused) return;
      turns.goOn();
      const told = writer.append({ type: 'wentOn', by });
      inTurns.move();
      await told;
    },
    letBegin(hostIds) {
      turns.name(hostIds);
      inTurns.move();
    },
  };
}

function requireHost(hosts: ReadonlyMap<string, Host>, id: string): Host {
  const host = hosts.get(id);
  if (!host) throw new Error(`${id} is not a host of the run`);
  return host;
}

function neverBegun(host: Host, interrupted: boolean, left: Left): DeploymentEventBody {
  if (!interrupted) return { type: 'hostEnded', host: host.id, state: 'cancelled', ...left };
  const error = toErrorData(new ProductError('deploy/interrupted', { host: host.name, step: 'none' }));
  return { type: 'hostEnded', host: host.id, state: 'interrupted', error, ...left };
}

async function createHostWork({ parts, deployment, package: content, writer, onProgress, defaults }: DeploymentRunOptions, task: RunTask, host: Host, before: Left): Promise<HostWork> {
  const applicationName = deployment.hosts.find((run) => run.hostId === host.id)?.applicationName ?? '';
  const inputs = inputsForHost(task.inputs, host.id);
  // What cannot be found is told at the check, as everything that stands against a host.
  const changed = await findChangedApplication(parts.repository, host, inputs, applicationName).catch(() => ({ isNamed: false, existing: undefined }));
  const planned = task.planned.get(host.id);
  const family = knownFamily(host, content.facts.identity.osGroup);
  const earlier = stagingFolderIn(pathsOf(before), deployment.id);
  const [plan] = planDeployment(inputs, content.facts, [{
    hostId: host.id,
    hostName: host.name,
    deploymentId: deployment.id,
    stagingFolder: earlier ?? stagingFolderOf(host, family, task.questions.ssh),
    lockFolder: lockFolderOf(host, family),
    applicationExists: changed.isNamed,
    gaxFolder: changed.existing?.workingDirectory,
    merges: changed.existing !== undefined,
  }]);
  if (!plan) throw new Error('no plan for the host');
  const { skip, ...goesOn } = plan;
  // A plan that did not leave the host out is not run by leaving it out: the check tells what has changed.
  const isLeftOut = skip !== undefined && (planned === undefined || isPlannedSkip(planned));
  return {
    ...task,
    inputs,
    parts,
    host,
    defaults,
    ...(earlier !== undefined && { earlierStaging: earlier }),
    before,
    plan: isLeftOut ? plan : goesOn,
    journal: createHostJournal(deployment.id, host.id, writer, onProgress),
    secrets: [],
    touched: false,
    installing: false,
    installed: false,
    left: [],
  };
}
