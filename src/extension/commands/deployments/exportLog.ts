import * as vscode from 'vscode';
import { searchActionLog, searchEvents } from '../../../core/deployment/searchLog';
import { readDeploymentEvents } from '../../../service/client';
import { turnBack } from '../../inputs/inputs';
import type { Command } from '../command';
import { oneDeployment } from './chooseDeployment';

/** Writes a deployment action log, or a host's part of it, into a file: as its lines, or as events where the file is called `.json`. */
export const exportLog: Command = {
  id: 'gaxPackages.deployments.exportLog',
  run: async (parts, target) => {
    const { text, locale } = parts;
    const { deployment, hostId } = await oneDeployment(parts, target, text('exportLogTitle'), () => true, 'noDeployments');
    const name = `${deployment.package.name} ${deployment.package.version} ${deployment.startedAt.slice(0, 10)}.log`.replaceAll(/[\\/:*?"<>|\s]+/g, '-');
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const chosen = await vscode.window.showSaveDialog({
      title: text('exportLogTitle'), saveLabel: text('exportLogButton'), filters: { [text('exportLogText')]: ['log', 'txt'], JSON: ['json'] },
      defaultUri: folder === undefined ? vscode.Uri.file(name) : vscode.Uri.joinPath(folder, name),
    });
    if (chosen === undefined) return turnBack();
    const events = await readDeploymentEvents(parts.service, deployment.id);
    const content = chosen.path.toLowerCase().endsWith('.json')
      ? `${JSON.stringify(searchEvents(events, { hostId }), undefined, 2)}\n`
      : searchActionLog(deployment, events, { hostId }, locale).lines.map(({ line }) => `${line.text}\n`).join('');
    await writeWhole(chosen, content);
    vscode.window.setStatusBarMessage(text('exportedLog', { file: vscode.workspace.asRelativePath(chosen) }), 5000);
  },
};

/** Under a temporary name first, so that nothing half-written ever has the name that was chosen. */
async function writeWhole(file: vscode.Uri, content: string): Promise<void> {
  const temporary = file.with({ path: `${file.path}.${process.pid}.tmp` });
  try {
    await vscode.workspace.fs.writeFile(temporary, new TextEncoder().encode(content));
    await vscode.workspace.fs.rename(temporary, file, { overwrite: true });
  } catch (error) {
    await vscode.workspace.fs.delete(temporary).then(undefined, () => undefined);
    throw error;
  }
}
