import type { Deployment, DeploymentEventBody, DeploymentInputs, StepProgress } from '../../core/deployment/model';
import { inputsForHost } from '../../core/deployment/hostInputs';
import { planDeployment } from '../../core/deployment/plan';
import { endState } from '../../core/deployment/run';
import type { ApplicationDefaults } from '../../core/configuration/planApplication';
import { isPlannedSkip, type PlanFacts } from '../../core/deployment/planFacts';
import { ProductError, toErrorData } from '../../core/errors';
import type { Host } from '../../core/hosts/model';
import { findChangedApplication } from './changedApplication';
import { lockFolderOf, stagingFolderOf } from './cleanUpHost';
import type { RunRequest } from './deployments';
import { runHost } from './engine';
import type { EventWriter } from './eventWriter';
import { createHostJournal } from './hostJournal';
import type { EngineParts, HostWork, RunTask } from './hostWork';
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
  readonly request: Pick<RunRequest, 'questions' | 'acceptNewHostKey'>;
  readonly secrets: SecretValues;
  readonly writer: EventWriter;
  readonly slots: Limiter;
  readonly onProgress: (progress: StepProgress) => void;
  readonly defaults: ApplicationDefaults;
  /** What the plan that is run rests on, by host; a host that is not in it runs as it is found. */
  readonly planned: ReadonlyMap<string, PlanFacts>;
}

/** A deployment that runs. */
export interface DeploymentRun {
  /** Resolves when every host and the deployment have ended. Rejects only with what storing events raises. */
  readonly done: Promise<void>;
  /**
   * Runs more hosts of the deployment, with the secrets and answers of this run. Resolves when the event that says so is
   * stored.
   * @returns undefined when none can join: the run is about to end, or is at work on each of them
   */
  join(hosts: readonly Host[], by: string): Promise<void> | undefined;
  /** Hosts that wait their turn end as stopped; those at work finish. */
  readonly beginNoMore: () => void;
}

/**
 * Runs a deployment on its hosts, so many at a time, each to its own end; then ends the deployment. One host's failure does
 * not touch the others.
 * @param stop aborted with one of the reasons in `stopReasons`
 */
export function runDeployment(options: DeploymentRunOptions, stop: AbortSignal): DeploymentRun {
  const { parts, deployment, writer, request, secrets, inputs } = options;
  const hosts = [...options.hosts];
  const questions = createWaitingQuestions(request.questions, hosts, writer);
  const task: RunTask = {
    deployment,
    inputs,
    package: options.package,
    questions,
    acceptNewHostKey: request.acceptNewHostKey,
    planned: options.planned,
    secretValues: (host, signal) => secrets.forHost(host, questions, signal),
  };
  const noMore = new AbortController();
  const atWork = new Map<string, Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  let ending = false;

  const begin = (host: Host, after?: Promise<void>): void => {
    const work = (after ?? Promise.resolve())
      .then(() => runInTurn(options, task, host, stop, noMore.signal))
      .catch((error: unknown) => { failure ??= { error }; })
      .finally(() => atWork.delete(host.id));
    atWork.set(host.id, work);
  };
  const run = async (): Promise<void> => {
    while (atWork.size > 0) await Promise.all(atWork.values());
    ending = true;
    if (failure) throw failure.error;
    const { hosts: runs } = await parts.repository.getDeployment(deployment.id);
    await writer.append({ type: 'ended', state: endState(runs) });
  };
  for (const host of hosts) begin(host);
  return {
    done: run(),
    beginNoMore: () => noMore.abort(stoppedByPerson),
    join(wanted, by) {
      const joining = wanted.filter((host) => !atWork.has(host.id));
      if (ending || stop.aborted || noMore.signal.aborted || joining.length === 0) return undefined;
      for (const host of joining) if (!hosts.some(({ id }) => id === host.id)) hosts.push(host);
      const told = writer.append({ type: 'resumed', by, hosts: joining.map((host) => host.id) });
      for (const host of joining) begin(host, told);
      return told;
    },
  };
}

async function runInTurn(options: DeploymentRunOptions, task: RunTask, host: Host, stop: AbortSignal, noMore: AbortSignal): Promise<void> {
  let leave: () => void;
  try {
    leave = await options.slots.enter(AbortSignal.any([stop, noMore]));
  } catch {
    await options.writer.append(neverBegun(host, stop.reason === serviceEnds));
    return;
  }
  try {
    await runHost(await createHostWork(options, task, host), options.writer, stop);
  } finally {
    leave();
  }
}

function neverBegun(host: Host, interrupted: boolean): DeploymentEventBody {
  if (!interrupted) return { type: 'hostEnded', host: host.id, state: 'cancelled', left: [] };
  const error = toErrorData(new ProductError('deploy/interrupted', { host: host.name, step: 'none' }));
  return { type: 'hostEnded', host: host.id, state: 'interrupted', error, left: [] };
}

async function createHostWork({ parts, deployment, package: content, writer, onProgress, defaults }: DeploymentRunOptions, task: RunTask, host: Host): Promise<HostWork> {
  const applicationName = deployment.hosts.find((run) => run.hostId === host.id)?.applicationName ?? '';
  const inputs = inputsForHost(task.inputs, host.id);
  // What cannot be found is told at the check, as everything that stands against a host.
  const changed = await findChangedApplication(parts.repository, host, inputs, applicationName).catch(() => ({ isNamed: false, existing: undefined }));
  const planned = task.planned.get(host.id);
  const [plan] = planDeployment(inputs, content.facts, [{
    hostId: host.id,
    hostName: host.name,
    deploymentId: deployment.id,
    stagingFolder: stagingFolderOf(host),
    lockFolder: lockFolderOf(host),
    applicationExists: changed.isNamed,
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
    plan: isLeftOut ? plan : goesOn,
    journal: createHostJournal(deployment.id, host.id, writer, onProgress),
    secrets: [],
    touched: false,
    installing: false,
    installed: false,
    left: [],
  };
}
