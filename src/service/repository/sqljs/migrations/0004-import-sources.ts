import type { Migration } from './migrations';

/** How a package comes, where that is on this machine, and what an import that is taken up again may replace. */
export const importSources: Migration = [
  // Until now there was one way only, told by its path.
  `UPDATE imports SET source = json_object('method', 'archive', 'path', source)`,
  'ALTER TABLE imports ADD COLUMN located TEXT',
  `ALTER TABLE imports ADD COLUMN replace_in TEXT NOT NULL DEFAULT '[]'`,
  `ALTER TABLE packages ADD COLUMN import_method TEXT NOT NULL DEFAULT 'archive'`,
  'ALTER TABLE packages ADD COLUMN nested TEXT',
];
