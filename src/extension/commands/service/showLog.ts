import * as vscode from 'vscode';
import type { Command } from '../command';

/** Opens the log of the package service. */
export const showServiceLog: Command = {
  id: 'gaxPackages.service.showLog',
  run: async ({ service, text }) => {
    const file = await service.logFile();
    try {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.file(file)), { preview: true });
    } catch {
      void vscode.window.showInformationMessage(text('noServiceLog', { file }));
    }
  },
};
