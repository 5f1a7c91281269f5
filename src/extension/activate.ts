import * as vscode from 'vscode';
import { asLocale, createText } from '../core/text/messages';
import { extensionText } from '../core/text/extensionText';
import { allCommands } from './commands/all';
import { registerCommands } from './commands/command';
import { createDeploymentFollower } from './deployments/followDeployment';
import { createApdTexts } from './documents/apdTexts';
import { createLogDocuments } from './documents/logDocuments';
import { registerLogStructure } from './documents/logStructure';
import { createPackageFileSystem } from './documents/packageFileSystem';
import { createPlanDocuments } from './documents/planDocuments';
import { createVerifiedFiles } from './documents/verifiedFiles';
import type { ExtensionParts } from './extensionParts';
import { createLanguageServer } from './languageClient';
import { registerApdEditors } from './pages/panels/apdEditors';
import { pageDefinitions, type PageLinks } from './pages/panels/definitions';
import { createPagePanels, type PagePanels } from './pages/panels/pagePanels';
import { readSshOptions } from './sshOptions';
import { createQuestionHandlers } from './questions/handlers';
import { createSecretKeeper } from './questions/secretKeeper';
import { createRepositoryState } from './repositoryState';
import { readImportSettings } from './imports/importSettings';
import { createWindowService } from './serviceClient';
import { tellTroubles } from './notifications/troubles';
import { createStatusBar } from './statusBar/statusBar';
import { taskType } from './tasks/definition';
import { createTaskProvider } from './tasks/taskProvider';
import { createPackageFilters } from './views/packageFilters';
import { createViews } from './views/views';

/** Puts the parts together. Nothing is read or started here: that waits for a view to be seen or a command to be run. */
export function activate(context: vscode.ExtensionContext): void {
  const locale = asLocale(vscode.env.language);
  const text = createText(locale, extensionText);
  const log = vscode.window.createOutputChannel(text('productName'), { log: true });
  const secrets = createSecretKeeper(context.secrets, context.globalState);
  const service = createWindowService({
    locale,
    dataFolder: () => vscode.workspace.getConfiguration('gaxPackages').get<string>('repository.folder') ?? '',
    serviceFiles: context.asAbsolutePath('dist'),
    ssh: readSshOptions,
    handlers: createQuestionHandlers(text, secrets),
    importSettings: readImportSettings,
    environment: process.env,
  });
  const state = createRepositoryState(service, (error) => log.warn('state', String(error)));
  const filters = createPackageFilters(context.workspaceState);
  const packageFiles = createPackageFileSystem(service, locale);
  const views = createViews(context, locale, state, filters, {
    details: ({ id, tenantId }) => service.request('packages/get', { id, tenantId }),
    files: (id) => packageFiles.indexOf(id),
  });
  const follower = createDeploymentFollower(service);
  const plans = createPlanDocuments();
  const verified = createVerifiedFiles(service, locale);
  const logs = createLogDocuments(service, follower, locale);
  const languageServer = createLanguageServer(context.extensionUri, text('languageServer'), (error) => log.error('language server', String(error)));
  const apdTexts = createApdTexts(locale);
  const known = { context, locale, text, log, service, state, secrets, filters, views, follower, plans, verified, logs, packageFiles, apdTexts, languageServer };
  const links: PageLinks = { show: (...page) => pages.show(...page), isVisible: (...page) => pages.isVisible(...page) };
  const pages: PagePanels = createPagePanels({ extensionUri: context.extensionUri, locale, definitions: pageDefinitions(known, links) });
  const parts: ExtensionParts = { ...known, pages };
  context.subscriptions.push(
    log, service, state, views, plans, verified, logs, packageFiles, apdTexts, pages, languageServer,
    registerApdEditors({ extensionUri: context.extensionUri, locale, texts: apdTexts, report: (method, error) => log.warn(`apd ${method}`, String(error)) }),
    registerLogStructure(logs, locale),
    registerCommands(parts, allCommands),
    vscode.tasks.registerTaskProvider(taskType, createTaskProvider(parts)),
    createStatusBar(service, state, views, text('productName')),
    tellTroubles(parts),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (!['repository.folder', 'hosts', 'deploy.installAs', 'deploy.stagingFolder', 'deploy.stagingFolderWindows'].some((name) => change.affectsConfiguration(`gaxPackages.${name}`))) return;
      service.reconnect().catch((error: unknown) => log.warn('service', String(error)));
    }),
  );
}
