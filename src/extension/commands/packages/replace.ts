import * as vscode from 'vscode';
import { describeIdentity, identityKey } from '../../../core/packages/identity';
import type { ImportRecord } from '../../../core/packages/model';
import { createText } from '../../../core/text/messages';
import { packageActionsText } from '../../../core/text/packageActionsText';
import type { ExtensionParts } from '../../extensionParts';
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
    await confirm(text('replaceMessage', { n: refused.length }), [...(await Promise.all(refused.map((record) => describe(parts, record)))), text('replaceDetail')].join('\n'), text('replaceButton'));
    followImports(parts, await Promise.all(refused.map(({ id }) => service.request('imports/retry', { id, replace: true }))));
  },
};

async function refusedImports(parts: ExtensionParts, target: Target): Promise<readonly ImportRecord[]> {
  const given = importsOf(target);
  if (given.length > 0) return given.filter(wasPresent);
  const refused = (await parts.service.request('imports/list', {})).filter(wasPresent);
  if (refused.length < 2) return refused;
  const text = createText(parts.locale, packageActionsText);
  return pickMany(text('replaceOffer'), text('chooseToReplace'), refused.map((record) => ({ label: nameOf(parts, record), value: record })));
}

function nameOf({ text }: ExtensionParts, record: ImportRecord): string {
  return record.identity === undefined ? record.source : describeIdentity(record.identity, text('bit'));
}

/** One package of the question, with the hosts that have it. */
async function describe(parts: ExtensionParts, record: ImportRecord): Promise<string> {
  const { service, locale } = parts;
  const text = createText(locale, packageActionsText);
  const { identity } = record;
  const deployed = await service.request('deployedPackages/list', {});
  const hosts = [...new Set(deployed.filter((each) => identity !== undefined && isSame(each.package, identity)).map(({ hostName }) => hostName))].sort();
  const name = nameOf(parts, record);
  return hosts.length === 0 ? text('replaceNotDeployed', { package: name }) : text('replaceDeployed', { package: name, hosts: hosts.join(', ') });
}

function isSame(a: NonNullable<ImportRecord['identity']>, b: NonNullable<ImportRecord['identity']>): boolean {
  return identityKey(a) === identityKey(b);
}
