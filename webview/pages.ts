import type { PageKind } from '../src/protocol/page/page';
import './apd/apd';
import './copyToTenants/copyToTenants';
import './deployWizard/deployWizard';
import './deployedPackage/deployedPackage';
import './host/host';
import './importWizard/importWizard';
import './packageDetails/packageDetails';
import './packageList/packageList';

/** The element of each kind of page. */
export const pageElements: Readonly<Record<PageKind, string>> = {
  importWizard: 'gp-import-wizard',
  deployWizard: 'gp-deploy-wizard',
  packageDetails: 'gp-package-details',
  deployedPackage: 'gp-deployed-package',
  host: 'gp-host',
  packageList: 'gp-package-list',
  copyToTenants: 'gp-copy-to-tenants',
  apd: 'gp-apd',
};
