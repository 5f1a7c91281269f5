import type { ErrorData } from '../errors';
import { childPath, isWindowsPath, plainFolder } from '../hosts/hostPath';
import type { FolderFacts, HostFacts, PackageFacts } from './facts';
import { inputsForHost } from './hostInputs';
import { findHostProblems } from './hostProblems';
import { installCommand } from './hostCommands';
import { stepsOf, type DeploymentInputs, type DeploymentStep, type SilentIniValue, type SkipReason } from './model';
import { gaxDirectoryKey } from './plugIn';
import { lookUpSilentIni, valuesForHost, type SilentIniLookup } from './silentIni';
import { transferForm, type TransferForm } from './transferForm';

/** Where a deployment keeps its things on a host. Everything lies below `folder`, which only the signed-in user may enter. */
export interface StagingLayout {
  /** The host's staging folder, shared by deployments. */
  readonly root: string;
  readonly folder: string;
  /** Holds the SHA-256 of the content that `package` is to hold. */
  readonly contentMark: string;
  readonly package: string;
  /** The installer's folder inside the package; the installer must be run from inside it. */
  readonly installer: string;
  readonly silentIni: string;
  readonly resultLog: string;
  /** Where installers of Windows tell what they do; those of Linux print it. */
  readonly wizardLog: string;
  /** Process id, output and exit code of the installer. */
  readonly run: string;
}

/** One step of one host as data: what the engine will do, and what a person can read before it is done. */
export type PlannedStep =
  | { readonly step: 'connect' | 'check' | 'result' | 'values' | 'record' }
  | { readonly step: 'lock'; readonly folder: string }
  | { readonly step: 'transfer'; readonly into: string; readonly as: TransferForm; readonly bytes: number }
  | { readonly step: 'verify'; readonly files: number }
  | { readonly step: 'object'; readonly application: string; readonly change: 'create' | 'merge' }
  | { readonly step: 'silentIni'; readonly path: string; readonly values: readonly SilentIniValue[] }
  | { readonly step: 'install'; readonly folder: string; readonly command: string }
  /** `gaxDirectory` absent: the installer finds GAX by itself, and nothing tells where it is. */
  | { readonly step: 'plugIn'; readonly gaxDirectory?: string }
  | { readonly step: 'cleanUp'; readonly folders: readonly string[] };

/** Space that will be used on one file system of a host, in bytes. */
export interface SpaceNeed {
  readonly mount: string;
  /** The folders that take it. */
  readonly folders: readonly string[];
  readonly needed: number;
  readonly free: number;
}

/** What is to be planned for: one host, with what it told when it was asked. */
export interface PlanSubject {
  readonly hostId: string;
  readonly hostName: string;
  readonly deploymentId: string;
  readonly stagingFolder: string;
  readonly lockFolder: string;
  /** The host has an enabled application object of the planned name. */
  readonly applicationExists: boolean;
  /** There is one that is changed: that of the planned name, or the one that the deployment takes the place of. */
  readonly merges?: boolean;
  /** Of a plug-in: the working directory of the GAX application object that it goes into. */
  readonly gaxFolder?: string | undefined;
  /** Absent before the host has been asked. */
  readonly facts?: HostFacts;
}

export interface HostPlan {
  readonly hostId: string;
  readonly hostName: string;
  readonly applicationName: string;
  /** Set when the host is left out altogether. */
  readonly skip?: SkipReason;
  readonly layout: StagingLayout;
  readonly applicationExists: boolean;
  /** Undefined: the installer decides (working directory of the application object). */
  readonly installPath?: string;
  readonly steps: readonly PlannedStep[];
  readonly space: readonly SpaceNeed[];
  /** Why the host cannot be deployed to, most important first. */
  readonly problems: readonly ErrorData[];
}

/**
 * Plans a deployment: for every host the steps with what they will do, the space they take, and what stands against it.
 * Pure: with the same facts it gives the same plan, so what was shown is what is run.
 */
export function planDeployment(inputs: DeploymentInputs, packageFacts: PackageFacts, subjects: readonly PlanSubject[]): readonly HostPlan[] {
  return subjects.map((subject) => {
    const own = inputsForHost(inputs, subject.hostId);
    return planHost(own, packageFacts, lookUpSilentIni(packageFacts.silentIni, own.values), subject);
  });
}

/** What a plan says of one step. */
export function stepOf<S extends PlannedStep['step']>(plan: HostPlan, step: S): Extract<PlannedStep, { readonly step: S }> {
  return plan.steps.find((planned) => planned.step === step) as Extract<PlannedStep, { readonly step: S }>;
}

/** The GAX directory that a plug-in's silent.ini names; undefined for other packages, and where the installer finds GAX by itself. */
export function gaxDirectoryOf(facts: PackageFacts, values: readonly SilentIniValue[]): string | undefined {
  const key = facts.plugIn && gaxDirectoryKey({ ...facts, ...facts.identity });
  return key && (lookUpSilentIni(facts.silentIni, values)(key.section, key.key) || undefined);
}

/** The GAX directory that a plan names. */
export function gaxDirectoryIn({ steps }: Pick<HostPlan, 'steps'>): string | undefined {
  return steps.find((planned) => planned.step === 'plugIn')?.gaxDirectory;
}

/** The name of the application object on one host: as entered, with `{host}` filled in, else `<nickname>_<host>`. */
export function applicationNameFor(entered: string, nickname: string, hostName: string): string {
  const name = entered.trim();
  return name === '' ? `${nickname}_${hostName}` : name.replaceAll('{host}', hostName);
}

