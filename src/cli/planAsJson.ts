import type { DeploymentPlan } from '../core/deployment/planView';
import { describeError, type ErrorData } from '../core/errors';
import type { CliContext } from './context';

/** A plan as `--json` gives it: errors with their sentence. */
export function planAsJson({ locale }: CliContext, plan: DeploymentPlan): object {
  const describe = (error: ErrorData): object => ({ ...error, message: describeError(locale, error) });
  return {
    ...plan,
    hosts: plan.hosts.map(({ error, problems, warnings, ...host }) => ({ ...host, ...(error && { error: describe(error) }), problems: problems.map(describe), warnings: warnings.map(describe) })),
  };
}
