import * as vscode from 'vscode';
import { createText } from '../../../core/text/messages';
import { packageActionsText } from '../../../core/text/packageActionsText';
import { turnBack } from '../../inputs/inputs';
import { tenantChoices } from '../../inputs/tenantChoices';
import { visibleTenants } from '../../views/packageFilters';
import type { Command } from '../command';

interface TenantItem extends vscode.QuickPickItem {
  /** Undefined: all tenants. */
  readonly id: string | undefined;
}

/** The tenant directory: the tenants whose packages tree and list show. */
export const filterByTenant: Command = {
  id: 'gaxPackages.packages.filterByTenant',
  run: async ({ service, filters, views, locale }) => {
    const text = createText(locale, packageActionsText);
    const tenants = await service.request('tenants/list', {});
    const all: TenantItem = { label: text('allTenants'), id: undefined };
    const items = tenantChoices(tenants, views.nodeContext.compareNames).map(({ label, value }): TenantItem => ({ label, iconPath: new vscode.ThemeIcon('organization'), id: value.id }));
    const shown = new Set(visibleTenants(tenants, filters.tenantIds).map(({ id }) => id));
    const first = shown.size === tenants.length ? [all] : items.filter(({ id }) => id !== undefined && shown.has(id));
    const chosen = await pickTenants(text('tenantDirectory'), text('tenantPlaceholder'), [all, ...items], first);
    const ids = chosen.flatMap(({ id }) => id ?? []);
    await filters.chooseTenants(chosen.includes(all) || ids.length === 0 ? undefined : ids);
  },
};

/** A pick of several in which *All tenants* and single ones take each other out. */
async function pickTenants(title: string, placeholder: string, items: readonly TenantItem[], first: readonly TenantItem[]): Promise<readonly TenantItem[]> {
  const pick = vscode.window.createQuickPick<TenantItem>();
  try {
    pick.title = title;
    pick.placeholder = placeholder;
    pick.canSelectMany = true;
    pick.ignoreFocusOut = true;
    pick.items = items;
    pick.selectedItems = first;
    let before = first;
    pick.onDidChangeSelection((selection) => {
      const hadAll = before.some(({ id }) => id === undefined);
      const hasAll = selection.some(({ id }) => id === undefined);
      before = hasAll && selection.length > 1 ? selection.filter(({ id }) => (id === undefined) !== hadAll) : selection;
      if (before !== selection) pick.selectedItems = before;
    });
    const accepted = await new Promise<boolean>((resolve) => {
      pick.onDidAccept(() => resolve(true));
      pick.onDidHide(() => resolve(false));
      pick.show();
    });
    return accepted ? pick.selectedItems : turnBack();
  } finally {
    pick.dispose();
  }
}
