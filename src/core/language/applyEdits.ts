import type { Problem, TextEdit } from '../formats/problem';

/** The text after edits, which must not overlap; their order does not matter. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let position = 0;
  for (const edit of inOrder(edits)) {
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}

/** The edits of all problems that have one obvious mend; of mends that touch the same place, the first. */
export function gatherFixes(problems: readonly Problem[]): readonly TextEdit[] {
  const taken: TextEdit[] = [];
  for (const { fix } of problems) {
    if (fix && !fix.edits.some((edit) => taken.some((other) => overlap(edit, other)))) taken.push(...fix.edits);
  }
  return inOrder(taken);
}

function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** Two insertions at one place overlap as well: which comes first would be a matter of luck. */
function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.start < b.end && b.start < a.end || a.start === b.start;
}
