import type { Deployment } from '../core/deployment/model';
import type { ServiceClient } from '../service/client';
import { exitUsage, type CliContext } from './context';
import { CliFailure } from './failure';

/**
 * The one deployment that an id, the beginning of one, or `last` stands for.
 * @throws CliFailure when there is none (exit code 1), or several, which it lists (exit code 2)
 */
export async function selectDeployment(context: CliContext, client: ServiceClient, reference: string): Promise<Deployment> {
  const all = [...await client.request('deployments/list', {})].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  const found = reference === 'last' ? all.slice(0, 1) : all.filter((one) => one.id === reference);
  const candidates = found.length > 0 ? found : all.filter((one) => one.id.startsWith(reference));
  const [first, ...more] = candidates;
  if (first === undefined) throw new CliFailure(context.text('noDeployment', { name: reference }));
  if (more.length > 0) {
    const lines = candidates.map((one) => `  ${one.id}  ${one.package.name} ${one.package.version}  ${one.startedAt}`);
    throw new CliFailure([context.text('ambiguousDeployment', { name: reference, n: candidates.length }), ...lines].join('\n'), exitUsage);
  }
  return first;
}
