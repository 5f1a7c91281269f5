import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { privileges } from '../../core/access/privileges';
import { describeError, isProductError } from '../../core/errors';
import type { Locale } from '../../core/text/messages';
import { isHeld } from '../access';
import { protectedHere } from '../deploying/ownProtection';
import type { RepositoryState } from '../repositoryState';
import { createLiveTree, type LiveTree } from './liveTree';
import { deployedNodes } from './nodes/deployedNodes';
import { hostNodes } from './nodes/hostNodes';
import { createNodeContext, type NodeContext } from './nodes/nodeContext';
import { describeFilter, describeObjectFilter } from './nodes/filterLine';
import type { PackageReader } from './nodes/insideNodes';
import { objectNodes } from './nodes/objectNodes';
import { packageNodes, type TreeFilter, type TreeReader } from './nodes/packageNodes';
import { nextPageLimit, type ViewNode } from './nodes/viewNode';
import { createPackageDrop } from './packageDrop';
import type { FilteredView, PackageFilters } from './packageFilters';
import { registerRowDecorations } from './rowDecorations';

export type ViewName = 'packages' | 'deployed' | 'hosts' | 'objects';

/** The trees of the side bar. */
export interface Views {
  readonly nodeContext: NodeContext;
  /** The row with that id, in whichever tree it is. */
  find(id: string): ViewNode | undefined;
  /** The rows that are selected in a tree. */
  selected(view: ViewName): readonly ViewNode[];
  isVisible(view: ViewName): boolean;
  /** Opens a view, and shows a row where one is named and there. */
  show(view: ViewName, id?: string): Promise<void>;
  /** What a tree's filters leave out, in words; undefined while they leave out nothing. */
  describeFilter(view: FilteredView): string | undefined;
  showMore(parentId: string): void;
  /** Reads anew what is inside a row. */
  readAgain(id: string): void;
  /** Shows a host as being tested until the returned function is called. */
  markTesting(hostId: string): () => void;
  isTesting(hostId: string): boolean;
  /** Tells that a test of a host began or ended in this window. */
  onTesting(listener: () => void): () => void;
  /** Takes a failed deployment out of what wants attention. */
  leaveFailed(deploymentId: string): Promise<void>;
  isLeftFailed(deploymentId: string): boolean;
  dispose(): void;
}

const leftFailedKey = 'gaxPackages.leftFailed';
/** Older deployments than these are long superseded. */
const leftFailedLimit = 500;

