import type { Host } from '../../../core/hosts/model';
import type { PackageSummary } from '../../../core/packages/model';
import { chooseTargets } from '../../deploying/chooseTargets';
import { confirmPlan } from '../../deploying/confirmPlan';
import { reviewValues } from '../../deploying/reviewValues';
import type { ExtensionParts } from '../../extensionParts';
import { runDeploymentTask } from '../../tasks/deploymentTask';
import { hostsOf } from '../hosts/chooseHosts';
import type { Command } from '../command';
import { onePackage } from './choosePackages';

/** Deploys a package: hosts, values of silent.ini, a summary to agree to, then a task that follows the run. */
export const deploy: Command = {
  id: 'gaxPackages.packages.deploy',
  needsTrust: true,
  run: async (parts, target) => askAndDeploy(parts, await onePackage(parts, target, parts.text('deployButton')), []),
};

/** The same, from a host: the package is asked for. */
export const deployToHost: Command = {
  id: 'gaxPackages.hosts.deployTo',
  needsTrust: true,
  run: async (parts, target) => {
    const item = await onePackage(parts, target, parts.text('deployButton'));
    await askAndDeploy(parts, item, hostsOf(target).map((host) => host.id));
  },
};

async function askAndDeploy(parts: ExtensionParts, item: PackageSummary, chosen: readonly string[]): Promise<void> {
  const { text } = parts;
  const title = text('deployTitle', { package: item.name, version: item.version });
  const hosts: readonly Host[] = await chooseTargets(parts, item, title, chosen);
  const start = { packageId: item.id, tenantId: item.tenantId, profile: 'install', hostIds: hosts.map((host) => host.id), values: [], secretKeys: [], applicationName: '' } as const;
  const reviewed = await reviewValues(parts, item, start, title);
  await confirmPlan(
    parts,
    { package: item, inputs: reviewed.inputs, hosts, preview: reviewed.form.preview, warnings: reviewed.warnings },
    { buttons: { run: text('runButton') } },
  );
  await runDeploymentTask(parts, { package: item, inputs: reviewed.inputs, secrets: reviewed.secrets });
}
