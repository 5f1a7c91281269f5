import type { ApplicationValue, MergedApplication } from '../configuration/mergeApplication';
import { countOptions } from '../configuration/mergePlugIn';
import type { ErrorData } from '../errors';
import { isSecretKey, maskSecrets } from '../formats/silentIni/secrets';
import { diffLines, type DiffLine } from '../text/diffLines';
import { mask } from '../text/mask';
import type { GaxFacts, HostFacts, PackageFacts } from './facts';
import { compareCommand, installFromFolder, unpackCommand } from './hostCommands';
import type { HostInputs } from './hostInputs';
import type { ApplicationObject, LockHolder, SilentIniKey, SilentIniValue, SkipReason } from './model';
import { stepOf, type HostPlan, type SpaceNeed } from './plan';
import { composeSilentIni } from './silentIni';

/** What a deployment would do now, host by host. Nothing of it has been done. */
export interface DeploymentPlan {
  /**
   * Equal as long as inputs, package and what the hosts told are; free space and times do not count. Given to
   * `deployments/start`, it makes the run be exactly this plan.
   */
  readonly hash: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** In the order of the inputs' hosts. */
  readonly hosts: readonly HostPlanView[];
}

/** What would be done on one host. */
export interface HostPlanView {
  readonly hostId: string;
  readonly hostName: string;
  readonly applicationName: string;
  /** Set when the host is left out; then it was not contacted. */
  readonly skip?: SkipReason;
  /** Why the host could not be asked; then only the application object, `silentIni` and `commands` are planned. */
  readonly error?: ErrorData;
  /** What stands against the deployment to this host, most important first. */
  readonly problems: readonly ErrorData[];
  readonly warnings: readonly ErrorData[];
  /**
   * A deployment of another repository has locked the host, and only a person can tell whether it still runs. What is decided
   * goes to `deployments/start` as `takeOverLocks`; else it is asked when the run comes to the lock.
   */
  readonly lock?: LockHolder & { readonly folder: string };
  /** Absent: the installer decides. */
  readonly installPath?: string;
  /** What the installation folder holds now, when it is the same product. */
  readonly installedVersion?: string;
  /** Files of the package, and their bytes unpacked. */
  readonly files: number;
  readonly bytes: number;
  /** Bytes that go over the wire; 0 where an earlier deployment left the package, whose files are compared first. */
  readonly sent: number;
  /** The folder whose files the vendor's installer moves into a backup folder inside of it. */
  readonly backup?: string;
  /** Backup folders of earlier installations in it, which stay. */
  readonly backups: readonly string[];
  readonly space: readonly SpaceNeed[];
  readonly application: {
    readonly change: 'create' | 'merge';
    /** The name it has now, where another one was entered: permissions and connections move with it. */
    readonly movesFrom?: string;
    /** Other application objects whose connections or Configuration Servers will name it by its new name. */
    readonly referredBy?: readonly string[];
    readonly values: readonly ApplicationValue[];
  };
  /** Of a plug-in. */
  readonly plugIn?: PlugInPlanView;
  /** The answer file as it will be written, secrets masked. */
  readonly silentIni: string;
  /** How it differs from the one that was written for this application object last; absent: there is none to compare with. */
  readonly silentIniChanges?: { readonly deploymentId: string; /** ISO 8601, UTC. */ readonly at: string; readonly lines: readonly DiffLine[] };
  /** Commands that will run on the host, in their order. */
  readonly commands: readonly string[];
}

/** What a plug-in does to GAX. */
export interface PlugInPlanView {
  /** Options that are added to the GAX application object, and key-value pairs of its options that stay. */
  readonly added: number;
  readonly stay: number;
  /** Absent: the installer finds GAX by itself. */
  readonly gax?: { readonly directory: string } & Partial<Pick<GaxFacts, 'hasLibrary' | 'version'>>;
}

/** What a view of a plan is made from, besides the plan itself. */
export interface PlannedHost {
  /** Of this host (`inputsForHost`). */
  readonly inputs: HostInputs;
  readonly package: PackageFacts;
  readonly plan: HostPlan;
  /** Absent: the host was not asked, or could not be. */
  readonly facts?: HostFacts;
  readonly error?: ErrorData;
  readonly warnings: readonly ErrorData[];
  readonly lock?: HostPlanView['lock'];
  readonly existing?: ApplicationObject;
  readonly merged: Pick<MergedApplication, 'values' | 'added'>;
  readonly referredBy: readonly string[];
  readonly earlier?: EarlierSilentIni;
}

