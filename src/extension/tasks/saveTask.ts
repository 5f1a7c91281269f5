import * as vscode from 'vscode';
import type { DeploymentInputs } from '../../core/deployment/model';
import { ProductError } from '../../core/errors';
import type { PackageIdentity } from '../../core/packages/identity';
import type { ExtensionParts } from '../extensionParts';
import { makeDefinition } from './definition';
import { loadNamedThings, taskName } from './deploymentTask';

/**
 * Writes a deployment into `tasks.json` of the first folder, where *Run Task* finds it. It holds no secret: those are asked
 * for when it runs. An entry of the same name is replaced. Answers the name.
 * @throws ProductError `editor/no-folder`
 */
export async function saveTask(parts: ExtensionParts, { package: identity, inputs }: { readonly package: PackageIdentity; readonly inputs: DeploymentInputs }): Promise<string> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new ProductError('editor/no-folder', {});
  const definition = makeDefinition(inputs, await loadNamedThings(parts));
  const label = taskName(parts, definition, identity);
  const tasks = vscode.workspace.getConfiguration('tasks', folder.uri);
  const present = tasks.inspect<readonly { readonly label?: string }[]>('tasks')?.workspaceFolderValue ?? tasks.get<readonly { readonly label?: string }[]>('tasks') ?? [];
  if (tasks.get('version') === undefined) await tasks.update('version', '2.0.0', vscode.ConfigurationTarget.WorkspaceFolder);
  await tasks.update('tasks', [...present.filter((task) => task.label !== label), { label, ...definition, problemMatcher: [] }], vscode.ConfigurationTarget.WorkspaceFolder);
  return label;
}
