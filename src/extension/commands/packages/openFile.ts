import * as vscode from 'vscode';
import { describeIdentity } from '../../../core/packages/identity';
import type { PackageSummary } from '../../../core/packages/model';
import { insideText } from '../../../core/text/insideText';
import { formatBytes } from '../../../core/text/measures';
import { createText } from '../../../core/text/messages';
import type { ExtensionParts } from '../../extensionParts';
import { pickOne } from '../../inputs/inputs';
import type { Command } from '../command';
import { onePackage } from './choosePackages';

/** Opens a file inside a package, read-only, in the editor that is made for it. */
export const openPackageFile: Command = {
  id: 'gaxPackages.packages.openFile',
  run: async (parts, target) => {
    const { locale, packageFiles } = parts;
    const [row] = target.nodes;
    if (row?.subject.kind === 'packageFile') {
      await showPackageFile(parts, row.subject.package, row.subject.path);
      return;
    }
    const text = createText(locale, insideText);
    const item = await onePackage(parts, target, text('openFilePlaceholder'));
    const { files } = await packageFiles.indexOf(item.id);
    const choices = [...files.values()].filter(({ type }) => type !== 'directory')
      .map((file) => ({ label: file.path.slice(file.path.lastIndexOf('/') + 1), description: file.path, detail: formatBytes(locale, file.size), value: file.path }));
    const path = await pickOne(text('openFileTitle', { package: describeIdentity(item, parts.text('bit')) }), text('openFilePlaceholder'), choices);
    await showPackageFile(parts, item, path);
  },
};

/** Opens one file of a package. The editor decides how: a template opens in its own editor. */
export async function showPackageFile({ packageFiles }: Pick<ExtensionParts, 'packageFiles'>, item: Pick<PackageSummary, 'id' | 'name' | 'version'>, path: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', packageFiles.uriOf(item, path), { preview: true } satisfies vscode.TextDocumentShowOptions);
}
