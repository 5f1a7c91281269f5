import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { fromErrorData } from '../../../core/errors';
import type { DownloadRecord } from '../../../core/packages/download';
import type { PackageSummary } from '../../../core/packages/model';
import { createText, type Text } from '../../../core/text/messages';
import { packageActionsText } from '../../../core/text/packageActionsText';
import type { ExtensionParts } from '../../extensionParts';
import { confirm, turnBack } from '../../inputs/inputs';
import type { Command } from '../command';
import { localPath } from './importFile';
import { severalPackages } from './choosePackages';

type ActionText = Text<keyof (typeof packageActionsText)['en']>;

interface Download {
  readonly item: PackageSummary;
  readonly target: string;
  readonly overwrite: boolean;
}

/** Saves copies of packages (product.md W4): one under a name that the person chooses, several into a folder. */
export const downloadPackage: Command = {
  id: 'gaxPackages.packages.download',
  run: async (parts, target) => {
    const text = createText(parts.locale, packageActionsText);
    const packages = await severalPackages(parts, target, text('downloadButton'));
    const [only] = packages;
    const downloads = packages.length === 1 && only !== undefined ? [await chooseFile(parts, only, text)] : await chooseFolder(parts, packages, text);
    const saved: string[] = [];
    for (const download of downloads) saved.push(await run(parts, download, text));
    void tellSaved(saved, text);
  },
};

/** The name of the file that a package came as: a copy is called the same. */
async function archiveName({ service }: ExtensionParts, { id, tenantId }: PackageSummary): Promise<string> {
  return (await service.request('packages/get', { id, tenantId })).archiveName;
}

async function chooseFile(parts: ExtensionParts, item: PackageSummary, text: ActionText): Promise<Download> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = await archiveName(parts, item);
  const chosen = await vscode.window.showSaveDialog({
    title: text('downloadTitle', { package: `${item.name} ${item.version}` }), saveLabel: text('downloadButton'), defaultUri: folder === undefined ? vscode.Uri.file(name) : vscode.Uri.joinPath(folder, name),
  });
  if (chosen === undefined) return turnBack();
  // The dialog has asked whether a file that is there may be replaced.
  return { item, target: localPath(chosen), overwrite: true };
}

async function chooseFolder(parts: ExtensionParts, packages: readonly PackageSummary[], text: ActionText): Promise<readonly Download[]> {
  const [folder] = (await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, title: text('downloadFolder'), openLabel: text('downloadFolder') })) ?? [];
  if (folder === undefined) return turnBack();
  const path = localPath(folder);
  const names = await Promise.all(packages.map((item) => archiveName(parts, item)));
  const used = new Map<string, number>();
  const targets = names.map((name) => {
    // Two packages may have come in files of one name.
    const earlier = used.get(name) ?? 0;
    used.set(name, earlier + 1);
    return join(path, earlier === 0 ? name : `${earlier + 1}-${name}`);
  });
  const there = targets.filter((file) => existsSync(file)).length;
  if (there > 0) await confirm(text('downloadOverwrite', { n: there, folder: path }), targets.filter((file) => existsSync(file)).slice(0, 20).map((file) => basename(file)).join('\n'), text('overwriteButton'));
  return packages.map((item, index) => ({ item, target: targets[index] ?? '', overwrite: true }));
}

/** Follows one download to its end. @returns the file  @throws ProductError `general/cancelled` when the person stopped it */
function run({ service }: ExtensionParts, { item, target, overwrite }: Download, text: ActionText): Promise<string> {
  const name = `${item.name} ${item.version}`;
  return Promise.resolve(vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: text('downloading', { package: name }), cancellable: true }, async (progress, token) => {
    const begun = await service.request('packages/download', { id: item.id, tenantId: item.tenantId, target, overwrite });
    let shown = 0;
    const stop = service.onEvent('downloadProgress', (record: DownloadRecord) => {
      if (record.id !== begun.id) return;
      progress.report({ message: `${record.percent} %`, increment: record.percent - shown });
      shown = record.percent;
    });
    const cancelling = token.onCancellationRequested(() => void service.request('downloads/cancel', { id: begun.id }).catch(() => undefined));
    try {
      const ended = await service.request('downloads/wait', { id: begun.id });
      if (ended.state === 'cancelled') turnBack();
      if (ended.error !== undefined) throw fromErrorData(ended.error);
      return ended.target;
    } finally {
      stop();
      cancelling.dispose();
    }
  }));
}

async function tellSaved(files: readonly string[], text: ActionText): Promise<void> {
  const [first] = files;
  if (first === undefined) return;
  const answer = await vscode.window.showInformationMessage(text('downloaded', { n: files.length, folder: dirname(first) }), text('showFolder'));
  if (answer !== undefined) await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(first));
}
