import * as vscode from 'vscode';
import type { Deployment } from '../../core/deployment/model';
import { createText } from '../../core/text/messages';
import { taskText } from '../../core/text/taskText';
import type { ExtensionParts } from '../extensionParts';
import { shouldNotify } from './shouldNotify';

/** Tells how a deployment that this window started has ended. A success that the tree shows needs no words; a failure always does. */
export async function tellDeploymentEnd(parts: ExtensionParts, deployment: Deployment): Promise<void> {
  const text = createText(parts.locale, taskText);
  const { package: { name, version }, hosts } = deployment;
  const show = parts.text('show');
  const showLog = parts.text('deploymentActionLog');
  const node = `deployment:${deployment.id}`;
  const failed = hosts.filter((run) => run.state === 'failed' || run.state === 'unknown').length;
  switch (deployment.state) {
    case 'complete': {
      if (!shouldNotify(parts.views.isVisible('deployed'))) return;
      const words = text('finished', { profile: deployment.profile, package: name, version, n: hosts.length });
      if ((await vscode.window.showInformationMessage(words, show)) === show) await parts.views.show('deployed');
      return;
    }
    case 'failed': {
      if (!shouldNotify(false)) return;
      const answer = await vscode.window.showErrorMessage(text('failed', { package: name, version, failed, all: hosts.length }), show, showLog);
      if (answer === show) await parts.views.show('deployed', node);
      if (answer === showLog) await vscode.commands.executeCommand('gaxPackages.deployments.showLog', node);
      return;
    }
    case 'interrupted': {
      if ((await vscode.window.showWarningMessage(text('interruptedNotice', { n: 1 }), show)) === show) await parts.views.show('deployed', node);
      return;
    }
    case 'cancelled':
    case 'running':
      return;
  }
}
