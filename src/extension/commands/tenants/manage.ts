import { accessActionsText } from '../../../core/text/accessActionsText';
import { createText } from '../../../core/text/messages';
import { environmentTenant, type Tenant } from '../../../core/packages/model';
import type { ExtensionParts } from '../../extensionParts';
import { askText, confirm, pickOne } from '../../inputs/inputs';
import { tenantChoices } from '../../inputs/tenantChoices';
import type { Command, Target } from '../command';

/** Adds a tenant below the one it was called on, else below one that the person chooses. */
export const addTenant: Command = {
  id: 'gaxPackages.tenants.add',
  needsTrust: true,
  run: async (parts, target) => {
    const text = createText(parts.locale, accessActionsText);
    const parent = tenantOf(target) ?? (await chooseTenant(parts, text('addTenant'), text('tenantParent'), () => true));
    const name = await askName(parts, text('addTenant'), text('tenantName'), '');
    await parts.service.request('tenants/add', { name, parentId: parent.id });
  },
};

export const renameTenant: Command = {
  id: 'gaxPackages.tenants.rename',
  needsTrust: true,
  run: async (parts, target) => {
    const text = createText(parts.locale, accessActionsText);
    const tenant = tenantOf(target) ?? (await chooseTenant(parts, text('chooseTenant'), text('chooseTenant'), isNotRoot));
    const name = await askName(parts, text('renameTenant', { tenant: tenant.name }), text('tenantName'), tenant.name);
    if (name !== tenant.name) await parts.service.request('tenants/rename', { id: tenant.id, name });
  },
};

export const removeTenant: Command = {
  id: 'gaxPackages.tenants.remove',
  needsTrust: true,
  run: async (parts, target) => {
    const text = createText(parts.locale, accessActionsText);
    const tenant = tenantOf(target) ?? (await chooseTenant(parts, text('chooseTenant'), text('chooseTenant'), isNotRoot));
    await confirm(text('removeTenantMessage', { tenant: tenant.name }), text('removeTenantDetail'), text('removeButton'));
    await parts.service.request('tenants/remove', { id: tenant.id });
  },
};

function tenantOf({ nodes }: Target): Tenant | undefined {
  return nodes.flatMap(({ subject }) => (subject.kind === 'tenant' ? [subject.tenant] : []))[0];
}

function isNotRoot({ id }: Tenant): boolean {
  return id !== environmentTenant.id;
}

async function chooseTenant({ service, views }: ExtensionParts, title: string, placeHolder: string, isChoice: (tenant: Tenant) => boolean): Promise<Tenant> {
  const tenants = await service.request('tenants/list', {});
  return pickOne(title, placeHolder, tenantChoices(tenants, views.nodeContext.compareNames).filter(({ value }) => isChoice(value)));
}

async function askName({ locale }: ExtensionParts, title: string, prompt: string, value: string): Promise<string> {
  const needed = createText(locale, accessActionsText)('nameNeeded');
  return (await askText({ title, prompt, value, validateInput: (typed) => (typed.trim() === '' ? needed : undefined) })).trim();
}
