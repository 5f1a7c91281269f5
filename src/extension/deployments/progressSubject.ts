import type { Deployment } from '../../core/deployment/model';
import { deployDraft } from '../../protocol/page/deployWizard';
import type { PageSubject } from '../../protocol/page/page';
import type { ExtensionParts } from '../extensionParts';
import { createDraftStore } from '../pages/drafts';

/** The page that shows the progress of a deployment: the wizard that started it, where that is still open, else one of its own. */
export function progressSubject({ context }: Pick<ExtensionParts, 'context'>, { id, packageId, tenantId }: Pick<Deployment, 'id' | 'packageId' | 'tenantId'>): PageSubject {
  const wizard = { id: packageId, tenantId };
  const kept = createDraftStore(context.workspaceState, 'deployWizard', deployDraft).read(wizard);
  return kept?.draft.deploymentId === id ? wizard : { id };
}
