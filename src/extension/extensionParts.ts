import type * as vscode from 'vscode';
import type { Locale, Text } from '../core/text/messages';
import type { ExtensionTextKey } from '../core/text/extensionText';
import type { DeploymentFollower } from './deployments/followDeployment';
import type { ApdTexts } from './documents/apdTexts';
import type { LogDocuments } from './documents/logDocuments';
import type { PackageFileSystem } from './documents/packageFileSystem';
import type { PlanDocuments } from './documents/planDocuments';
import type { VerifiedFiles } from './documents/verifiedFiles';
import type { LanguageServer } from './languageClient';
import type { PagePanels } from './pages/panels/pagePanels';
import type { SecretKeeper } from './questions/secretKeeper';
import type { RepositoryState } from './repositoryState';
import type { WindowService } from './serviceClient';
import type { PackageFilters } from './views/packageFilters';
import type { Views } from './views/views';

/** The parts of the running extension that commands, tasks and documents work with. */
export interface ExtensionParts {
  readonly context: vscode.ExtensionContext;
  readonly locale: Locale;
  readonly text: Text<ExtensionTextKey>;
  readonly log: vscode.LogOutputChannel;
  readonly service: WindowService;
  readonly state: RepositoryState;
  readonly secrets: SecretKeeper;
  readonly filters: PackageFilters;
  readonly views: Views;
  readonly follower: DeploymentFollower;
  readonly plans: PlanDocuments;
  readonly verified: VerifiedFiles;
  readonly logs: LogDocuments;
  readonly packageFiles: PackageFileSystem;
  readonly apdTexts: ApdTexts;
  readonly pages: PagePanels;
  readonly languageServer: LanguageServer;
}
