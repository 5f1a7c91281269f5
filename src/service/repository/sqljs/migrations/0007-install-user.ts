import type { Migration } from './migrations';

/** Who installs on a host, where that is not as the person has set for all. */
export const installUser: Migration = ['ALTER TABLE hosts ADD COLUMN install_as TEXT'];
