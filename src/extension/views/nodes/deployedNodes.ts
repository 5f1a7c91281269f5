import { canCleanUp, canGoOn } from '../../../core/deployment/lane';
import type { DeployedPackage, Deployment, DeploymentProfile, HostRun, HostRunState } from '../../../core/deployment/model';
import { describeFilesToCopy } from '../../../core/deployment/filesToCopy';
import { describeError } from '../../../core/errors';
import { describeHostRun, filesNotCopied, profileName } from '../../../core/text/stateText';
import { compareVersions } from '../../../core/packages/version';
import type { RepositoryLists } from '../../repositoryState';
import { commandLink, tooltipMarkdown } from './markdown';
import type { NodeContext } from './nodeContext';
import { joinParts, pageChildren, stateIcons, type NodeIcon, type ViewNode } from './viewNode';

export type DeployedLists = Pick<RepositoryLists, 'deployments' | 'deployedPackages'>;

const runIcons: Readonly<Record<HostRunState, NodeIcon>> = {
  queued: stateIcons.queued,
  running: stateIcons.running,
  waiting: stateIcons.waiting,
  complete: stateIcons.done,
  failed: stateIcons.failed,
  unknown: stateIcons.unknown,
  cancelled: stateIcons.stopped,
  skipped: stateIcons.skipped,
  interrupted: stateIcons.interrupted,
  held: stateIcons.queued,
};

const profileIcons: Readonly<Record<DeploymentProfile, NodeIcon>> = {
  install: { id: 'rocket' }, upgrade: { id: 'arrow-circle-up' }, rollBack: { id: 'discard' },
};

/**
 * Deployments that run or want a decision, then host → application → package.
 * @param leftFailed ids of failed deployments that a person has decided to leave so
 */
export function deployedNodes(lists: DeployedLists, leftFailed: ReadonlySet<string>, context: NodeContext): readonly ViewNode[] {
  const open = openDeployments(lists.deployments, leftFailed);
  const hosts = groupBy(lists.deployedPackages, (item) => item.hostId)
    .map(([hostId, items]) => hostNode(hostId, items, context))
    .sort((a, b) => context.compareNames(a.label, b.label));
  return open.length === 0 ? hosts : [inProgressNode(open, context), ...hosts];
}

/** Deployments that run, were interrupted, or failed or have held hosts and were neither repeated on the same hosts nor left so; newest first. */
export function openDeployments(deployments: readonly Deployment[], leftFailed: ReadonlySet<string>): readonly Deployment[] {
  const isOpen = (deployment: Deployment): boolean => {
    if (deployment.state === 'running' || deployment.state === 'interrupted') return true;
    if ((deployment.state !== 'failed' && deployment.state !== 'held') || leftFailed.has(deployment.id)) return false;
    return deployment.hosts.some((run) => run.state !== 'complete' && run.state !== 'skipped' && !wasRepeated(deployment, run, deployments));
  };
  return deployments.filter(isOpen).sort((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0));
}

/** The title of a deployment: `Install Local Control Agent 8.5.100.37`. */
export function deploymentTitle(deployment: Pick<Deployment, 'profile' | 'package'>, context: Pick<NodeContext, 'locale' | 'text'>): string {
  return context.text('deploymentTitle', {
    profile: profileName(context.locale, deployment.profile), package: deployment.package.name, version: deployment.package.version,
  });
}

function wasRepeated(deployment: Deployment, run: HostRun, deployments: readonly Deployment[]): boolean {
  return deployments.some((later) =>
    later.startedAt > deployment.startedAt && later.package.name === deployment.package.name && later.hosts.some((other) => other.hostId === run.hostId));
}

