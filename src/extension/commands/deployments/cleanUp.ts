import * as vscode from 'vscode';
import type { Deployment } from '../../../core/deployment/model';
import { canCleanUp, pathsOf } from '../../../core/deployment/lane';
import type { ExtensionTextKey } from '../../../core/text/extensionText';
import { confirm } from '../../inputs/inputs';
import { deploymentTitle } from '../../views/nodes/deployedNodes';
import type { Command } from '../command';
import { oneDeployment } from './chooseDeployment';

/** An interrupted deployment is closed; of one that has ended, what its failed hosts keep is removed. */
function wordsFor({ state }: Deployment): { readonly message: ExtensionTextKey; readonly explanation: ExtensionTextKey; readonly button: ExtensionTextKey; readonly done: ExtensionTextKey } {
  return state === 'interrupted'
    ? { message: 'cleanUpMessage', explanation: 'cleanUpDetail', button: 'cleanUpButton', done: 'cleaned' }
    : { message: 'removeKeptMessage', explanation: 'removeKeptDetail', button: 'removeKeptButton', done: 'keptRemoved' };
}

/** Removes what a deployment that does not run left or keeps on its hosts. */
export const cleanUp: Command = {
  id: 'gaxPackages.deployments.cleanUp',
  needsTrust: true,
  run: async (parts, target) => {
    const { text, service, views } = parts;
    const { deployment } = await oneDeployment(parts, target, text('removeKeptButton'), canCleanUp, 'nothingToCleanUp');
    const title = deploymentTitle(deployment, views.nodeContext);
    const words = wordsFor(deployment);
    await confirm(text(words.message, { deployment: title }), text(words.explanation), text(words.button));
    const closed = await vscode.window.withProgress({ location: { viewId: 'gaxPackages.deployed' } }, () => service.request('deployments/cleanUp', { id: deployment.id }));
    const left = closed.hosts.flatMap((run) => pathsOf(run).map((path) => `${run.hostName}: ${path}`));
    if (left.length > 0) void vscode.window.showWarningMessage(text('cleanedLeft', { deployment: title, left: left.join(', ') }));
    else vscode.window.setStatusBarMessage(text(words.done, { deployment: title }), 5000);
  },
};
