/** The lines of a text, found once: for whoever asks for many places of a long text. CR LF, LF and CR each end a line. */
export interface TextLines {
  /** Line and column of an offset, both counted from 1, the column in UTF-16 units; an offset outside counts as its nearest end. */
  lineColumn(offset: number): { readonly line: number; readonly column: number };
  /** Where the line of an offset begins. */
  startOfLine(offset: number): number;
}

export function findLines(text: string): TextLines {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  const lineOf = (offset: number): number => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (startAt(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const startAt = (line: number): number => starts[line] ?? 0;
  return {
    lineColumn: (offset) => {
      const target = Math.max(0, Math.min(offset, text.length));
      const line = lineOf(target);
      return { line: line + 1, column: target - startAt(line) + 1 };
    },
    startOfLine: (offset) => startAt(lineOf(Math.max(0, Math.min(offset, text.length)))),
  };
}
