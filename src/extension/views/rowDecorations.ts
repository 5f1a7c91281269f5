import * as vscode from 'vscode';
import type { ViewNode } from './nodes/viewNode';

const scheme = 'gaxpackages-row';

/** The address by which the editor asks how a row stands out; nothing lies there. */
export function decorationUri({ id, decoration }: Pick<ViewNode, 'id' | 'decoration'>): vscode.Uri | undefined {
  return decoration === undefined ? undefined : vscode.Uri.from({ scheme, authority: decoration, path: `/${id}` });
}

/** Colours the names of protected hosts. What protects them stands in words beside the name. */
export function registerRowDecorations(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: (uri) => (uri.scheme === scheme ? new vscode.FileDecoration(undefined, undefined, new vscode.ThemeColor('problemsWarningIcon.foreground')) : undefined),
  });
}
