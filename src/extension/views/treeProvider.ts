import * as vscode from 'vscode';
import { tooltipCommands } from './nodes/markdown';
import { changedRows, createUnfoldedRows, indexTree } from './nodes/treeIndex';
import type { NodeIcon, ViewNode } from './nodes/viewNode';
import { decorationUri } from './rowDecorations';

/**
 * Shows a tree of plain nodes. Its elements are the nodes' ids: a row stays the same row whatever is rebuilt around it,
 * so expansion, selection and scroll survive every refresh.
 */
export interface TreeProvider extends vscode.TreeDataProvider<string> {
  readonly isEmpty: boolean;
  /** Builds the tree anew and draws again only what differs. */
  refresh(): void;
  find(id: string): ViewNode | undefined;
  /** Reads anew what is inside a row. */
  readAgain(id: string): void;
  dispose(): void;
}

/** @param firstContent resolves when there is something to show; the view shows its progress bar until then */
export function createTreeProvider(build: () => readonly ViewNode[], firstContent: () => Promise<unknown>): TreeProvider {
  const changed = new vscode.EventEmitter<string[] | undefined>();
  let tree = indexTree([]);
  let built = false;
  const unfolded = createUnfoldedRows((id) => tree.get(id) !== undefined);
  const find = (id: string): ViewNode | undefined => unfolded.get(id) ?? tree.get(id);
  const rebuild = (): void => {
    tree = indexTree(build());
    built = true;
    unfolded.prune();
  };
  const refresh = (): void => {
    const before = tree;
    rebuild();
    const rows = changedRows(before, tree);
    if (rows === 'all') changed.fire(undefined);
    else if (rows.length > 0) changed.fire([...rows]);
  };
  /** Children that are made when a person unfolds their row. */
  const unfold = async (node: ViewNode): Promise<ViewNode | undefined> => {
    if (node.late?.ready !== undefined) {
      await node.late.ready();
      refresh();
    }
    tree.open(node.id);
    return find(node.id);
  };
  return {
    onDidChangeTreeData: changed.event,
    get isEmpty() {
      return tree.roots.length === 0;
    },
    refresh,
    find,
    readAgain: (id) => {
      if (find(id)?.inside !== undefined) changed.fire([id]);
    },
    getChildren: async (id) => {
      if (id === undefined) {
        await firstContent();
        // From then on only a refresh builds it: it alone knows which rows were drawn from the tree before.
        if (!built) rebuild();
      }
      const found = id === undefined ? undefined : find(id);
      const node = found?.late === undefined ? found : await unfold(found);
      const children = await node?.inside?.read();
      if (node !== undefined && children !== undefined) unfolded.keep(node.id, children);
      return (id === undefined ? tree.roots : (children ?? node?.children ?? [])).map((child) => child.id);
    },
    getParent: (id) => tree.parentOf(id) ?? unfolded.parentOf(id),
    getTreeItem: (id) => {
      const node = find(id);
      // It went between two looks; the next refresh takes the row away.
      return node === undefined ? new vscode.TreeItem('') : asTreeItem(node);
    },
    resolveTreeItem: (item, id) => {
      const tooltip = new vscode.MarkdownString(find(id)?.tooltip() ?? '');
      tooltip.isTrusted = { enabledCommands: tooltipCommands };
      item.tooltip = tooltip;
      return item;
    },
    dispose: () => changed.dispose(),
  };
}

const collapsibleStates: Readonly<Record<ViewNode['collapse'], vscode.TreeItemCollapsibleState>> = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};

function asTreeItem(node: ViewNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, collapsibleStates[node.collapse]);
  item.id = node.id;
  item.description = node.description;
  item.contextValue = node.contextValue;
  item.iconPath = asThemeIcon(node.icon);
  const resourceUri = decorationUri(node);
  if (resourceUri !== undefined) item.resourceUri = resourceUri;
  item.accessibilityInformation = { label: node.accessibilityLabel() };
  if (node.command !== undefined) item.command = { command: node.command, title: node.label, arguments: [node.id] };
  return item;
}

function asThemeIcon(icon: NodeIcon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon.id, icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color));
}
