import { plugInOf } from '../../core/deployment/plugIn';
import { findChangedApplication } from './changedApplication';
import type { HostWork } from './hostWork';

/** The earlier record of the application says that its last deployment did not end well; where there is none, only a lost one is recorded. */
export async function markDeployed(work: HostWork, status: 'failed' | 'unknown'): Promise<void> {
  const { repository, log } = work.parts;
  const { deployment, host, inputs, plan, application } = work;
  const plugIn = plugInOf(work.package.facts);
  try {
    const { profile, startedBy: by } = deployment;
    const { existing } = await findChangedApplication(repository, host, inputs, plan.applicationName);
    const earlier = existing && (await repository.listDeployedPackages()).find((record) => record.hostId === host.id && record.applicationId === existing.id && record.plugIn === plugIn);
    if (earlier) {
      const { id: _, at: __, ...record } = earlier;
      await repository.recordDeployedPackage({ ...record, status, deploymentId: deployment.id, profile, by }, existing);
    } else if (status === 'unknown' && application) {
      delete work.plannedApplicationId;
      await repository.recordDeployedPackage({
        hostId: host.id, hostName: host.name, applicationId: application.id, applicationName: application.name, tenantId: inputs.tenantId,
        packageId: inputs.packageId, package: work.package.facts.identity, ...(plugIn !== undefined && { plugIn }), status, installPath: plan.installPath ?? '', deploymentId: deployment.id, profile, by,
      }, application);
    }
  } catch (error) {
    log.error('deploy', `${deployment.id}, ${host.name}: its state could not be recorded`, error);
  }
}
