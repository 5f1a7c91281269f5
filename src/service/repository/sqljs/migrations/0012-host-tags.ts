import type { Migration } from './migrations';

/** Tags of hosts, and those that ask for a typed confirmation before a deployment. */
export const hostTags: Migration = [
  `ALTER TABLE hosts ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'`,
  `CREATE TABLE protected_tags (
     tag_key TEXT PRIMARY KEY,
     tag TEXT NOT NULL
   )`,
  `INSERT INTO protected_tags (tag_key, tag) VALUES ('production', 'production')`,
];
