import * as vscode from 'vscode';
import type { Deployment, DeploymentInputs } from '../../../core/deployment/model';
import { ProductError } from '../../../core/errors';
import { packagePage } from '../../../protocol/service/packages';
import { askSecrets } from '../../deploying/askSecrets';
import { confirmPlan } from '../../deploying/confirmPlan';
import { confirmProtected } from '../../deploying/confirmProtected';
import { inputParams } from '../../deploying/inputParams';
import type { ExtensionParts } from '../../extensionParts';
import { pickOne, turnBack } from '../../inputs/inputs';
import { loadNamedThings, runDeploymentTask } from '../../tasks/deploymentTask';
import type { Command } from '../command';
import { deploymentChoice, deploymentOf, newestFirst } from './chooseDeployment';

/** How many of the last deployments can be chosen. */
const offeredAtMost = 10;

/** Runs an earlier deployment anew with the same hosts and values, after a look at its plan: the short way beside the wizard. */
export const runAgain: Command = {
  id: 'gaxPackages.deployments.runAgain',
  needsTrust: true,
  run: async (parts, target) => {
    const { service, text } = parts;
    const { id } = (await deploymentOf(parts, target))?.deployment ?? (await chooseLast(parts));
    const [last, things] = await Promise.all([service.request('deployments/inputs', { id }), loadNamedThings(parts)]);
    const item = things.packages.find((other) => other.id === last.packageId && other.tenantId === last.tenantId);
    const hosts = last.hostIds.flatMap((hostId) => things.hosts.find((host) => host.id === hostId) ?? []);
    if (item === undefined || hosts.length === 0) return turnBack();
    const form = await service.request('deployments/form', { packageId: item.id, values: [...last.values] });
    const here = new Set(hosts.map((host) => host.id));
    const inputs: DeploymentInputs = {
      ...last,
      hostIds: [...here],
      secretKeys: form.fields.filter(({ secret }) => secret).map(({ section, key }) => ({ section, key })),
      hostValues: last.hostValues?.filter(({ hostId }) => here.has(hostId)),
      hostApplications: last.hostApplications?.filter(({ hostId }) => here.has(hostId)),
    };
    const problems = await service.request('deployments/check', inputParams(inputs));
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new ProductError('editor/values-wrong', { problems: errors.map(({ message }) => message).join(' ') });
    const plan = { package: item, inputs: { ...inputs, secretKeys: last.secretKeys }, hosts, preview: form.preview, warnings: problems };
    await confirmPlan(parts, plan, { buttons: { run: text('runButton') } });
    const title = text('deployTitle', { package: item.name, version: item.version });
    const confirmed = await confirmProtected(parts, title, hosts);
    const secrets = await askSecrets(parts, item, form.fields, title);
    await runDeploymentTask(parts, { package: item, inputs: { ...inputs, secretKeys: secrets.map(({ section, key }) => ({ section, key })) }, secrets, confirmed });
  },
};

async function chooseLast(parts: ExtensionParts): Promise<Deployment> {
  const { service, text } = parts;
  const deployments = newestFirst(await service.request('deployments/list', {}));
  const ids = [...new Set(deployments.map(({ packageId }) => packageId))].slice(0, packagePage);
  const stored = new Set((await service.request('packages/shared', { ids })).map(({ id }) => id));
  const last = deployments.filter((deployment) => stored.has(deployment.packageId)).slice(0, offeredAtMost);
  if (last.length === 0) {
    void vscode.window.showInformationMessage(text('noDeployments'));
    return turnBack();
  }
  return pickOne(text('runAgainPlaceholder'), text('runAgainPlaceholder'), last.map((deployment) => deploymentChoice(parts, deployment)));
}
