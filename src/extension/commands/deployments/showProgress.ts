import { deployDraft } from '../../../protocol/page/deployWizard';
import { createDraftStore } from '../../pages/drafts';
import type { Command } from '../command';
import { oneDeployment } from './chooseDeployment';

/** Opens the progress of a deployment: in the wizard that started it, where that is still open, else on a page of its own. */
export const showProgress: Command = {
  id: 'gaxPackages.deployments.showProgress',
  run: async (parts, target) => {
    const { text, context, pages } = parts;
    const { deployment: { id, packageId, tenantId } } = await oneDeployment(parts, target, text('showProgress'), () => true, 'noDeployments');
    const wizard = { id: packageId, tenantId };
    const kept = createDraftStore(context.workspaceState, 'deployWizard', deployDraft).read(wizard);
    pages.show('deployWizard', kept?.draft.deploymentId === id ? wizard : { id });
  },
};
