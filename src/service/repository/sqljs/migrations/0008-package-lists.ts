import type { Migration } from './migrations';

/** The lists of packages are read group by group and package by package, from the index where it says enough. */
export const packageLists: Migration = [
  'CREATE INDEX package_tenants_by_group ON package_tenants (tenant_id, group_name, package_id)',
  'CREATE INDEX package_tenants_by_holder ON package_tenants (package_id, tenant_id)',
  'DROP INDEX package_tenants_by_package',
];
