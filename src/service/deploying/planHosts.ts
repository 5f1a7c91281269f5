import { moveReferences } from '../../core/configuration/moveReferences';
import { mergePlugIn } from '../../core/configuration/mergePlugIn';
import { mergeApplication } from '../../core/configuration/mergeApplication';
import { enteredValues, planApplication, type ApplicationDefaults } from '../../core/configuration/planApplication';
import type { TemplateContent } from '../../core/configuration/templateContent';
import type { HostFacts } from '../../core/deployment/facts';
import { inputsForHost, type HostInputs } from '../../core/deployment/hostInputs';
import type { DeploymentInputs } from '../../core/deployment/model';
import { applicationNameFor, gaxDirectoryIn, planDeployment, type HostPlan } from '../../core/deployment/plan';
import { plugInOf } from '../../core/deployment/plugIn';
import { planFacts, planFactsOfSkipped, type PlanFacts } from '../../core/deployment/planFacts';
import { viewHostPlan, type HostPlanView } from '../../core/deployment/planView';
import { planWarnings } from '../../core/deployment/planWarnings';
import { ProductError, toErrorData, type ErrorData } from '../../core/errors';
import { childPath } from '../../core/hosts/hostPath';
import { familyOf, type Host } from '../../core/hosts/model';
import { decodeText } from '../../core/text/utf8';
import type { Limiter } from '../limiter';
import type { Questions } from '../questions';
import { askHost } from './askHost';
import { findChangedApplication, type ChangedApplication } from './changedApplication';
import { knownFamily, lockFolderOf, stagingFolderOf } from './cleanUpHost';
import { findEarlierSilentIni } from './earlierSilentIni';
import type { EngineParts } from './hostWork';
import { describeHolder, isTakenOver, parseLockOwner } from './lockOwner';
import type { PackageContent } from './packageContent';
import { sha256Of } from './sha256';
import { findLostSecrets } from './findLostSecrets';
import { familyOfShell } from './hostScripts/dialectOf';
import type { HostConnection } from './ssh/hostConnection';
import { withTimeout } from './withTimeout';

export interface PlanOptions {
  readonly parts: Pick<EngineParts, 'repository' | 'connector' | 'timeouts' | 'log'>;
  readonly inputs: DeploymentInputs;
  readonly hosts: readonly Host[];
  readonly package: Pick<PackageContent, 'facts'>;
  readonly template: TemplateContent;
  readonly defaults: ApplicationDefaults;
  /** Why a host cannot be planned at all: it is not asked. */
  readonly refused: ReadonlyMap<string, ErrorData>;
  readonly questions: Questions;
  readonly slots: Limiter;
  /** The package of a deployment that works on the host now. */
  readonly busyWith: (hostId: string) => string | undefined;
}

/** The plan of one host, to be shown and to be run. */
export interface PlannedView {
  readonly view: HostPlanView;
  /** What it rests on; absent where the host could not be asked. */
  readonly facts?: PlanFacts;
}

/** What a host told, or why it told nothing. */
interface Answer {
  readonly facts?: HostFacts;
  readonly error?: ErrorData;
  readonly warnings: readonly ErrorData[];
  readonly lock?: HostPlanView['lock'];
}

/** Stands for the id of a deployment that does not exist yet, in the paths that are shown. */
const idToBe = 'deployment';
const longestOwner = 4096;

/**
 * Asks every host, so many at a time, and says what a deployment would do there. Nothing is written to a host and nothing
 * of a deployment is stored; one host that cannot be asked says so in its own part.
 * @throws ProductError `general/cancelled`, `format/silent-ini-value`, and what the repository raises
 */
export async function planHosts(options: PlanOptions, signal: AbortSignal): Promise<readonly PlannedView[]> {
  return await Promise.all(options.hosts.map(async (host) => {
    const leave = await options.slots.enter(signal).catch(() => { throw new ProductError('general/cancelled'); });
    try {
      return await planHost(options, host, signal);
    } finally {
      leave();
    }
  }));
}

/** A plan without what changes by itself: free space, times, and the numbers in sentences. */
export function hashPlan(inputs: DeploymentInputs, sha256: string, planned: readonly PlannedView[]): string {
  const codes = (errors: readonly ErrorData[]) => errors.map(({ code }) => code);
  const whatCounts = planned.map(({ view: { space, problems, warnings, lock: _lock, error, silentIniChanges: _, ...view }, facts }) =>
    ({ ...view, facts, space: space.map(({ free: _free, ...need }) => need), problems: codes(problems), warnings: codes(warnings), error: error?.code }));
  return sha256Of(JSON.stringify([inputs, sha256, whatCounts])).slice(0, 16);
}

