import * as vscode from 'vscode';
import type { Role, User } from '../../../core/access/model';
import type { Tenant } from '../../../core/packages/model';
import { accessActionsText } from '../../../core/text/accessActionsText';
import { describeRole } from '../../../core/text/accessText';
import { createText } from '../../../core/text/messages';
import type { ExtensionParts } from '../../extensionParts';
import { askText, confirm, pickMany, pickOne, type Choice } from '../../inputs/inputs';
import { tenantChoices } from '../../inputs/tenantChoices';
import type { Command } from '../command';

interface AccessLists {
  readonly users: readonly User[];
  readonly roles: readonly Role[];
  readonly tenants: readonly Tenant[];
}

/** Adds and removes users, and gives them roles: in a tenant at a time, since a role holds for a tenant and all below it. */
export const manageUsers: Command = {
  id: 'gaxPackages.users.manage',
  needsTrust: true,
  run: async (parts) => {
    const { service, locale } = parts;
    const text = createText(locale, accessActionsText);
    const [users, roles, tenants] = await Promise.all([service.request('users/list', {}), service.request('roles/list', {}), service.request('tenants/list', {})]);
    const lists: AccessLists = { users, roles, tenants };
    const user = (await pickOne<User | 'add'>(text('users'), text('usersPlaceholder'), [
      ...users.map((each) => ({ label: each.name, detail: describeGrants(parts, each, lists), iconPath: new vscode.ThemeIcon('person'), value: each })),
      { label: text('addUser'), iconPath: new vscode.ThemeIcon('add'), value: 'add' as const, alwaysShow: true },
    ]));
    if (user === 'add') {
      const name = (await askText({ title: text('addUser'), prompt: text('userName'), validateInput: (value) => (value.trim() === '' ? text('nameNeeded') : undefined) })).trim();
      await giveRoles(parts, await service.request('users/save', { name, grants: [] }), lists);
      return;
    }
    await giveRoles(parts, user, lists);
  },
};

/** The tenants of a user, and at the end the user's removal. */
async function giveRoles(parts: ExtensionParts, user: User, lists: AccessLists): Promise<void> {
  const { service, locale, views } = parts;
  const text = createText(locale, accessActionsText);
  const tenant = await pickOne<Tenant | 'remove'>(text('userTitle', { user: user.name }), text('userPlaceholder'), [
    ...tenantChoices(lists.tenants, views.nodeContext.compareNames).map((choice) => ({ ...choice, description: rolesIn(parts, user, choice.value.id, lists) })),
    { label: text('removeUser'), iconPath: new vscode.ThemeIcon('trash'), value: 'remove' as const, alwaysShow: true },
  ]);
  if (tenant === 'remove') {
    await confirm(text('removeUserMessage', { user: user.name }), text('removeUserDetail'), createText(locale, accessActionsText)('removeButton'));
    await service.request('users/remove', { id: user.id });
    return;
  }
  const held = new Set(user.grants.filter(({ tenantId }) => tenantId === tenant.id).map(({ roleId }) => roleId));
  const chosen = await pickMany(text('userRoles', { user: user.name, tenant: tenant.name }), text('userRolesPlaceholder'),
    lists.roles.map((role): Choice<Role> => ({ label: describeRole(locale, role), picked: held.has(role.id), value: role })));
  const grants = [...user.grants.filter(({ tenantId }) => tenantId !== tenant.id), ...chosen.map(({ id }) => ({ roleId: id, tenantId: tenant.id }))];
  await service.request('users/save', { id: user.id, name: user.name, grants });
  vscode.window.setStatusBarMessage(text('userSaved', { user: user.name }), 3000);
}

function rolesIn({ locale }: ExtensionParts, user: User, tenantId: string, { roles }: AccessLists): string {
  const held = user.grants.filter((grant) => grant.tenantId === tenantId);
  return held.flatMap(({ roleId }) => roles.filter(({ id }) => id === roleId).map((role) => describeRole(locale, role))).join(', ');
}

function describeGrants(parts: ExtensionParts, user: User, lists: AccessLists): string {
  const text = createText(parts.locale, accessActionsText);
  const words = lists.tenants.flatMap(({ id, name }) => {
    const role = rolesIn(parts, user, id, lists);
    return role === '' ? [] : [text('roleInTenant', { role, tenant: name })];
  });
  return words.length === 0 ? text('noRoles') : words.join(' · ');
}
