import { replacedValues } from '../../../core/configuration/mergeApplication';
import { moveReferences } from '../../../core/configuration/moveReferences';
import { plugInOf } from '../../../core/deployment/plugIn';
import type { Step } from '../hostWork';

/** Records the fact that this version is now installed, together with its application object and those that name it, in one transaction. */
export const recordStep: Step = {
  name: 'record',
  async run(work) {
    const { application, deployment, host, inputs, journal, parts, plan } = work;
    if (!application) throw new Error('there is no application object');
    const { existing } = work;
    const plugIn = plugInOf(work.package.facts);
    const moves = existing !== undefined && existing.name !== application.name;
    const others = moves ? moveReferences(await parts.repository.listApplications(), existing.name, application.name).filter(({ id }) => id !== application.id) : [];
    await parts.repository.recordDeployedPackage({
      hostId: host.id,
      hostName: host.name,
      applicationId: application.id,
      applicationName: application.name,
      tenantId: inputs.tenantId,
      packageId: inputs.packageId,
      package: work.package.facts.identity,
      ...(plugIn !== undefined && { plugIn }),
      ...(work.filesToCopy && { filesToCopy: work.filesToCopy }),
      status: 'complete',
      installPath: plan.installPath ?? application.workingDirectory,
      deploymentId: deployment.id,
      profile: deployment.profile,
      by: deployment.startedBy,
    }, application, { others, replaced: existing ? replacedValues(existing, application) : [] });
    delete work.plannedApplicationId;
    if (moves) journal.fact('applicationMoved', existing.name, { to: application.name, n: others.length });
    journal.fact('recorded', `${deployment.package.name} ${deployment.package.version}`, { application: application.name });
    return undefined;
  },
};
