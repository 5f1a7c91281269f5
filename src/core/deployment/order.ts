import type { DeploymentOrder } from './model';

/** More than the largest site has. */
const largestBatch = 5000;

/** So many failed hosts, and no other begins: what clients offer and send unless a person says otherwise. */
export const defaultStopAfterFailures = 1;

/** Hosts that a service works on at a time, over all its deployments, unless told otherwise; and the most it takes. */
export const defaultParallelHosts = 5;
export const mostParallelHosts = 100;

/** Reads `all`, `canary` or `batches:N`, as command lines and tasks write an order; undefined for anything else. */
export function parseOrder(text: string): DeploymentOrder | undefined {
  if (text === 'all' || text === 'canary') return { kind: text };
  const size = Number(/^batches:(\d{1,4})$/.exec(text)?.[1] ?? 0);
  return size >= 1 && size <= largestBatch ? { kind: 'batches', size } : undefined;
}

/** The text that `parseOrder` reads. */
export function printOrder(order: DeploymentOrder): string {
  return order.kind === 'batches' ? `batches:${order.size}` : order.kind;
}
