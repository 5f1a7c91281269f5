import type { Deployment } from '../../core/deployment/model';
import type { Text } from '../../core/text/messages';
import type { ViewTextKey } from '../../core/text/viewText';
import type { RepositorySnapshot } from '../repositoryState';
import { openDeployments } from '../views/nodes/deployedNodes';
import type { Subject } from '../views/nodes/viewNode';

/** What the status bar says: the weightiest state as its text, all of them in the tooltip. */
export interface StatusSummary {
  readonly text: string;
  readonly lines: readonly string[];
  readonly background?: 'warning' | 'error';
  /** What a click does. */
  readonly command: StatusCommand;
}

/** Leads to the page of what is meant; where several things are meant, to the view that lists them. */
export interface StatusCommand {
  readonly id: 'gaxPackages.deployments.showProgress' | 'gaxPackages.packages.showDetails' | 'gaxPackages.deployed.focus' | 'gaxPackages.packages.focus' | 'gaxPackages.repository.connect';
  readonly meant?: Subject;
}

/**
 * Undefined when there is nothing to say.
 * @param leftFailed whether a person has decided to leave a failed deployment so
 */
export function summarizeStatus(snapshot: RepositorySnapshot, leftFailed: (deploymentId: string) => boolean, text: Text<ViewTextKey>): StatusSummary | undefined {
  const { deployments, imports, connection } = snapshot;
  const running = deployments.filter(({ state }) => state === 'running');
  const left = new Set(deployments.filter(({ id }) => leftFailed(id)).map(({ id }) => id));
  const failed = openDeployments(deployments, left).filter(({ state }) => state === 'failed');
  const failedHosts = failed.flatMap(({ hosts }) => hosts.filter(({ state }) => state === 'failed' || state === 'unknown')).length;
  const waiting = running.filter((deployment) => deployment.hosts.some(({ state }) => state === 'waiting'));
  const hosts = running.flatMap((deployment) => deployment.hosts);
  const importing = imports.filter(({ state }) => state === 'running');
  const states: (Omit<StatusSummary, 'lines' | 'text'> & { icon: string; words: string })[] = [];
  if (waiting.length > 0) states.push({ icon: 'bell-dot', words: text('statusWaiting'), background: 'warning', command: leadTo(waiting) });
  if (failedHosts > 0) states.push({ icon: 'error', words: text('statusFailed', { n: failedHosts }), background: 'error', command: leadTo(failed) });
  if (running.length > 0) {
    const done = hosts.filter(({ state }) => state !== 'queued' && state !== 'running' && state !== 'waiting').length;
    states.push({ icon: 'sync~spin', words: text('statusDeploying', { done, all: hosts.length }), command: leadTo(running) });
  }
  const [onlyImport] = importing;
  if (onlyImport !== undefined) {
    const ended = imports.filter(({ state }) => state !== 'running').length;
    states.push({ icon: 'sync~spin', words: text('statusImporting', { done: ended, all: imports.length }), command: importing.length === 1 ? { id: 'gaxPackages.packages.showDetails', meant: { kind: 'import', record: onlyImport } } : { id: 'gaxPackages.packages.focus' } });
  }
  if (connection === 'offline') states.push({ icon: 'debug-disconnect', words: text('statusOffline'), background: 'warning', command: { id: 'gaxPackages.repository.connect' } });
  const [first] = states;
  if (first === undefined) return undefined;
  return {
    text: `$(${first.icon}) ${first.words}`, lines: states.map(({ words }) => words), command: first.command,
    ...(first.background && { background: first.background }),
  };
}

function leadTo(deployments: readonly Deployment[]): StatusCommand {
  const [deployment] = deployments;
  return deployment !== undefined && deployments.length === 1
    ? { id: 'gaxPackages.deployments.showProgress', meant: { kind: 'deployment', deployment } }
    : { id: 'gaxPackages.deployed.focus' };
}
