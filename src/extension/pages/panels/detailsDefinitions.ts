import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { createText } from '../../../core/text/messages';
import { detailsText } from '../../../core/text/detailsText';
import { hostText } from '../../../core/text/hostText';
import { hostDraft } from '../../../protocol/page/host';
import { descriptionDraft } from '../../../protocol/page/packageDetails';
import { runOn } from '../../commands/command';
import { openReplacingWizard } from '../../commands/deployments/chooseDeployed';
import { choosePackageAction } from '../../commands/packages/choosePackageAction';
import { showPackageFile } from '../../commands/packages/openFile';
import { readOwnProtectedTags } from '../../deploying/ownProtection';
import { deployedSubject } from '../deployedPackage/deployedSubject';
import { openDeployedPackage } from '../deployedPackage/deployedPackagePage';
import { createDraftStore } from '../drafts';
import { openHostPage } from '../host/hostPage';
import { watchFiles } from './watchFiles';
import { openPackageDetails } from '../packageDetails/packageDetailsPage';
import type { OpenPage, PageDefinition, PageTab } from '../pageDefinition';
import type { PageParts } from './definitions';
import type { PagePanels } from './pagePanels';

/** The page of a package or import, with the editor's commands behind its buttons. */
export function packageDetailsDefinition(parts: PageParts, show: PagePanels['show']): PageDefinition {
  return { kind: 'packageDetails', icon: 'package', title: createText(parts.locale, detailsText)('thisPackage'), open: packageDetailsOpener(parts, show) };
}

/** Begins details: in a tab of their own, or beside the list. */
export function packageDetailsOpener(parts: PageParts, show: PagePanels['show']): (tab: PageTab) => OpenPage {
  const { locale, service, state, context, logs } = parts;
  const drafts = createDraftStore(context.workspaceState, 'packageDetails', descriptionDraft);
  return (tab) => openPackageDetails(tab, {
    locale, service, state, drafts, ...trustPorts, report: reportTo(parts, 'packageDetails'),
    install: async (item) => runOn('gaxPackages.packages.deploy', { kind: 'package', package: item }),
    copyToTenants: async (item) => runOn('gaxPackages.packages.copyToTenants', { kind: 'package', package: item }),
    download: async (item) => runOn('gaxPackages.packages.download', { kind: 'package', package: item }),
    deletePackage: async (item) => runOn('gaxPackages.packages.delete', { kind: 'package', package: item }),
    moreActions: async (item) => choosePackageAction(parts, item),
    replaceByImport: async (record) => runOn('gaxPackages.packages.replace', { kind: 'import', record }),
    stopImport: async (record) => runOn('gaxPackages.packages.stopImport', { kind: 'import', record }),
    openPackage: (subject) => show('packageDetails', subject),
    openDeployed: (deployed) => show('deployedPackage', deployedSubject(deployed)),
    showLog: async (deployment, hostId) => {
      await logs.show(deployment, hostId);
    },
    openFile: async (item, path) => showPackageFile(parts, item, path),
    copy: async (text) => vscode.env.clipboard.writeText(text),
  });
}

/** The page of a deployed package. */
export function deployedPackageDefinition(parts: PageParts, show: PagePanels['show']): PageDefinition {
  const { locale, service, state, logs } = parts;
  return {
    kind: 'deployedPackage', icon: 'server-process', title: createText(locale, detailsText)('thisDeployment'),
    open: (tab) => openDeployedPackage(tab, {
      locale, service, state, ...trustPorts, report: reportTo(parts, 'deployedPackage'),
      installAgain: async (deployed) => runOn('gaxPackages.deployments.installAgain', { kind: 'deployed', deployed }),
      upgrade: async (deployed, packageId) => {
        if (packageId === undefined) await runOn('gaxPackages.deployments.upgrade', { kind: 'deployed', deployed });
        else openReplacingWizard({ show }, 'upgrade', packageId, [deployed]);
      },
      rollBack: (deployed, packageId) => Promise.resolve(openReplacingWizard({ show }, 'rollBack', packageId, [deployed])),
      runAgain: async (deployment) => runOn('gaxPackages.deployments.runAgain', { kind: 'deployment', deployment }),
      showDifference: async (deployed, path) => parts.verified.showDifference(deployed, path),
      openPackage: (subject) => show('packageDetails', subject),
      copy: async (text) => vscode.env.clipboard.writeText(text),
      showLog: async (deployment, hostId) => {
        await logs.show(deployment, hostId);
      },
    }),
  };
}

/** The page of a host. */
export function hostDefinition(parts: PageParts): PageDefinition {
  const { locale, service, state, context, views } = parts;
  const text = createText(locale, hostText);
  const drafts = createDraftStore(context.workspaceState, 'host', hostDraft);
  return {
    kind: 'host', icon: 'vm', title: text('thisHost'),
    open: (tab) => openHostPage(tab, {
      locale, service, state, drafts, ...trustPorts, report: reportTo(parts, 'host'),
      ownProtectedTags: readOwnProtectedTags,
      hasAgent: (process.env['SSH_AUTH_SOCK'] ?? '') !== '',
      expandHome: (path) => path.replace(/^~(?=[/\\])/, homedir()),
      chooseKeyFile: async (present) => {
        const folder = present === '' ? join(homedir(), '.ssh') : dirname(present);
        const chosen = await vscode.window.showOpenDialog({ title: parts.text('chooseKeyFile'), openLabel: parts.text('useKeyFile'), defaultUri: vscode.Uri.file(folder) });
        return chosen?.[0]?.fsPath;
      },
      watchFiles,
      markTesting: (id) => views.markTesting(id),
      isTesting: (id) => views.isTesting(id),
      onTesting: (listener) => views.onTesting(listener),
    }),
  };
}

export const trustPorts = {
  isTrusted: (): boolean => vscode.workspace.isTrusted,
  onTrusted: (listener: () => void): (() => void) => {
    const registration = vscode.workspace.onDidGrantWorkspaceTrust(listener);
    return () => {
      registration.dispose();
    };
  },
};

export function reportTo({ log }: PageParts, page: string): (method: string, error: unknown) => void {
  return (method, error) => log.warn(`${page} ${method}`, String(error));
}
