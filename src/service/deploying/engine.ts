import { stepsOf, type DeploymentEventBody, type DeploymentStep } from '../../core/deployment/model';
import { ProductError, type ErrorData } from '../../core/errors';
import { placesOf, supposedLeft } from './cleanUpHost';
import type { EventWriter } from './eventWriter';
import type { HostWork, Step } from './hostWork';
import { hostFailure } from './hostFailure';
import { markDeployed } from './markDeployed';
import { checkStep } from './steps/check';
import { cleanUp } from './steps/cleanUp';
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

/** A host without space needs what the package takes there. */
function isDiskFull(error: ErrorData | undefined): boolean {
  return error?.code === 'deploy/disk-full-midway';
}
