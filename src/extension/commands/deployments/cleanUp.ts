import * as vscode from 'vscode';
import { confirm } from '../../inputs/inputs';
import { deploymentTitle } from '../../views/nodes/deployedNodes';
import type { Command } from '../command';
import { oneDeployment } from './chooseDeployment';

/** Removes what an interrupted deployment left on its hosts, and closes it. */
export const cleanUp: Command = {
  id: 'gaxPackages.deployments.cleanUp',
  needsTrust: true,
  run: async (parts, target) => {
    const { text, service, views } = parts;
    const { deployment } = await oneDeployment(parts, target, text('cleanUpButton'), ({ state }) => state === 'interrupted', 'noneToResume');
    const title = deploymentTitle(deployment, views.nodeContext);
    await confirm(text('cleanUpMessage', { deployment: title }), text('cleanUpDetail'), text('cleanUpButton'));
    const closed = await vscode.window.withProgress({ location: { viewId: 'gaxPackages.deployed' } }, () => service.request('deployments/cleanUp', { id: deployment.id }));
    const left = closed.hosts.flatMap((run) => run.left.map((path) => `${run.hostName}: ${path}`));
    if (left.length > 0) void vscode.window.showWarningMessage(text('cleanedLeft', { deployment: title, left: left.join(', ') }));
    else vscode.window.setStatusBarMessage(text('cleaned', { deployment: title }), 5000);
  },
};
