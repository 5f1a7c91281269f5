import type { ExtensionParts } from '../../extensionParts';
import type { PageDefinition } from '../pageDefinition';
import { deployWizardDefinition } from './deployWizardDefinition';
import { deployedPackageDefinition, hostDefinition, packageDetailsDefinition } from './detailsDefinitions';
import { importWizardDefinition } from './importWizardDefinition';
import type { PagePanels } from './pagePanels';

/** The parts that the host code of pages is made of. */
export type PageParts = Omit<ExtensionParts, 'pages'>;

/** Every kind of page that this window can open. @param show opens a page, for links from one to another */
export function pageDefinitions(parts: PageParts, show: PagePanels['show']): readonly PageDefinition[] {
  return [importWizardDefinition(parts), deployWizardDefinition(parts, show), packageDetailsDefinition(parts, show), deployedPackageDefinition(parts, show), hostDefinition(parts)];
}
