import type { DeploymentProfile } from './model';

/** A deployed package of the product on a host, as an upgrade or a roll back to one certain package sees it. */
export interface Replaceable {
  /** Id of its application object: it stays while deployments come and go. */
  readonly applicationId: string;
  readonly applicationName: string;
  /** Id of the record of what is deployed there now. */
  readonly deployedId: string;
  readonly version: string;
  /** Where it is installed; empty: not known. */
  readonly installPath: string;
  /** Why the package may not take its place: `notHigher` for an upgrade, `notBefore` for a roll back. */
  readonly barred?: 'notHigher' | 'notBefore';
}

/** The application object that a person chose to be replaced on a host. */
export interface ChosenReplaced {
  readonly hostId: string;
  readonly applicationId: string;
}

/** A profile that puts one version in the place of another. */
export type ReplacingProfile = Exclude<DeploymentProfile, 'install'>;

/**
 * What is replaced on a host: what was chosen, as long as it is there; else the first that may be. Undefined when there is
 * nothing of the product at all.
 * @param present what the host has, in the order in which it is offered
 */
export function replacedOn(hostId: string, chosen: readonly ChosenReplaced[], present: readonly Replaceable[]): Replaceable | undefined {
  const wanted = chosen.find((one) => one.hostId === hostId)?.applicationId;
  return present.find(({ applicationId }) => applicationId === wanted) ?? present.find(({ barred }) => barred === undefined) ?? present[0];
}

/** Whether anything on the host may be replaced. Undefined: it is not asked, since nothing is to be. */
export function mayReplaceOn(present: readonly Replaceable[] | undefined): boolean {
  return present === undefined || present.some(({ barred }) => barred === undefined);
}
