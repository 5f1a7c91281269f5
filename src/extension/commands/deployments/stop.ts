import * as vscode from 'vscode';
import type { Deployment } from '../../../core/deployment/model';
import { deploymentStepName } from '../../../core/text/stateText';
import type { ExtensionParts } from '../../extensionParts';
import { turnBack } from '../../inputs/inputs';
import type { Command } from '../command';
import { oneDeployment } from './chooseDeployment';

/** Stops a running deployment, after a question that says what becomes of each host. */
export const stop: Command = {
  id: 'gaxPackages.deployments.stop',
  run: async (parts, target) => {
    const { text, service } = parts;
    const { deployment } = await oneDeployment(parts, target, text('stopButton'), ({ state }) => state === 'running', 'noneRuns');
    const now = await service.request('deployments/get', { id: deployment.id });
    if (now.state !== 'running') return;
    const buttons = [text('stopButton'), ...(now.hosts.some((run) => run.state === 'queued') ? [text('stopLaterButton')] : [])];
    const answer = await vscode.window.showWarningMessage(text('stopMessage'), { modal: true, detail: describeStop(parts, now) }, ...buttons);
    if (answer === undefined) return turnBack();
    await service.request('deployments/stop', { id: now.id, ...(answer === text('stopLaterButton') && { finishRunning: true }) });
  },
};

function describeStop({ text, locale }: ExtensionParts, { hosts }: Deployment): string {
  const running = hosts.filter((run) => run.state === 'running' || run.state === 'waiting');
  const complete = hosts.filter((run) => run.state === 'complete').length;
  const queued = hosts.filter((run) => run.state === 'queued').length;
  return [
    ...running.map((run) => text('stopHostAt', { host: run.hostName, step: deploymentStepName(locale, run.step ?? 'connect') })),
    ...(complete > 0 ? [text('stopComplete', { n: complete })] : []),
    ...(queued > 0 ? [text('stopQueued', { n: queued })] : []),
  ].join(' ');
}
