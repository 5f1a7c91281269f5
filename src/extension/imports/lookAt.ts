import * as vscode from 'vscode';
import type { DroppedSource } from '../../core/packages/droppedSources';

/** More than that says nothing more of what a folder is. */
const mostEntries = 1000;

/** The path of an address on this machine, and what a folder holds; undefined when there is no such file here. */
export async function lookAt(address: string | vscode.Uri): Promise<DroppedSource | undefined> {
  const uri = asLocal(address);
  if (uri === undefined) return undefined;
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) === 0) return { path: uri.fsPath };
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return { path: uri.fsPath, entries: entries.slice(0, mostEntries).map(([name, kind]) => ({ name, isFolder: (kind & vscode.FileType.Directory) !== 0 })) };
  } catch {
    // What is wrong with it is said beside its field.
    return { path: uri.fsPath };
  }
}

/** A file of this machine: under WSL or Remote the explorer names its files by the remote, where this code runs. */
function asLocal(address: string | vscode.Uri): vscode.Uri | undefined {
  try {
    const uri = typeof address === 'string' ? vscode.Uri.parse(address, true) : address;
    const isHere = uri.scheme === 'file' || (uri.scheme === 'vscode-remote' && vscode.env.remoteName !== undefined);
    return isHere ? uri.with({ scheme: 'file', authority: uri.scheme === 'file' ? uri.authority : '' }) : undefined;
  } catch {
    return undefined;
  }
}
