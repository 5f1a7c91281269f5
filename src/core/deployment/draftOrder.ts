import type { DeployDraft } from './draft';
import type { DeploymentInputs, DeploymentOrder } from './model';

/** As many hosts as a batch or a count of failures may name. */
export const mostAtOnce = 5000;
const usualBatch = 2;

/** How many hosts a batch has, as it is offered or was chosen. */
export function batchSizeOf(order: DeploymentOrder): number {
  return order.kind === 'batches' ? order.size : usualBatch;
}

/** What is sent of the order of hosts; with one host there is none. That no failure stops it is sent too: left out, a saved task would follow the setting. */
export function orderInputs({ order, stopAfterFailures }: Pick<DeployDraft, 'order' | 'stopAfterFailures'>, hostCount: number): Pick<DeploymentInputs, 'order' | 'stopAfterFailures'> {
  if (hostCount < 2) return {};
  return { ...(order !== undefined && order.kind !== 'all' && { order }), ...(stopAfterFailures !== undefined && { stopAfterFailures }) };
}
