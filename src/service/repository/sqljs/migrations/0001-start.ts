import type { Migration } from './migrations';

/** The tables of the first version. Fields that are only ever shown as a whole (lists, errors) are JSON. */
export const start: Migration = [
  `CREATE TABLE tenants (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     name_key TEXT NOT NULL UNIQUE,
     parent_id TEXT REFERENCES tenants (id)
   )`,
  `INSERT INTO tenants (id, name, name_key, parent_id) VALUES ('environment', 'Environment', 'environment', NULL)`,

  // A stored archive: its bytes lie in volumes, the index of its files in the volume named here.
  `CREATE TABLE contents (
     sha256 TEXT PRIMARY KEY,
     size INTEGER NOT NULL,
     index_volume TEXT NOT NULL
   )`,
  `CREATE TABLE content_volumes (
     content TEXT NOT NULL REFERENCES contents (sha256) ON DELETE CASCADE,
     start INTEGER NOT NULL,
     size INTEGER NOT NULL,
     volume TEXT NOT NULL,
     PRIMARY KEY (content, start)
   )`,
  'CREATE INDEX content_volumes_by_volume ON content_volumes (volume)',
  // Volumes that no content needs any more, with the number of the last image that may still refer to them.
  `CREATE TABLE dropped_volumes (
     volume TEXT PRIMARY KEY,
     image INTEGER NOT NULL
   )`,

  `CREATE TABLE packages (
     id TEXT PRIMARY KEY,
     identity TEXT NOT NULL,
     content TEXT NOT NULL REFERENCES contents (sha256),
     name TEXT NOT NULL,
     version TEXT NOT NULL,
     locale_id TEXT NOT NULL,
     os_group TEXT NOT NULL,
     computer_types TEXT NOT NULL,
     kind TEXT NOT NULL,
     nickname TEXT NOT NULL,
     build_number TEXT NOT NULL,
     build_date TEXT NOT NULL,
     release_type TEXT NOT NULL,
     product_description TEXT NOT NULL,
     archive_name TEXT NOT NULL,
     archive_format TEXT NOT NULL,
     file_count INTEGER NOT NULL,
     unpacked_size INTEGER NOT NULL,
     templates TEXT NOT NULL,
     silent_ini TEXT,
     installer_folder TEXT NOT NULL,
     supported_systems TEXT,
     UNIQUE (identity, content)
   )`,
  'CREATE INDEX packages_by_content ON packages (content)',
  `CREATE TABLE package_tenants (
     tenant_id TEXT NOT NULL REFERENCES tenants (id),
     package_id TEXT NOT NULL REFERENCES packages (id),
     identity TEXT NOT NULL,
     group_name TEXT NOT NULL,
     description TEXT NOT NULL,
     updated_at TEXT NOT NULL,
     PRIMARY KEY (tenant_id, package_id),
     UNIQUE (tenant_id, identity)
   )`,
  'CREATE INDEX package_tenants_by_package ON package_tenants (package_id)',

  `CREATE TABLE imports (
     id TEXT PRIMARY KEY,
     source TEXT NOT NULL,
     tenant_id TEXT NOT NULL REFERENCES tenants (id),
     group_name TEXT NOT NULL,
     state TEXT NOT NULL,
     step TEXT NOT NULL,
     percent REAL NOT NULL,
     identity TEXT,
     error TEXT,
     started_at TEXT NOT NULL,
     ended_at TEXT
   )`,

  `CREATE TABLE hosts (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     name_key TEXT NOT NULL UNIQUE,
     address TEXT NOT NULL,
     address_key TEXT NOT NULL,
     port INTEGER NOT NULL,
     user_name TEXT NOT NULL,
     authentication TEXT NOT NULL,
     staging_folder TEXT NOT NULL,
     lock_folder TEXT NOT NULL,
     system TEXT,
     contact TEXT
   )`,
  `CREATE TABLE host_keys (
     address_key TEXT NOT NULL,
     port INTEGER NOT NULL,
     type TEXT NOT NULL,
     public_key TEXT NOT NULL,
     address TEXT NOT NULL,
     PRIMARY KEY (address_key, port, type, public_key)
   )`,

  `CREATE TABLE applications (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     tenant_id TEXT NOT NULL REFERENCES tenants (id),
     host_id TEXT NOT NULL REFERENCES hosts (id),
     type INTEGER NOT NULL,
     version TEXT NOT NULL,
     working_directory TEXT NOT NULL,
     command_line TEXT NOT NULL,
     command_line_arguments TEXT NOT NULL,
     options TEXT NOT NULL,
     state TEXT NOT NULL
   )`,
  'CREATE INDEX applications_by_host ON applications (host_id, name)',

  // is_open: the journal may hold events that the record here does not know of; it is folded when the repository opens.
  // trouble: how a deployment that did not end well is shown beside its package.
  `CREATE TABLE deployments (
     id TEXT PRIMARY KEY,
     profile TEXT NOT NULL,
     package_id TEXT NOT NULL,
     identity TEXT NOT NULL,
     tenant_id TEXT NOT NULL REFERENCES tenants (id),
     inputs TEXT NOT NULL,
     started_by TEXT NOT NULL,
     started_at TEXT NOT NULL,
     is_open INTEGER NOT NULL,
     state TEXT NOT NULL,
     percent INTEGER NOT NULL,
     ended_at TEXT,
     trouble TEXT
   )`,
  'CREATE INDEX deployments_open ON deployments (is_open)',
  'CREATE INDEX deployments_by_package ON deployments (package_id, tenant_id, ended_at)',
  `CREATE TABLE deployment_hosts (
     deployment_id TEXT NOT NULL REFERENCES deployments (id),
     position INTEGER NOT NULL,
     host_id TEXT NOT NULL,
     host_name TEXT NOT NULL,
     application_name TEXT NOT NULL,
     run TEXT NOT NULL,
     PRIMARY KEY (deployment_id, position)
   )`,

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
     UNIQUE (host_id, application_id)
   )`,
];
