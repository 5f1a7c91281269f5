import * as vscode from 'vscode';
import type { PackageSummary } from '../../../core/packages/model';
import { detailsText } from '../../../core/text/detailsText';
import { createText } from '../../../core/text/messages';
import { isHeld } from '../../access';
import type { ExtensionParts } from '../../extensionParts';
import { pickOne, type Choice } from '../../inputs/inputs';
import { runOn, type Command } from '../command';

/** Asks for one of the actions of a package that have no button on its page, and does it. @throws ProductError `general/cancelled` when the person turned back */
export async function choosePackageAction({ locale, state }: Pick<ExtensionParts, 'locale' | 'state'>, item: PackageSummary): Promise<void> {
  const text = createText(locale, detailsText);
  const mayMove = vscode.workspace.isTrusted && isHeld(state.snapshot.access, 'import', item.tenantId);
  const action = (icon: string, words: Parameters<typeof text>[0], value: Command['id']): Choice<Command['id']> => ({ label: `$(${icon}) ${text(words)}`, value });
  const choices = [
    action('go-to-file', 'openInside', 'gaxPackages.packages.openFile'),
    ...(mayMove ? [action('folder', 'moveToGroup', 'gaxPackages.packages.moveToGroup')] : []),
    action('diff-multiple', 'compareWith', 'gaxPackages.packages.compare'),
    action('copy', 'copyIdentity', 'gaxPackages.packages.copyIdentity'),
  ];
  await runOn(await pickOne(`${item.name} ${item.version}`, text('moreActions'), choices), { kind: 'package', package: item });
}
