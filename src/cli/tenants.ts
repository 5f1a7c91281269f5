import type { Tenant } from '../core/packages/model';
import type { CliContext } from './context';
import { CliFailure } from './failure';

/** The name of a tenant, or its id when it is not in the list. */
export function tenantName(tenants: readonly Tenant[], id: string): string {
  return tenants.find((tenant) => tenant.id === id)?.name ?? id;
}

/** The tenant of that name, in any case. @throws CliFailure that lists those there are */
export function resolveTenant(context: CliContext, tenants: readonly Tenant[], name: string): Tenant {
  const found = tenants.find((tenant) => tenant.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new CliFailure(context.text('noTenant', { name, tenants: tenants.map((tenant) => tenant.name).join(', ') }));
  return found;
}
