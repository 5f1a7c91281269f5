import * as vscode from 'vscode';
import type { Role } from '../../../core/access/model';
import { privileges, type Privilege, type TaskPrivilege } from '../../../core/access/privileges';
import { accessActionsText } from '../../../core/text/accessActionsText';
import { describePrivilege, describeRole } from '../../../core/text/accessText';
import { createText } from '../../../core/text/messages';
import type { ExtensionParts } from '../../extensionParts';
import { askText, confirm, pickMany, pickOne, type Choice } from '../../inputs/inputs';
import type { Command } from '../command';

/** Adds, changes and removes roles: named sets of privileges, also of those that packages have brought. */
export const manageRoles: Command = {
  id: 'gaxPackages.roles.manage',
  needsTrust: true,
  run: async (parts) => {
    const { service, locale } = parts;
    const text = createText(locale, accessActionsText);
    const roles = await service.request('roles/list', {});
    const role = await pickOne<Role | 'add'>(text('roles'), text('rolesPlaceholder'), [
      ...roles.map((each) => ({
        label: describeRole(locale, each), iconPath: new vscode.ThemeIcon('shield'), value: each, detail: each.privileges.map((privilege) => describePrivilege(locale, privilege)).join(', '),
        ...(each.builtIn && { description: text('builtIn') }),
      })),
      { label: text('addRole'), iconPath: new vscode.ThemeIcon('add'), value: 'add' as const, alwaysShow: true },
    ]);
    if (role === 'add') {
      const name = (await askText({ title: text('addRole'), prompt: text('roleName'), validateInput: (value) => (value.trim() === '' ? text('nameNeeded') : undefined) })).trim();
      await service.request('roles/save', { name, privileges: [...(await choosePrivileges(parts, name, []))] });
      return;
    }
    // A built-in role stays as it is: the service says so, with what to do instead.
    const action = role.builtIn ? 'change' : await pickOne(role.name, role.name, [{ label: text('roleChange'), value: 'change' as const }, { label: text('roleRemove'), value: 'remove' as const }]);
    if (action === 'remove') {
      await confirm(text('removeRoleMessage', { role: role.name }), text('removeRoleDetail'), text('removeButton'));
      await service.request('roles/remove', { id: role.id });
      return;
    }
    await service.request('roles/save', { id: role.id, name: role.name, privileges: [...(await choosePrivileges(parts, describeRole(locale, role), role.privileges))] });
  },
};

async function choosePrivileges({ service, locale }: ExtensionParts, role: string, held: Role['privileges']): Promise<readonly (Privilege | TaskPrivilege)[]> {
  const text = createText(locale, accessActionsText);
  const tasks = await service.request('roles/tasks', {});
  return pickMany<Privilege | TaskPrivilege>(text('rolePrivileges', { role }), text('rolePrivilegesPlaceholder'), [
    ...privileges.map((privilege): Choice<Privilege> => ({ label: describePrivilege(locale, privilege), picked: held.includes(privilege), value: privilege })),
    ...tasks.map((task): Choice<TaskPrivilege> => ({
      label: task.displayName, description: task.name, detail: text('taskOf', { group: task.group }), picked: held.includes(`task:${task.name}`), value: `task:${task.name}`,
    })),
  ]);
}