/** Where a deployment keeps its things below the staging folder of a host. */
export function stagingLayout(stagingFolder: string, deploymentId: string, installerFolder: string): StagingLayout {
  const root = plainFolder(stagingFolder);
  const folder = childPath(root, deploymentId);
  return {
    root,
    folder,
    contentMark: childPath(folder, 'content'),
    package: childPath(folder, 'package'),
    installer: childPath(folder, 'package', installerFolder),
    silentIni: childPath(folder, 'silent.ini'),
    resultLog: childPath(folder, 'result.log'),
    wizardLog: childPath(folder, 'wizard.log'),
    run: childPath(folder, 'run'),
  };
}

function planHost(inputs: DeploymentInputs, facts: PackageFacts, silentIni: SilentIniLookup, subject: PlanSubject): HostPlan {
  const applicationName = applicationNameFor(inputs.applicationName, facts.nickname, subject.hostName);
  const layout = stagingLayout(subject.stagingFolder, subject.deploymentId, facts.installerFolder);
  const installPath = silentIni('IPCommon', 'InstallPath');
  const host = subject.facts;
  const space = host ? planSpace(facts, host) : [];
  // Where an earlier attempt of this deployment still installs there is nothing left to prepare: it is followed.
  const installs = host?.installers.some((installer) => installer.deploymentId === subject.deploymentId) === true;
  return {
    hostId: subject.hostId,
    hostName: subject.hostName,
    applicationName,
    ...(inputs.skipReinstallation === true && subject.applicationExists && { skip: 'application-exists' as const }),
    layout,
    applicationExists: subject.applicationExists,
    ...(installPath !== undefined && installPath !== '' && { installPath }),
    steps: stepsOf(facts).map((step) => planStep(step, { inputs, facts, subject, layout, applicationName })),
    space,
    problems: host && !installs ? [...findHostProblems(facts, silentIni, subject.hostName, host, layout.package), ...space.flatMap((need) => spaceProblem(subject.hostName, need))] : [],
  };
}

function planStep(
  step: DeploymentStep,
  { inputs, facts, subject, layout, applicationName }: {
    inputs: DeploymentInputs; facts: PackageFacts; subject: PlanSubject; layout: StagingLayout; applicationName: string;
  },
): PlannedStep {
  switch (step) {
    case 'lock':
      return { step, folder: subject.lockFolder };
    case 'transfer':
      // A zip becomes a tar on its way.
      return { step, into: layout.package, as: transferForm(facts), bytes: transferForm(facts) === 'archive' || facts.archiveFormat === 'tar' ? facts.archiveSize : facts.diskUse.all };
    case 'verify':
      return { step, files: facts.fileCount };
    case 'object':
      return { step, application: applicationName, change: subject.merges ?? subject.applicationExists ? 'merge' : 'create' };
    case 'silentIni':
      return { step, path: layout.silentIni, values: valuesForHost(facts.silentIni, inputs.values, applicationName) };
    case 'install':
      return { step, folder: layout.installer, command: installCommand(layout) };
    case 'plugIn': {
      // On Windows nobody is asked for it, and the application object tells where GAX is.
      const known = facts.plugIn && subject.gaxFolder !== undefined && isWindowsPath(subject.gaxFolder) ? subject.gaxFolder : undefined;
      const gaxDirectory = gaxDirectoryOf(facts, inputs.values) ?? known;
      return { step, ...(gaxDirectory !== undefined && { gaxDirectory }) };
    }
    case 'cleanUp':
      return { step, folders: [layout.folder, subject.lockFolder] };
    case 'connect':
    case 'check':
    case 'result':
    case 'values':
    case 'record':
      return { step };
  }
}

/**
 * The space a deployment takes: the unpacked package in the staging folder (the archive itself is unpacked as it arrives
 * and never lies there), the copy of itself that the vendor's installer makes among temporary files, and the target, for which the
 * vendor's installer itself wants as much as its own folder. Folders on one file system share it.
 */
function planSpace(facts: PackageFacts, host: HostFacts): readonly SpaceNeed[] {
  const present = host.leftovers.some((leftover) => leftover.sha256 === facts.sha256);
  const uses: readonly (readonly [FolderFacts | undefined, number])[] = [
    [host.staging, present ? 0 : facts.diskUse.all],
    [host.temporary, facts.diskUse.installer],
    [host.target, facts.diskUse.installer],
  ];
  const needs = new Map<string, SpaceNeed>();
  for (const [folder, bytes] of uses) {
    if (!folder) continue;
    const need = needs.get(folder.mount) ?? { mount: folder.mount, folders: [], needed: 0, free: folder.free };
    needs.set(folder.mount, { ...need, folders: [...need.folders, folder.path], needed: need.needed + bytes });
  }
  return [...needs.values()];
}

function spaceProblem(host: string, need: SpaceNeed): ErrorData[] {
  if (need.needed <= need.free) return [];
  return [{
    code: 'deploy/disk-full',
    args: { host, folder: need.folders.join(', '), needed: megabytes(need.needed, Math.ceil), free: megabytes(need.free, Math.floor) },
  }];
}

/** Megabytes with one decimal below ten, as messages show sizes. */
export function megabytes(bytes: number, round: (value: number) => number = Math.round): number {
  return bytes < 10e6 ? round(bytes / 1e5) / 10 : round(bytes / 1e6);
}
