import type { ViewNode } from './viewNode';

/** A built tree with its nodes found by id. */
export interface TreeIndex {
  readonly roots: readonly ViewNode[];
  get(id: string): ViewNode | undefined;
  /** The parent's id; undefined for a root and for an id that is not there. */
  parentOf(id: string): string | undefined;
  /** Makes the late children of a row, and finds them from now on. */
  open(id: string): void;
  /** Rows whose late children are made. */
  readonly opened: ReadonlySet<string>;
}

export function indexTree(roots: readonly ViewNode[]): TreeIndex {
  const nodes = new Map<string, ViewNode>();
  const parents = new Map<string, string>();
  const late = new Map<string, ViewNode>();
  const opened = new Set<string>();
  const add = (node: ViewNode, parent: string | undefined): void => {
    nodes.set(node.id, node);
    if (parent !== undefined) parents.set(node.id, parent);
    if (node.late !== undefined) late.set(node.id, node);
    else for (const child of node.children) add(child, node.id);
  };
  const open = (id: string): void => {
    const node = late.get(id);
    if (node === undefined) return;
    late.delete(id);
    opened.add(id);
    for (const child of node.children) add(child, id);
  };
  /** Opens the row under which an id would stand. */
  const seek = (id: string): void => {
    if (nodes.has(id)) return;
    for (const node of late.values()) {
      if (node.late?.holds(id) !== true) continue;
      open(node.id);
      return;
    }
  };
  for (const root of roots) add(root, undefined);
  return {
    roots, open, opened,
    get: (id) => {
      seek(id);
      return nodes.get(id);
    },
    parentOf: (id) => {
      seek(id);
      return parents.get(id);
    },
  };
}

/** The rows that were read inside other rows, when a person unfolded them. */
export interface UnfoldedRows {
  /** Undefined also for a row inside something that is gone. */
  get(id: string): ViewNode | undefined;
  parentOf(id: string): string | undefined;
  /** Keeps what a row was read to hold, in place of what it held before. */
  keep(parentId: string, children: readonly ViewNode[]): void;
  /** Forgets what was inside rows that are gone. */
  prune(): void;
}

/** @param isBuilt whether a row is in the tree that everything else stands in */
export function createUnfoldedRows(isBuilt: (id: string) => boolean): UnfoldedRows {
  const rows = new Map<string, { readonly node: ViewNode; readonly parentId: string }>();
  const children = new Map<string, readonly string[]>();
  const isThere = (id: string): boolean => {
    if (isBuilt(id)) return true;
    const row = rows.get(id);
    return row !== undefined && isThere(row.parentId);
  };
  const forget = (parentId: string, kept: ReadonlySet<string> = new Set()): void => {
    for (const id of children.get(parentId) ?? []) {
      if (kept.has(id)) continue;
      forget(id);
      rows.delete(id);
    }
    children.delete(parentId);
  };
  return {
    get: (id) => {
      const row = rows.get(id);
      return row !== undefined && isThere(row.parentId) ? row.node : undefined;
    },
    parentOf: (id) => rows.get(id)?.parentId,
    keep: (parentId, read) => {
      const ids = read.map(({ id }) => id);
      forget(parentId, new Set(ids));
      children.set(parentId, ids);
      for (const node of read) rows.set(node.id, { node, parentId });
    },
    prune: () => {
      for (const id of [...children.keys()]) if (!isThere(id)) forget(id);
    },
  };
}

/**
 * The smallest set of rows to draw again so that the view shows the second tree instead of the first: `all` when the
 * roots themselves differ, else the ids of rows that look different or have other children. A row below one that is
 * drawn again is not named: it comes along. Late children that were not made before were not drawn either.
 */
export function changedRows(before: TreeIndex, after: TreeIndex): 'all' | readonly string[] {
  if (!haveSameIds(before.roots, after.roots)) return 'all';
  const changed: string[] = [];
  const compare = (old: ViewNode, now: ViewNode): void => {
    const wasDrawn = old.late === undefined || before.opened.has(old.id);
    if (wasDrawn) after.open(now.id);
    if (!looksSame(old, now) || (wasDrawn && !haveSameIds(old.children, now.children))) {
      changed.push(now.id);
      return;
    }
    if (wasDrawn) comparePairs(old.children, now.children);
  };
  const comparePairs = (old: readonly ViewNode[], now: readonly ViewNode[]): void => {
    for (const [i, node] of now.entries()) {
      const previous = old[i];
      if (previous !== undefined) compare(previous, node);
    }
  };
  comparePairs(before.roots, after.roots);
  return changed;
}

function haveSameIds(a: readonly ViewNode[], b: readonly ViewNode[]): boolean {
  return a.length === b.length && a.every((node, i) => node.id === b[i]?.id);
}

function looksSame(a: ViewNode, b: ViewNode): boolean {
  return a.label === b.label && a.description === b.description && a.icon.id === b.icon.id && a.icon.color === b.icon.color
    && a.contextValue === b.contextValue && a.collapse === b.collapse && a.command === b.command && a.inside?.key === b.inside?.key;
}
