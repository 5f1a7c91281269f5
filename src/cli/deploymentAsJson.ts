import type { Deployment } from '../core/deployment/model';
import { describeError } from '../core/errors';
import type { CliContext } from './context';

/** A deployment as `--json` gives it: errors with their sentence. */
export function deploymentAsJson(context: CliContext, deployment: Deployment): object {
  return {
    ...deployment,
    hosts: deployment.hosts.map(({ error, ...run }) => ({ ...run, ...(error && { error: { ...error, message: describeError(context.locale, error) } }) })),
  };
}
