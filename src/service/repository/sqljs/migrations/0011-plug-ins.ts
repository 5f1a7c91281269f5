import type { Migration } from './migrations';

/** Several plug-ins beside the program of one application object, and what is left to do for each. */
export const plugIns: Migration = [
  `ALTER TABLE deployments ADD COLUMN plug_in INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE installations ADD COLUMN plug_in TEXT NOT NULL DEFAULT ''`,

  // SQLite cannot change what must be unique: the table is made anew.
  'ALTER TABLE deployed_packages RENAME TO earlier_deployed_packages',
  // plug_in: nickname of the plug-in, empty for the program itself. files_to_copy: JSON, NULL where all is in place.
  `CREATE TABLE deployed_packages (
     id TEXT PRIMARY KEY,
     host_id TEXT NOT NULL REFERENCES hosts (id),
     host_name TEXT NOT NULL,
     application_id TEXT NOT NULL,
     application_name TEXT NOT NULL,
     tenant_id TEXT NOT NULL REFERENCES tenants (id),
     package_id TEXT NOT NULL,
     identity TEXT NOT NULL,
     status TEXT NOT NULL,
     install_path TEXT NOT NULL,
     deployment_id TEXT NOT NULL,
     at TEXT NOT NULL,
     profile TEXT NOT NULL DEFAULT 'install',
     deployed_by TEXT NOT NULL DEFAULT '',
     plug_in TEXT NOT NULL DEFAULT '',
     files_to_copy TEXT,
     UNIQUE (host_id, application_id, plug_in)
   )`,
  `INSERT INTO deployed_packages
     (id, host_id, host_name, application_id, application_name, tenant_id, package_id, identity, status, install_path, deployment_id, at, profile, deployed_by)
   SELECT id, host_id, host_name, application_id, application_name, tenant_id, package_id, identity, status, install_path, deployment_id, at, profile, deployed_by
   FROM earlier_deployed_packages`,
  'DROP TABLE earlier_deployed_packages',
];
