import type { DeployDraft } from '../../../core/deployment/draft';
import type { Deployment, DeploymentInputs, SilentIniKey, SilentIniValue } from '../../../core/deployment/model';
import type { PackageIdentity } from '../../../core/packages/identity';
import type { Locale } from '../../../core/text/messages';
import type { PackageService } from '../../packageService';
import type { RepositoryState } from '../../repositoryState';
import type { DraftStore } from '../drafts';
import type { ProgressActions } from './progressPage';

/** A deployment as the wizard starts it. Its secrets live in memory alone. */
export interface WizardRequest {
  readonly package: PackageIdentity;
  readonly inputs: DeploymentInputs;
  readonly secrets: readonly SilentIniValue[];
  /** Hashes of the plans that were shown: only that is run. */
  readonly plan: readonly string[];
  /** What was typed where hosts are protected. */
  readonly confirmed: readonly string[];
}

/** What the deploy wizard needs of the editor and of the rest of the extension. */
export interface DeployWizardPorts {
  readonly locale: Locale;
  /** Name of the computer that connects to the hosts. */
  readonly machine: string;
  readonly service: Pick<PackageService, 'request'>;
  readonly state: RepositoryState;
  readonly drafts: DraftStore<DeployDraft>;
  /** Values of silent.ini in the secret store of this computer, by the package they are for. */
  readonly secrets: {
    find(item: Pick<PackageIdentity, 'name'>, key: SilentIniKey): Promise<string | undefined>;
    save(item: Pick<PackageIdentity, 'name'>, key: SilentIniKey, value: string): Promise<void>;
    forget(item: Pick<PackageIdentity, 'name'>, key: SilentIniKey): Promise<void>;
  };
  /** From now on hosts are asked for one deployment, until the returned function is called: passwords for it alone are asked once. */
  beginDeployment(): () => void;
  /** Tags that this computer's setting protects. */
  readonly ownProtectedTags: () => readonly string[];
  readonly isTrusted: () => boolean;
  /** Asks for a new host, stores it and tests the connection; the answer is its id. @throws ProductError `general/cancelled` */
  addHost(): Promise<string>;
  /** @throws ProductError `host/…` */
  testHost(id: string): Promise<void>;
  openHost(id: string): void;
  /** @throws ProductError `general/cancelled` unless the person agrees that what was entered is lost */
  confirmDiscard(): Promise<void>;
  /** @throws ProductError `general/cancelled` */
  pickValue(title: string, values: readonly string[]): Promise<string>;
  /** After how many failed hosts no other begins, as the setting offers it; 0: the others go on. */
  readonly stopAfterFailures: () => number;
  /** Opens a text that cannot be changed. */
  showText(title: string, text: string): Promise<void>;
  /** Writes an entry of `tasks.json`; the answer is its name. */
  saveTask(request: Pick<WizardRequest, 'package' | 'inputs'>): Promise<string>;
  /** Runs the task that starts the deployment and follows it; answers once the service has taken it. */
  start(request: WizardRequest): Promise<Deployment>;
  readonly progress: ProgressActions;
  report(method: string, error: unknown): void;
}

/** How a command opens the wizard: with hosts that are chosen already, for what is deployed, or at the progress of a deployment. */
export interface DeployWizardIntent {
  readonly hostIds?: readonly string[];
  /** Upgrade and roll back: the records of what is replaced. */
  readonly deployedIds?: readonly string[];
  /** Installs once more as this deployment did on its host. */
  readonly again?: { readonly deploymentId: string; readonly hostId: string; readonly applicationName: string };
  readonly deploymentId?: string;
}
