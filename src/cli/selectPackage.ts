import { describeIdentity } from '../core/packages/identity';
import type { PackageSummary } from '../core/packages/model';
import { findPackages, parsePackageReference } from '../core/packages/reference';
import { compareVersions } from '../core/packages/version';
import { readPackages } from '../protocol/service/packageReading';
import type { ServiceClient } from '../service/client';
import { exitUsage, type CliContext } from './context';
import { CliFailure } from './failure';
import { resolveTenant, tenantName } from './tenants';

/**
 * The one package that `NAME[@VERSION]` stands for.
 * @throws CliFailure when there is none (exit code 1), or several, which it lists (exit code 2)
 */
export async function selectPackage(context: CliContext, client: ServiceClient, reference: string, tenant: string | undefined): Promise<PackageSummary> {
  const tenants = await client.request('tenants/list', {});
  const wanted = tenant === undefined ? undefined : resolveTenant(context, tenants, tenant);
  const all = await readPackages(client, (wanted === undefined ? tenants : [wanted]).map(({ id }) => id));
  const found = [...findPackages(all, parsePackageReference(reference))].sort((a, b) => compareVersions(b.version, a.version));
  const [first, ...more] = found;
  if (first === undefined) throw new CliFailure(context.text('noPackage', { name: reference }));
  if (more.length > 0) {
    const lines = found.map((one) => `  ${one.nickname === '' ? one.name : one.nickname}@${one.version}  ${describeIdentity(one, context.text('bit'))}  ${tenantName(tenants, one.tenantId)}`);
    throw new CliFailure([context.text('ambiguous', { name: reference, n: found.length }), ...lines].join('\n'), exitUsage);
  }
  return first;
}
