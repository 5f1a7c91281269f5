import { inputsForHost } from '../../core/deployment/hostInputs';
import type { DeploymentInputs } from '../../core/deployment/model';
import type { PlanFacts } from '../../core/deployment/planFacts';
import { ProductError } from '../../core/errors';
import { sha256Of } from './sha256';

/** The plans that were shown to somebody, so that a run can be exactly one of them. They live as long as the service does. */
export interface KnownPlans {
  /** @param facts by host; a host without them could not be planned */
  add(hash: string, inputs: DeploymentInputs, sha256: string, facts: ReadonlyMap<string, PlanFacts>): void;
  /**
   * What the plans of these hashes rest on, for every host of the inputs.
   * @throws ProductError `deploy/plan-unknown` when a host is in none of them, could not be planned, or was planned with other inputs or another content of the package
   */
  find(hashes: readonly string[], inputs: DeploymentInputs, sha256: string, packageName: string): ReadonlyMap<string, PlanFacts>;
}

interface KnownHost {
  readonly inputs: string;
  readonly facts: PlanFacts;
}

/** Hosts in all plans together; those of the oldest plans are forgotten first. */
const mostHosts = 20_000;

export function createKnownPlans(): KnownPlans {
  const plans = new Map<string, ReadonlyMap<string, KnownHost>>();
  let count = 0;

  const forget = (hash: string): void => {
    count -= plans.get(hash)?.size ?? 0;
    plans.delete(hash);
  };

  return {
    add(hash, inputs, sha256, facts) {
      forget(hash);
      const hosts = new Map([...facts].map(([hostId, of]): [string, KnownHost] => [hostId, { inputs: digest(inputs, hostId, sha256), facts: of }]));
      plans.set(hash, hosts);
      count += hosts.size;
      for (const oldest of plans.keys()) {
        if (count <= mostHosts || oldest === hash) break;
        forget(oldest);
      }
    },
    find(hashes, inputs, sha256, packageName) {
      return new Map(inputs.hostIds.map((hostId) => {
        const known = hashes.map((hash) => plans.get(hash)?.get(hostId)).find((host) => host?.inputs === digest(inputs, hostId, sha256));
        if (!known) throw new ProductError('deploy/plan-unknown', { package: packageName });
        return [hostId, known.facts];
      }));
    },
  };
}

/** The inputs of one host, however many others they are for. */
function digest(inputs: DeploymentInputs, hostId: string, sha256: string): string {
  const { hostIds: _, ...own } = inputsForHost(inputs, hostId);
  return sha256Of(JSON.stringify([Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1)), sha256]));
}
