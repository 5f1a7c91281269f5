import type { ErrorData } from '../errors';

/** A package as one tenant holds it. */
export interface PackagePlace {
  readonly id: string;
  readonly tenantId: string;
}

/** What became of one package in one target tenant. */
export interface CopyOutcome {
  readonly id: string;
  /** The target. */
  readonly tenantId: string;
  /** `present`: the tenant held this very package already. */
  readonly outcome: 'copied' | 'present' | 'failed';
  readonly error?: ErrorData;
}

/** What the deletion of a package from a tenant touches. */
export interface PackageUses {
  /** Hosts where it is deployed for this tenant. */
  readonly hostNames: readonly string[];
  /** Hosts that had it and have another version now: rolling back to it becomes impossible. */
  readonly rollBackHostNames: readonly string[];
  /** Hosts on which a deployment of it runs: it cannot be deleted now. */
  readonly runningHostNames: readonly string[];
  /** Tenants that hold it and that the asking person may see, this one included. */
  readonly tenantIds: readonly string[];
}
