import { createDraftStore } from '../../src/extension/pages/drafts';
import { openDeployedPackage } from '../../src/extension/pages/deployedPackage/deployedPackagePage';
import { openHostPage } from '../../src/extension/pages/host/hostPage';
import { openPackageDetails, type PackageDetailsPorts } from '../../src/extension/pages/packageDetails/packageDetailsPage';
import type { OpenPage, PageTab } from '../../src/extension/pages/pageDefinition';

import { hostDraft } from '../../src/protocol/page/host';
import { descriptionDraft } from '../../src/protocol/page/packageDetails';
import type { PageSubject } from '../../src/protocol/page/page';
import type { OpenedPage, PageBrowser } from '../support/page/openPage';
import { createScriptedRepository, createScriptedTab, createWorkspaceState, type ScriptedLists, type ScriptedRepository } from './support';

const done = (): Promise<void> => Promise.resolve();
const none = (): void => undefined;

/** Opens a page of details with its real host code on a scripted repository; what it asks of the editor comes to nothing. */
export async function openDetails(
  browser: PageBrowser, kind: 'packageDetails' | 'deployedPackage' | 'host', subject: PageSubject, lists: Partial<ScriptedLists>,
  ports: Partial<PackageDetailsPorts> = {},
): Promise<{ readonly opened: OpenedPage; readonly repository: ScriptedRepository }> {
  const repository = createScriptedRepository(lists);
  const { service, state } = repository;
  service.answer('packages/get', ({ id }) => ({
    ...repository.lists.packages.find((each) => each.id === id)!, buildNumber: '1', buildDate: '', releaseType: 'Hot Fix', productDescription: '', archiveName: 'IP_MCP.tar.gz', archiveFormat: 'tar.gz', importMethod: 'archive',
    fileCount: 2, unpackedSize: 214_000_000, installerFolder: 'ip', tenants: ['Environment', 'EMEA'], licenseNeeded: false,
    templates: [{ name: 'VP_MediaControl_90', path: 'templates/VP_MediaControl_90.apd', format: 'apd', applicationType: 103 }],
  }));
  service.answer('packages/files', () => [{ path: 'ip/install.sh', type: 'file', size: 10_700 }, { path: 'ip/current', type: 'symlink', size: 0, target: 'install.sh' }]);
  service.answer('deployedPackages/profiles', () => ({ upgrades: [], rollBack: { possible: false, reason: 'nothing-before' } }));
  service.answer('deployments/inputs', () => ({
    packageId: 'p1', tenantId: 'environment', profile: 'install', hostIds: ['h1'], applicationName: '',
    values: [{ section: 'IPCommon', key: 'InstallPath', value: '/opt/shared' }], secretKeys: [{ section: 'ConfigServer', key: 'Password' }],
  }));
  service.answer('deployments/form', () => ({ preview: '', fields: [{ section: 'IPCommon', key: 'InstallPath', value: '/opt/shared', secret: false, required: true }, { section: 'ConfigServer', key: 'Password', value: '', secret: true, required: false }] }));
  service.answer('hosts/resolve', () => ({ hops: [{ name: '10.20.4.31', hostName: '10.20.4.31', port: 22, user: 'genesys', settings: [] }], notes: [], problems: [], files: [] }));
  service.answer('deployments/get', ({ id }) => repository.lists.deployments.find((each) => each.id === id)!);
  const shared = { locale: 'en', service, state, isTrusted: () => true, onTrusted: () => none, report: none } as const;
  const pages: Readonly<Record<typeof kind, (tab: PageTab) => OpenPage>> = {
    packageDetails: (tab) => openPackageDetails(tab, {
      ...shared, drafts: createDraftStore(createWorkspaceState(), 'packageDetails', descriptionDraft),
      install: done, copyToTenants: done, download: done, deletePackage: done, moreActions: done, replaceByImport: done, stopImport: done, openPackage: none, openDeployed: none, showLog: done, openFile: done, copy: done, ...ports,
    }),
    deployedPackage: (tab) => openDeployedPackage(tab, { ...shared, installAgain: done, upgrade: done, rollBack: done, showDifference: done, runAgain: done, openPackage: none, showLog: done, copy: done }),
    host: (tab) => openHostPage(tab, {
      ...shared, drafts: createDraftStore(createWorkspaceState(), 'host', hostDraft), ownProtectedTags: () => [], hasAgent: false, expandHome: (path) => path,
      chooseKeyFile: () => Promise.resolve(undefined), markTesting: () => none, watchFiles: () => () => undefined,
      isTesting: () => false, onTesting: () => none,
    }),
  };
  const tab = createScriptedTab(subject, pages[kind]);
  return { opened: await browser.open({ kind, subject, serve: (channel) => tab.serve(channel) }), repository };
}
