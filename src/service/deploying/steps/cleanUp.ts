import { ProductError, toErrorData } from '../../../core/errors';
import { findRemaining, placesOf, removeStaging, stopInstaller, supposedLeft } from '../cleanUpHost';
import type { EventWriter } from '../eventWriter';
import type { HostWork, Left } from '../hostWork';
import { inspectTarget } from '../inspectTarget';
import type { HostConnection } from '../ssh/hostConnection';
import { withTimeout } from '../withTimeout';

/** Connections that may break one after the other while a host is cleaned up. */
const cleanUpAttempts = 3;

/**
 * The last step, in good days and bad: ends a running installer, removes staging folder, silent.ini and lock. Never throws
 * for what the host does; what could not be removed is the result.
 * @param keepPackage for the next attempt: the host has failed, not the package
 */
export async function cleanUp(work: HostWork, writer: EventWriter, keepPackage: boolean): Promise<Left> {
  const { host, journal, plan, deployment, parts } = work;
  if (!work.touched) return work.before;
  const limit = parts.timeouts.cleanUp;
  let kept: string | undefined;
  try {
    // Where events cannot be stored any more, cleaning up matters all the more: nobody would hear of what is kept.
    const isTold = await writer.append({ type: 'stepStarted', host: host.id, step: 'cleanUp' }).then(() => true, () => false);
    await withTimeout(limit, undefined, async (signal) => {
      const found = await removeFromHost(work, keepPackage && isTold, signal);
      kept = found.kept;
      work.left.push(...found.left);
    }, () => new ProductError('deploy/step-timeout', { host: host.name, step: 'cleanUp', seconds: Math.round(limit / 1000) }));
    await writer.append({ type: 'stepDone', host: host.id, step: 'cleanUp' }).catch(() => undefined);
  } catch (error) {
    parts.log.warn('deploy', `${deployment.id}, ${host.name}, cleanUp: ${error instanceof Error ? error.message : String(error)}`);
    journal.problem(toErrorData(error));
    work.left.push(...supposedLeft(placesOf(plan)));
  }
  return { left: [...new Set(work.left)], ...(kept !== undefined && { kept }) };
}

/** Begins again over a new connection when one breaks: what is done twice does no harm, and silent.ini must not stay for that. */
async function removeFromHost(work: HostWork, keepPackage: boolean, signal: AbortSignal): Promise<Left> {
  const { host, journal, parts } = work;
  for (let attempt = 1; ; attempt++) {
    if (work.connection?.lost.aborted !== false) {
      work.connection = await parts.connector.connect(host, { questions: work.questions, acceptNewHostKey: work.acceptNewHostKey, signal });
      journal.fact('reconnected', '');
    }
    const { connection } = work;
    try {
      return await removeOver(connection, work, keepPackage, signal);
    } catch (error) {
      if (attempt === cleanUpAttempts || signal.aborted || !connection.lost.aborted) throw error;
    }
  }
}

async function removeOver(connection: HostConnection, work: HostWork, keepPackage: boolean, signal: AbortSignal): Promise<Left> {
  const { journal, plan, deployment, parts } = work;
  const places = placesOf(plan);
  const left: string[] = [];
  if (work.installing) {
    const processes = await stopInstaller(connection, places, deployment.id, parts.stopPatience, signal);
    left.push(...processes);
    if (processes.length === 0) journal.fact('installerStopped', '');
  }
  if (!work.installed && (work.installing || work.installerEnd)) await inspectTarget(work, signal);
  const removed = await removeStaging(connection, places, deployment.id, keepPackage, signal);
  for (const path of removed.removed) journal.fact('removed', path);
  if (removed.kept !== undefined) journal.fact('kept', removed.kept);
  left.push(...removed.left);
  // A target that an earlier attempt half replaced still is.
  if (!work.installed) left.push(...await findRemaining(connection, work.before.left.filter((path) => path !== places.folder && path !== places.lock), signal));
  return { left, ...(removed.kept !== undefined && { kept: removed.kept }) };
}
