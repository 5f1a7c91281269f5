import { createText } from '../../../core/text/messages';
import { packageActionsText } from '../../../core/text/packageActionsText';
import type { ExtensionParts } from '../../extensionParts';
import { askText, pickOne } from '../../inputs/inputs';
import type { Command, Target } from '../command';

interface NamedGroup {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly group: string;
}

/** Renames a group of one tenant: the one it was called on, else one that the person chooses. */
export const renameGroup: Command = {
  id: 'gaxPackages.groups.rename',
  needsTrust: true,
  run: async (parts, target) => {
    const text = createText(parts.locale, packageActionsText);
    const { tenantId, tenantName, group } = groupOf(target) ?? (await chooseGroup(parts, text('chooseGroup')));
    const newName = (await askText({
      title: text('renameTitle', { group }), prompt: text('renamePrompt', { tenant: tenantName }), value: group,
      validateInput: (value) => (value.trim() === '' ? text('nameNeeded') : undefined),
    })).trim();
    if (newName !== group) await parts.service.request('groups/rename', { tenantId, group, newName });
  },
};

function groupOf({ nodes }: Target): NamedGroup | undefined {
  return nodes.flatMap(({ subject }) => (subject.kind === 'group' && subject.group !== '' ? [{ tenantId: subject.tenant.id, tenantName: subject.tenant.name, group: subject.group }] : []))[0];
}

async function chooseGroup({ service, views }: ExtensionParts, placeHolder: string): Promise<NamedGroup> {
  const [tenants, { groups }] = await Promise.all([service.request('tenants/list', {}), service.request('packages/groups', {})]);
  const names = new Map(tenants.map(({ id, name }) => [id, name]));
  const { compareNames } = views.nodeContext;
  const named = tenants.flatMap(({ id }) => groups.filter(({ tenantId, group }) => tenantId === id && group !== '').sort((a, b) => compareNames(a.group, b.group)));
  return pickOne(placeHolder, placeHolder, named.map(({ tenantId, group }) => {
    const tenantName = names.get(tenantId) ?? tenantId;
    return { label: group, description: tenantName, value: { tenantId, tenantName, group } };
  }));
}
