import type { Migration } from './migrations';

/** All that an application object says, and the history of what was installed for it. */
export const applicationValues: Migration = [
  `ALTER TABLE applications ADD COLUMN settings TEXT NOT NULL DEFAULT '{}'`,
  `ALTER TABLE applications ADD COLUMN annex TEXT NOT NULL DEFAULT '{}'`,
  `ALTER TABLE applications ADD COLUMN connections TEXT NOT NULL DEFAULT '{}'`,
  `ALTER TABLE applications ADD COLUMN ports TEXT NOT NULL DEFAULT '{}'`,
  `ALTER TABLE applications ADD COLUMN permissions TEXT NOT NULL DEFAULT '{}'`,

  `ALTER TABLE deployed_packages ADD COLUMN profile TEXT NOT NULL DEFAULT 'install'`,
  `ALTER TABLE deployed_packages ADD COLUMN deployed_by TEXT NOT NULL DEFAULT ''`,
  `UPDATE deployed_packages SET deployed_by = COALESCE((SELECT started_by FROM deployments WHERE deployments.id = deployment_id), '')`,

  // replaced: what the application object had said and no longer said afterwards.
  `CREATE TABLE installations (
     id TEXT PRIMARY KEY,
     host_id TEXT NOT NULL REFERENCES hosts (id),
     host_name TEXT NOT NULL,
     application_id TEXT NOT NULL,
     application_name TEXT NOT NULL,
     tenant_id TEXT NOT NULL REFERENCES tenants (id),
     package_id TEXT NOT NULL,
     identity TEXT NOT NULL,
     profile TEXT NOT NULL,
     deployed_by TEXT NOT NULL,
     install_path TEXT NOT NULL,
     deployment_id TEXT NOT NULL,
     replaced TEXT NOT NULL,
     sequence INTEGER NOT NULL,
     at TEXT NOT NULL,
     UNIQUE (application_id, sequence)
   )`,
  'CREATE INDEX installations_by_package ON installations (package_id, tenant_id)',
  'CREATE INDEX installations_by_host ON installations (host_id)',
  `INSERT INTO installations
     (id, host_id, host_name, application_id, application_name, tenant_id, package_id, identity, profile, deployed_by, install_path, deployment_id, replaced, sequence, at)
   SELECT id, host_id, host_name, application_id, application_name, tenant_id, package_id, identity, profile, deployed_by, install_path, deployment_id, '[]', 1, at
   FROM deployed_packages WHERE status = 'complete'`,
];
