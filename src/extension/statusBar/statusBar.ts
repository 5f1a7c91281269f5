import * as vscode from 'vscode';
import type { RepositoryState } from '../repositoryState';
import type { PackageService } from '../packageService';
import type { Views } from '../views/views';
import { summarizeStatus } from './statusSummary';

/** The one item of the status bar. It follows the lists once something has asked for the service, and never starts it. */
export function createStatusBar(service: PackageService, state: RepositoryState, views: Views, name: string): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('gaxPackages.status', vscode.StatusBarAlignment.Left);
  item.name = name;
  let stopWatching: (() => void) | undefined;
  const draw = (): void => {
    if (service.state === 'online') stopWatching ??= state.watch(['imports', 'deployments']);
    const summary = summarizeStatus(state.snapshot, (id) => views.isLeftFailed(id), views.nodeContext.text);
    if (summary === undefined) {
      item.hide();
      return;
    }
    item.text = summary.text;
    item.tooltip = summary.lines.join('\n');
    const { id, meant } = summary.command;
    item.command = { command: id, title: name, ...(meant && { arguments: [{ meant }] }) };
    item.backgroundColor = summary.background && new vscode.ThemeColor(`statusBarItem.${summary.background}Background`);
    item.accessibilityInformation = { label: summary.lines.join(', ') };
    item.show();
  };
  const stopListening = state.onChanged(draw);
  return new vscode.Disposable(() => {
    stopListening();
    stopWatching?.();
    item.dispose();
  });
}
