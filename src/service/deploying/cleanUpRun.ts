import type { Deployment, HostRun } from '../../core/deployment/model';
import { pathsOf } from '../../core/deployment/lane';
import { endState } from '../../core/deployment/run';
import { isCancelled, toErrorData } from '../../core/errors';
import type { Host } from '../../core/hosts/model';
import type { Questions } from '../questions';
import { findRemaining, isFullPath, leftBy, placesOnHost, removeStaging, stopInstaller, supposedLeft } from './cleanUpHost';
import type { EventWriter } from './eventWriter';
import type { EngineParts } from './hostWork';

export interface CleanUpOptions {
  readonly parts: EngineParts;
  readonly deployment: Deployment;
  /** The hosts to clean up, a part of the deployment's. */
  readonly hosts: readonly Host[];
  readonly questions: Questions;
  readonly acceptNewHostKey: boolean;
  readonly writer: EventWriter;
}

/**
 * Removes what a run that is over left on its hosts. A host that was interrupted counts as stopped once nothing is left
 * there, a held one in any case; one that cannot be reached stays as it is.
 * @throws only what storing events raises
 */
export async function cleanUpDeployment(options: CleanUpOptions, stop: AbortSignal): Promise<void> {
  const { deployment, hosts, writer, parts } = options;
  const ends = await Promise.allSettled(hosts.map((host) => cleanUpOne(options, host, stop)));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  for (const run of deployment.hosts) if (run.state === 'held') await writer.append({ type: 'hostEnded', host: run.hostId, state: 'cancelled', ...leftBy(run) });
  const { hosts: runs } = await parts.repository.getDeployment(deployment.id);
  await writer.append({ type: 'ended', state: endState(runs) });
}

async function cleanUpOne({ parts, deployment, questions, acceptNewHostKey, writer }: CleanUpOptions, host: Host, stop: AbortSignal): Promise<void> {
  const before = deployment.hosts.find((run) => run.hostId === host.id);
  if (!before) return;
  const places = placesOnHost(host, deployment.id, pathsOf(before));
  // A lock is removed only where its owner is this deployment, so whatever is left may be asked.
  const locks = new Set([places.lock, ...before.left.filter((path) => isFullPath(path) && path !== places.folder)]);
  const left: string[] = [];
  await writer.append({ type: 'stepStarted', host: host.id, step: 'cleanUp' });
  try {
    const connection = await parts.connector.connect(host, { questions, acceptNewHostKey, signal: stop });
    try {
      left.push(...await stopInstaller(connection, places, deployment.id, parts.stopPatience, stop));
      for (const lock of locks) {
        const removed = await removeStaging(connection, { ...places, lock }, deployment.id, false, stop);
        left.push(...removed.left);
        for (const value of removed.removed) await writer.append({ type: 'fact', host: host.id, name: 'removed', value });
      }
      left.push(...await findRemaining(connection, before.left, stop));
    } finally {
      await connection.close();
    }
    await removePlanned(parts, before, host);
    await writer.append({ type: 'stepDone', host: host.id, step: 'cleanUp' });
  } catch (error) {
    if (!isCancelled(error)) parts.log.warn('deploy', `${deployment.id}, ${host.name}: clean-up failed: ${error instanceof Error ? error.message : String(error)}`);
    const again = { ...endOf(before), ...(!isCancelled(error) && { error: toErrorData(error) }) };
    const known = leftBy(before);
    await writer.append({ type: 'hostEnded', host: host.id, ...again, ...(pathsOf(known).length > 0 ? known : { left: supposedLeft(places) }) });
    return;
  }
  const closed = before.state === 'interrupted' ? { state: 'cancelled' as const, ...(before.step && { step: before.step }) } : endOf(before);
  await writer.append({ type: 'hostEnded', host: host.id, ...closed, left: [...new Set(left)] });
}

/** How a host had ended, to be said again. */
function endOf({ state, step, error }: HostRun) {
  const ended = state === 'queued' || state === 'running' || state === 'waiting' || state === 'held' ? 'interrupted' as const : state;
  return { state: ended, ...(step && { step }), ...(error && { error }) };
}

/** An application object that never got beyond its plan goes with the rest. */
async function removePlanned({ repository }: EngineParts, run: HostRun, host: Host): Promise<void> {
  const application = await repository.findApplication(run.applicationName, host.id);
  if (application?.state === 'planned') await repository.removeApplication(application.id);
}
