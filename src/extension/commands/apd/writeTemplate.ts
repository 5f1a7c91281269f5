import * as vscode from 'vscode';
import { ProductError } from '../../../core/errors';
import type { TemplateLosses } from '../../../core/formats/templatePair/convert';
import { apdCommandText } from '../../../core/text/apdCommandText';
import { createText, type Locale } from '../../../core/text/messages';
import { describeLosses } from '../../../core/text/templateText';
import { nameOf } from '../../documents/templateFiles';

export interface MadeTemplate {
  readonly source: vscode.Uri;
  readonly target: vscode.Uri;
  readonly bytes: Uint8Array;
  readonly lost: TemplateLosses;
}

/** Writes what was made of the other file of a pair and opens it. Asks before it replaces a file, and says what was lost. @throws general/cancelled */
export async function writeTemplate({ source, target: beside, bytes, lost }: MadeTemplate, locale: Locale): Promise<void> {
  const text = createText(locale, apdCommandText);
  const isWritable = vscode.workspace.fs.isWritableFileSystem(beside.scheme) !== false;
  const target = isWritable ? beside : await chooseTarget(beside);
  const [file, from, losses] = [nameOf(target), nameOf(source), describeLosses(locale, lost)];
  const replaces = await isThere(target);
  // Who chose the file was asked by the editor.
  if (replaces && isWritable) {
    const detail = [text('replaceDetail', { source: from }), ...(losses === '' ? [] : [text('cannotHold', { file, losses })])].join('\n\n');
    const answer = await vscode.window.showWarningMessage(text('replaceMessage', { file }), { modal: true, detail }, text('replace'));
    if (answer === undefined) throw new ProductError('general/cancelled');
  }
  await vscode.workspace.fs.writeFile(target, bytes);
  await vscode.commands.executeCommand('vscode.open', target, { preview: false });
  // Who replaced a file was told in the question.
  if (losses !== '' && !(replaces && isWritable)) void vscode.window.showInformationMessage(text('made', { file, source: from, losses }));
}

/** Asks where to write what cannot stand beside its source, such as a file inside of a package. */
async function chooseTarget(beside: vscode.Uri): Promise<vscode.Uri> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const chosen = await vscode.window.showSaveDialog(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder.uri, nameOf(beside)) });
  if (chosen === undefined) throw new ProductError('general/cancelled');
  return chosen;
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return false;
    throw error;
  }
}
