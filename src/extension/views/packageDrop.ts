import * as vscode from 'vscode';
import type { TreeProvider } from './treeProvider';

/** What the Packages view carries while its own rows are dragged. */
const rowsMime = 'application/vnd.code.tree.gaxpackages.packages';
const filesMime = 'text/uri-list';

/** Files dropped on the Packages view open the import wizard with them, packages dropped on a group move there, on another tenant are copied. @param noPath what to say of files without a path */
export function createPackageDrop(provider: TreeProvider, noPath: string): vscode.TreeDragAndDropController<string> {
  return {
    dragMimeTypes: [rowsMime],
    dropMimeTypes: [rowsMime, filesMime, 'files'],
    handleDrag: (ids, data) => {
      const packages = ids.filter((id) => provider.find(id)?.subject.kind === 'package');
      if (packages.length > 0) data.set(rowsMime, new vscode.DataTransferItem(packages));
    },
    handleDrop: async (target, data) => {
      const rows: unknown = data.get(rowsMime)?.value;
      if (Array.isArray(rows)) {
        await dropRows(provider, target, rows.filter((row) => typeof row === 'string'));
        return;
      }
      const files = await droppedFiles(data);
      if (files.length > 0) await vscode.commands.executeCommand('gaxPackages.packages.import', target, files);
      else void vscode.window.showInformationMessage(noPath);
    },
  };
}

/** A group of the packages' own tenant takes them in; another tenant, or a group of it, is a target to copy to. */
async function dropRows(provider: TreeProvider, target: string | undefined, rows: readonly string[]): Promise<void> {
  const onto = target === undefined ? undefined : provider.find(target)?.subject;
  if (onto?.kind !== 'group' && onto?.kind !== 'tenant') return;
  const isOwn = rows.every((row) => {
    const subject = provider.find(row)?.subject;
    return subject?.kind === 'package' && subject.package.tenantId === onto.tenant.id;
  });
  if (isOwn && onto.kind === 'tenant') return;
  await vscode.commands.executeCommand(isOwn ? 'gaxPackages.packages.moveToGroup' : 'gaxPackages.packages.copyToTenants', target, rows);
}

/** Files as the explorer, the desktop or a browser gives them; those of a browser have no path and are left out. */
async function droppedFiles(data: vscode.DataTransfer): Promise<vscode.Uri[]> {
  const list = await data.get(filesMime)?.asString();
  const uris = (list ?? '').split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#')).map((line) => vscode.Uri.parse(line, true));
  if (uris.length > 0) return uris;
  const files: vscode.Uri[] = [];
  for (const [, item] of data) {
    const uri = item.asFile()?.uri;
    if (uri !== undefined) files.push(uri);
  }
  return files;
}
