import * as vscode from 'vscode';
import type { ImportRecord } from '../../../core/packages/model';
import { createText } from '../../../core/text/messages';
import { packageActionsText } from '../../../core/text/packageActionsText';
import type { ExtensionParts } from '../../extensionParts';
import { confirmReplace } from '../../imports/confirmReplace';
import { followImports } from '../../imports/followImports';
import { confirm, pickMany } from '../../inputs/inputs';
import { wasPresent } from '../../views/nodes/packageNodes';
import type { Command, Target } from '../command';
import { importsOf } from './choosePackages';

/** Replaces packages by archives whose import was refused because they are there already (product.md W6). */
export const replacePackage: Command = {
  id: 'gaxPackages.packages.replace',
  needsTrust: true,
  run: async (parts, target) => {
    const { service, locale } = parts;
    const text = createText(locale, packageActionsText);
    const refused = await refusedImports(parts, target);
    if (refused.length === 0) {
      void vscode.window.showInformationMessage(text('noneToReplace'));
      return;
    }
    await confirmReplace(refused.map(nameOf), { service, locale, confirm });
    followImports(parts, await Promise.all(refused.map(({ id }) => service.request('imports/retry', { id, replace: true }))));
  },
};

async function refusedImports(parts: ExtensionParts, target: Target): Promise<readonly ImportRecord[]> {
  const given = importsOf(target);
  if (given.length > 0) return given.filter(wasPresent);
  const refused = (await parts.service.request('imports/list', {})).filter(wasPresent);
  if (refused.length < 2) return refused;
  const text = createText(parts.locale, packageActionsText);
  return pickMany(text('replaceOffer'), text('chooseToReplace'), refused.map((record) => ({ label: nameOf(record), value: record })));
}

/** The package as the refusal names it: an import that was refused does not get as far as noting what it read. */
function nameOf(record: ImportRecord): string {
  const name = record.error?.args['package'];
  return typeof name === 'string' ? name : record.source.path;
}