function inProgressNode(open: readonly Deployment[], context: NodeContext): ViewNode {
  const label = context.text('inProgress');
  const icon = open.some(isWaiting) ? stateIcons.waiting
    : open.some((deployment) => deployment.state === 'running') ? stateIcons.running
      : open.some((deployment) => deployment.state === 'failed') ? stateIcons.failed : stateIcons.interrupted;
  return {
    id: 'inProgress', label, description: String(open.length), icon, contextValue: 'inProgress', accessibilityLabel: () => `${label}, ${open.length}`,
    collapse: 'expanded',
    children: pageChildren('inProgress', open.map((deployment) => deploymentNode(deployment, context)), context.limits, (n) => context.text('showMore', { n })),
    subject: { kind: 'inProgress' }, tooltip: () => tooltipMarkdown(label, []),
  };
}

function isWaiting(deployment: Deployment): boolean {
  return deployment.hosts.some((run) => run.state === 'waiting');
}

function deploymentNode(deployment: Deployment, context: NodeContext): ViewNode {
  const { text } = context;
  const label = deploymentTitle(deployment, context);
  const failed = deployment.hosts.filter((run) => run.state === 'failed' || run.state === 'unknown').length;
  const held = deployment.hosts.filter((run) => run.state === 'held').length;
  const state = joinParts(
    // First: where the side bar is narrow, the rest is cut off.
    deployment.paused === true ? text('deploymentPaused') : undefined,
    deployment.state === 'interrupted' ? text('deploymentInterrupted')
      : deployment.state === 'failed' ? text('deploymentFailed', { n: failed })
        : deployment.state === 'held' ? undefined : text('percent', { percent: deployment.percent }),
    deployment.state === 'running' && isWaiting(deployment) ? text('deploymentWaiting') : undefined,
    held > 0 ? text('deploymentHeld', { n: held }) : undefined,
  );
  const id = `deployment:${deployment.id}`;
  return {
    id, label, description: state, icon: deployment.paused === true ? stateIcons.paused : profileIcons[deployment.profile], contextValue: deploymentContext(deployment, { held, failed }),
    accessibilityLabel: () => text('accessibleState', { name: label, state }),
    collapse: 'expanded',
    children: pageChildren(id, deployment.hosts.map((run) => hostRunNode(deployment, run, context)), context.limits, (n) => text('showMore', { n })),
    subject: { kind: 'deployment', deployment }, command: 'gaxPackages.deployments.showProgress',
    tooltip: () =>
      tooltipMarkdown(label, [
        [text('fieldStatus'), state],
        [text('fieldStartedBy'), deployment.startedBy],
        [text('fieldUpdateTime'), context.formatTime(deployment.startedAt)],
      ], [commandLink(text('showLog'), 'gaxPackages.deployments.showLog', id)]),
  };
}

/** What the menus are made by: `deployment.STATE`, and what can be done beside, as `deployment.running.paused.failures`. */
function deploymentContext(deployment: Deployment, { held, failed }: { readonly held: number; readonly failed: number }): string {
  const { state, paused } = deployment;
  return ['deployment', state, ...(paused === true ? ['paused'] : []), ...(held > 0 ? ['held'] : []), ...(failed > 0 && state === 'running' ? ['failures'] : []), ...(canCleanUp(deployment) && state !== 'interrupted' ? ['kept'] : [])].join('.');
}

function hostRunNode(deployment: Deployment, run: HostRun, context: NodeContext): ViewNode {
  const { text } = context;
  const isPaused = run.state === 'queued' && canGoOn(run, deployment);
  const state = isPaused ? text('deploymentPaused') : describeHostRun(context.locale, run);
  const id = `run:${deployment.id}:${run.hostId}`;
  return {
    id, label: run.hostName, description: state, icon: isPaused ? stateIcons.paused : run.state === 'complete' && run.filesToCopy ? stateIcons.duty : runIcons[run.state],
    contextValue: `hostRun.${isPaused ? 'paused' : run.state}`,
    accessibilityLabel: () => text('accessibleState', { name: run.hostName, state }),
    collapse: 'none', children: [], subject: { kind: 'hostRun', deployment, run }, command: 'gaxPackages.deployments.showLog',
    tooltip: () =>
      tooltipMarkdown(run.hostName, [
        [text('fieldStatus'), state],
        [text('fieldApplication'), run.applicationName],
        ['', run.error === undefined ? undefined : describeError(context.locale, run.error)],
        ['', run.filesToCopy && describeFilesToCopy(context.locale, run.filesToCopy, run.hostName)],
        [text('fieldLeft'), run.left.join(', ')],
        [text('fieldKept'), run.kept],
      ], [commandLink(text('showLog'), 'gaxPackages.deployments.showLog', id)]),
  };
}

