import * as vscode from 'vscode';
import type { ExtensionTextKey } from '../../core/text/extensionText';
import type { Text } from '../../core/text/messages';
import type { KeepFor, SecretKeeper } from './secretKeeper';

/** After a secret was entered: where to keep it. Turning away keeps it for this once only. */
export async function askToKeep(
  text: Text<ExtensionTextKey>, secrets: SecretKeeper, kept: { readonly id: string; readonly label: string }, secret: string, token?: vscode.CancellationToken,
): Promise<void> {
  const items: (vscode.QuickPickItem & { readonly where: KeepFor })[] = [
    { label: text('keepOnce'), where: 'deployment' },
    { label: text('keepWindow'), where: 'window' },
    { label: text('keepStore'), where: 'store' },
  ];
  const choice = await vscode.window.showQuickPick(items, { title: text('keepTitle'), placeHolder: kept.label, ignoreFocusOut: true }, token);
  await secrets.keep(kept, secret, choice?.where ?? 'deployment');
}
