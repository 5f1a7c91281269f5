import * as vscode from 'vscode';
import { ProductError } from '../../core/errors';

/** An entry of a quick pick, with what it stands for. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

function isChoice<T>(item: vscode.QuickPickItem | undefined): item is Choice<T> {
  return item !== undefined && 'value' in item;
}

/** Ends a command because the person turned back: an outcome, not an error. */
export function turnBack(): never {
  throw new ProductError('general/cancelled');
}

/** Asks for one of several. @throws ProductError `general/cancelled` when the person turned back */
export async function pickOne<T>(title: string, placeHolder: string, items: readonly (Choice<T> | vscode.QuickPickItem)[]): Promise<T> {
  const picked = await vscode.window.showQuickPick([...items], { title, placeHolder, ignoreFocusOut: true, matchOnDescription: true, matchOnDetail: true });
  if (!isChoice<T>(picked)) return turnBack();
  return picked.value;
}

/** Asks for any number of several; possibly none. @throws ProductError `general/cancelled` when the person turned back */
export async function pickMany<T>(title: string, placeHolder: string, items: readonly Choice<T>[]): Promise<readonly T[]> {
  const picked = await vscode.window.showQuickPick([...items], { title, placeHolder, ignoreFocusOut: true, matchOnDescription: true, matchOnDetail: true, canPickMany: true });
  if (picked === undefined) return turnBack();
  return picked.map((item) => item.value);
}

/** Asks for one line. @throws ProductError `general/cancelled` when the person turned back */
export async function askText(options: vscode.InputBoxOptions & { readonly title: string }): Promise<string> {
  const answer = await vscode.window.showInputBox({ ignoreFocusOut: true, ...options });
  return answer ?? turnBack();
}

/** Asks for a yes to something that cannot be taken back. @throws ProductError `general/cancelled` for everything but the button */
export async function confirm(message: string, detail: string, button: string): Promise<void> {
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, button);
  if (answer !== button) turnBack();
}