function hostNode(hostId: string, items: readonly DeployedPackage[], context: NodeContext): ViewNode {
  const id = `deployedHost:${hostId}`;
  const label = items[0]?.hostName ?? hostId;
  const children = groupBy(items, (item) => item.applicationId)
    .map(([applicationId, installed]) => applicationNode(applicationId, installed, context))
    .sort((a, b) => context.compareNames(a.label, b.label));
  return {
    id, label, description: String(items.length), icon: { id: 'vm' }, contextValue: 'deployedHost',
    accessibilityLabel: () => context.text('accessibleCount', { name: label, n: items.length }),
    collapse: 'expanded', children: pageChildren(id, children, context.limits, (n) => context.text('showMore', { n })),
    subject: { kind: 'deployedHost', hostId }, tooltip: () => tooltipMarkdown(label, []),
  };
}

function applicationNode(applicationId: string, items: readonly DeployedPackage[], context: NodeContext): ViewNode {
  const label = items[0]?.applicationName ?? applicationId;
  const children = [...items]
    .sort((a, b) => context.compareNames(a.package.name, b.package.name) || compareVersions(b.package.version, a.package.version))
    .map((item) => deployedNode(item, context));
  return {
    id: `application:${applicationId}`, label, description: '', icon: { id: 'server-process' }, contextValue: 'application',
    accessibilityLabel: () => context.text('accessibleCount', { name: label, n: items.length }),
    collapse: 'expanded', children, subject: { kind: 'application', applicationId }, tooltip: () => tooltipMarkdown(label, []),
  };
}

function deployedNode(item: DeployedPackage, context: NodeContext): ViewNode {
  const { text } = context;
  const differing = item.verification?.differing ?? 0;
  const drift = differing === 0 ? undefined : text('filesDiffer', { n: differing });
  const ended = item.status === 'failed' ? text('deployedFailed') : item.status === 'unknown' ? text('deployedUnknown') : item.filesToCopy ? filesNotCopied(context.locale) : undefined;
  const state = ended === undefined ? drift : joinParts(ended, drift);
  const label = item.package.name;
  return {
    id: `deployed:${item.id}`, label, description: joinParts(item.package.version, state),
    icon: item.status === 'failed' ? stateIcons.failed : item.status === 'unknown' ? stateIcons.unknown : item.filesToCopy ? stateIcons.duty : drift !== undefined ? stateIcons.drifted : { id: item.plugIn === undefined ? 'package' : 'plug' },
    contextValue: item.filesToCopy ? 'deployedPackage.filesToCopy' : 'deployedPackage',
    accessibilityLabel: () => text('accessibleState', { name: `${label} ${item.package.version}`, state: state ?? text('complete') }),
    collapse: 'none', children: [], subject: { kind: 'deployed', deployed: item }, command: 'gaxPackages.packages.showDetails',
    tooltip: () =>
      tooltipMarkdown(`${label} ${item.package.version}`, [
        [text('fieldHost'), item.hostName],
        [text('fieldApplication'), item.applicationName],
        [text('fieldInstallPath'), item.installPath],
        [text('fieldStatus'), state ?? text('complete')],
        ['', item.filesToCopy && describeFilesToCopy(context.locale, item.filesToCopy, item.hostName)],
        [text('fieldUpdateTime'), context.formatTime(item.at)],
      ], [commandLink(text('showDetails'), 'gaxPackages.packages.showDetails', `deployed:${item.id}`), commandLink(text('showLog'), 'gaxPackages.deployments.showLog', `deployed:${item.id}`)]),
  };
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups];
}
