import { configServersOfGax } from '../../core/configuration/gaxApplication';
import type { ApplicationDefaults } from '../../core/configuration/planApplication';
import type { HostInputs } from '../../core/deployment/hostInputs';
import type { ApplicationObject } from '../../core/deployment/model';
import { isProductError, ProductError } from '../../core/errors';
import type { Host } from '../../core/hosts/model';
import type { Repository } from '../repository/repository';

/** The application object that a deployment to a host changes. */
export interface ChangedApplication {
  /** Absent: it is made. */
  readonly existing?: ApplicationObject;
  /** The host has one of the planned name; one that is only planned does not count. */
  readonly isNamed: boolean;
}

/**
 * Finds what a deployment to a host changes: the object of the deployed package that it takes the place of, under whatever
 * name, else the one of the planned name.
 * @throws ProductError `deploy/replaced-since`, `deploy/application-taken`
 */
export async function findChangedApplication(
  repository: Pick<Repository, 'findApplication' | 'getApplication' | 'getDeployedPackage' | 'listApplications'>,
  host: Pick<Host, 'id' | 'name'>, inputs: HostInputs, name: string,
): Promise<ChangedApplication> {
  const found = await repository.findApplication(name, host.id);
  const named = found?.state === 'enabled' ? found : undefined;
  if (inputs.replacesDeployed === undefined) return { isNamed: named !== undefined, ...(named && { existing: named }) };
  const deployed = await repository.getDeployedPackage(inputs.replacesDeployed).catch(ifThereIsNone);
  const existing = deployed && (await repository.getApplication(deployed.applicationId));
  if (!existing) throw new ProductError('deploy/replaced-since', { host: host.name });
  if (existing.name !== name && (await repository.listApplications()).some((other) => other.name === name && other.state === 'enabled')) {
    throw new ProductError('deploy/application-taken', { host: host.name, application: name });
  }
  return { existing, isNamed: named !== undefined };
}

function ifThereIsNone(error: unknown): undefined {
  if (!isProductError(error, 'general/not-found')) throw error;
}

/** What an application object says where nobody says anything else. */
export async function findApplicationDefaults(repository: Pick<Repository, 'listApplications' | 'listTenants'>, tenantId: string): Promise<ApplicationDefaults> {
  const [tenants, applications] = await Promise.all([repository.listTenants(), repository.listApplications()]);
  return { tenantObject: tenants.find(({ id }) => id === tenantId)?.name ?? '', ...configServersOfGax(applications.filter(({ state }) => state === 'enabled')) };
}
