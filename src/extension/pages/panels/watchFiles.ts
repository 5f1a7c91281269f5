import * as path from 'node:path';
import * as vscode from 'vscode';

/**
 * Calls back when one of these files is changed, and when any file beside them is made or removed (a pattern of `Include`
 * may mean it), until the returned function is called.
 */
export function watchFiles(files: readonly string[], listener: () => void): () => void {
  const meant = new Set(files.map((file) => vscode.Uri.file(file).toString()));
  const changed = (file: vscode.Uri): void => {
    if (meant.has(file.toString())) listener();
  };
  const watchers = [...new Set(files.map((file) => path.dirname(file)))].map((folder) => {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), '*'));
    watcher.onDidChange(changed);
    watcher.onDidCreate(listener);
    watcher.onDidDelete(listener);
    return watcher;
  });
  return () => {
    for (const watcher of watchers) watcher.dispose();
  };
}
