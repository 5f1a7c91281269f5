import type { Migration } from './migrations';

/** Whether a deployment that was interrupted had been paused: it still is when it is taken up again. */
export const pausedDeployments: Migration = [
  'ALTER TABLE deployments ADD COLUMN paused INTEGER NOT NULL DEFAULT 0',
];
