import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { apdCommandText } from '../../../core/text/apdCommandText';
import { importWizardText } from '../../../core/text/importWizardText';
import { createText } from '../../../core/text/messages';
import type { ChoosableKind } from '../../../protocol/page/importWizard';
import { lookAt } from '../../imports/lookAt';
import { onMountsChanged, readMounts } from '../../imports/mounts';
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
    mounts: readMounts,
    onMounts: onMountsChanged,
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
    choose: async (what, near) => {
      const isFolder = what === 'folder';
      const chosen = await vscode.window.showOpenDialog({
        canSelectFiles: !isFolder, canSelectFolders: isFolder, canSelectMany: what === 'archives' || isFolder, title: text(titles[what]), openLabel: text('chooseButton'),
        ...(!isFolder && { filters: { [text(titles[what])]: [...endings[what]] } }),
        ...(near !== undefined && { defaultUri: vscode.Uri.file(isFolder ? near : dirname(near)) }),
      });
      return (chosen ?? []).map((uri) => uri.fsPath);
    },
    look: lookAt,
    compareTemplates: (xml, apd) => parts.apdTexts.compare(vscode.Uri.file(apd), createText(locale, apdCommandText)('compareTitle', { xml: basename(xml), apd: basename(apd) }), vscode.Uri.file(xml)),
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

const titles = { archives: 'chooseArchives', archive: 'chooseArchive', xml: 'chooseXmlTemplate', apd: 'chooseApdTemplate', folder: 'chooseFolder' } as const satisfies Readonly<Record<ChoosableKind, string>>;
const archiveEndings = ['zip', 'tar.gz', 'tgz', 'gz'];
const endings: Readonly<Record<Exclude<ChoosableKind, 'folder'>, readonly string[]>> = { archives: [...archiveEndings, 'xml', 'spd'], archive: archiveEndings, xml: ['xml'], apd: ['apd'] };
