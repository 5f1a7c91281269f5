import { inputsForHost } from '../../../core/deployment/hostInputs';
import type { DeploymentInputs } from '../../../core/deployment/model';
import type { RepositorySnapshot } from '../../repositoryState';

type Facts = Pick<RepositorySnapshot, 'hosts' | 'applications' | 'deployedPackages'>;

/** What the plan of one host rests on here: what was entered for it, and what the repository knows of it. Another text: the plan may be another one. */
export function hostBasis(inputs: DeploymentInputs, { hosts, applications, deployedPackages }: Facts, hostId: string): string {
  const { contact: _, system: __, ...host } = hosts.find(({ id }) => id === hostId) ?? {};
  return JSON.stringify([
    { ...inputsForHost(inputs, hostId), hostIds: [] }, host,
    applications.filter((application) => application.hostId === hostId), deployedPackages.filter((deployed) => deployed.hostId === hostId),
  ]);
}

/** The same for all hosts of a plan. */
export function planBasis(inputs: DeploymentInputs, facts: Facts): string {
  return JSON.stringify(inputs.hostIds.map((hostId) => hostBasis(inputs, facts, hostId)));
}
