import * as vscode from 'vscode';
import { copyToTenantsText } from '../../../core/text/copyToTenantsText';
import { createText } from '../../../core/text/messages';
import { keptCopy } from '../../../protocol/page/copyToTenants';
import { confirm } from '../../inputs/inputs';
import { openCopyToTenants } from '../copyToTenants/copyToTenantsPage';
import { createDraftStore } from '../drafts';
import type { PageDefinition } from '../pageDefinition';
import type { PageParts } from './definitions';
import { reportTo, trustPorts } from './detailsDefinitions';

/** The wizard that copies packages to tenants, with the editor's questions behind its buttons. */
export function copyToTenantsDefinition(parts: PageParts): PageDefinition {
  const { locale, service, state, context } = parts;
  const drafts = createDraftStore(context.workspaceState, 'copyToTenants', keptCopy);
  return {
    kind: 'copyToTenants', icon: 'organization', title: createText(locale, copyToTenantsText)('title'),
    open: (tab, intent) => openCopyToTenants(tab, intent, {
      locale, service, state, drafts, ...trustPorts, report: reportTo(parts, 'copyToTenants'),
      manageTrust: async () => {
        await vscode.commands.executeCommand('workbench.trust.manage');
      },
      confirm: async (message, button) => confirm(message, '', button),
    }),
  };
}
