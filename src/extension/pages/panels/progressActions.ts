import * as vscode from 'vscode';
import { ProductError } from '../../../core/errors';
import { runOn } from '../../commands/command';
import type { ProgressActions } from '../deployWizard/progressPage';
import type { ExtensionParts } from '../../extensionParts';
import { goOnWith } from '../../tasks/deploymentTask';

/** The editor's own commands behind the buttons of a deployment's progress. */
export function progressActions(parts: ExtensionParts): ProgressActions {
  const { follower, logs, state, service } = parts;
  return {
    followTransfers: (id, onProgress) => follower.follow(id, { events: () => undefined, progress: onProgress }),
    retryHost: async (deployment, run) => runOn('gaxPackages.deployments.retryHost', { kind: 'hostRun', deployment, run }),
    retryFailed: async (deployment) => runOn('gaxPackages.deployments.retryFailed', { kind: 'deployment', deployment }),
    stop: async (deployment) => runOn('gaxPackages.deployments.stop', { kind: 'deployment', deployment }),
    pause: async ({ id }) => {
      await service.request('deployments/pause', { id });
    },
    goOn: async (deployment, hostId) => goOnWith(parts, deployment, hostId === undefined ? undefined : [hostId]),
    resume: async (deployment) => runOn('gaxPackages.deployments.resume', { kind: 'deployment', deployment }),
    cleanUp: async (deployment) => runOn('gaxPackages.deployments.cleanUp', { kind: 'deployment', deployment }),
    showLog: async (deployment, hostId) => {
      await logs.show(deployment, hostId);
    },
    copyText: async (text) => vscode.env.clipboard.writeText(text),
    openTerminal: async (hostId) => {
      const host = state.snapshot.hosts.find(({ id }) => id === hostId);
      if (host === undefined) throw new ProductError('general/not-found', { kind: 'host', name: hostId });
      await runOn('gaxPackages.hosts.openTerminal', { kind: 'host', host });
    },
  };
}
