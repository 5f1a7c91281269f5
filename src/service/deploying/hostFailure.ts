import type { DeploymentStep } from '../../core/deployment/model';
import { megabytes } from '../../core/deployment/plan';
import { isCancelled, isProductError, ProductError, toErrorData, type ErrorData } from '../../core/errors';
import type { HostWork } from './hostWork';
import { serviceEnds } from './stopReasons';

export interface HostFailure {
  readonly state: 'failed' | 'unknown' | 'cancelled' | 'interrupted';
  readonly error?: ErrorData;
}

/**
 * What became of a host whose step broke off. A connection that is lost while the installer runs, or before its result was
 * read, leaves the outcome unknown: that is never called failed.
 */
export function hostFailure(work: HostWork, step: DeploymentStep, thrown: unknown, stop: AbortSignal): HostFailure {
  const host = work.host.name;
  if (stop.aborted && isCancelled(thrown)) {
    return stop.reason === serviceEnds
      ? { state: 'interrupted', error: toErrorData(new ProductError('deploy/interrupted', { host, step })) }
      : { state: 'cancelled' };
  }
  const lost = isProductError(thrown, 'host/connection-lost') || (work.connection?.lost.aborted === true && isCancelled(thrown));
  if (!lost || step === 'connect') return { state: 'failed', error: toErrorData(thrown) };
  const outcomeOpen = !work.installed && (work.installing || work.installerEnd !== undefined);
  if (outcomeOpen) return { state: 'unknown', error: toErrorData(new ProductError('deploy/outcome-unknown', { host }, { cause: thrown })) };
  const { done, total } = work.sent ?? { done: 0, total: 0 };
  return {
    state: 'failed',
    error: toErrorData(new ProductError('deploy/connection-lost', { host, step, sent: megabytes(done), total: megabytes(total) }, { cause: thrown })),
  };
}
