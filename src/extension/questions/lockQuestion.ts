import * as vscode from 'vscode';
import type { ExtensionTextKey } from '../../core/text/extensionText';
import type { Text } from '../../core/text/messages';
import type { LockQuestion } from '../../protocol/service';

/** Asks whether to take over the lock of another repository's deployment. The first button, which Enter presses, leaves it. */
export async function askAboutLock(text: Text<ExtensionTextKey>, { hostName, user, machine, deployment, since }: LockQuestion): Promise<'takeOver' | 'leave'> {
  const detail = text('lockDetail', { user, machine, deployment, since: Date.parse(since) });
  const answer = await vscode.window.showWarningMessage(text('lockMessage', { host: hostName }), { modal: true, detail }, text('leaveLock'), text('takeOverLock'));
  return answer === text('takeOverLock') ? 'takeOver' : 'leave';
}
