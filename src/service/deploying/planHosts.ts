import { configServerArguments, planApplication } from '../../core/configuration/planApplication';
import type { TemplateContent } from '../../core/configuration/templateOptions';
import type { HostFacts } from '../../core/deployment/facts';
import { inputsForHost, type HostInputs } from '../../core/deployment/hostInputs';
import type { DeploymentInputs } from '../../core/deployment/model';
import { applicationNameFor, planDeployment, type HostPlan } from '../../core/deployment/plan';
import { viewHostPlan, type DeploymentPlan, type HostPlanView } from '../../core/deployment/planView';
import { ProductError, toErrorData, type ErrorData } from '../../core/errors';
import type { Host } from '../../core/hosts/model';
import { decodeText } from '../../core/text/utf8';
import type { Limiter } from '../limiter';
import type { Questions } from '../questions';
import { askHost } from './askHost';
import { lockFolderOf, stagingFolderOf } from './cleanUpHost';
import type { EngineParts } from './hostWork';
import { isTakenOver, parseLockOwner } from './lockOwner';
import type { PackageContent } from './packageContent';
import { sha256Of } from './sha256';
import type { HostConnection } from './ssh/hostConnection';
import { withTimeout } from './withTimeout';

export interface PlanOptions {
  readonly parts: Pick<EngineParts, 'repository' | 'connector' | 'timeouts' | 'log'>;
  readonly inputs: DeploymentInputs;
  readonly hosts: readonly Host[];
  readonly package: Pick<PackageContent, 'facts'>;
  readonly template: TemplateContent;
  readonly questions: Questions;
  readonly slots: Limiter;
  /** The package of a deployment that works on the host now. */
  readonly busyWith: (hostId: string) => string | undefined;
}

/** What a host told, or why it told nothing. */
interface Answer {
  readonly facts?: HostFacts;
  readonly error?: ErrorData;
  readonly warnings: readonly ErrorData[];
}

/** Stands for the id of a deployment that does not exist yet, in the paths that are shown. */
const idToBe = 'deployment';
const longestOwner = 4096;

/**
 * Asks every host, so many at a time, and says what a deployment would do there. Nothing is written to a host and nothing
 * of a deployment is stored; one host that cannot be asked says so in its own part.
 * @throws ProductError `general/cancelled`, `format/silent-ini-value`, and what the repository raises
 */
export async function planHosts(options: PlanOptions, signal: AbortSignal): Promise<DeploymentPlan> {
  const { inputs, hosts, slots } = options;
  const views = await Promise.all(hosts.map(async (host) => {
    const leave = await slots.enter(signal).catch(() => { throw new ProductError('general/cancelled'); });
    try {
      return await planHost(options, host, signal);
    } finally {
      leave();
    }
  }));
  const hash = sha256Of(JSON.stringify([inputs, options.package.facts.sha256, views.map(whatCounts)])).slice(0, 16);
  return { hash, at: new Date().toISOString(), hosts: views };
}

async function planHost(options: PlanOptions, host: Host, signal: AbortSignal): Promise<HostPlanView> {
  const { parts, package: { facts }, template } = options;
  const inputs = inputsForHost(options.inputs, host.id);
  const name = applicationNameFor(inputs.applicationName, facts.nickname, host.name);
  const found = await parts.repository.findApplication(name, host.id);
  const existing = found?.state === 'enabled' ? found : undefined;
  const before = planOne(options, inputs, host, existing !== undefined, undefined);
  const answer: Answer = before.skip ? { warnings: [] } : await ask(options, host, before, signal);
  const plan = answer.facts ? planOne(options, inputs, host, existing !== undefined, answer.facts) : before;
  const planned = {
    ...planApplication({ id: existing?.id ?? '', name, hostId: host.id, inputs, package: facts, template }),
    commandLineArguments: configServerArguments({ inputs, package: facts, name }),
  };
  const warnings = [...answer.warnings, ...(plan.skip ? [] : warningsOf(host, plan, existing, planned.workingDirectory))];
  return viewHostPlan({ inputs, package: facts, plan, planned, warnings, ...(answer.facts && { facts: answer.facts }), ...(answer.error && { error: answer.error }), ...(existing && { existing }) });
}

