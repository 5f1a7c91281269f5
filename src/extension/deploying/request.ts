import type { DeploymentInputs, SilentIniValue } from '../../core/deployment/model';
import type { PackageIdentity } from '../../core/packages/identity';

/** A deployment that a person has agreed to, with the secrets it needs; those live in memory alone. */
export interface DeploymentRequest {
  readonly package: PackageIdentity;
  readonly inputs: DeploymentInputs;
  /** Values of `inputs.secretKeys`. */
  readonly secrets: readonly SilentIniValue[];
  /** Hashes of the plans that were shown: only that is run. */
  readonly plan?: readonly string[] | undefined;
  /** What was typed where hosts are protected. */
  readonly confirmed?: readonly string[] | undefined;
}
