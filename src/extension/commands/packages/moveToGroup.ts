import * as vscode from 'vscode';
import type { ExtensionParts } from '../../extensionParts';
import { turnBack } from '../../inputs/inputs';
import type { Command } from '../command';
import { severalPackages } from './choosePackages';

/** Moves packages to another group; a name that does not exist makes the group. Called with a group among the rows, it asks nothing. */
export const moveToGroup: Command = {
  id: 'gaxPackages.packages.moveToGroup',
  needsTrust: true,
  run: async (parts, target) => {
    const packages = await severalPackages(parts, target, parts.text('moveTitle'));
    const group = target.nodes.map(({ subject }) => subject).find((subject) => subject.kind === 'group')?.group ?? (await chooseGroup(parts));
    for (const { id, tenantId } of packages.filter((item) => item.group !== group)) await parts.service.request('packages/edit', { id, tenantId, group });
  },
};

interface GroupItem extends vscode.QuickPickItem {
  readonly group: string;
}

/** A list of the groups there are; what is typed and not among them becomes the last entry. */
async function chooseGroup({ text, service, views }: ExtensionParts): Promise<string> {
  const packages = await service.request('packages/list', {});
  const groups = [...new Set(packages.map((item) => item.group))].filter((group) => group !== '').sort(views.nodeContext.compareNames);
  const known: GroupItem[] = [...groups.map((group) => ({ label: group, group })), { label: text('ungrouped'), group: '' }];
  const pick = vscode.window.createQuickPick<GroupItem>();
  try {
    pick.title = text('moveTitle');
    pick.placeholder = text('movePlaceholder');
    pick.items = known;
    pick.onDidChangeValue((value) => {
      const name = value.trim();
      const isNew = name !== '' && !known.some((item) => item.label === name);
      pick.items = isNew ? [...known, { label: text('newGroup', { name }), group: name, alwaysShow: true }] : known;
    });
    const chosen = await new Promise<GroupItem | undefined>((resolve) => {
      pick.onDidAccept(() => resolve(pick.selectedItems[0]));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
    if (chosen === undefined) return turnBack();
    return chosen.group;
  } finally {
    pick.dispose();
  }
}
