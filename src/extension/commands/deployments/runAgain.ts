import * as vscode from 'vscode';
import type { Deployment } from '../../../core/deployment/model';
import { confirmPlan } from '../../deploying/confirmPlan';
import { reviewValues } from '../../deploying/reviewValues';
import type { ExtensionParts } from '../../extensionParts';
import { pickOne, turnBack } from '../../inputs/inputs';
import { loadNamedThings, runDeploymentTask } from '../../tasks/deploymentTask';
import type { Command } from '../command';
import { deploymentChoice, deploymentOf, newestFirst } from './chooseDeployment';

/** How many of the last deployments can be chosen. */
const offeredAtMost = 10;

/** Runs an earlier deployment anew, with its hosts and values filled in. */
export const runAgain: Command = {
  id: 'gaxPackages.deployments.runAgain',
  needsTrust: true,
  run: async (parts, target) => {
    const { service, text } = parts;
    const { id } = (await deploymentOf(parts, target))?.deployment ?? (await chooseLast(parts));
    const [inputs, things] = await Promise.all([service.request('deployments/inputs', { id }), loadNamedThings(parts)]);
    const item = things.packages.find((other) => other.id === inputs.packageId && other.tenantId === inputs.tenantId);
    const hosts = inputs.hostIds.flatMap((hostId) => things.hosts.find((host) => host.id === hostId) ?? []);
    if (item === undefined || hosts.length === 0) return turnBack();
    const title = text('deployTitle', { package: item.name, version: item.version });
    const reviewed = await reviewValues(parts, item, { ...inputs, hostIds: hosts.map((host) => host.id), secretKeys: [] }, title);
    await confirmPlan(
      parts,
      { package: item, inputs: reviewed.inputs, hosts, preview: reviewed.form.preview, warnings: reviewed.warnings },
      { buttons: { run: text('runButton') } },
    );
    await runDeploymentTask(parts, { package: item, inputs: reviewed.inputs, secrets: reviewed.secrets });
  },
};

async function chooseLast(parts: ExtensionParts): Promise<Deployment> {
  const { service, text } = parts;
  const [deployments, packages] = await Promise.all([service.request('deployments/list', {}), service.request('packages/list', {})]);
  const stored = new Set(packages.map((item) => item.id));
  const last = newestFirst(deployments).filter((deployment) => stored.has(deployment.packageId)).slice(0, offeredAtMost);
  if (last.length === 0) {
    void vscode.window.showInformationMessage(text('noDeployments'));
    return turnBack();
  }
  return pickOne(text('runAgainPlaceholder'), text('runAgainPlaceholder'), last.map((deployment) => deploymentChoice(parts, deployment)));
}
