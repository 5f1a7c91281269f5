import * as vscode from 'vscode';
import { tooltipCommands } from './nodes/markdown';
import { changedRows, indexTree } from './nodes/treeIndex';
import type { NodeIcon, ViewNode } from './nodes/viewNode';

/**
 * Shows a tree of plain nodes. Its elements are the nodes' ids: a row stays the same row whatever is rebuilt around it,
 * so expansion, selection and scroll survive every refresh.
 */
export interface TreeProvider extends vscode.TreeDataProvider<string> {
  readonly isEmpty: boolean;
  /** Builds the tree anew and draws again only what differs. */
  refresh(): void;
  find(id: string): ViewNode | undefined;
  dispose(): void;
}

/** @param firstContent resolves when there is something to show; the view shows its progress bar until then */
export function createTreeProvider(build: () => readonly ViewNode[], firstContent: () => Promise<unknown>): TreeProvider {
  const changed = new vscode.EventEmitter<string[] | undefined>();
  let tree = indexTree([]);
  let built = false;
  const rebuild = (): void => {
    tree = indexTree(build());
    built = true;
  };
  return {
    onDidChangeTreeData: changed.event,
    get isEmpty() {
      return tree.roots.length === 0;
    },
    refresh: () => {
      const before = tree.roots;
      rebuild();
      const rows = changedRows(before, tree.roots);
      if (rows === 'all') changed.fire(undefined);
      else if (rows.length > 0) changed.fire([...rows]);
    },
    find: (id) => tree.get(id),
    getChildren: async (id) => {
      if (id === undefined) {
        await firstContent();
        // From then on only a refresh builds it: it alone knows which rows were drawn from the tree before.
        if (!built) rebuild();
      }
      return (id === undefined ? tree.roots : (tree.get(id)?.children ?? [])).map((node) => node.id);
    },
    getParent: (id) => tree.parentOf(id),
    getTreeItem: (id) => {
      const node = tree.get(id);
      // It went between two looks; the next refresh takes the row away.
      return node === undefined ? new vscode.TreeItem('') : asTreeItem(node);
    },
    resolveTreeItem: (item, id) => {
      const tooltip = new vscode.MarkdownString(tree.get(id)?.tooltip() ?? '');
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
  item.accessibilityInformation = { label: node.accessibilityLabel() };
  if (node.command !== undefined) item.command = { command: node.command, title: node.label, arguments: [node.id] };
  return item;
}

function asThemeIcon(icon: NodeIcon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon.id, icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color));
}
