import type { Migration } from './migrations';

/** Users with roles in tenants, the tenant of a host, who edited what, and the trail of who did what. */
export const access: Migration = [
  // Built-in roles are part of the product and stand in no table.
  `CREATE TABLE roles (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     name_key TEXT NOT NULL UNIQUE,
     privileges TEXT NOT NULL
   )`,
  `CREATE TABLE users (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     name_key TEXT NOT NULL UNIQUE
   )`,
  `CREATE TABLE grants (
     user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
     role_id TEXT NOT NULL,
     tenant_id TEXT NOT NULL REFERENCES tenants (id),
     PRIMARY KEY (user_id, tenant_id, role_id)
   )`,
  // Privileges that packages brought (tasks of their metadata); they stay when the package goes, since roles may hold them.
  `CREATE TABLE tasks (
     name TEXT PRIMARY KEY,
     display_name TEXT NOT NULL,
     group_name TEXT NOT NULL
   )`,
  `CREATE TABLE audit (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     at TEXT NOT NULL,
     user_name TEXT NOT NULL,
     machine TEXT NOT NULL,
     action TEXT NOT NULL,
     object TEXT NOT NULL,
     tenant_id TEXT,
     outcome TEXT NOT NULL,
     code TEXT
   )`,
  `ALTER TABLE hosts ADD COLUMN tenant_id TEXT NOT NULL DEFAULT 'environment'`,
  `ALTER TABLE package_tenants ADD COLUMN group_by TEXT`,
  `ALTER TABLE package_tenants ADD COLUMN group_at TEXT`,
  `ALTER TABLE package_tenants ADD COLUMN description_by TEXT`,
  `ALTER TABLE package_tenants ADD COLUMN description_at TEXT`,
];
