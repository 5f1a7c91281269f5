import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { parseAddress } from '../../../core/hosts/address';
import { checkHostName, checkHostUser } from '../../../core/hosts/form';
import type { Authentication, Host } from '../../../core/hosts/model';
import { describeHostProblem, hostText } from '../../../core/text/hostText';
import type { ExtensionParts } from '../../extensionParts';
import { askText, pickOne, turnBack } from '../../inputs/inputs';

export function askAddress({ text }: ExtensionParts, title: string, value: string): Promise<string> {
  return askText({ title, prompt: text('hostAddressPrompt'), value, validateInput: (input) => (parseAddress(input) === undefined ? text('hostAddressWrong') : undefined) });
}

export function askUser({ text, locale }: ExtensionParts, title: string, value: string): Promise<string> {
  return askText({ title, prompt: text('hostUserPrompt'), value, validateInput: (input) => (input === '' ? undefined : describeHostProblem(locale, checkHostUser(input))) });
}

/** @param others names that are taken, in any case */
export function askName({ text, locale }: ExtensionParts, title: string, value: string, others: readonly string[]): Promise<string> {
  return askText({ title, prompt: text('hostNamePrompt'), value, validateInput: (input) => describeHostProblem(locale, checkHostName(input, others)) });
}

/** How to sign in: the agent of this session, a key file, or a password. */
export async function askSignIn(parts: ExtensionParts, title: string, present: Authentication | undefined): Promise<Authentication> {
  const { text } = parts;
  const agent = process.env['SSH_AUTH_SOCK'];
  const kind = await pickOne<Authentication['kind']>(title, text('signInPlaceholder'), [
    { label: text('signInSshConfig'), detail: text('signInSshConfigDetail'), value: 'sshConfig' },
    { label: text('signInAgent'), detail: agent === undefined ? text('signInAgentMissing') : text('signInAgentDetail'), value: 'agent' },
    { label: text('signInKey'), detail: text('signInKeyDetail'), value: 'key' },
    { label: text('signInPassword'), detail: text('signInPasswordDetail'), value: 'password' },
  ]);
  if (kind !== 'key') return { kind };
  return { kind, keyFile: await askKeyFile(parts, title, present?.kind === 'key' ? present.keyFile : '') };
}

async function askKeyFile({ text, locale }: ExtensionParts, title: string, value: string): Promise<string> {
  const input = vscode.window.createInputBox();
  const browse: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('folder-opened'), tooltip: text('browse') };
  try {
    input.title = title;
    input.prompt = text('keyFilePrompt');
    input.value = value === '' ? join(homedir(), '.ssh', 'id_ed25519') : value;
    input.buttons = [browse];
    input.ignoreFocusOut = true;
    const answer = await new Promise<string | typeof browse | undefined>((resolve) => {
      input.onDidTriggerButton(() => resolve(browse));
      input.onDidChangeValue(() => (input.validationMessage = ''));
      input.onDidAccept(() => {
        if (isAbsolute(expandHome(input.value))) resolve(expandHome(input.value));
        else input.validationMessage = hostText[locale].keyFileWrong;
      });
      input.onDidHide(() => resolve(undefined));
      input.show();
    });
    if (answer === browse) return await browseKeyFile(text('chooseKeyFile'), text('useKeyFile'));
    return typeof answer === 'string' ? answer : turnBack();
  } finally {
    input.dispose();
  }
}

async function browseKeyFile(title: string, openLabel: string): Promise<string> {
  const chosen = await vscode.window.showOpenDialog({ title, openLabel, defaultUri: vscode.Uri.file(join(homedir(), '.ssh')) });
  return chosen?.[0]?.fsPath ?? turnBack();
}

function expandHome(path: string): string {
  return path.trim().replace(/^~(?=[/\\])/, homedir());
}

/** The names of all hosts but one. */
export function otherNames(hosts: readonly Host[], except?: string): readonly string[] {
  return hosts.filter((host) => host.id !== except).map((host) => host.name);
}