async function planHost(options: PlanOptions, host: Host, signal: AbortSignal): Promise<PlannedView> {
  const { parts: { repository }, package: { facts }, template, defaults } = options;
  const inputs = inputsForHost(options.inputs, host.id);
  const name = applicationNameFor(inputs.applicationName, facts.nickname, host.name);
  const { changed, error } = await findChanged(options, host, inputs, name);
  const before = planOne(options, inputs, host, changed, undefined);
  const answer: Answer = error ? { error, warnings: [] } : before.skip ? { warnings: [] } : await ask(options, host, before, signal);
  const plan = answer.facts ? planOne(options, inputs, host, changed, answer.facts) : before;
  const { existing } = changed;
  const fromPackage = planApplication({ id: existing?.id ?? '', name, hostId: host.id, inputs, package: facts, template, defaults });
  const entered = enteredValues(inputs);
  // A plug-in without a GAX has a problem that says so, and nothing is merged.
  const merged = facts.plugIn ? existing ? mergePlugIn(existing, template.options, entered) : { application: fromPackage, values: [], added: 0 } : mergeApplication(existing, fromPackage, entered);
  const moved = existing && existing.name !== name ? moveReferences(await repository.listApplications(), existing.name, name) : [];
  const earlier = existing && (await findEarlierSilentIni(repository, existing, host.id, plugInOf(facts)));
  const lost = await findLostSecrets(repository, inputs, existing);
  const resting = plan.skip ? planFactsOfSkipped(existing, plan.skip, sha256Of) : answer.facts && planFacts(answer.facts, existing, sha256Of);
  return {
    view: viewHostPlan({
      inputs, package: facts, plan, merged, referredBy: moved.map((one) => one.name),
      warnings: [...answer.warnings, ...(plan.skip ? [] : planWarnings({ host: host.name, inputs, package: facts, plan, facts: answer.facts, existing, merged: merged.application, lostSecrets: lost }))],
      ...(answer.facts && { facts: answer.facts }), ...(answer.error && { error: answer.error }), ...(answer.lock && { lock: answer.lock }), ...(existing && { existing }), ...(earlier && { earlier }),
    }),
    ...(resting && { facts: resting }),
  };
}

async function findChanged({ parts, refused }: PlanOptions, host: Host, inputs: HostInputs, name: string): Promise<{ readonly changed: ChangedApplication; readonly error?: ErrorData }> {
  const error = refused.get(host.id);
  if (error) return { changed: { isNamed: false }, error };
  try {
    return { changed: await findChangedApplication(parts.repository, host, inputs, name) };
  } catch (thrown) {
    return { changed: { isNamed: false }, error: toErrorData(thrown) };
  }
}

function planOne({ package: { facts: packageFacts }, questions }: PlanOptions, inputs: HostInputs, host: Host, changed: ChangedApplication, facts: HostFacts | undefined): HostPlan {
  const family = facts ? familyOf(facts.system.osGroup) : knownFamily(host, packageFacts.identity.osGroup);
  const [plan] = planDeployment(inputs, packageFacts, [{
    hostId: host.id, hostName: host.name, deploymentId: idToBe,
    stagingFolder: facts?.staging.real ?? stagingFolderOf(host, family, questions.ssh), lockFolder: lockFolderOf(host, family),
    applicationExists: changed.isNamed, merges: changed.existing !== undefined, gaxFolder: changed.existing?.workingDirectory,
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
      const facts = await askHost({ connection: signedIn, host, parts, ssh: questions.ssh, installPath: plan.installPath, gaxDirectory: gaxDirectoryIn(plan) }, inTime);
      const locked = busy === undefined ? await lockedBy(parts, signedIn, host) : undefined;
      if (!locked) return { facts, warnings };
      return { facts, lock: locked, warnings: [...warnings, { code: 'deploy/host-locked', args: { host: host.name, ...describeHolder(locked), folder: locked.folder } }] };
    }, () => new ProductError('deploy/step-timeout', { host: host.name, step: 'check', seconds: Math.round(limit / 1000) }));
  } catch (error) {
    if (signal.aborted) throw new ProductError('general/cancelled', {}, { cause: error });
    parts.log.warn('deploy', `${host.name} could not be asked for a plan: ${error instanceof Error ? error.message : String(error)}`);
    return { error: toErrorData(error), warnings };
  } finally {
    await connection?.close();
  }
}

/** A lock that stands now may be gone when the deployment begins: it stands not against the plan. */
async function lockedBy({ repository }: PlanOptions['parts'], connection: HostConnection, host: Host): Promise<HostPlanView['lock']> {
  const folder = lockFolderOf(host, familyOfShell(connection.shell));
  const bytes = await connection.readFile(childPath(folder, 'owner'), longestOwner);
  const holder = bytes && parseLockOwner(decodeText(bytes));
  if (!holder || (await isTakenOver(holder, undefined, repository))) return undefined;
  return { ...holder, folder };
}
