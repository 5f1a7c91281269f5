import * as vscode from 'vscode';
import type { Deployment, DeploymentInputs } from '../../core/deployment/model';
import type { PackageIdentity } from '../../core/packages/identity';
import { createText } from '../../core/text/messages';
import { profileName } from '../../core/text/stateText';
import { taskText } from '../../core/text/taskText';
import { readPackages } from '../../protocol/service/packageReading';
import { needsPlanAgain } from '../../core/deployment/lane';
import { findKeptSecrets } from '../deploying/askSecrets';
import { confirmPlanAgain } from '../deploying/confirmPlanAgain';
import { inputParams } from '../deploying/inputParams';
import { readDeploySettings } from '../deploying/deploySettings';
import type { DeploymentRequest } from '../deploying/request';
import type { ExtensionParts } from '../extensionParts';
import { makeDefinition, taskType, type DeploymentTaskDefinition, type NamedThings } from './definition';
import { createDeploymentTerminal, type DeploymentJob } from './deploymentTerminal';

/**
 * Runs an agreed deployment as a task. Its secrets go straight to the service: the task's definition holds none. Answers
 * once the service has taken the deployment; the task follows it further.
 * @throws ProductError when it could not be started; the task's terminal says so as well
 */
export async function runDeploymentTask(parts: ExtensionParts, request: DeploymentRequest): Promise<Deployment> {
  return new Promise<Deployment>((resolve, reject) => {
    const start = async (): Promise<Deployment> => {
      try {
        const deployment = await startDeployment(parts, request);
        resolve(deployment);
        return deployment;
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }
    };
    executeJob(parts, request.inputs, request.package, (title) => ({ title, start })).catch(reject);
  });
}

/**
 * Runs hosts of a deployment again that are not complete: all, or those of `hostIds`. Where one of them was not as planned,
 * the person first agrees to a new plan. While others of it still run, the
 * task that follows those follows these too; else they are a task of their own.
 */
export async function runAgain(parts: ExtensionParts, deployment: Pick<Deployment, 'id' | 'package'>, hostIds?: readonly string[]): Promise<void> {
  const now = await parts.service.request('deployments/get', { id: deployment.id });
  const plan = now.hosts.some((run) => (hostIds?.includes(run.hostId) ?? true) && needsPlanAgain(run)) ? await confirmPlanAgain(parts, now, hostIds) : undefined;
  await takeUp(parts, deployment, 'deployments/resume', hostIds, hostIds !== undefined, plan);
}

/** Ends the pause of a deployment and runs its held hosts: all, or those of `hostIds`. Followed as `runAgain` has it. */
export async function goOnWith(parts: ExtensionParts, deployment: Pick<Deployment, 'id' | 'package'>, hostIds?: readonly string[]): Promise<void> {
  await takeUp(parts, deployment, 'deployments/goOn', hostIds, true);
}

/** @param canJoin it can be said to a run that is under way */
async function takeUp(
  parts: ExtensionParts, deployment: Pick<Deployment, 'id' | 'package'>, method: 'deployments/resume' | 'deployments/goOn', hostIds: readonly string[] | undefined, canJoin: boolean, plan?: string,
): Promise<void> {
  const { service } = parts;
  const [now, inputs] = await Promise.all([service.request('deployments/get', { id: deployment.id }), service.request('deployments/inputs', { id: deployment.id })]);
  const begin = async (): Promise<Deployment> => {
    const secrets = await findKeptSecrets(parts, deployment.package, inputs.secretKeys);
    return service.request(method, { id: deployment.id, secrets: [...secrets], ...(hostIds && { hostIds: [...hostIds] }), ...(plan !== undefined && { plan: [plan] }) });
  };
  if (now.state === 'running' && canJoin) await begin();
  else await executeJob(parts, inputs, deployment.package, (title) => ({ title, resumed: true, start: begin }));
}

/** Begins a deployment in the service. */
export function startDeployment({ service }: ExtensionParts, { inputs, secrets, plan, confirmed }: DeploymentRequest): Promise<Deployment> {
  return service.request('deployments/start', {
    inputs: inputParams(inputs),
    secrets: [...secrets],
    ...(plan && { plan: [...plan] }),
    ...(confirmed && { confirmed }),
    parallelHosts: readDeploySettings().parallelHosts,
  });
}

/** A task of the editor for a deployment. */
export function createTask(
  parts: ExtensionParts, definition: DeploymentTaskDefinition, name: string, scope: vscode.WorkspaceFolder | vscode.TaskScope, makeJob: (resolved: vscode.TaskDefinition) => DeploymentJob,
): vscode.Task {
  const execution = new vscode.CustomExecution((resolved) => Promise.resolve(createDeploymentTerminal(parts, makeJob(resolved))));
  const task = new vscode.Task({ ...definition }, scope, name, taskType, execution, []);
  // Of a task that a person runs: the tree shows the progress; the terminal comes to the front only when something is wrong.
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Silent, panel: vscode.TaskPanelKind.Dedicated, clear: true, focus: false };
  return task;
}

/** The name of a task: `Install Local Control Agent 8.5.100.37 on eu-mcp-01`. */
export function taskName(parts: ExtensionParts, definition: DeploymentTaskDefinition, identity: Pick<PackageIdentity, 'name' | 'version'> | undefined): string {
  return createText(parts.locale, taskText)('taskName', {
    profile: profileName(parts.locale, definition.profile),
    package: identity === undefined ? definition.package : `${identity.name} ${identity.version}`,
    hosts: definition.hosts.join(', '),
  });
}

/** The lists that names of definitions stand for. */
export async function loadNamedThings({ service }: ExtensionParts): Promise<NamedThings> {
  const [hosts, tenants] = await Promise.all([service.request('hosts/list', {}), service.request('tenants/list', {})]);
  return { packages: await readPackages(service, tenants.map(({ id }) => id)), hosts, tenants };
}

async function executeJob(parts: ExtensionParts, inputs: DeploymentInputs, identity: PackageIdentity, makeJob: (title: string) => DeploymentJob): Promise<void> {
  const definition = makeDefinition(inputs, await loadNamedThings(parts));
  const name = taskName(parts, definition, identity);
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const task = createTask(parts, definition, name, folder ?? vscode.TaskScope.Workspace, () => makeJob(name));
  // Begun on a page or by a command: what goes wrong is said there, and the terminal would cover half of it.
  task.presentationOptions = { ...task.presentationOptions, reveal: vscode.TaskRevealKind.Never };
  await vscode.tasks.executeTask(task);
}
