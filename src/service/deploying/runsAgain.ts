import type { Deployment, DeploymentInputs, HostRun } from '../../core/deployment/model';
import type { PlanFacts } from '../../core/deployment/planFacts';
import { hasEnded, isUnfinished } from '../../core/deployment/run';
import { ProductError } from '../../core/errors';
import type { Repository } from '../repository/repository';
import type { KnownPlans } from './knownPlans';
import { nameOf } from './liveDeployments';
import type { Replacements } from './replacements';

/** What running hosts of a deployment again means: which, with what, and by which plan. */
export interface RunsAgain {
  /** What hosts are run with again. One that the deployment has begun with is not left out because of what it did there itself. */
  inputs(deploymentId: string): Promise<DeploymentInputs>;
  /** The same for some of its hosts alone, to be planned. */
  inputsOf(deploymentId: string, runs: readonly HostRun[]): Promise<DeploymentInputs>;
  /**
   * The hosts that a resumption means: all that are unfinished but not held, or those of `hostIds`; of a run that is under
   * way only those that have ended.
   * @throws ProductError `deploy/nothing-to-resume`, `deploy/only-held`
   */
  meantBy(deployment: Deployment, hostIds: readonly string[] | undefined, isRunning: boolean): readonly HostRun[];
  /** What plans say of hosts that are to be run again; undefined without plans. @throws ProductError `deploy/plan-unknown` */
  planned(deployment: Deployment, runs: readonly HostRun[], plan: readonly string[] | undefined): Promise<ReadonlyMap<string, PlanFacts> | undefined>;
}

export function createRunsAgain(options: {
  readonly repository: Pick<Repository, 'getDeploymentInputs' | 'getPackage'>;
  readonly replacements: Pick<Replacements, 'renew' | 'resolve'>;
  readonly plans: Pick<KnownPlans, 'find'>;
}): RunsAgain {
  const { repository, replacements, plans } = options;
  const inputs = async (id: string): Promise<DeploymentInputs> => ({ ...await replacements.renew(await repository.getDeploymentInputs(id), id), skipReinstallation: false });
  const inputsOf = async (id: string, runs: readonly HostRun[]): Promise<DeploymentInputs> => ({ ...await inputs(id), hostIds: runs.map(({ hostId }) => hostId) });

  return {
    inputs,
    inputsOf,
    meantBy(deployment, hostIds, isRunning) {
      const unfinished = deployment.hosts.filter((run) => isUnfinished(run) && (!hostIds || hostIds.includes(run.hostId)) && (!isRunning || hasEnded(run)));
      const meant = hostIds ? unfinished : unfinished.filter((run) => run.state !== 'held');
      if (meant.length === 0) throw new ProductError(unfinished.length > 0 ? 'deploy/only-held' : 'deploy/nothing-to-resume', { package: nameOf(deployment.package) });
      return meant;
    },
    async planned({ id, package: item }, runs, plan) {
      if (!plan) return undefined;
      const resolved = await replacements.resolve(await inputsOf(id, runs));
      const { sha256 } = await repository.getPackage(resolved.inputs.packageId, resolved.inputs.tenantId);
      return plans.find(plan, resolved.inputs, sha256, nameOf(item));
    },
  };
}
