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
export async function writeTemplate({ source, target, bytes, lost }: MadeTemplate, locale: Locale): Promise<void> {
  const text = createText(locale, apdCommandText);
  const [file, from, losses] = [nameOf(target), nameOf(source), describeLosses(locale, lost)];
  const replaces = await isThere(target);
  if (replaces) {
    const detail = [text('replaceDetail', { source: from }), ...(losses === '' ? [] : [text('cannotHold', { file, losses })])].join('\n\n');
    const answer = await vscode.window.showWarningMessage(text('replaceMessage', { file }), { modal: true, detail }, text('replace'));
    if (answer === undefined) throw new ProductError('general/cancelled');
  }
  await vscode.workspace.fs.writeFile(target, bytes);
  await vscode.commands.executeCommand('vscode.open', target, { preview: false });
  // Who replaced a file was told in the question.
  if (losses !== '' && !replaces) void vscode.window.showInformationMessage(text('made', { file, source: from, losses }));
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
