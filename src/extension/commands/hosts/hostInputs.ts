import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { Authentication, Host } from '../../../core/hosts/model';
import type { ExtensionParts } from '../../extensionParts';
import { askText, pickOne, turnBack } from '../../inputs/inputs';
import { isPort, parseAddress } from '../../../core/hosts/address';

export function askAddress({ text }: ExtensionParts, title: string, value: string): Promise<string> {
  return askText({ title, prompt: text('hostAddressPrompt'), value, validateInput: (input) => (parseAddress(input) === undefined ? text('hostAddressWrong') : undefined) });
}

export function askPort({ text }: ExtensionParts, title: string, value: number): Promise<string> {
  return askText({ title, prompt: text('editPort'), value: String(value), validateInput: (input) => (/^\d+$/.test(input) && isPort(Number(input)) ? undefined : text('portWrong')) });
}

export function askUser({ text }: ExtensionParts, title: string, value: string): Promise<string> {
  return askText({ title, prompt: text('hostUserPrompt'), value, validateInput: (input) => (/^\S+$/.test(input) ? undefined : text('hostUserWrong')) });
}

/** @param others names that are taken, in any case */
export function askName({ text }: ExtensionParts, title: string, value: string, others: readonly string[]): Promise<string> {
  const taken = new Set(others.map((name) => name.toLowerCase()));
  return askText({
    title, prompt: text('hostNamePrompt'), value,
    validateInput: (input) => {
      if (!/^[^\s/\\]+$/.test(input)) return text('hostNameWrong');
      return taken.has(input.toLowerCase()) ? text('hostNameTaken', { name: input }) : undefined;
    },
  });
}

/** A folder on the host; empty: the default one. */
export function askFolder({ text }: ExtensionParts, title: string, value: string, standard: string): Promise<string> {
  return askText({ title, prompt: text('folderPrompt', { folder: standard }), value, validateInput: (input) => (/^(\/\S*)?$/.test(input) ? undefined : text('folderWrong')) });
}

/** How to sign in: the agent of this session, a key file, or a password. */
export async function askSignIn(parts: ExtensionParts, title: string, present: Authentication | undefined): Promise<Authentication> {
  const { text } = parts;
  const agent = process.env['SSH_AUTH_SOCK'];
  const kind = await pickOne<Authentication['kind']>(title, text('signInPlaceholder'), [
    { label: text('signInAgent'), detail: agent === undefined ? text('signInAgentMissing') : text('signInAgentDetail'), value: 'agent' },
    { label: text('signInKey'), detail: text('signInKeyDetail'), value: 'key' },
    { label: text('signInPassword'), detail: text('signInPasswordDetail'), value: 'password' },
  ]);
  if (kind !== 'key') return { kind };
  return { kind, keyFile: await askKeyFile(parts, title, present?.kind === 'key' ? present.keyFile : '') };
}

async function askKeyFile({ text }: ExtensionParts, title: string, value: string): Promise<string> {
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
        else input.validationMessage = text('keyFileWrong');
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
