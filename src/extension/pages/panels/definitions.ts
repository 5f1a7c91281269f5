import type { ExtensionParts } from '../../extensionParts';
import type { PageDefinition } from '../pageDefinition';
import { copyToTenantsDefinition } from './copyToTenantsDefinition';
import { deployWizardDefinition } from './deployWizardDefinition';
import { deployedPackageDefinition, hostDefinition, packageDetailsDefinition } from './detailsDefinitions';
import { importWizardDefinition } from './importWizardDefinition';
import { packageListDefinition } from './packageListDefinition';
import type { PagePanels } from './pagePanels';

/** The parts that the host code of pages is made of. */
export type PageParts = Omit<ExtensionParts, 'pages'>;

/** What pages may do with one another. */
export type PageLinks = Pick<PagePanels, 'show' | 'isVisible'>;

/** Every kind of page that this window can open. @param pages the pages themselves, for links from one to another */
export function pageDefinitions(parts: PageParts, pages: PageLinks): readonly PageDefinition[] {
  return [
    importWizardDefinition(parts), deployWizardDefinition(parts, pages), packageDetailsDefinition(parts, pages.show),
    deployedPackageDefinition(parts, pages.show), hostDefinition(parts), packageListDefinition(parts, pages.show), copyToTenantsDefinition(parts),
  ];
}
