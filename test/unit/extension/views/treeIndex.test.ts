import { deepEqual, equal } from 'node:assert/strict';
import { changedRows as changedTreeRows, createUnfoldedRows, indexTree } from '../../../../src/extension/views/nodes/treeIndex';
import type { ViewNode } from '../../../../src/extension/views/nodes/viewNode';

function node(id: string, change: Partial<ViewNode> = {}): ViewNode {
  return {
    id, label: id, description: '', icon: { id: 'folder' }, contextValue: 'x', accessibilityLabel: () => id, collapse: 'expanded', children: [],
    subject: { kind: 'inProgress' }, tooltip: () => '', ...change,
  };
}

const changedRows = (before: readonly ViewNode[], after: readonly ViewNode[]) => changedTreeRows(indexTree(before), indexTree(after));

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

  it('are the one row whose inside is another now', () => {
    const withInside = (key: string) => [node('a', { inside: { key, read: () => Promise.resolve([]) } })];
    deepEqual(changedRows(withInside('1'), withInside('1')), []);
    deepEqual(changedRows(withInside('1'), withInside('2')), ['a']);
  });

  it('are the parent alone when its children are others, without those below it', () => {
    const after = [node('a', { children: [node('a1'), node('a2', { children: [node('new', { description: 'x' })] })] }), node('b', { label: 'B' })];
    deepEqual(changedRows(before, after), ['a2', 'b']);
  });
});

describe('rows that are made when somebody looks at them', () => {
  let made: string[];
  const late = (id: string, names: readonly string[], description = ''): ViewNode => {
    let rows: readonly ViewNode[] | undefined;
    return {
      ...node(id, { description }),
      get children() {
        if (rows === undefined) made.push(id);
        rows ??= names.map((name) => node(name));
        return rows;
      },
      late: { holds: (row) => names.includes(row) },
    };
  };
  beforeEach(() => {
    made = [];
  });

  it('are not made for the index, and found when they are looked for', () => {
    const tree = indexTree([node('a', { children: [late('a1', ['x', 'y']), late('a2', ['z'])] })]);
    deepEqual([tree.get('gone'), made], [undefined, []]);
    deepEqual([tree.parentOf('z'), tree.get('z')?.id, made], ['a2', 'z', ['a2']]);
  });

  it('are compared only where they were drawn before', () => {
    const before = indexTree([late('a', ['x']), late('b', ['y'])]);
    before.open('b');
    const after = indexTree([late('a', ['x', 'new']), late('b', ['y', 'new'])]);
    made = [];
    deepEqual([changedTreeRows(before, after), made], [['b'], ['b']]);
    deepEqual([...after.opened], ['b'], 'what a person has unfolded stays unfolded');
    deepEqual(changedTreeRows(after, indexTree([late('a', ['x']), late('b', ['y', 'new'])])), []);
  });

  it('do not hide that their own row looks different', () => {
    deepEqual(changedTreeRows(indexTree([late('a', ['x'], '1')]), indexTree([late('a', ['x'], '2')])), ['a']);
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

describe('the rows that were unfolded', () => {
  it('are found by id with their parents while what they stand in is there', () => {
    const built = new Set(['a', 'b']);
    const rows = createUnfoldedRows((id) => built.has(id));
    rows.keep('a', [node('a1'), node('a2')]);
    rows.keep('a1', [node('a1x')]);
    rows.keep('b', [node('b1')]);
    deepEqual([rows.get('a1x')?.id, rows.parentOf('a1x'), rows.parentOf('a1'), rows.get('gone')], ['a1x', 'a1', 'a', undefined]);
    built.delete('a');
    deepEqual([rows.get('a1x'), rows.get('a2'), rows.get('b1')?.id], [undefined, undefined, 'b1']);
    rows.prune();
    built.add('a');
    deepEqual([rows.get('a1'), rows.get('a1x'), rows.get('b1')?.id], [undefined, undefined, 'b1']);
  });

  it('are replaced by what is read next, with all that was inside those that went', () => {
    const rows = createUnfoldedRows((id) => id === 'a');
    rows.keep('a', [node('a1'), node('a2')]);
    rows.keep('a1', [node('a1x')]);
    rows.keep('a2', [node('a2x')]);
    rows.keep('a', [node('a1', { label: 'new' })]);
    deepEqual([rows.get('a1')?.label, rows.get('a1x')?.id, rows.get('a2'), rows.get('a2x')], ['new', 'a1x', undefined, undefined]);
  });
});

function structuredCloneTree(nodes: readonly ViewNode[]): ViewNode[] {
  return nodes.map((item) => ({ ...item, icon: { ...item.icon }, children: structuredCloneTree(item.children) }));
}
