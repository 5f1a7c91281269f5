import { arrangeTenants, type TenantBranch } from '../../../core/packages/list/tenants';
import type { Tenant } from '../../../core/packages/model';
import type { Locale } from '../../../core/text/messages';
import type { HostTenant } from '../../../protocol/page/host';
import { isHeld } from '../../access';
import type { RepositorySnapshot } from '../../repositoryState';

/** The tenants that a person may give a host to, in the order of their tree, each with the names of those above it; the present owner is always among them. */
export function hostTenants({ tenants, access }: Pick<RepositorySnapshot, 'tenants' | 'access'>, owner: string, locale: Locale): readonly HostTenant[] {
  const compareNames = new Intl.Collator(locale, { numeric: true }).compare;
  const list = ({ tenant, children }: TenantBranch<Tenant>, above: readonly string[]): readonly HostTenant[] => {
    const names = [...above, tenant.name];
    const own = tenant.id === owner || isHeld(access, 'manageHosts', tenant.id) ? [{ id: tenant.id, path: names.join(' / ') }] : [];
    return [...own, ...children.flatMap((child) => list(child, names))];
  };
  return arrangeTenants(tenants, compareNames).flatMap((branch) => list(branch, []));
}
