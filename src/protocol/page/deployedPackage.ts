import * as v from 'valibot';
import type { ApplicationObject, DeployedPackage } from '../../core/deployment/model';
import type { Verification } from '../../core/deployment/verification';
import { method } from '../method';
import { pageContract } from './page';
import type { DeploymentLine, PageLock } from './packageDetails';

/** A value of silent.ini as it was used; a secret is only named. */
export interface UsedValue {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly secret: boolean;
  /** A person entered it; else it is the package's own. */
  readonly entered: boolean;
}

/** An option of the application object; what holds a secret is masked. */
export interface ShownOption {
  readonly section: string;
  readonly option: string;
  readonly value: string;
}

/** The application object without what the page does not show. */
export interface ShownApplication extends Pick<ApplicationObject, 'name' | 'type' | 'version' | 'workingDirectory' | 'commandLine' | 'commandLineArguments' | 'state'> {
  readonly tenant: string;
  /** As entered; empty: none. */
  readonly port: string;
  readonly primaryServer: string;
  readonly backupServer: string;
  readonly options: readonly ShownOption[];
}

export interface ShownParameters {
  readonly values: readonly UsedValue[];
  /** The package is gone: of its own values nothing is known any more. */
  readonly onlyEntered: boolean;
}

/** What can take the place of the deployed package; absent: not known now. */
export interface ShownProfiles {
  /** Higher versions, the highest first. */
  readonly upgrades: readonly { readonly packageId: string; readonly version: string }[];
  readonly rollBack: { readonly packageId: string; readonly version: string }
    /** `gone`: the package of this version, which was there before, is not stored any more. */
    | { readonly impossible: 'nothingBefore' | 'gone'; readonly version?: string };
}

export type DeployedPackageView =
  | {
      readonly kind: 'deployed';
      readonly deployed: Pick<DeployedPackage, 'id' | 'hostId' | 'hostName' | 'applicationId' | 'applicationName' | 'package' | 'packageId' | 'status' | 'installPath' | 'deploymentId' | 'at'>;
      /** How its files were last found; absent: never, or not known now. */
      readonly verification?: Verification;
      /** Percent of the look at its files that this page has begun. */
      readonly verifying?: number;
      /** Where files of a plug-in are not in GAX: its state in words, and what is to be done. */
      readonly duty?: { readonly state: string; readonly words: string };
      /** The operating system of the package, in the reader's words. */
      readonly system: string;
      /** Who ran the deployment; absent while its record cannot be found. */
      readonly deployedBy?: string;
      /** Percent of the deployment of this application on this host that runs now. */
      readonly deploying?: number;
      readonly packageStored: boolean;
      readonly profiles?: ShownProfiles;
      readonly application?: ShownApplication;
      readonly parameters?: ShownParameters;
      /** Why the parameters cannot be told. */
      readonly parametersProblem?: string;
      readonly history: readonly DeploymentLine[];
      readonly lock?: PageLock;
      readonly offline: boolean;
    }
  | { readonly kind: 'gone'; readonly name?: string }
  | { readonly kind: 'offline' };

const nothing = v.strictObject({});
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

/** The page of what is installed for one application object, which belongs to one host. */
export const deployedPackageContract = pageContract<{ readonly view: DeployedPackageView }>()({
  'page/open': method<object, { readonly view: DeployedPackageView }>(nothing),
  'deployed/log': method<object, null>(nothing),
  /** Holds the files on the host against the package; the result is in the view. */
  'deployed/verify': method<object, null>(nothing),
  'deployed/stopVerifying': method<object, null>(nothing),
  /** Opens the difference of a file that the verification names. */
  'deployed/showDifference': method<{ path: string }, null>(v.strictObject({ path: v.pipe(v.string(), v.maxLength(4096)) })),
  'deployed/installAgain': method<object, null>(nothing),
  /** Opens the wizard for one of the higher versions; without one the person is asked which. */
  'deployed/upgrade': method<{ packageId?: string | undefined }, null>(v.strictObject({ packageId: v.optional(id) })),
  'deployed/rollBack': method<object, null>(nothing),
  /** Puts the commands that copy the files of the plug-in into GAX on the clipboard. */
  'deployed/copyCommands': method<object, null>(nothing),
  /** They have been copied: nothing is left to do. */
  'deployed/markFilesCopied': method<object, null>(nothing),
  'package/show': method<object, null>(nothing),
  /** What was entered for one of the deployments of the history, for this host. */
  'deployment/parameters': method<{ deploymentId: string }, ShownParameters>(v.strictObject({ deploymentId: id })),
  /** Runs one of them again, after a look at its plan. */
  'deployment/runAgain': method<{ deploymentId: string }, null>(v.strictObject({ deploymentId: id })),
  /** Opens the action log of one of the deployments of the history. */
  'deployment/log': method<{ deploymentId: string }, null>(v.strictObject({ deploymentId: id })),
});

export type DeployedPackageContract = typeof deployedPackageContract;
