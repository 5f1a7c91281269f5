import { stepOf } from '../../../core/deployment/plan';
import { ProductError } from '../../../core/errors';
import { connectionOf, type HostWork, type Step } from '../hostWork';
import { describeHolder, isTakenOver, parseLockOwner, type LockOwner } from '../lockOwner';
import { lastWords, runScript, saysDiskFull } from '../shell';
import { withTimeout } from '../withTimeout';

/**
 * Locks the host against other deployments of this product, of any user and machine. A lock that a deployment of this
 * repository left behind is taken over: this service alone runs those, and one that runs holds its hosts here. Nobody here
 * can tell whether a deployment of another repository still runs: a person decides about its lock.
 */
export const lockStep: Step = {
  name: 'lock',
  timesItself: true,
  async run(work, signal) {
    const { host, deployment, parts, journal } = work;
    const { folder } = stepOf(work.plan, 'lock');
    // `user@machine` of the person, who may sign in to the host under another name.
    const user = deployment.startedBy.replace(/@[^@]*$/, '');
    const owner: LockOwner = { user, machine: parts.machine, deployment: deployment.id, since: new Date().toISOString() };
    work.touched = true;
    journal.fact('ownFolder', work.plan.layout.folder);
    const taken = await attempt(work, 'takeLock', [JSON.stringify(owner)], signal);
    if (taken.answer === 'taken') {
      journal.fact('locked', folder);
      return undefined;
    }
    const holder = parseLockOwner(taken.rest);
    if (!holder) throw new ProductError('deploy/lock-unreadable', { host: host.name, folder });
    const isOver = await isTakenOver(holder, deployment.id, parts.repository);
    if (!isOver && !(await isGivenUp(work, holder, folder, signal))) throw locked(work, holder, folder);
    const after = await attempt(work, 'takeOverLock', [JSON.stringify(owner), taken.rest.trimEnd()], signal);
    if (after.answer === 'held') throw locked(work, parseLockOwner(after.rest) ?? holder, folder);
    const { tenantId } = work.inputs;
    await parts.repository.addAudit({ user, machine: parts.machine, action: 'deployments/takeOverLock', object: `${host.name}: ${holder.user}@${holder.machine}, ${holder.deployment}`, tenantId, outcome: 'done' });
    if (isOver) journal.fact('lockTakenOver', holder.deployment);
    else journal.fact('foreignLockTakenOver', holder.deployment, { user: holder.user, machine: holder.machine });
    return undefined;
  },
};

/** What a person says to the lock of another repository's deployment: beforehand, or asked now. */
async function isGivenUp(work: HostWork, { user, machine, deployment, since }: LockOwner, folder: string, signal: AbortSignal): Promise<boolean> {
  const { host, questions, takeOverLocks } = work;
  if (takeOverLocks === 'all' || takeOverLocks.some((lock) => lock.hostId === host.id && lock.deployment === deployment)) return true;
  return (await questions.confirmTakeOver?.({ hostName: host.name, user, machine, deployment, since, folder }, signal)) === 'takeOver';
}

function locked({ host }: HostWork, holder: LockOwner, folder: string): ProductError {
  return new ProductError('deploy/host-locked', { host: host.name, ...describeHolder(holder), folder });
}

async function attempt(
  work: HostWork, script: 'takeLock' | 'takeOverLock', owners: readonly string[], stop: AbortSignal,
): Promise<{ readonly answer: 'taken' | 'held'; readonly rest: string }> {
  const { folder } = stepOf(work.plan, 'lock');
  const limit = work.parts.timeouts.lock;
  const result = await withTimeout(limit, stop, (signal) => runScript(connectionOf(work), script, [folder, ...owners], { signal }), () =>
    new ProductError('deploy/step-timeout', { host: work.host.name, step: 'lock', seconds: Math.round(limit / 1000) }));
  const [, answer, rest = ''] = /^(taken|held|failed)\r?\n([\s\S]*)/m.exec(result.stdout) ?? [];
  if (answer === 'taken' || answer === 'held') return { answer, rest };
  const reason = rest.trim() || lastWords(result);
  if (saysDiskFull(reason)) throw new ProductError('deploy/disk-full-midway', { host: work.host.name, folder, step: 'lock', reason });
  throw new ProductError('deploy/lock-failed', { host: work.host.name, folder, reason });
}
