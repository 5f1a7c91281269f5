import { deepEqual, equal } from 'node:assert/strict';
import { changedRows, indexTree } from '../../../../src/extension/views/nodes/treeIndex';
import type { ViewNode } from '../../../../src/extension/views/nodes/viewNode';

function node(id: string, change: Partial<ViewNode> = {}): ViewNode {
  return {
    id, label: id, description: '', icon: { id: 'folder' }, contextValue: 'x', accessibilityLabel: () => id, collapse: 'expanded', children: [],
    subject: { kind: 'inProgress' }, tooltip: () => '', ...change,
  };
}

describe('the rows to draw again', () => {
  const before = [node('a', { children: [node('a1'), node('a2', { children: [node('a2x')] })] }), node('b')];

  it('are none when both trees look the same', () => {
    deepEqual(changedRows(before, structuredCloneTree(before)), []);
  });

  it('are all when the roots differ', () => {
    equal(changedRows(before, [...before, node('c')]), 'all');
    equal(changedRows([], before), 'all');
  });

  it('are the one row that changed its description', () => {
    deepEqual(changedRows(before, [node('a', { children: [node('a1', { description: '42 %' }), before[0]!.children[1]!] }), node('b')]), ['a1']);
  });

  it('are the parent alone when its children are others, without those below it', () => {
    const after = [node('a', { children: [node('a1'), node('a2', { children: [node('new', { description: 'x' })] })] }), node('b', { label: 'B' })];
    deepEqual(changedRows(before, after), ['a2', 'b']);
  });
});

describe('the index of a tree', () => {
  it('finds every node and its parent by id', () => {
    const tree = indexTree([node('a', { children: [node('a1', { children: [node('a1x')] })] })]);
    equal(tree.get('a1x')?.id, 'a1x');
    equal(tree.parentOf('a1x'), 'a1');
    equal(tree.parentOf('a'), undefined);
    equal(tree.get('gone'), undefined);
  });
});

function structuredCloneTree(nodes: readonly ViewNode[]): ViewNode[] {
  return nodes.map((item) => ({ ...item, icon: { ...item.icon }, children: structuredCloneTree(item.children) }));
}
