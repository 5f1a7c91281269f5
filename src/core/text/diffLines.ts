/** A line of two texts laid over each other. `line` counts from 1 in the new text. */
export type DiffLine =
  | { readonly kind: 'same' | 'added'; readonly line: number; readonly text: string }
  | { readonly kind: 'removed'; readonly text: string };

/** Files that are longer are not compared line by line: it would take time that grows with the square. */
const longest = 4000;

/** The lines of the new text with those of the old one that are gone put where they were. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const lines: DiffLine[] = [];
  let line = 0;
  const same = (from: number, to: number): void => {
    for (const text of after.slice(from, to)) lines.push({ kind: 'same', line: ++line, text });
  };
  same(0, start);
  for (const change of compare(before.slice(start, before.length - end), after.slice(start, after.length - end))) {
    const { kind, text } = change;
    if (kind === 'removed') lines.push({ kind, text });
    else lines.push({ kind, line: ++line, text });
  }
  same(after.length - end, after.length);
  return lines;
}

interface Change {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

function compare(before: readonly string[], after: readonly string[]): Change[] {
  const removed = (texts: readonly string[]): Change[] => texts.map((text) => ({ kind: 'removed', text }));
  const added = (texts: readonly string[]): Change[] => texts.map((text) => ({ kind: 'added', text }));
  if (before.length * after.length > longest * longest) return [...removed(before), ...added(after)];
  // Length of the longest common subsequence of the rests from (i, j) on.
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) lengths[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const changes: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && fresh !== undefined && old === fresh) {
      changes.push({ kind: 'same', text: fresh });
      i++;
      j++;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ kind: 'removed', text: old });
      i++;
    } else if (fresh !== undefined) {
      changes.push({ kind: 'added', text: fresh });
      j++;
    }
  }
  return changes;
}
