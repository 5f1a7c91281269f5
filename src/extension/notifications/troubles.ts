import * as vscode from 'vscode';
import { describeError } from '../../core/errors';
import { showError } from '../commands/command';
import type { ExtensionParts } from '../extensionParts';

/** Tells, once each, why the service cannot be reached and that the repository can only be read; the views say it as long as it lasts. */
export function tellTroubles(parts: ExtensionParts): vscode.Disposable {
  const { state, text, locale } = parts;
  let toldReadOnly = false;
  /** The last problem that was told; each new attempt fails with the same one. */
  let told: string | undefined;
  const stop = state.onChanged((areas) => {
    if (areas.length > 0) return;
    const { connection, problem, readOnly } = state.snapshot;
    if (connection === 'online') told = undefined;
    if (connection === 'offline' && problem !== undefined && told !== describeError('en', problem)) {
      told = describeError('en', problem);
      void showError(parts, problem, 'service');
    }
    if (readOnly === undefined || toldReadOnly) return;
    toldReadOnly = true;
    void vscode.window.showErrorMessage(describeError(locale, readOnly), text('useCopyButton')).then((answer) => {
      if (answer !== undefined) void vscode.commands.executeCommand('gaxPackages.repository.useCopy');
    });
  });
  return new vscode.Disposable(stop);
}
