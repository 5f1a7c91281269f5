import { inputsForHost } from '../../core/deployment/hostInputs';
import type { DeploymentInputs } from '../../core/deployment/model';
import { applicationNameFor } from '../../core/deployment/plan';
import type { Host } from '../../core/hosts/model';
import { describeIdentity } from '../../core/packages/identity';
import type { PackageSummary } from '../../core/packages/model';
import { mask } from '../../core/text/mask';
import type { ExtensionTextKey } from '../../core/text/extensionText';
import type { Locale, Text } from '../../core/text/messages';
import { profileName } from '../../core/text/stateText';
import type { DeploymentProblem } from '../../protocol/service';
import { describeAddress, describeHostSystem } from '../views/nodes/hostNodes';
import { printKey } from '../tasks/definition';

/** What a plan is made of. */
export interface PlanParts {
  readonly package: PackageSummary;
  readonly inputs: DeploymentInputs;
  readonly hosts: readonly Host[];
  /** silent.ini as it will be written, secrets masked; empty: the package has none. */
  readonly preview: string;
  readonly warnings: readonly DeploymentProblem[];
}

/** The question before a run: the whole in one sentence, and the facts below it. */
export function planQuestion(text: Text<ExtensionTextKey>, locale: Locale, plan: PlanParts): { readonly message: string; readonly detail: string } {
  const { inputs } = plan;
  const lines = [
    text('planHosts', { hosts: plan.hosts.map((host) => host.name).join(', ') }),
    text('planApplication', { name: applicationNames(plan).join(', ') }),
    ...(inputs.values.length > 0 ? [text('planChanged', { values: inputs.values.map((value) => `${printKey(value)} = ${value.value}`).join(', ') })] : []),
    ...(inputs.secretKeys.length > 0 ? [text('planSecrets', { keys: inputs.secretKeys.map(printKey).join(', ') })] : []),
    ...(plan.warnings.length > 0 ? [text('planWarnings', { warnings: plan.warnings.map(({ message }) => message).join(' ') })] : []),
  ];
  return { message: text('runMessage', { ...titleParts(locale, plan), n: plan.hosts.length }), detail: lines.join('\n') };
}

/** The title of the plan's document. */
export function planTitle(text: Text<ExtensionTextKey>, locale: Locale, plan: PlanParts): string {
  return text('planTitle', titleParts(locale, plan));
}

/** The plan as a document to read. */
export function planText(text: Text<ExtensionTextKey>, locale: Locale, plan: PlanParts): string {
  const facts = [
    [text('planPackage'), describeIdentity(plan.package, text('bit'))],
    [text('planProfile'), profileName(locale, plan.inputs.profile)],
  ] as const;
  const width = Math.max(...facts.map(([name]) => name.length));
  const applications = applicationNames(plan);
  const hosts = plan.hosts.map((host, i) =>
    [`- ${host.name}`, describeAddress(host), describeHostSystem(host, text('bit')) ?? text('hostNotTested'), `${text('reviewApplication')} ${applications[i] ?? ''}`].join('  '));
  const warnings = plan.warnings.map(({ message }) => `- ${message}`);
  const sections = [
    [planTitle(text, locale, plan), text('planHead')],
    facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    [text('planHostsHead'), ...hosts],
    ...(warnings.length > 0 ? [[text('planWarningsHead'), ...warnings]] : []),
    plan.preview === '' ? [text('planNoSilentIni')] : [text('planSilentIni'), '', maskSecrets(plan.preview, plan.inputs)],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** A secret that was entered is new to the preview, which shows what the package's own file says: its line is masked as well. */
function maskSecrets(preview: string, inputs: DeploymentInputs): string {
  const secrets = new Set(inputs.secretKeys.map(printKey));
  let section = '';
  return preview.split('\n').map((line) => {
    const head = /^\[(.*)\]\s*$/.exec(line);
    if (head?.[1] !== undefined) [, section] = head as unknown as [string, string];
    const key = line.slice(0, Math.max(0, line.indexOf('=')));
    return key !== '' && secrets.has(`${section}.${key}`) ? `${key}=${mask}` : line;
  }).join('\n');
}

function applicationNames(plan: PlanParts): readonly string[] {
  return plan.hosts.map((host) => applicationNameFor(inputsForHost(plan.inputs, host.id).applicationName, plan.package.nickname, host.name));
}

function titleParts(locale: Locale, plan: PlanParts): { profile: string; package: string; version: string } {
  return { profile: profileName(locale, plan.inputs.profile), package: plan.package.name, version: plan.package.version };
}
