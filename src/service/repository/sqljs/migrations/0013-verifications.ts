import type { Migration } from './migrations';

/** How the files of a deployed package were last found on its host; which plan a deployment is a run of. */
export const verifications: Migration = [
  'ALTER TABLE deployed_packages ADD COLUMN verification TEXT',
  "ALTER TABLE deployments ADD COLUMN plan_hash TEXT NOT NULL DEFAULT ''",
  'ALTER TABLE audit ADD COLUMN plan_hash TEXT',
];
