import { stepOf } from '../../../core/deployment/plan';
import { ProductError } from '../../../core/errors';
import { connectionOf, type HostWork, type Step } from '../hostWork';
import { isTakenOver, parseLockOwner, type LockOwner } from '../lockOwner';
import { lastWords, runScript, saysDiskFull } from '../shell';

/**
 * Locks the host against other deployments of this product, of any user and machine. A lock that a deployment of this
 * repository left behind is taken over: this service alone runs those, and one that runs holds its hosts here.
 */
export const lockStep: Step = {
  name: 'lock',
  async run(work, signal) {
    const { host, deployment, parts, journal } = work;
    const { folder } = stepOf(work.plan, 'lock');
    // `user@machine` of the person, who may sign in to the host under another name.
    const user = deployment.startedBy.replace(/@[^@]*$/, '');
    const owner: LockOwner = { user, machine: parts.machine, deployment: deployment.id, since: new Date().toISOString() };
    work.touched = true;
    journal.fact('ownFolder', work.plan.layout.folder);
    const taken = await attempt(work, 'takeLock', owner, signal);
    if (taken.answer === 'taken') {
      journal.fact('locked', folder);
      return undefined;
    }
    const holder = parseLockOwner(taken.rest);
    if (!holder) throw new ProductError('deploy/lock-unreadable', { host: host.name, folder });
    if (!(await isTakenOver(holder, deployment.id, parts.repository))) {
      throw new ProductError('deploy/host-locked', {
        host: host.name, user: holder.user, machine: holder.machine, since: Date.parse(holder.since), deployment: holder.deployment, folder,
      });
    }
    await attempt(work, 'takeOverLock', owner, signal);
    const { tenantId } = work.inputs;
    await parts.repository.addAudit({ user, machine: parts.machine, action: 'deployments/takeOverLock', object: `${host.name}: ${holder.user}@${holder.machine}, ${holder.deployment}`, tenantId, outcome: 'done' });
    journal.fact('lockTakenOver', holder.deployment);
    return undefined;
  },
};

async function attempt(work: HostWork, script: 'takeLock' | 'takeOverLock', owner: LockOwner, signal: AbortSignal): Promise<{ readonly answer: 'taken' | 'held'; readonly rest: string }> {
  const { folder } = stepOf(work.plan, 'lock');
  const result = await runScript(connectionOf(work), script, [folder, JSON.stringify(owner)], { signal });
  const [, answer, rest = ''] = /^(taken|held|failed)\r?\n([\s\S]*)/m.exec(result.stdout) ?? [];
  if (answer === 'taken' || answer === 'held') return { answer, rest };
  const reason = rest.trim() || lastWords(result);
  if (saysDiskFull(reason)) throw new ProductError('deploy/disk-full-midway', { host: work.host.name, folder, step: 'lock', reason });
  throw new ProductError('deploy/lock-failed', { host: work.host.name, folder, reason });
}
