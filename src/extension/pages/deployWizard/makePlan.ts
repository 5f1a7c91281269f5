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

export interface PlanOptions {
  readonly locale: Locale;
  /** Called after each host that has answered, or could not. */
  readonly onDone: (done: number) => void;
}

/** Asks every host by itself what a deployment would do there, so that each one's answer counts as it comes. Changes nothing. */
export async function makePlan(service: Pick<PackageService, 'request'>, inputs: DeploymentInputs, { locale, onDone }: PlanOptions): Promise<WizardPlan> {
  const checked = await service.request('deployments/check', inputParams(inputs));
  const about = (severity: 'error' | 'warning'): string[] => [...new Set(checked.filter((problem) => problem.severity === severity).map(({ message }) => message))];
  const hosts = new Array<HostPlanView | undefined>(inputs.hostIds.length);
  const hashes = new Array<string>(inputs.hostIds.length).fill('');
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < inputs.hostIds.length) {
      const index = next++;
      const plan = await service.request('deployments/plan', inputParams(inputsOf(inputs, inputs.hostIds[index] ?? '')));
      hosts[index] = plan.hosts[0];
      hashes[index] = plan.hash;
      done += 1;
      onDone(done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, inputs.hostIds.length) }, work));
  return {
    at: new Date().toISOString(),
    hash: createHash('sha256').update(JSON.stringify(hashes)).digest('hex'),
    parts: [...new Set(hashes)],
    problems: about('error'),
    warnings: about('warning'),
    hosts: hosts.flatMap((host) => (host === undefined ? [] : [describeHost(host, locale)])),
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
