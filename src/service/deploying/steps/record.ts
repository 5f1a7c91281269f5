import type { Step } from '../hostWork';

/** Records the fact that this version is now installed, together with its application object, in one transaction. */
export const recordStep: Step = {
  name: 'record',
  async run(work) {
    const { application, deployment, host, inputs, journal, parts, plan } = work;
    if (!application) throw new Error('there is no application object');
    await parts.repository.recordDeployedPackage({
      hostId: host.id,
      hostName: host.name,
      applicationId: application.id,
      applicationName: application.name,
      tenantId: inputs.tenantId,
      packageId: inputs.packageId,
      package: work.package.facts.identity,
      status: 'complete',
      installPath: plan.installPath ?? application.workingDirectory,
      deploymentId: deployment.id,
    }, application);
    delete work.plannedApplicationId;
    journal.fact('recorded', `${deployment.package.name} ${deployment.package.version}`, { application: application.name });
    return undefined;
  },
};
