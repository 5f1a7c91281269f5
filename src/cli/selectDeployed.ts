import type { DeployedPackage, DeploymentInputs } from '../core/deployment/model';
import { isSameProduct, productOf, type RollBackTarget } from '../core/deployment/profiles';
import type { Host } from '../core/hosts/model';
import type { PackageSummary } from '../core/packages/model';
import { findPackages, parsePackageReference } from '../core/packages/reference';
import { compareVersions } from '../core/packages/version';
import type { ServiceClient } from '../service/client';
import type { CliContext } from './context';
import type { DeployOptions } from './deployOptions';
import { CliFailure } from './failure';
import { selectPackage } from './selectPackage';
import { resolveTenant } from './tenants';

/**
 * The inputs of an upgrade or a roll back, filled in by the service. Hosts that have nothing of the product are in them too:
 * the check says so.
 * @throws CliFailure when there is nothing to take the place of, or hosts go back to different versions
 */
export async function fillIn(context: CliContext, client: ServiceClient, options: DeployOptions, hosts: readonly Host[]): Promise<DeploymentInputs> {
  const profile = options.profile === 'rollBack' ? 'rollBack' : 'upgrade';
  const deployed = await findDeployed(context, client, options, hosts);
  if (deployed.length === 0) throw new CliFailure(context.text('notDeployedAnywhere', { name: options.reference }));
  const packageId = profile === 'upgrade' ? await selectHighest(context, client, options) : await findBefore(context, client, deployed);
  const inputs = await client.request('deployments/prefill', { profile, packageId, deployedIds: deployed.map(({ id }) => id) });
  const others = hosts.map(({ id }) => id).filter((id) => !inputs.hostIds.includes(id));
  return { ...inputs, hostIds: [...inputs.hostIds, ...others] };
}

/** What the hosts have of the product, where that is one, or one of the application object that was named. */
async function findDeployed(context: CliContext, client: ServiceClient, options: DeployOptions, hosts: readonly Host[]): Promise<readonly DeployedPackage[]> {
  const [tenants, packages, all] = await Promise.all([client.request('tenants/list', {}), client.request('packages/list', {}), client.request('deployedPackages/list', {})]);
  const tenant = options.tenant === undefined ? undefined : resolveTenant(context, tenants, options.tenant);
  const { name } = parsePackageReference(options.reference);
  const products = findPackages(packages, { name });
  return hosts.flatMap((host) => {
    const present = all.filter((one) => one.hostId === host.id && (tenant === undefined || one.tenantId === tenant.id)
      && (products.some((item) => isSameProduct(productOf(one, packages), item)) || one.package.name.toLowerCase() === name.toLowerCase()));
    const named = present.find(({ applicationName }) => applicationName === options.applicationName.replaceAll('{host}', host.name));
    return named ?? (present.length === 1 ? present : []);
  });
}

/** The version that was named, else the highest of the product. */
async function selectHighest(context: CliContext, client: ServiceClient, options: DeployOptions): Promise<string> {
  const { name, version } = parsePackageReference(options.reference);
  if (version !== undefined) return (await selectPackage(context, client, options.reference, options.tenant)).id;
  const packages = await client.request('packages/list', {});
  const found: readonly PackageSummary[] = findPackages(packages, { name });
  const highest = [...found].sort((a, b) => compareVersions(b.version, a.version))[0]?.version;
  return (await selectPackage(context, client, highest === undefined ? name : `${name}@${highest}`, options.tenant)).id;
}

/** The one package that all go back to. */
async function findBefore(context: CliContext, client: ServiceClient, deployed: readonly DeployedPackage[]): Promise<string> {
  const targets = await Promise.all(deployed.map(async ({ id }) => (await client.request('deployedPackages/profiles', { id })).rollBack));
  const [first] = targets;
  if (first?.possible === true && targets.every((target) => target.possible && target.packageId === first.packageId)) return first.packageId;
  const lines = deployed.map(({ hostName }, index) => describeTarget(context, hostName, targets[index]));
  throw new CliFailure([context.text('rollBackDiffers'), ...lines].join('\n'));
}

function describeTarget(context: CliContext, host: string, target: RollBackTarget | undefined): string {
  if (target?.possible === true) return context.text('rollBackTo', { host, version: target.package.version });
  return context.text('rollBackNot', target?.reason === 'package-gone' ? { host, reason: 'gone', version: target.version } : { host, reason: 'none', version: '' });
}
