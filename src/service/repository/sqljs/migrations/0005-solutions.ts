import type { Migration } from './migrations';

/** Solution definitions beside packages; what a plug-in's template brings, how to install, and what was not understood. */
export const solutions: Migration = [
  'ALTER TABLE packages ADD COLUMN notes TEXT',
  'ALTER TABLE packages ADD COLUMN template_options TEXT',
  'ALTER TABLE packages ADD COLUMN installation TEXT',
  'ALTER TABLE packages ADD COLUMN solution TEXT',
];
