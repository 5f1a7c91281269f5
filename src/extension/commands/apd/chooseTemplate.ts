import * as vscode from 'vscode';
import { ProductError } from '../../../core/errors';
import { apdCommandText } from '../../../core/text/apdCommandText';
import { createText, type Locale } from '../../../core/text/messages';
import type { Target } from '../command';

/** The file that a command was called on, else that of the editor in front, else one that a person chooses. @throws general/cancelled */
export async function chooseTemplate(target: Target, kind: 'apd' | 'xml', locale: Locale): Promise<vscode.Uri> {
  const fits = (uri: vscode.Uri | undefined): uri is vscode.Uri => uri !== undefined && uri.path.toLowerCase().endsWith(`.${kind}`);
  const given = target.uris.find(fits);
  if (given !== undefined) return given;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const open = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
  if (fits(open)) return open;
  const text = createText(locale, apdCommandText);
  const chosen = await vscode.window.showOpenDialog({
    title: text(kind === 'apd' ? 'chooseApd' : 'chooseXml'), openLabel: text('choose'), filters: { [text(kind === 'apd' ? 'apdFiles' : 'xmlFiles')]: [kind] },
  });
  if (chosen?.[0] === undefined) throw new ProductError('general/cancelled');
  return chosen[0];
}