function planOne({ package: { facts: packageFacts } }: PlanOptions, inputs: HostInputs, host: Host, applicationExists: boolean, facts: HostFacts | undefined): HostPlan {
  const [plan] = planDeployment(inputs, packageFacts, [{
    hostId: host.id, hostName: host.name, deploymentId: idToBe,
    stagingFolder: facts?.staging.real ?? stagingFolderOf(host), lockFolder: lockFolderOf(host), applicationExists,
    ...(facts && { facts }),
  }]);
  if (!plan) throw new Error('no plan for the host');
  return plan;
}

async function ask({ parts, questions, busyWith }: PlanOptions, host: Host, plan: HostPlan, signal: AbortSignal): Promise<Answer> {
  const busy = busyWith(host.id);
  const warnings: ErrorData[] = busy === undefined ? [] : [{ code: 'repository/host-busy', args: { host: host.name, package: busy } }];
  let connection: HostConnection | undefined;
  try {
    const signedIn = connection = await parts.connector.connect(host, { questions, acceptNewHostKey: false, signal });
    const limit = parts.timeouts.check;
    return await withTimeout(limit, signal, async (inTime) => {
      const facts = await askHost({ connection: signedIn, host, parts, stagingFolder: plan.layout.root, installPath: plan.installPath }, inTime);
      const locked = busy === undefined ? await lockedBy(parts, signedIn, host) : undefined;
      return { facts, warnings: locked ? [...warnings, locked] : warnings };
    }, () => new ProductError('deploy/step-timeout', { host: host.name, step: 'check', seconds: Math.round(limit / 1000) }));
  } catch (error) {
    if (signal.aborted) throw new ProductError('general/cancelled', {}, { cause: error });
    parts.log.warn('deploy', `${host.name} could not be asked for a plan: ${error instanceof Error ? error.message : String(error)}`);
    return { error: toErrorData(error), warnings };
  } finally {
    await connection?.close();
  }
}

/** A lock that stands now may be gone when the deployment begins: it is no more than a warning. */
async function lockedBy({ repository }: PlanOptions['parts'], connection: HostConnection, host: Host): Promise<ErrorData | undefined> {
  const folder = lockFolderOf(host);
  const bytes = await connection.readFile(`${folder}/owner`, longestOwner);
  const holder = bytes && parseLockOwner(decodeText(bytes));
  if (!holder || (await isTakenOver(holder, undefined, repository))) return undefined;
  return {
    code: 'deploy/host-locked',
    args: { host: host.name, user: holder.user, machine: holder.machine, since: Date.parse(holder.since), deployment: holder.deployment, folder },
  };
}

function warningsOf(host: Host, plan: HostPlan, existing: { readonly version: string; readonly workingDirectory: string } | undefined, target: string): ErrorData[] {
  const warnings: ErrorData[] = [];
  if (plan.installPath === undefined) warnings.push({ code: 'deploy/install-path-open', args: { host: host.name } });
  if (existing && target !== '' && existing.workingDirectory !== '' && existing.workingDirectory !== target) {
    warnings.push({ code: 'deploy/installed-elsewhere', args: { host: host.name, version: existing.version, folder: existing.workingDirectory, target } });
  }
  return warnings;
}

/** A plan without what changes by itself: free space, and the numbers in sentences. */
function whatCounts({ space, problems, warnings, error, ...view }: HostPlanView): unknown {
  const codes = (errors: readonly ErrorData[]) => errors.map(({ code }) => code);
  return { ...view, space: space.map(({ free: _, ...need }) => need), problems: codes(problems), warnings: codes(warnings), error: error?.code };
}
