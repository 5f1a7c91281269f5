import * as vscode from 'vscode';
import type { Command } from '../command';
import { severalPackages } from './choosePackages';

/** Copies name and version, one package a line. */
export const copyIdentity: Command = {
  id: 'gaxPackages.packages.copyIdentity',
  run: async (parts, target) => {
    const packages = await severalPackages(parts, target, parts.text('choosePackages'));
    const text = packages.map((item) => `${item.name} ${item.version}`).join('\n');
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(parts.text('copiedIdentity', { text: text.replaceAll('\n', ', ') }), 3000);
  },
};
