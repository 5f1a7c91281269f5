import * as vscode from 'vscode';
import type { Deployment } from '../../core/deployment/model';
import { createText } from '../../core/text/messages';
import { taskText } from '../../core/text/taskText';
import { progressSubject } from '../deployments/progressSubject';
import type { ExtensionParts } from '../extensionParts';
import { shouldNotify } from './shouldNotify';

/** Tells how a deployment that this window started has ended, unless its page shows it; a success needs no words either where the tree shows it. */
export async function tellDeploymentEnd(parts: ExtensionParts, deployment: Deployment): Promise<void> {
  const text = createText(parts.locale, taskText);
  const { package: { name, version }, hosts } = deployment;
  const show = parts.text('show');
  const showLog = parts.text('deploymentActionLog');
  const page = progressSubject(parts, deployment);
  const isShown = parts.pages.isVisible('deployWizard', page);
  const showPage = (): void => parts.pages.show('deployWizard', page);
  const failed = hosts.filter((run) => run.state === 'failed' || run.state === 'unknown').length;
  switch (deployment.state) {
    case 'complete': {
      if (!shouldNotify(isShown || parts.views.isVisible('deployed'))) return;
      const words = text('finished', { profile: deployment.profile, package: name, version, n: hosts.length });
      if ((await vscode.window.showInformationMessage(words, show)) === show) showPage();
      return;
    }
    case 'failed': {
      if (!shouldNotify(isShown)) return;
      const answer = await vscode.window.showErrorMessage(text('failed', { package: name, version, failed, all: hosts.length }), show, showLog);
      if (answer === show) showPage();
      if (answer === showLog) await parts.logs.show(deployment);
      return;
    }
    case 'interrupted': {
      if (isShown) return;
      if ((await vscode.window.showWarningMessage(text('interruptedNotice', { n: 1 }), show)) === show) showPage();
      return;
    }
    case 'cancelled':
    case 'running':
      return;
  }
}
