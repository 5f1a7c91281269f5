import type { ErrorData } from '../errors';
import { compareVersions } from '../packages/version';
import type { PackageSummary } from '../packages/model';
import { inputsForHost } from './hostInputs';
import type { DeployedPackage, DeploymentInputs, DeploymentProfile, HostApplication, ReplacedDeployment } from './model';
import { isSameProduct, productOf, type DeployProfiles } from './profiles';

/** What stands against replacing the deployed package of a host. */
export interface ReplaceProblem {
  readonly hostId: string;
  readonly problem: ErrorData;
}

/** What the deployed packages to be replaced are looked up in. */
export interface ReplaceContext {
  /** The package that is to take their place. */
  readonly package: PackageSummary;
  /** The packages of the repository, as far as the deployed ones are of them. */
  readonly packages: readonly PackageSummary[];
  readonly deployed: readonly DeployedPackage[];
  readonly hostName: (hostId: string) => string;
}

export interface ResolvedInputs {
  /** With one entry of `replaces` for each host that has one, and the name of its application object. */
  readonly inputs: DeploymentInputs;
  readonly problems: readonly ReplaceProblem[];
}

/**
 * Finds what an upgrade or a roll back takes the place of on each host. One that names nothing has one deployed package of
 * the product, or several of which the application object named for the host is one. The object keeps its name unless
 * another one was entered.
 */
export function resolveReplaced(inputs: DeploymentInputs, context: ReplaceContext): ResolvedInputs {
  const { replaces: named = [], ...others } = inputs;
  const problems: ReplaceProblem[] = [];
  const replaces: ReplacedDeployment[] = [];
  const hostApplications: HostApplication[] = [...inputs.hostApplications ?? []];
  for (const hostId of inputs.hostIds) {
    const found = findReplaced(inputs, named.findLast((one) => one.hostId === hostId)?.deployedId, hostId, context);
    if ('code' in found) problems.push({ hostId, problem: found });
    else {
      replaces.push({ hostId, deployedId: found.id });
      if (inputsForHost(inputs, hostId).applicationName.trim() === '') hostApplications.push({ hostId, name: found.applicationName });
    }
  }
  return { inputs: { ...others, replaces, ...(hostApplications.length > 0 && { hostApplications }) }, problems };
}

/** Whether the package may take the place of what is deployed, by version. */
export function checkReplaced(profile: DeploymentProfile, item: PackageSummary, deployed: DeployedPackage, profiles: DeployProfiles): ErrorData | undefined {
  const args = { host: deployed.hostName, application: deployed.applicationName, installed: deployed.package.version, version: item.version };
  if (profile === 'upgrade') return compareVersions(item.version, deployed.package.version) > 0 ? undefined : { code: 'deploy/not-higher', args };
  const { rollBack } = profiles;
  if (rollBack.possible) return rollBack.packageId === item.id ? undefined : { code: 'deploy/not-before', args: { ...args, before: rollBack.package.version } };
  return rollBack.reason === 'nothing-before' ? { code: 'deploy/nothing-before', args } : { code: 'deploy/before-gone', args: { ...args, before: rollBack.version } };
}

function findReplaced(inputs: DeploymentInputs, deployedId: string | undefined, hostId: string, context: ReplaceContext): DeployedPackage | ErrorData {
  const { package: item, packages, deployed } = context;
  const args = { host: context.hostName(hostId), package: item.name };
  const present = deployed.filter((one) => one.hostId === hostId && one.tenantId === inputs.tenantId && isSameProduct(productOf(one, packages), item));
  if (deployedId !== undefined) return present.find(({ id }) => id === deployedId) ?? { code: 'deploy/replaced-since', args };
  const [only, ...others] = present;
  if (only === undefined) return { code: 'deploy/nothing-deployed', args };
  if (others.length === 0) return only;
  const name = inputsForHost(inputs, hostId).applicationName.trim().replaceAll('{host}', args.host);
  return present.find(({ applicationName }) => applicationName === name)
    ?? { code: 'deploy/several-deployed', args: { ...args, applications: present.map(({ applicationName }) => applicationName).join(', ') } };
}
