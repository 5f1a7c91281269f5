import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { importWizardText } from '../../../core/text/importWizardText';
import { createText } from '../../../core/text/messages';
import { followImports } from '../../imports/followImports';
import { confirm } from '../../inputs/inputs';
import { openImportWizard } from '../importWizard/importWizardPage';
import type { ImportWizardPorts } from '../importWizard/ports';
import type { PageDefinition } from '../pageDefinition';
import type { PageParts } from './definitions';

/** The import wizard, with the editor's dialogs behind its buttons. */
export function importWizardDefinition(parts: PageParts): PageDefinition {
  const { locale, service, state, context, text } = parts;
  const ports: ImportWizardPorts = {
    locale, service, state,
    memento: context.workspaceState,
    platform: process.platform === 'win32' ? 'windows' : 'posix',
    isRemote: vscode.env.remoteName !== undefined,
    defaultGroup: () => vscode.workspace.getConfiguration('gaxPackages').get<string>('import.defaultGroup') ?? '',
    isTrusted: () => vscode.workspace.isTrusted,
    onTrusted: (listener) => {
      const registration = vscode.workspace.onDidGrantWorkspaceTrust(listener);
      return () => {
        registration.dispose();
      };
    },
    manageTrust: async () => {
      await vscode.commands.executeCommand('workbench.trust.manage');
    },
    chooseArchives: async (near) => {
      const chosen = await vscode.window.showOpenDialog({
        canSelectMany: true, title: text('chooseArchives'), openLabel: text('chooseButton'), filters: { [text('archives')]: ['zip', 'tar.gz', 'tgz', 'gz'] },
        ...(near !== undefined && { defaultUri: vscode.Uri.file(dirname(near)) }),
      });
      return (chosen ?? []).map((uri) => uri.fsPath);
    },
    pathOf,
    confirm: async (message, detail, button) => confirm(message, detail, button),
    copy: async (words) => vscode.env.clipboard.writeText(words),
    tellEnds: (ids, isShown) => followImports(parts, ids.map((id) => ({ id })), isShown),
    report: (method, error) => parts.log.warn(`importWizard ${method}`, String(error)),
  };
  return {
    kind: 'importWizard', icon: 'cloud-upload', title: createText(locale, importWizardText)('title'),
    open: (tab, intent) => openImportWizard(tab, intent, ports),
  };
}

/** A file of this machine: under WSL or Remote the explorer names its files by the remote, where this code runs. */
function pathOf(address: string): string | undefined {
  try {
    const uri = vscode.Uri.parse(address, true);
    const isHere = uri.scheme === 'file' || (uri.scheme === 'vscode-remote' && vscode.env.remoteName !== undefined);
    return isHere ? uri.with({ scheme: 'file', authority: uri.scheme === 'file' ? uri.authority : '' }).fsPath : undefined;
  } catch {
    return undefined;
  }
}
