import type { DeployedPackage } from '../core/deployment/model';
import type { ServiceClient } from '../service/client';
import { exitUsage, type CliContext } from './context';
import { CliFailure } from './failure';

/**
 * The one deployed package that the name of its application object, its id, or the name of its package stands for.
 * @param host name of the host, where the same is on several
 * @throws CliFailure when there is none (exit code 1), or several, which it lists (exit code 2)
 */
export async function selectInstalled(context: CliContext, client: ServiceClient, reference: string, host: string | undefined): Promise<DeployedPackage> {
  const all = (await client.request('deployedPackages/list', {})).filter(({ hostName }) => host === undefined || hostName.toLowerCase() === host.toLowerCase());
  const wanted = reference.toLowerCase();
  const ways: readonly ((one: DeployedPackage) => boolean)[] = [
    ({ id }) => id === reference,
    ({ applicationName }) => applicationName.toLowerCase() === wanted,
    ({ package: { name, version } }) => name.toLowerCase() === wanted || `${name}@${version}`.toLowerCase() === wanted,
  ];
  const candidates = ways.map((way) => all.filter(way)).find((found) => found.length > 0) ?? [];
  const [first, ...more] = candidates;
  if (first === undefined) throw new CliFailure(context.text('noInstalled', { name: reference }));
  if (more.length > 0) {
    const lines = candidates.map((one) => `  ${one.applicationName}  ${one.hostName}  ${one.package.name} ${one.package.version}`);
    throw new CliFailure([context.text('ambiguousInstalled', { name: reference, n: candidates.length }), ...lines].join('\n'), exitUsage);
  }
  return first;
}
