import type { Text } from '../../core/text/messages';
import type { ViewTextKey } from '../../core/text/viewText';
import type { RepositorySnapshot } from '../repositoryState';
import { openDeployments } from '../views/nodes/deployedNodes';

/** What the status bar says: the weightiest state as its text, all of them in the tooltip. */
export interface StatusSummary {
  readonly text: string;
  readonly lines: readonly string[];
  readonly background?: 'warning' | 'error';
  readonly command: 'gaxPackages.deployed.focus' | 'gaxPackages.packages.focus' | 'gaxPackages.repository.connect';
}

/**
 * Undefined when there is nothing to say.
 * @param leftFailed whether a person has decided to leave a failed deployment so
 */
export function summarizeStatus(snapshot: RepositorySnapshot, leftFailed: (deploymentId: string) => boolean, text: Text<ViewTextKey>): StatusSummary | undefined {
  const { deployments, imports, connection } = snapshot;
  const running = deployments.filter(({ state }) => state === 'running');
  const left = new Set(deployments.filter(({ id }) => leftFailed(id)).map(({ id }) => id));
  const failedHosts = openDeployments(deployments, left)
    .filter(({ state }) => state === 'failed')
    .flatMap(({ hosts }) => hosts.filter(({ state }) => state === 'failed' || state === 'unknown')).length;
  const hosts = running.flatMap((deployment) => deployment.hosts);
  const importing = imports.filter(({ state }) => state === 'running').length;
  const states: (Omit<StatusSummary, 'lines' | 'text'> & { icon: string; words: string })[] = [];
  if (hosts.some(({ state }) => state === 'waiting')) {
    states.push({ icon: 'bell-dot', words: text('statusWaiting'), background: 'warning', command: 'gaxPackages.deployed.focus' });
  }
  if (failedHosts > 0) states.push({ icon: 'error', words: text('statusFailed', { n: failedHosts }), background: 'error', command: 'gaxPackages.deployed.focus' });
  if (running.length > 0) {
    const done = hosts.filter(({ state }) => state !== 'queued' && state !== 'running' && state !== 'waiting').length;
    states.push({ icon: 'sync~spin', words: text('statusDeploying', { done, all: hosts.length }), command: 'gaxPackages.deployed.focus' });
  }
  if (importing > 0) {
    const ended = imports.filter(({ state }) => state !== 'running').length;
    states.push({ icon: 'sync~spin', words: text('statusImporting', { done: ended, all: imports.length }), command: 'gaxPackages.packages.focus' });
  }
  if (connection === 'offline') states.push({ icon: 'debug-disconnect', words: text('statusOffline'), background: 'warning', command: 'gaxPackages.repository.connect' });
  const [first] = states;
  if (first === undefined) return undefined;
  return {
    text: `$(${first.icon}) ${first.words}`, lines: states.map(({ words }) => words), command: first.command,
    ...(first.background && { background: first.background }),
  };
}
