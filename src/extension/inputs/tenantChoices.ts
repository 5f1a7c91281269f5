import * as vscode from 'vscode';
import { listTenants } from '../../core/packages/list/tenants';
import type { CompareNames } from '../../core/packages/list/order';
import type { Tenant } from '../../core/packages/model';
import type { Choice } from './inputs';

/** The tenants as entries of a pick, in the order of their tree. */
export function tenantChoices(tenants: readonly Tenant[], compareNames: CompareNames): readonly Choice<Tenant>[] {
  return listTenants(tenants, compareNames).map(({ tenant, depth }) => ({ label: indentTenant(tenant.name, depth), iconPath: new vscode.ThemeIcon('organization'), value: tenant }));
}

/** A tenant's name in a flat list, moved in by how deep it lies: an em space a level, since the list drops ordinary blanks. */
function indentTenant(name: string, depth: number): string {
  return `${'\u2003'.repeat(depth)}${name}`;
}
