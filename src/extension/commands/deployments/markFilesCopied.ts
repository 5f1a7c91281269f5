import * as vscode from 'vscode';
import type { DeployedPackage } from '../../../core/deployment/model';
import { createText } from '../../../core/text/messages';
import { plugInText } from '../../../core/text/plugInText';
import type { ExtensionParts } from '../../extensionParts';
import { pickOne, turnBack } from '../../inputs/inputs';
import type { Command, Target } from '../command';

/** Says of plug-ins whose files their installers did not copy into GAX that a person has. */
export const markFilesCopied: Command = {
  id: 'gaxPackages.deployments.markFilesCopied',
  needsTrust: true,
  run: async (parts, target) => {
    const text = createText(parts.locale, plugInText);
    for (const { id, hostName: host, package: { name, version } } of await chosen(parts, target)) {
      await parts.service.request('deployedPackages/markFilesCopied', { id });
      void vscode.window.setStatusBarMessage(text('markedCopied', { package: `${name} ${version}`, host }), 5000);
    }
  },
};

async function chosen(parts: ExtensionParts, target: Target): Promise<readonly DeployedPackage[]> {
  const given = target.nodes.flatMap(({ subject }) => (subject.kind === 'deployed' ? [subject.deployed] : []));
  if (given.length > 0) return given.filter(({ filesToCopy }) => filesToCopy !== undefined);
  const text = createText(parts.locale, plugInText);
  const waiting = (await parts.service.request('deployedPackages/list', {})).filter(({ filesToCopy }) => filesToCopy !== undefined);
  if (waiting.length === 0) {
    void vscode.window.showInformationMessage(text('nothingToCopy'));
    return turnBack();
  }
  return [await pickOne(text('markCopiedTitle'), text('chooseToMark'), waiting.map((value) => ({
    label: `${value.package.name} ${value.package.version}`, description: value.hostName, detail: value.applicationName, value,
  })))];
}
