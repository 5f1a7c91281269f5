import * as vscode from 'vscode';
import type { ExtensionTextKey } from '../../core/text/extensionText';
import type { Text } from '../../core/text/messages';
import type { HostKeyAnswer, HostKeyQuestion } from '../../protocol/service';
import { describeAddress } from '../views/nodes/hostNodes';

/** Asks whether to trust a key that nobody has vouched for. The first button, which Enter presses, never trusts. */
export async function askAboutHostKey(text: Text<ExtensionTextKey>, question: HostKeyQuestion): Promise<HostKeyAnswer> {
  const asked = text('trustMessage', { host: question.jumpHost ?? question.hostName, address: describeAddress(question) });
  const message = question.jumpHost === undefined ? asked : text('trustThroughJump', { message: asked, host: question.hostName });
  const detail = text('trustDetail', { type: question.key.type.replace(/^ssh-/, '').toUpperCase(), fingerprint: question.key.fingerprint });
  for (;;) {
    const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, text('copyFingerprint'), text('trust'), text('trustAndAdd'));
    switch (answer) {
      case text('copyFingerprint'):
        await vscode.env.clipboard.writeText(question.key.fingerprint);
        break;
      case text('trust'):
        return 'trust';
      case text('trustAndAdd'):
        return 'trustAndAddToKnownHosts';
      default:
        return 'refuse';
    }
  }
}
