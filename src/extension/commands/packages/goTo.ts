import { createText } from '../../../core/text/messages';
import { packageActionsText } from '../../../core/text/packageActionsText';
import type { Command } from '../command';
import { onePackage } from './choosePackages';

/** Shows a package in the tree and opens its page. */
export const goToPackage: Command = {
  id: 'gaxPackages.packages.goTo',
  run: async (parts, target) => {
    const { id, tenantId } = await onePackage(parts, target, createText(parts.locale, packageActionsText)('goToPlaceholder'));
    await parts.views.show('packages', `package:${tenantId}:${id}`);
    parts.pages.show('packageDetails', { id, tenantId });
  },
};
