import * as vscode from 'vscode';
import type { DeployedPackage } from '../../../core/deployment/model';
import { createText } from '../../../core/text/messages';
import { verificationText } from '../../../core/text/verificationText';
import type { ExtensionParts } from '../../extensionParts';
import { pickOne, turnBack } from '../../inputs/inputs';
import type { Command, Target } from '../command';

/** Holds the files of deployed packages on their hosts against the packages. */
export const verifyDeployed: Command = {
  id: 'gaxPackages.deployments.verify',
  needsTrust: true,
  run: async (parts, target) => {
    for (const deployed of await chosen(parts, target)) void tell(parts, await verify(parts, deployed));
  },
};

async function chosen(parts: ExtensionParts, target: Target): Promise<readonly DeployedPackage[]> {
  const given = target.nodes.flatMap(({ subject }) => (subject.kind === 'deployed' ? [subject.deployed] : []));
  if (given.length > 0) return given;
  const text = createText(parts.locale, verificationText);
  const all = await parts.service.request('deployedPackages/list', {});
  if (all.length === 0) {
    void vscode.window.showInformationMessage(text('nothingDeployed'));
    return turnBack();
  }
  return [await pickOne(text('verify'), text('choose'), all.map((value) => ({
    label: `${value.package.name} ${value.package.version}`, description: value.hostName, detail: value.applicationName, value,
  })))];
}

/** @throws ProductError `general/cancelled` when the person stopped it, and what the service raises */
async function verify({ service, locale }: ExtensionParts, deployed: DeployedPackage): Promise<DeployedPackage> {
  const text = createText(locale, verificationText);
  const { id, hostName: host } = deployed;
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: text('verifying', { host, percent: 0 }) }, async (progress, token) => {
    const stop = new AbortController();
    const cancelling = token.onCancellationRequested(() => stop.abort());
    let shown = 0;
    const unlisten = service.onEvent('verifyProgress', (event) => {
      if (event.id !== id || event.bytesTotal === 0) return;
      const percent = Math.floor((event.bytesDone * 100) / event.bytesTotal);
      progress.report({ increment: percent - shown, message: `${percent}\u00a0%` });
      shown = percent;
    });
    try {
      return await service.request('deployedPackages/verify', { id }, stop.signal);
    } finally {
      unlisten();
      cancelling.dispose();
    }
  });
}

async function tell({ locale, pages }: ExtensionParts, { applicationId, hostName: host, package: { name, version }, verification }: DeployedPackage): Promise<void> {
  const text = createText(locale, verificationText);
  const words = { package: `${name} ${version}`, host, n: verification?.differing ?? 0 };
  const show = text('showDetails');
  const answer = words.n === 0
    ? await vscode.window.showInformationMessage(text('verifiedEqual', words), show)
    : await vscode.window.showWarningMessage(text('verifiedDiffering', words), show);
  if (answer === show) pages.show('deployedPackage', { id: applicationId });
}
