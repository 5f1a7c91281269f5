import { createNameFilter } from './filter';
import type { CompareNames } from './order';

/** What the tree of tenants needs of one. */
interface TreeTenant {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string | null;
}

/** A tenant with those below it. */
export interface TenantBranch<T> {
  readonly tenant: T;
  readonly children: readonly TenantBranch<T>[];
}

/**
 * Tenants as the tree they are, by name on each level. One whose parent is not among them (the reader has no right to it)
 * stands on the first level; so does what would be below itself.
 */
export function arrangeTenants<T extends TreeTenant>(tenants: readonly T[], compareNames: CompareNames): readonly TenantBranch<T>[] {
  const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]));
  const isRoot = (tenant: T): boolean => {
    const seen = new Set([tenant.id]);
    for (let id = tenant.parentId; typeof id === 'string'; id = byId.get(id)?.parentId) {
      if (seen.has(id)) return id === tenant.id;
      if (!byId.has(id)) return seen.size === 1;
      seen.add(id);
    }
    return tenant.parentId === undefined || tenant.parentId === null;
  };
  const roots = new Set(tenants.filter(isRoot));
  const below = new Map<string, T[]>();
  for (const tenant of tenants) {
    if (roots.has(tenant) || typeof tenant.parentId !== 'string') continue;
    const siblings = below.get(tenant.parentId);
    if (siblings !== undefined) siblings.push(tenant);
    else below.set(tenant.parentId, [tenant]);
  }
  const arrange = (level: readonly T[]): readonly TenantBranch<T>[] =>
    [...level].sort((a, b) => compareNames(a.name, b.name)).map((tenant) => ({ tenant, children: arrange(below.get(tenant.id) ?? []) }));
  return arrange([...roots]);
}

/** A tenant as a line of a picker, with how deep it lies. */
export interface TenantLine<T> {
  readonly tenant: T;
  readonly depth: number;
}

/** The tree as lines, parents before their children. */
export function listTenants<T extends TreeTenant>(tenants: readonly T[], compareNames: CompareNames): readonly TenantLine<T>[] {
  const flatten = (branches: readonly TenantBranch<T>[], depth: number): readonly TenantLine<T>[] =>
    branches.flatMap(({ tenant, children }) => [{ tenant, depth }, ...flatten(children, depth + 1)]);
  return flatten(arrangeTenants(tenants, compareNames), 0);
}

/** The lines whose tenants' names contain a text, each with the parents above it. */
export function filterTenants<T extends TreeTenant>(lines: readonly TenantLine<T>[], text: string): readonly TenantLine<T>[] {
  const matches = createNameFilter(text);
  const kept = new Set<string>();
  const byId = new Map(lines.map(({ tenant }) => [tenant.id, tenant]));
  for (const { tenant } of lines) {
    if (!matches({ name: tenant.name, nickname: '' })) continue;
    for (let above: T | undefined = tenant; above !== undefined && !kept.has(above.id); above = byId.get(above.parentId ?? '')) kept.add(above.id);
  }
  return lines.filter(({ tenant }) => kept.has(tenant.id));
}
