import * as vscode from 'vscode';
import { createText } from '../../../core/text/messages';
import { packageListText } from '../../../core/text/packageListText';
import type { ListAction } from '../../../protocol/page/packageList';
import { runOn, type Command } from '../../commands/command';
import { openPackageList } from '../packageList/packageListPage';
import type { PageDefinition } from '../pageDefinition';
import type { PageParts } from './definitions';
import { packageDetailsOpener, reportTo, trustPorts } from './detailsDefinitions';
import type { PagePanels } from './pagePanels';

/** The list of packages, with the editor's commands behind its actions. */
export function packageListDefinition(parts: PageParts, show: PagePanels['show']): PageDefinition {
  const { locale, state, filters } = parts;
  const openDetails = packageDetailsOpener(parts, show);
  return {
    kind: 'packageList', icon: 'package', title: createText(locale, packageListText)('packages'),
    open: (tab) => openPackageList(tab, {
      locale, state, filters, ...trustPorts, openDetails, report: reportTo(parts, 'packageList'),
      chooseTenants: async () => vscode.commands.executeCommand('gaxPackages.packages.filterByTenant'),
      importPackages: async () => vscode.commands.executeCommand('gaxPackages.packages.import'),
      act: async (action, subjects) => runOn(commands[action], ...subjects),
    }),
  };
}

const commands: Readonly<Record<ListAction, Command['id']>> = {
  copyToTenants: 'gaxPackages.packages.copyToTenants', moveToGroup: 'gaxPackages.packages.moveToGroup', download: 'gaxPackages.packages.download',
  delete: 'gaxPackages.packages.delete', open: 'gaxPackages.packages.showDetails',
};
