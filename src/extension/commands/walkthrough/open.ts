import * as vscode from 'vscode';
import type { Command } from '../command';

/** Opens the walkthrough of this extension. */
export const openWalkthrough: Command = {
  id: 'gaxPackages.walkthrough.open',
  run: async ({ context }) => {
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false);
  },
};