/** The silent.ini of an earlier deployment, as far as it is known. */
export interface EarlierSilentIni {
  readonly deploymentId: string;
  readonly at: string;
  /** The package's own file of then. */
  readonly packageFile: string;
  readonly values: readonly SilentIniValue[];
  readonly secretKeys: readonly SilentIniKey[];
}

/** Puts the plan of one host into the words of a summary. Pure. */
export function viewHostPlan({ inputs, package: facts, plan, facts: found, error, warnings, lock, existing, merged, referredBy, earlier }: PlannedHost): HostPlanView {
  const target = found?.target;
  const silentIni = maskedSilentIni(facts.silentIni, stepOf(plan, 'silentIni').values, inputs.secretKeys);
  const moves = existing !== undefined && existing.name !== plan.applicationName;
  return {
    hostId: plan.hostId,
    hostName: plan.hostName,
    applicationName: plan.applicationName,
    ...(plan.skip && { skip: plan.skip }),
    ...(error && { error }),
    problems: plan.problems,
    warnings,
    ...(lock && { lock }),
    ...(plan.installPath !== undefined && { installPath: plan.installPath }),
    ...(target?.installed && { installedVersion: target.installed.version }),
    files: facts.fileCount,
    bytes: facts.unpackedSize,
    sent: found?.leftovers.some(({ sha256 }) => sha256 === facts.sha256) === true ? 0 : stepOf(plan, 'transfer').bytes,
    ...(target?.filled === true && { backup: target.path }),
    backups: target?.backups ?? [],
    space: plan.space,
    application: {
      change: existing ? 'merge' : 'create',
      ...(moves && { movesFrom: existing.name, referredBy }),
      values: merged.values.map((value) => (isSecretKey(value.section, value.key) ? maskValue(value) : value)),
    },
    ...(facts.plugIn && { plugIn: plugInView(plan, found, existing, merged.added) }),
    silentIni,
    ...(earlier && { silentIniChanges: changesSince(earlier, silentIni) }),
    commands: plannedCommands(plan),
  };
}

/** A plan says that a secret is there and whether it changes, never what it is. */
function maskValue(value: ApplicationValue): ApplicationValue {
  const hide = (text: string): string => (text === '' ? '' : mask);
  return { ...value, ...(value.existing !== undefined && { existing: hide(value.existing) }), ...(value.fresh !== undefined && { fresh: hide(value.fresh) }), result: hide(value.result) };
}

function plugInView(plan: HostPlan, found: HostFacts | undefined, gax: ApplicationObject | undefined, added: number): PlugInPlanView {
  const { gaxDirectory } = stepOf(plan, 'plugIn');
  return {
    added,
    stay: gax ? countOptions(gax) : 0,
    ...(gaxDirectory !== undefined && {
      gax: {
        directory: gaxDirectory,
        ...(found?.gax && { hasLibrary: found.gax.hasLibrary, ...(found.gax.version !== undefined && { version: found.gax.version }) }),
      },
    }),
  };
}

function maskedSilentIni(packageFile: string, values: readonly SilentIniValue[], secretKeys: readonly SilentIniKey[]): string {
  const masked = secretKeys.map(({ section, key }) => ({ section, key, value: mask }));
  return maskSecrets(composeSilentIni(packageFile, [...values, ...masked]));
}

function changesSince({ deploymentId, at, packageFile, values, secretKeys }: EarlierSilentIni, silentIni: string): NonNullable<HostPlanView['silentIniChanges']> {
  return { deploymentId, at, lines: diffLines(maskedSilentIni(packageFile, values, secretKeys).split(/\r?\n/), silentIni.split(/\r?\n/)) };
}

/** The commands of the package's own files; our own scripts around them go by standard input. */
function plannedCommands(plan: HostPlan): readonly string[] {
  const transfer = stepOf(plan, 'transfer');
  const install = stepOf(plan, 'install');
  return [
    unpackCommand(transfer.into, transfer.as === 'archive'),
    compareCommand(transfer.into),
    installFromFolder(install.folder, install.command),
  ];
}
