import * as vscode from 'vscode';
import type { ExtensionTextKey } from '../../core/text/extensionText';
import type { Text } from '../../core/text/messages';
import type { SecretQuestion } from '../../protocol/service';
import { askToKeep } from './askKeeping';
import type { KeptSecret, SecretKeeper } from './secretKeeper';

/** Answers a question for a secret: from what was kept, else from the person. Undefined: the person declined. */
export async function answerSecret(
  text: Text<ExtensionTextKey>, secrets: SecretKeeper, question: SecretQuestion, token: vscode.CancellationToken,
): Promise<string | undefined> {
  const kept = nameSecret(text, question);
  if (kept !== undefined) {
    if (question.attempt > 1) await secrets.forget(kept.id);
    const found = await secrets.find(kept.id);
    if (found !== undefined) return found;
  }
  const secret = await vscode.window.showInputBox(
    { title: titleOf(text, question), prompt: promptOf(text, question), password: question.echo !== true, ignoreFocusOut: true }, token,
  );
  if (secret === undefined || token.isCancellationRequested) return undefined;
  if (kept !== undefined && secret !== '') await askToKeep(text, secrets, kept, secret, token);
  return secret;
}

/** What a secret is kept under. Answers to a host's own questions may be one-time codes: they are not kept. */
function nameSecret(text: Text<ExtensionTextKey>, question: SecretQuestion): KeptSecret | undefined {
  const { user } = question;
  const host = question.jumpHost ?? question.hostName;
  switch (question.kind) {
    case 'password':
      return { id: `password:${user}@${host}`, label: text('savedPassword', { user, host }) };
    case 'passphrase':
      return { id: `passphrase:${question.keyFile ?? ''}`, label: text('savedPassphrase', { keyFile: question.keyFile ?? '' }) };
    case 'silentIni':
      return { id: `silentIni:${host}:${question.prompt ?? ''}`, label: text('savedSilentIni', { key: question.prompt ?? '', package: host }) };
    case 'sudo':
      return { id: `sudo:${user}@${host}`, label: text('savedSudo', { user, host }) };
    case 'su':
      return { id: `su:${question.installUser ?? ''}@${host}`, label: text('savedPassword', { user: question.installUser ?? '', host }) };
    case 'keyboardInteractive':
      return undefined;
  }
}

function titleOf(text: Text<ExtensionTextKey>, question: SecretQuestion): string {
  const { user } = question;
  const host = question.jumpHost ?? question.hostName;
  switch (question.kind) {
    case 'password':
      return text('passwordTitle', { user, host });
    case 'passphrase':
      return text('passphraseTitle', { keyFile: question.keyFile ?? '' });
    case 'keyboardInteractive':
      return text('keyboardTitle', { user, host, prompt: question.prompt ?? '' });
    case 'sudo':
      return text('sudoTitle', { user, host });
    case 'su':
      return text('suTitle', { installUser: question.installUser ?? '', host });
    case 'silentIni':
      return text('silentIniTitle', { host, prompt: question.prompt ?? '' });
  }
}

function promptOf(text: Text<ExtensionTextKey>, question: SecretQuestion): string {
  const refused = question.attempt > 1 && question.kind !== 'silentIni'
    ? question.kind === 'passphrase' ? text('passphraseRefused', { keyFile: question.keyFile ?? '' }) : text('secretRefused', { host: question.jumpHost ?? question.hostName })
    : undefined;
  const left = refused !== undefined && question.triesLeft !== undefined ? text('triesLeft', { n: question.triesLeft + 1 }) : undefined;
  return [refused, left, text('secretEscape')].filter((part) => part !== undefined).join(' ');
}
