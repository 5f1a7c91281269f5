import * as vscode from 'vscode';
import type { Deployment, DeploymentInputs } from '../../core/deployment/model';
import { resolveReplaced } from '../../core/deployment/replacedDeployments';
import { describeError, ProductError } from '../../core/errors';
import type { PackageSummary } from '../../core/packages/model';
import { createText } from '../../core/text/messages';
import { taskText } from '../../core/text/taskText';
import { askSecrets } from '../deploying/askSecrets';
import { readDeploySettings } from '../deploying/deploySettings';
import { confirmPlan } from '../deploying/confirmPlan';
import { confirmProtected } from '../deploying/confirmProtected';
import { inputParams } from '../deploying/inputParams';
import type { PlanParts } from '../deploying/planText';
import type { ExtensionParts } from '../extensionParts';
import { makeDefinition, parseDefinition, refuseSecrets, resolveDefinition, type DeploymentTaskDefinition, type NamedThings } from './definition';
import { createTask, loadNamedThings, startDeployment, taskName } from './deploymentTask';
import { createRememberedTasks, type RememberedTasks, type TaskSource } from './rememberedTasks';

/** How many of the last deployments *Run Task* offers. */
const offeredAtMost = 10;

/** Offers the last deployments as tasks, and runs those that stand in `tasks.json`. */
export function createTaskProvider(parts: ExtensionParts): vscode.TaskProvider {
  const remembered = createRememberedTasks(parts.context.workspaceState);
  return {
    provideTasks: async () => {
      try {
        return await lastDeployments(parts, remembered);
      } catch (error) {
        // *Run Task* shows the tasks of everybody: one that cannot be read must not stop the others.
        parts.log.warn('tasks.provide', describeError('en', error));
        return [];
      }
    },
    resolveTask: (task) => {
      const definition = task.definition as DeploymentTaskDefinition;
      const scope = task.scope ?? vscode.TaskScope.Workspace;
      const resolved = createTask(parts, definition, task.name, scope, (variables) => ({
        title: task.name, start: async () => runDefinition(parts, remembered, task.name, variables, await readSource(scope)),
      }));
      // The editor knows the task again by this very object.
      resolved.definition = task.definition;
      return resolved;
    },
  };
}

async function lastDeployments(parts: ExtensionParts, remembered: RememberedTasks): Promise<vscode.Task[]> {
  const { service } = parts;
  const things = await loadNamedThings(parts);
  const deployments = [...(await service.request('deployments/list', {}))].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  const tasks = new Map<string, vscode.Task>();
  for (const deployment of deployments) {
    if (tasks.size >= offeredAtMost) break;
    const definition = makeDefinition(await service.request('deployments/inputs', { id: deployment.id }), things);
    const key = JSON.stringify(definition);
    if (tasks.has(key) || !canRun(definition, things)) continue;
    const name = taskName(parts, definition, deployment.package);
    tasks.set(key, createTask(parts, definition, name, vscode.TaskScope.Workspace, (variables) => ({
      title: name, start: () => runDefinition(parts, remembered, name, variables, undefined),
    })));
  }
  return [...tasks.values()];
}

/** Whether all that a definition names is still there. */
export function canRun(definition: DeploymentTaskDefinition, things: NamedThings): boolean {
  try {
    resolveDefinition('', definition, things);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs what a definition says: looks up its names, asks for agreement unless that was remembered, asks for secrets, begins.
 * @param source the file it stands in; absent for an earlier deployment, which is always asked about
 * @throws ProductError `editor/task-…`, `editor/values-wrong`, `general/cancelled`
 */
async function runDefinition(
  parts: ExtensionParts, remembered: RememberedTasks, name: string, raw: Readonly<Record<string, unknown>>, source: TaskSource | undefined,
): Promise<Deployment> {
  const { service, text, locale } = parts;
  const definition = parseDefinition(locale, name, raw);
  const things = await loadNamedThings(parts);
  const { package: item, inputs: named } = resolveDefinition(name, definition, things);
  const inputs = await withReplaced(parts, item, { ...named, stopAfterFailures: named.stopAfterFailures ?? readDeploySettings().stopAfterFailures }, things);
  const form = await service.request('deployments/form', { packageId: item.id, values: [...inputs.values] });
  refuseSecrets(name, inputs, form.fields);
  const secretKeys = form.fields.filter(({ secret }) => secret).map(({ section, key }) => ({ section, key }));
  const problems = await service.request('deployments/check', inputParams({ ...inputs, secretKeys }));
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new ProductError('editor/values-wrong', { problems: errors.map(({ message }) => message).join(' ') });
  const hosts = inputs.hostIds.flatMap((id) => things.hosts.find((host) => host.id === id) ?? []);
  if (source === undefined || !remembered.isRemembered(source, definition)) {
    const plan: PlanParts = {
      package: item, inputs, hosts,
      preview: form.preview, warnings: problems,
    };
    const own = createText(locale, taskText);
    const answer = source === undefined
      ? await confirmPlan(parts, plan, { buttons: { run: text('runButton') } })
      : await confirmPlan(parts, plan, { message: own('confirmMessage', { file: source.file }), buttons: { run: own('confirmRun'), remember: own('confirmRemember') } });
    if (answer === 'remember' && source !== undefined) await remembered.remember(source, definition);
  }
  // A file may be remembered; that a protected host is meant is said each time.
  const confirmed = await confirmProtected(parts, name, hosts);
  const secrets = await askSecrets(parts, item, form.fields, name);
  return startDeployment(parts, { package: item, inputs: { ...inputs, secretKeys: secrets.map(({ section, key }) => ({ section, key })) }, secrets, confirmed });
}

/**
 * An upgrade or a roll back with what it takes the place of, so that the plan names the application objects that are meant.
 * What is missing on a host is left open: the check says so.
 */
async function withReplaced({ service }: ExtensionParts, item: PackageSummary, inputs: DeploymentInputs, { packages, hosts }: NamedThings): Promise<DeploymentInputs> {
  if (inputs.profile === 'install') return inputs;
  const deployed = await service.request('deployedPackages/list', {});
  return resolveReplaced(inputs, { package: item, packages, deployed, hostName: (id) => hosts.find((host) => host.id === id)?.name ?? id }).inputs;
}

/** The file that a task's scope says it stands in. One that cannot be read counts as empty: its tasks are told apart by what they say. */
async function readSource(scope: vscode.WorkspaceFolder | vscode.TaskScope): Promise<TaskSource> {
  const uri = typeof scope === 'object' ? vscode.Uri.joinPath(scope.uri, '.vscode', 'tasks.json') : vscode.workspace.workspaceFile;
  if (uri === undefined) return { file: 'tasks.json', content: '' };
  const file = vscode.workspace.asRelativePath(uri, true);
  try {
    return { file, content: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
  } catch {
    return { file, content: '' };
  }
}
