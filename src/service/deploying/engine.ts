import { stepsOf, type DeploymentEventBody, type DeploymentStep } from '../../core/deployment/model';
import { plugInOf } from '../../core/deployment/plugIn';
import { ProductError, toErrorData, type ErrorData } from '../../core/errors';
import { findChangedApplication } from './changedApplication';
import { findRemaining, placesOf, removeStaging, stopInstaller, supposedLeft } from './cleanUpHost';
import type { EventWriter } from './eventWriter';
import type { HostWork, Left, Step } from './hostWork';
import { hostFailure } from './hostFailure';
import { inspectTarget } from './inspectTarget';
import type { HostConnection } from './ssh/hostConnection';
import { checkStep } from './steps/check';
import { connectStep } from './steps/connect';
import { installStep } from './steps/install';
import { lockStep } from './steps/lock';
import { objectStep } from './steps/object';
import { plugInStep } from './steps/plugIn';
import { recordStep } from './steps/record';
import { resultStep } from './steps/result';
import { silentIniStep } from './steps/silentIni';
import { transferStep } from './steps/transfer';
import { valuesStep } from './steps/values';
import { verifyStep } from './steps/verify';
import { withTimeout } from './withTimeout';

/** All steps but the last: cleaning up is done whatever became of them. A deployment runs those of its kind (`stepsOf`). */
const steps: readonly Step[] = [
  connectStep, checkStep, lockStep, transferStep, verifyStep, objectStep, silentIniStep, installStep, resultStep, plugInStep, valuesStep, recordStep,
];

type HostEnd = Omit<Extract<DeploymentEventBody, { type: 'hostEnded' }>, 'type' | 'host'>;

/**
 * Runs one host's part of a deployment to its end, whatever that is. Every step's beginning and end is stored before the
 * step runs or the next begins. Once the installer has ended the host is finished rather than stopped: what is installed
 * must be recorded.
 * @param signal aborted with one of the reasons in `stopReasons`
 * @throws only what storing events raises
 */
export async function runHost(work: HostWork, writer: EventWriter, signal: AbortSignal): Promise<HostEnd['state']> {
  const host = work.host.id;
  await writer.append({ type: 'hostStarted', host });
  const skip = work.plan.skip;
  const end: HostEnd = skip ? { state: 'skipped', reason: skip, left: [] } : await runSteps(work, writer, signal);
  await work.connection?.close();
  await writer.append({ type: 'hostEnded', host, ...end });
  return end.state;
}

async function runSteps(work: HostWork, writer: EventWriter, signal: AbortSignal): Promise<HostEnd> {
  let current: DeploymentStep = 'connect';
  try {
    const ofKind = stepsOf(work.package.facts);
    for (const step of steps.filter(({ name }) => ofKind.includes(name))) {
      current = step.name;
      await runStep(work, writer, step, signal);
    }
  } catch (error) {
    return await endBadly(work, writer, current, error, signal);
  }
  const { left } = await cleanUp(work, writer, false);
  return { state: 'complete', step: 'cleanUp', left, ...(work.filesToCopy && { filesToCopy: work.filesToCopy }) };
}

async function runStep(work: HostWork, writer: EventWriter, step: Step, stop: AbortSignal): Promise<void> {
  const host = work.host.id;
  await writer.append({ type: 'stepStarted', host, step: step.name });
  const limit = step.timesItself === true ? 0 : work.parts.timeouts[step.name];
  const skipped = await withTimeout(limit, work.installerEnd ? undefined : stop, (signal) => step.run(work, signal), () =>
    new ProductError('deploy/step-timeout', { host: work.host.name, step: step.name, seconds: Math.round(limit / 1000) }));
  await writer.append(skipped === undefined ? { type: 'stepDone', host, step: step.name } : { type: 'stepSkipped', host, step: step.name, reason: skipped });
}

async function endBadly(work: HostWork, writer: EventWriter, step: DeploymentStep, thrown: unknown, stop: AbortSignal): Promise<HostEnd> {
  const { parts, host } = work;
  const { state, error } = hostFailure(work, step, thrown, stop);
  if (state !== 'cancelled') parts.log.warn('deploy', `${work.deployment.id}, ${host.name}, ${step}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  const ended = { state, step, ...(error && { error }) };
  // What an interrupted or lost run left is needed to go on with it.
  if (state === 'interrupted' || state === 'unknown') {
    if (state === 'unknown') await markDeployed(work, 'unknown');
    return work.touched ? { ...ended, left: supposedLeft(placesOf(work.plan)) } : { ...ended, ...work.before };
  }
  // A connection through which nothing gets may be dead without anybody knowing: cleaning up must not wait on it.
  if (error?.code === 'deploy/transfer-stalled') await work.connection?.close();
  const failures = await undoSteps(work);
  const installerRan = work.installing || work.installerEnd !== undefined;
  const { left, kept } = await cleanUp(work, writer, state === 'failed' && !isDiskFull(error));
  if (installerRan && !work.installed) await markDeployed(work, 'failed');
  return { ...ended, left: [...left, ...failures], ...(kept !== undefined && { kept }) };
}

async function undoSteps(work: HostWork): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const step of [...steps].reverse()) {
    try {
      await step.undo?.(work);
    } catch (error) {
      work.parts.log.error('deploy', `${work.deployment.id}, ${work.host.name}: ${step.name} could not be undone`, error);
      failures.push(work.plan.applicationName);
    }
  }
  return failures;
}

/**
 * The last step, in good days and bad: ends a running installer, removes staging folder, silent.ini and lock. Never throws
 * for what the host does; what could not be removed is the result.
 * @param keepPackage for the next attempt: the host has failed, not the package
 */
async function cleanUp(work: HostWork, writer: EventWriter, keepPackage: boolean): Promise<Left> {
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

/** Connections that may break one after the other while a host is cleaned up. */
const cleanUpAttempts = 3;

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

/** The earlier record of the application says that its last deployment did not end well; where there is none, only a lost one is recorded. */
async function markDeployed(work: HostWork, status: 'failed' | 'unknown'): Promise<void> {
  const { repository, log } = work.parts;
  const { deployment, host, inputs, plan, application } = work;
  const plugIn = plugInOf(work.package.facts);
  try {
    const { profile, startedBy: by } = deployment;
    const { existing } = await findChangedApplication(repository, host, inputs, plan.applicationName);
    const earlier = existing && (await repository.listDeployedPackages()).find((record) => record.hostId === host.id && record.applicationId === existing.id && record.plugIn === plugIn);
    if (earlier) {
      const { id: _, at: __, ...record } = earlier;
      await repository.recordDeployedPackage({ ...record, status, deploymentId: deployment.id, profile, by }, existing);
    } else if (status === 'unknown' && application) {
      delete work.plannedApplicationId;
      await repository.recordDeployedPackage({
        hostId: host.id, hostName: host.name, applicationId: application.id, applicationName: application.name, tenantId: inputs.tenantId,
        packageId: inputs.packageId, package: work.package.facts.identity, ...(plugIn !== undefined && { plugIn }), status, installPath: plan.installPath ?? '', deploymentId: deployment.id, profile, by,
      }, application);
    }
  } catch (error) {
    log.error('deploy', `${deployment.id}, ${host.name}: its state could not be recorded`, error);
  }
}

/** A host without space needs what the package takes there. */
function isDiskFull(error: ErrorData | undefined): boolean {
  return error?.code === 'deploy/disk-full-midway';
}
