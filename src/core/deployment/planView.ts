import { compareApplications, type ApplicationValue } from '../configuration/compareApplications';
import type { ErrorData } from '../errors';
import { maskSecrets } from '../formats/silentIni/secrets';
import { mask } from '../text/mask';
import type { HostFacts, PackageFacts } from './facts';
import type { ApplicationObject, DeploymentInputs, SkipReason } from './model';
import { stepOf, type HostPlan, type SpaceNeed } from './plan';
import { composeSilentIni } from './silentIni';

/** What a deployment would do now, host by host. Nothing of it has been done. */
export interface DeploymentPlan {
  /** Equal as long as inputs, package and what the hosts told are; free space and times do not count. */
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
  /** Absent: the installer decides. */
  readonly installPath?: string;
  /** What the installation folder holds now, when it is the same product. */
  readonly installedVersion?: string;
  /** Files of the package, and their bytes unpacked. */
  readonly files: number;
  readonly bytes: number;
  /** The folder whose files the vendor's installer moves into a backup folder inside of it. */
  readonly backup?: string;
  readonly space: readonly SpaceNeed[];
  readonly application: {
    readonly change: 'create' | 'merge';
    readonly values: readonly ApplicationValue[];
  };
  /** The answer file as it will be written, secrets masked. */
  readonly silentIni: string;
  /** Commands that will run on the host, in their order. */
  readonly commands: readonly string[];
}

/** What a view of a plan is made from, besides the plan itself. */
export interface PlannedHost {
  /** Of this host (`inputsForHost`). */
  readonly inputs: DeploymentInputs;
  readonly package: PackageFacts;
  readonly plan: HostPlan;
  /** Absent: the host was not asked, or could not be. */
  readonly facts?: HostFacts;
  readonly error?: ErrorData;
  readonly warnings: readonly ErrorData[];
  readonly existing?: ApplicationObject;
  readonly planned: ApplicationObject;
}

/** Puts the plan of one host into the words of a summary. Pure. */
export function viewHostPlan({ inputs, package: facts, plan, facts: found, error, warnings, existing, planned }: PlannedHost): HostPlanView {
  const target = found?.target;
  const entered = inputs.values.some(({ section, key }) => section === 'IPCommon' && key === 'InstallPath');
  return {
    hostId: plan.hostId,
    hostName: plan.hostName,
    applicationName: plan.applicationName,
    ...(plan.skip && { skip: plan.skip }),
    ...(error && { error }),
    problems: plan.problems,
    warnings,
    ...(plan.installPath !== undefined && { installPath: plan.installPath }),
    ...(target?.installed && { installedVersion: target.installed.version }),
    files: facts.fileCount,
    bytes: facts.unpackedSize,
    ...(target?.filled === true && { backup: target.path }),
    space: plan.space,
    application: {
      change: existing ? 'merge' : 'create',
      values: compareApplications(existing, planned, { workingDirectoryEntered: entered, enteredOptions: inputs.options }),
    },
    silentIni: maskedSilentIni(inputs, facts, plan),
    commands: plannedCommands(plan),
  };
}

function maskedSilentIni(inputs: DeploymentInputs, facts: PackageFacts, plan: HostPlan): string {
  const masked = inputs.secretKeys.map(({ section, key }) => ({ section, key, value: mask }));
  return maskSecrets(composeSilentIni(facts.silentIni, [...stepOf(plan, 'silentIni').values, ...masked]));
}

/** The commands of the package's own files; our own scripts around them go by standard input. */
function plannedCommands(plan: HostPlan): readonly string[] {
  const transfer = stepOf(plan, 'transfer');
  const install = stepOf(plan, 'install');
  return [
    `cd ${transfer.into} && tar -x${transfer.as === 'archive' ? 'z' : ''}pof -`,
    `cd ${transfer.into} && sha256sum -c --quiet -`,
    `cd ${install.folder} && ${install.command}`,
  ];
}
