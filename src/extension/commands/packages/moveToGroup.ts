import * as vscode from 'vscode';
import type { PackageSummary } from '../../../core/packages/model';
import type { ExtensionParts } from '../../extensionParts';
import { turnBack } from '../../inputs/inputs';
import type { Command } from '../command';
import { renameGroup } from '../groups/rename';
import { packagesOf, severalPackages } from './choosePackages';

/** Moves packages to another group; a name that does not exist makes the group. Called with a group among the rows, it asks nothing. */
export const moveToGroup: Command = {
  id: 'gaxPackages.packages.moveToGroup',
  needsTrust: true,
  run: async (parts, target) => {
    // The key for moving packages renames a group.
    if (packagesOf(target).length === 0 && target.nodes.some(({ subject }) => subject.kind === 'group')) return renameGroup.run(parts, target);
    const packages = await severalPackages(parts, target, parts.text('moveTitle'));
    const group = target.nodes.map(({ subject }) => subject).find((subject) => subject.kind === 'group')?.group ?? (await chooseGroup(parts, packages));
    const items = packages.filter((item) => item.group !== group).map(({ id, tenantId }) => ({ id, tenantId }));
    // All of them or none: half a move would leave nobody knowing where what is.
    if (items.length > 0) await parts.service.request('packages/move', { items, group });
  },
};

interface GroupItem extends vscode.QuickPickItem {
  readonly group: string;
}

/** A list of the groups that the tenants of the packages have; what is typed and not among them becomes the last entry. */
async function chooseGroup({ text, service, views }: ExtensionParts, moved: readonly PackageSummary[]): Promise<string> {
  const tenants = new Set(moved.map(({ tenantId }) => tenantId));
  const { groups: counted } = await service.request('packages/groups', {});
  const groups = [...new Set(counted.filter(({ tenantId }) => tenants.has(tenantId)).map(({ group }) => group))].filter((group) => group !== '').sort(views.nodeContext.compareNames);
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
