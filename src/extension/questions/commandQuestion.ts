import * as vscode from 'vscode';
import type { ExtensionTextKey } from '../../core/text/extensionText';
import type { Text } from '../../core/text/messages';
import type { CommandQuestion } from '../../protocol/service';

/**
 * Asks whether a command of an SSH configuration may be run. The first button, which Enter presses, runs nothing; a
 * window that is not trusted is not asked.
 */
export async function askAboutCommand(text: Text<ExtensionTextKey>, { hostName, file, line, command }: CommandQuestion): Promise<'run' | 'skip'> {
  if (!vscode.workspace.isTrusted) return 'skip';
  const detail = text('commandDetail', { command, line: String(line), host: hostName });
  const answer = await vscode.window.showWarningMessage(text('commandMessage', { file }), { modal: true, detail }, text('skipRule'), text('runCommand'));
  return answer === text('runCommand') ? 'run' : 'skip';
}
