import type { Migration } from './migrations';

/** What a person enters for an application object, and whether a package's installer wants its license accepted. */
export const applicationParameters: Migration = [
  `ALTER TABLE applications ADD COLUMN tenant_object TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE applications ADD COLUMN port TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE applications ADD COLUMN primary_server TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE applications ADD COLUMN backup_server TEXT NOT NULL DEFAULT ''`,
  'ALTER TABLE packages ADD COLUMN license_needed INTEGER NOT NULL DEFAULT 0',
];