export function createViews(context: vscode.ExtensionContext, locale: Locale, state: RepositoryState, filters: PackageFilters, reader: PackageReader): Views {
  const limits = new Map<string, number>();
  const testing = new Map<string, number>();
  const testingListeners = new Set<() => void>();
  const nodeContext = createNodeContext(locale, (id) => limits.get(id));
  const { text } = nodeContext;
  const leftFailed = (): ReadonlySet<string> => new Set(context.globalState.get<string[]>(leftFailedKey));

  const message = (isEmpty: boolean): string | undefined => {
    if (isEmpty) return undefined;
    const { connection, asOf, readOnly } = state.snapshot;
    if (connection === 'offline' && asOf !== undefined) {
      return text('offlineSince', { time: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(asOf) });
    }
    if (readOnly !== undefined) return describeError(locale, readOnly);
    return vscode.workspace.isTrusted ? undefined : text('restricted');
  };

  const filterOf = (view: FilteredView): TreeFilter => ({ text: filters.textOf(view), tenantIds: filters.tenantIds });
  const filterLine = (view: FilteredView): string | undefined =>
    (view === 'packages' ? describeFilter : describeObjectFilter)(state.snapshot, filterOf(view), nodeContext);

  const treeReader: TreeReader = { ...reader, tenantReady: (tenantId) => state.tenantReady(tenantId) };

  const trees: Readonly<Record<ViewName, LiveTree>> = {
    packages: createLiveTree({
      id: 'gaxPackages.packages', state, areas: ['tenants', 'packages', 'imports', 'deployments', 'access'],
      message: (isEmpty) => message(isEmpty) ?? filterLine('packages'),
      build: () => packageNodes(state.snapshot, nodeContext, filterOf('packages'), treeReader),
      badge: () => {
        const n = state.snapshot.imports.filter((record) => record.state === 'failed').length;
        return n === 0 ? undefined : { value: n, tooltip: text('failedImportsBadge', { n }) };
      },
      dragAndDrop: (provider) => createPackageDrop(provider, text('noPathInDrop')),
    }),
    deployed: createLiveTree({
      id: 'gaxPackages.deployed', state, areas: ['deployments', 'deployedPackages'], message,
      build: () => deployedNodes(state.snapshot, leftFailed(), nodeContext),
      badge: () => {
        const running = state.snapshot.deployments.filter((deployment) => deployment.state === 'running');
        const waiting = running.filter((deployment) => deployment.hosts.some((run) => run.state === 'waiting')).length;
        return running.length === 0 ? undefined : { value: running.length, tooltip: text('deploymentsBadge', { running: running.length - waiting, waiting }) };
      },
    }),
    hosts: createLiveTree({
      id: 'gaxPackages.hosts', state, areas: ['hosts'], message,
      build: () => hostNodes(protectedHere(state.snapshot.hosts), new Set(testing.keys()), nodeContext),
    }),
    objects: createLiveTree({
      id: 'gaxPackages.objects', state, areas: ['tenants', 'packages', 'templates', 'applications', 'hosts', 'deployedPackages'],
      message: (isEmpty) => message(isEmpty) ?? filterLine('objects'),
      build: () => objectNodes(state.snapshot, nodeContext, filterOf('objects')),
    }),
  };
  // Under WSL and Remote the repository is the other machine's: say which.
  if (vscode.env.remoteName !== undefined) trees.packages.view.description = hostname();

  const contexts = new Map<string, unknown>();
  const setContext = (): void => {
    const { connection, problem, readOnly, packages, hosts, deployments, access } = state.snapshot;
    for (const [key, value] of Object.entries({
      connection,
      problem: isProductError(problem) ? problem.code : '',
      readOnly: readOnly !== undefined,
      hasPackages: packages.size > 0,
      hasReachableHost: hosts.some((host) => host.contact?.state === 'reachable'),
      hasDeployment: deployments.length > 0,
      filtered: filters.textOf('packages') !== '',
      objectsFiltered: filters.textOf('objects') !== '',
      ...Object.fromEntries(privileges.map((privilege) => [`mayNot.${privilege}`, !isHeld(access, privilege)])),
    })) {
      if (contexts.get(key) === value) continue;
      contexts.set(key, value);
      void vscode.commands.executeCommand('setContext', `gaxPackages.${key}`, value);
    }
  };
  const stopListening = state.onChanged(setContext);
  const stopFiltering = filters.onChanged(() => {
    setContext();
    trees.packages.refresh();
    trees.objects.refresh();
  });
  const decorations = registerRowDecorations();
  const settings = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('gaxPackages.deploy.protectedTags')) trees.hosts.refresh();
  });
  const trust = vscode.workspace.onDidGrantWorkspaceTrust(() => {
    for (const tree of Object.values(trees)) tree.refresh();
  });
  setContext();

  const tellTesting = (): void => {
    trees.hosts.refresh();
    for (const listener of [...testingListeners]) listener();
  };
  const find = (id: string): ViewNode | undefined => {
    for (const tree of Object.values(trees)) {
      const node = tree.provider.find(id);
      if (node !== undefined) return node;
    }
    return undefined;
  };
  return {
    nodeContext,
    find,
    selected: (view) => trees[view].view.selection.flatMap((id) => find(id) ?? []),
    isVisible: (view) => trees[view].view.visible,
    show: async (view, id) => {
      await vscode.commands.executeCommand(`gaxPackages.${view}.focus`);
      if (id !== undefined && trees[view].provider.find(id) !== undefined) await trees[view].view.reveal(id, { select: true, focus: true });
    },
    describeFilter: filterLine,
    showMore: (parentId) => {
      limits.set(parentId, nextPageLimit(limits.get(parentId)));
      for (const tree of Object.values(trees)) {
        tree.refresh();
        tree.provider.readAgain(parentId);
      }
    },
    readAgain: (id) => {
      for (const tree of Object.values(trees)) tree.provider.readAgain(id);
    },
    markTesting: (hostId) => {
      // Tests of one host may overlap: it is being tested until the last of them ends.
      testing.set(hostId, (testing.get(hostId) ?? 0) + 1);
      tellTesting();
      return () => {
        const left = (testing.get(hostId) ?? 1) - 1;
        if (left > 0) testing.set(hostId, left);
        else testing.delete(hostId);
        tellTesting();
      };
    },
    isTesting: (hostId) => testing.has(hostId),
    onTesting: (listener) => {
      testingListeners.add(listener);
      return () => testingListeners.delete(listener);
    },
    leaveFailed: async (deploymentId) => {
      await context.globalState.update(leftFailedKey, [...leftFailed(), deploymentId].slice(-leftFailedLimit));
      trees.deployed.refresh();
    },
    isLeftFailed: (deploymentId) => leftFailed().has(deploymentId),
    dispose: () => {
      stopListening();
      stopFiltering();
      trust.dispose();
      decorations.dispose();
      settings.dispose();
      for (const tree of Object.values(trees)) tree.dispose();
    },
  };
}
