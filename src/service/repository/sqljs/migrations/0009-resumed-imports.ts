import type { Migration } from './migrations';

/** What an import that is taken up again by another service needs, and how often that was. */
export const resumedImports: Migration = [
  'ALTER TABLE imports ADD COLUMN limits TEXT',
  'ALTER TABLE imports ADD COLUMN resumed INTEGER NOT NULL DEFAULT 0',
];
