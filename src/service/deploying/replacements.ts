import { prefillInputs, restoreEdits, type PrefillSource } from '../../core/deployment/prefill';
import type { DeployedPackage, DeploymentInputs, DeploymentProfile, Installation } from '../../core/deployment/model';
import { isSameProduct, productOf, profilesOf, type DeployProfiles } from '../../core/deployment/profiles';
import { checkReplaced, resolveReplaced, type ReplaceProblem, type ResolvedInputs } from '../../core/deployment/replacedDeployments';
import { isProductError, ProductError } from '../../core/errors';
import type { PackageSummary } from '../../core/packages/model';
import type { Repository } from '../repository/repository';
import { resolvePlugIn } from './resolvePlugIn';

/** Deployed packages that another version takes the place of. Changes nothing. */
export interface Replacements {
  /** What a deployed package can be upgraded to and rolled back to. @throws ProductError `general/not-found` */
  profiles(deployedId: string): Promise<DeployProfiles>;
  /**
   * The inputs of an upgrade or roll back as they are filled in (`prefillInputs`).
   * @throws ProductError `general/not-found`; `deploy/not-higher`, `deploy/not-before`, `deploy/nothing-before`, `deploy/before-gone`
   */
  prefill(profile: Exclude<DeploymentProfile, 'install'>, packageId: string, deployedIds: readonly string[]): Promise<DeploymentInputs>;
  /**
   * What stands in for what: every host's deployed package is found, and the package may take its place (`resolveReplaced`);
   * for a plug-in also which GAX it goes into.
   */
  resolve(inputs: DeploymentInputs): Promise<ResolvedInputs>;
  /** The inputs of a deployment that runs again: what it marked itself is still what it takes the place of. */
  renew(inputs: DeploymentInputs, deploymentId: string): Promise<DeploymentInputs>;
}

export function createReplacements(
  repository: Pick<Repository, 'listDeployedPackages' | 'getDeployedPackage' | 'listInstallations' | 'listPackages' | 'listHosts' | 'getPackage' | 'getApplication' | 'getDeploymentInputs' | 'listApplications'>,
): Replacements {
  const lookUp = async (deployed: DeployedPackage, packages: readonly PackageSummary[]): Promise<DeployProfiles> =>
    profilesOf(deployed, await repository.listInstallations(deployed.applicationId, deployed.plugIn), packages);

  const inputsOf = async (deploymentId: string): Promise<DeploymentInputs | undefined> => {
    try {
      return await repository.getDeploymentInputs(deploymentId);
    } catch (error) {
      if (!isProductError(error, 'general/not-found')) throw error;
      return undefined;
    }
  };

  const sourceOf = async (profile: DeploymentProfile, item: PackageSummary, deployed: DeployedPackage, packages: readonly PackageSummary[]): Promise<PrefillSource> => {
    const installations = await repository.listInstallations(deployed.applicationId, deployed.plugIn);
    const profiles = profilesOf(deployed, installations, packages);
    if (!isSameProduct(productOf(deployed, packages), item)) throw new ProductError('deploy/nothing-deployed', { host: deployed.hostName, package: item.name });
    const problem = checkReplaced(profile, item, deployed, profiles);
    if (problem) throw new ProductError(problem.code, problem.args);
    const present = await repository.getApplication(deployed.applicationId);
    const goesBack = profile === 'rollBack' && profiles.rollBack.possible ? profiles.rollBack.installation : undefined;
    const since = goesBack ? installations.slice(0, installations.indexOf(goesBack)) : [];
    const installation: Installation | undefined = goesBack ?? installations[0];
    const inputs = await inputsOf(installation?.deploymentId ?? deployed.deploymentId);
    return {
      deployed, installation: installation ?? deployed,
      edits: present && goesBack ? restoreEdits(present, since, deployed.hostId) : [],
      ...(inputs && { inputs }),
    };
  };

  return {
    async profiles(deployedId) {
      const deployed = await repository.getDeployedPackage(deployedId);
      return await lookUp(deployed, await repository.listPackages(deployed.tenantId));
    },
    async prefill(profile, packageId, deployedIds) {
      const deployed = await Promise.all(deployedIds.map((id) => repository.getDeployedPackage(id)));
      const tenantId = deployed[0]?.tenantId ?? '';
      if (deployed.some((one) => one.tenantId !== tenantId)) throw new ProductError('general/bad-request', { method: 'deployments/prefill', reason: 'the deployed packages are of several tenants' });
      const packages = await repository.listPackages(tenantId);
      const item = packages.find(({ id }) => id === packageId);
      if (!item) throw new ProductError('general/not-found', { kind: 'package', name: packageId });
      const sources = await Promise.all(deployed.map((one) => sourceOf(profile, item, one, packages)));
      return prefillInputs(profile, { packageId, tenantId }, sources);
    },
    async resolve(inputs) {
      const { replaces: _, ...others } = inputs;
      if (inputs.profile === 'install') return await resolvePlugIn(repository, { inputs: others, problems: [] });
      const [packages, deployed, hosts] = await Promise.all([repository.listPackages(inputs.tenantId), repository.listDeployedPackages(), repository.listHosts()]);
      const item = packages.find(({ id }) => id === inputs.packageId);
      if (!item) throw new ProductError('general/not-found', { kind: 'package', name: inputs.packageId });
      const names = new Map(hosts.map(({ id, name }) => [id, name]));
      const resolved = resolveReplaced(inputs, { package: item, packages, deployed, hostName: (id) => names.get(id) ?? id });
      const refused = await Promise.all((resolved.inputs.replaces ?? []).map(async ({ hostId, deployedId }): Promise<readonly ReplaceProblem[]> => {
        const one = deployed.find(({ id }) => id === deployedId);
        const problem = one && checkReplaced(inputs.profile, item, one, await lookUp(one, packages));
        return problem ? [{ hostId, problem }] : [];
      }));
      return await resolvePlugIn(repository, { inputs: resolved.inputs, problems: [...resolved.problems, ...refused.flat()] });
    },
    async renew(inputs, deploymentId) {
      if (inputs.replaces === undefined) return inputs;
      const own = (await repository.listDeployedPackages()).filter((one) => one.deploymentId === deploymentId);
      return { ...inputs, replaces: inputs.replaces.map((replaced) => ({ ...replaced, deployedId: own.find(({ hostId }) => hostId === replaced.hostId)?.id ?? replaced.deployedId })) };
    },
  };
}
