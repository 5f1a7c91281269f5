import * as vscode from 'vscode';
import type { ChangedArea } from '../../protocol/service';
import type { RepositoryState } from '../repositoryState';
import type { ViewNode } from './nodes/viewNode';
import { createTreeProvider, type TreeProvider } from './treeProvider';

export interface LiveTreeOptions {
  readonly id: string;
  readonly state: RepositoryState;
  /** The lists that the tree is made of; read while the view is visible. */
  readonly areas: readonly ChangedArea[];
  readonly build: () => readonly ViewNode[];
  /** The line above the tree. While a tree has no row, a line stands in the place of its welcome text. */
  readonly message: (isEmpty: boolean) => string | undefined;
  readonly badge?: () => vscode.ViewBadge | undefined;
  readonly dragAndDrop?: (provider: TreeProvider) => vscode.TreeDragAndDropController<string>;
}

/** A tree view that follows the repository while somebody can see it. */
export interface LiveTree {
  readonly view: vscode.TreeView<string>;
  readonly provider: TreeProvider;
  refresh(): void;
  dispose(): void;
}

/** Building a tree may take at most about a fifth of the time, however fast the lists change. */
const restFactor = 4;

export function createLiveTree(options: LiveTreeOptions): LiveTree {
  const { state, areas } = options;
  let stopWatching: (() => void) | undefined;
  const watch = (): void => {
    stopWatching ??= state.watch(areas);
  };
  const provider = createTreeProvider(options.build, () => {
    watch();
    return state.ready(areas, 'begun');
  });
  const view = vscode.window.createTreeView(options.id, {
    treeDataProvider: provider,
    canSelectMany: true,
    showCollapseAll: true,
    ...(options.dragAndDrop && { dragAndDropController: options.dragAndDrop(provider) }),
  });

  let timer: NodeJS.Timeout | undefined;
  let restUntil = 0;
  const draw = (): void => {
    timer = undefined;
    const begin = performance.now();
    provider.refresh();
    // The declared type knows no way to take the line away again; while it is there, no welcome text shows.
    (view as { message: string | undefined }).message = options.message(provider.isEmpty);
    view.badge = options.badge?.();
    const end = performance.now();
    restUntil = end + (end - begin) * restFactor;
  };
  const refresh = (): void => {
    timer ??= setTimeout(draw, Math.max(0, restUntil - performance.now()));
  };

  const visibility = view.onDidChangeVisibility(({ visible }) => {
    if (visible) {
      watch();
      refresh();
    } else {
      stopWatching?.();
      stopWatching = undefined;
    }
  });
  const stopListening = state.onChanged((changed) => {
    if (changed.length === 0 || changed.some((area) => areas.includes(area))) refresh();
  });
  return {
    view,
    provider,
    refresh,
    dispose: () => {
      clearTimeout(timer);
      stopWatching?.();
      stopListening();
      visibility.dispose();
      view.dispose();
      provider.dispose();
    },
  };
}
