import type { Deployment } from '../../core/deployment/model';
import { deployDraft } from '../../protocol/page/deployWizard';
import type { PageSubject } from '../../protocol/page/page';
import type { ExtensionParts } from '../extensionParts';
import { createDraftStore } from '../pages/drafts';

/** The page that shows the progress of a deployment: the wizard that started it, where that is still open, else one of its own. */
export function progressSubject({ context }: Pick<ExtensionParts, 'context'>, { id }: Pick<Deployment, 'id'>): PageSubject {
  return createDraftStore(context.workspaceState, 'deployWizard', deployDraft).find(({ deploymentId }) => deploymentId === id) ?? { id };
}
