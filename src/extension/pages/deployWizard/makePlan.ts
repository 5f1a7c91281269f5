import { createHash } from 'node:crypto';
import type { DeploymentInputs } from '../../../core/deployment/model';
import type { HostPlanView } from '../../../core/deployment/planView';
import { describeError, type ErrorData } from '../../../core/errors';
import type { Locale } from '../../../core/text/messages';
import type { PlannedHost, WizardPlan } from '../../../protocol/page/deployWizard';
import type { PageError } from '../../../protocol/page/page';
import { inputParams } from '../../deploying/inputParams';
import type { PackageService } from '../../packageService';

/** Hosts that are asked at a time. */
const atOnce = 5;

/** The plan of one host, as it was last made. */
export interface KnownPlan {
  /** What it rests on. */
  readonly of: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly hash: string;
  readonly view: HostPlanView;
}

export interface PlanOptions {
  readonly locale: Locale;
  /** Plans of hosts, by their ids; those with the same basis are taken over, and the ones that are made are put there. */
  readonly known: Map<string, KnownPlan>;
  /** What the plan of a host rests on (`hostBasis`). */
  readonly basisOf: (hostId: string) => string;
  /** Called after each host that has answered, or could not. */
  readonly onDone: (done: number) => void;
}

/** Asks every host by itself what a deployment would do there, so that each one's answer counts as it comes. Changes nothing. */
export async function makePlan(service: Pick<PackageService, 'request'>, inputs: DeploymentInputs, { locale, known, basisOf, onDone }: PlanOptions): Promise<WizardPlan> {
  const checked = await service.request('deployments/check', inputParams(inputs));
  const about = (severity: 'error' | 'warning'): string[] => [...new Set(checked.filter((problem) => problem.severity === severity).map(({ message }) => message))];
  const plans = new Array<KnownPlan | undefined>(inputs.hostIds.length);
  const planOne = async (hostId: string): Promise<KnownPlan | undefined> => {
    const of = basisOf(hostId);
    const last = known.get(hostId);
    if (last?.of === of && last.view.error === undefined && last.view.problems.length === 0) return last;
    const { hash, hosts: [view] } = await service.request('deployments/plan', inputParams(inputsOf(inputs, hostId)));
    if (view === undefined) return undefined;
    const made = { of, at: Date.now(), hash, view };
    known.set(hostId, made);
    return made;
  };
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < inputs.hostIds.length) {
      const index = next++;
      plans[index] = await planOne(inputs.hostIds[index] ?? '');
      done += 1;
      onDone(done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, inputs.hostIds.length) }, work));
  const made = plans.filter((plan) => plan !== undefined);
  const hashes = plans.map((plan) => plan?.hash ?? '');
  return {
    // As old as the oldest of its parts.
    at: new Date(Math.min(Date.now(), ...made.map(({ at }) => at))).toISOString(),
    hash: createHash('sha256').update(JSON.stringify(hashes)).digest('hex'),
    parts: [...new Set(hashes)],
    problems: about('error'),
    warnings: about('warning'),
    hosts: made.map(({ view }) => describeHost(view, locale)),
  };
}

/** The inputs as far as they are about one host. */
export function inputsOf(inputs: DeploymentInputs, hostId: string): DeploymentInputs {
  return {
    ...inputs,
    hostIds: [hostId],
    hostValues: inputs.hostValues?.filter((value) => value.hostId === hostId),
    hostApplications: inputs.hostApplications?.filter((named) => named.hostId === hostId),
  };
}

function describeHost({ error, problems, warnings, ...host }: HostPlanView, locale: Locale): PlannedHost {
  const describe = (data: ErrorData): PageError => ({ code: data.code, message: describeError(locale, data) });
  return { ...host, ...(error !== undefined && { error: describe(error) }), problems: problems.map(describe), warnings: warnings.map(describe) };
}
