import type { LockHolder } from '../../core/deployment/model';
import type { Repository } from '../repository/repository';

/** Who holds the lock of a host, as its file `owner` says it in one line of JSON. */
export type LockOwner = LockHolder;

/** Reads the first line of a lock's file `owner`. */
export function parseLockOwner(text: string): LockOwner | undefined {
  try {
    const value = JSON.parse(text.split('\n')[0] ?? '') as Partial<Record<keyof LockOwner, unknown>>;
    const { user, machine, deployment, since } = value;
    if (typeof user !== 'string' || typeof machine !== 'string' || typeof deployment !== 'string' || typeof since !== 'string' || Number.isNaN(Date.parse(since))) return undefined;
    return { user, machine, deployment, since };
  } catch {
    return undefined;
  }
}

/** The arguments of `deploy/host-locked` that say who has the lock. */
export function describeHolder({ user, machine, since, deployment }: LockOwner) {
  return { user, machine, since: Date.parse(since), deployment };
}

/** A lock is ours when this repository knows its deployment, which is over; another copy of the product has other ids. */
export async function isTakenOver(holder: LockOwner, deploymentId: string | undefined, repository: Pick<Repository, 'listDeployments'>): Promise<boolean> {
  if (holder.deployment === deploymentId) return true;
  const known = await repository.listDeployments();
  return known.some((other) => other.id === holder.deployment && other.state !== 'running');
}
