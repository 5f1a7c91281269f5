import * as v from 'valibot';
import type { DeployedPackage, DeploymentState, HostRun } from '../../core/deployment/model';
import type { PackageIdentity } from '../../core/packages/identity';
import type { ImportRecord, PackageFile, PackageKind, PackageTemplate } from '../../core/packages/model';
import type { ReferredPackage, StoredSolution, UnsupportedCommand } from '../../core/packages/solution';
import { method } from '../method';
import type { ShownOption } from './deployedPackage';
import { pageContract } from './page';

/** Why nothing can be changed for now; the page says it beside what is locked. */
export interface PageLock {
  readonly kind: 'needsTrust' | 'readOnly';
  /** The sentence of `readOnly`. */
  readonly message?: string;
}

/** One earlier or running deployment, as a line of a history. */
export interface DeploymentLine {
  readonly id: string;
  /** Profile and version in the reader's words, e.g. `Install 9.0.046.06`. */
  readonly title: string;
  readonly state: DeploymentState;
  readonly percent: number;
  readonly startedAt: string;
  readonly startedBy: string;
  /** Which plan it was a run of. */
  readonly planHash?: string;
  /** The hosts that the page is about: all, or the one of a deployed package. */
  readonly hosts: readonly (Pick<HostRun, 'hostId' | 'hostName' | 'state'> & { readonly words: string })[];
}

/** A host on which the package is installed. */
export interface DeployedLine extends Pick<DeployedPackage, 'id' | 'hostName' | 'applicationId' | 'applicationName' | 'status' | 'at'> {
  /** Its state in words, where files of a plug-in are not in GAX. */
  readonly filesToCopy?: string;
}

/** What the page shows of a stored package. */
export interface ShownPackage extends PackageIdentity {
  readonly id: string;
  readonly tenantId: string;
  readonly kind: PackageKind;
  /** `Complete`, or what was not understood. */
  readonly status: string;
  readonly nickname: string;
  /** Operating system with bits, and locale id with its language: in the reader's words. */
  readonly system: string;
  readonly language: string;
  readonly group: string;
  readonly description: string;
  readonly updatedAt: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly fileCount: number;
  readonly sha256: string;
  readonly tenants: readonly string[];
  readonly templates: readonly PackageTemplate[];
  /** What its import could not make anything of, in sentences. */
  readonly notes: readonly string[];
  /** How its metadata says that it is installed. */
  readonly installation: readonly string[];
  /** The default options of a plug-in. */
  readonly defaultOptions: readonly ShownOption[];
  /** Set for a solution definition. */
  readonly solution?: ShownSolution;
  /** Percent of the deployments of it that run. */
  readonly deploying?: number;
  readonly lastDeployment?: 'failed' | 'unknown';
}

/** What the page shows of a solution definition beside what it shows of every package. */
export interface ShownSolution extends Omit<StoredSolution, 'name' | 'version' | 'description'> {
  /** What it installs, held against the packages of the same tenant. */
  readonly packages: readonly ReferredPackage[];
  readonly unsupported: readonly UnsupportedCommand[];
}

/** What the page shows of an import that runs, has failed or was stopped. */
export interface ShownImport extends Pick<ImportRecord, 'id' | 'state' | 'step' | 'percent' | 'startedAt'> {
  readonly source: string;
  readonly file: string;
  readonly identity?: PackageIdentity;
  /** In the reader's words, once the description was read. */
  readonly system?: string;
  readonly error?: { readonly code: string; readonly message: string };
  /** Its package is there already, and the person may replace it. */
  readonly replaceable?: boolean;
}

/** The page as it is to be shown now; sent anew whenever it differs. */
export type PackageDetailsView =
  | {
      readonly kind: 'package';
      readonly package: ShownPackage;
      /** Groups there are, for the field. */
      readonly groups: readonly string[];
      readonly deployedOn: readonly DeployedLine[];
      readonly deployments: readonly DeploymentLine[];
      readonly forbidden: ForbiddenActions;
      readonly lock?: PageLock;
      readonly offline: boolean;
    }
  | { readonly kind: 'import'; readonly import: ShownImport; readonly lock?: PageLock; readonly offline: boolean }
  | { readonly kind: 'gone'; readonly name?: string }
  /** Nothing is known yet, and the service does not answer. */
  | { readonly kind: 'offline' };

/** A description that was entered and is not saved yet, with the one that it was to replace. */
export const descriptionDraft = v.strictObject({ text: v.pipe(v.string(), v.maxLength(65_536)), base: v.pipe(v.string(), v.maxLength(65_536)) });
export type DescriptionDraft = v.InferOutput<typeof descriptionDraft>;

/** What became of a description: stored, or left out because somebody else has changed it since. */
export type DescribeOutcome = { readonly outcome: 'saved' } | { readonly outcome: 'changedElsewhere'; readonly user: string; readonly time: number };

/** What a person may not do with a package, by action: the sentence that names the missing privilege. */
export type ForbiddenActions = Readonly<Partial<Record<'install' | 'copyToTenants' | 'edit' | 'delete', string>>>;

const nothing = v.strictObject({});
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

/** The page of a package, or of an import that did not become one. */
export const packageDetailsContract = pageContract<{
  readonly view: PackageDetailsView;
}>()({
  'page/open': method<object, { readonly view: PackageDetailsView; readonly draft: DescriptionDraft | null }>(nothing),
  /** Keeps what was entered and is not saved; null: nothing any more. */
  'draft/keep': method<{ draft: DescriptionDraft | null }, null>(v.strictObject({ draft: v.nullable(descriptionDraft) })),
  /** Saves the description unless it is no longer the one that was to be replaced. */
  'package/describe': method<DescriptionDraft, DescribeOutcome>(descriptionDraft),
  'package/move': method<{ group: string }, null>(v.strictObject({ group: v.pipe(v.string(), v.trim(), v.maxLength(255)) })),
  'package/files': method<object, readonly PackageFile[]>(nothing),
  /** Opens a file inside the package, in an editor of its own. */
  'package/openFile': method<{ path: string }, null>(v.strictObject({ path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)) })),
  'package/install': method<object, null>(nothing),
  'package/copyToTenants': method<object, null>(nothing),
  'package/download': method<object, null>(nothing),
  'package/delete': method<object, null>(nothing),
  /** Asks in the editor for one of the actions that have no button of their own. */
  'package/moreActions': method<object, null>(nothing),
  'package/copyHash': method<object, null>(nothing),
  'import/retry': method<object, null>(nothing),
  'import/replace': method<object, null>(nothing),
  'import/stop': method<object, null>(nothing),
  'import/copyDetails': method<object, null>(nothing),
  /** Opens the page of one of the deployed packages that the view names. */
  'deployed/open': method<{ applicationId: string }, null>(v.strictObject({ applicationId: id })),
  /** Opens the action log of one of the deployments that the view names. */
  'deployment/log': method<{ deploymentId: string; hostId?: string | undefined }, null>(v.strictObject({ deploymentId: id, hostId: v.optional(id) })),
});

export type PackageDetailsContract = typeof packageDetailsContract;
