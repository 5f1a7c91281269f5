import { createText } from '../../../core/text/messages';
import { packageActionsText } from '../../../core/text/packageActionsText';
import { copyItemsOf, copySubject, type CopyIntent } from '../../pages/copyToTenants/copySubject';
import type { Command, Target } from '../command';
import { severalPackages } from './choosePackages';

/** Opens the wizard that copies packages to tenants (product.md W2), with the tenant ticked that they were dropped on. */
export const copyToTenants: Command = {
  id: 'gaxPackages.packages.copyToTenants',
  needsTrust: true,
  run: async (parts, target) => {
    const packages = await severalPackages(parts, target, createText(parts.locale, packageActionsText)('copyTitle'));
    const items = copyItemsOf(packages);
    const tenantId = targetOf(target);
    const intent: CopyIntent = { items, ...(tenantId !== undefined && { tenantId }) };
    parts.pages.show('copyToTenants', copySubject(items), { ...intent });
  },
};

/** The tenant that packages were dropped on. */
function targetOf({ nodes }: Target): string | undefined {
  return nodes.flatMap(({ subject }) => (subject.kind === 'tenant' || subject.kind === 'group' ? [subject.tenant.id] : []))[0];
}
