/** A place as editors count: line and UTF-16 unit in it, both from 0. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** Turns offsets of one text into positions and back. CR LF, LF and CR each end a line. */
export interface TextPositions {
  positionAt(offset: number): TextPosition;
  /** A position behind the end of its line counts as that end. */
  offsetAt(position: TextPosition): number;
}

/** Reads the text once; every question is then a short search. */
export function createTextPositions(text: string): TextPositions {
  const starts = [0];
  const ends: number[] = [];
  const endLine = (end: number, length: number) => {
    ends.push(end);
    starts.push(end + length);
  };
  // Most files have one kind of line ends: looked for by themselves they are found five times as fast.
  if (text.includes('\r')) for (const { index, 0: lineEnd } of text.matchAll(/\r\n|\n|\r/g)) endLine(index, lineEnd.length);
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) endLine(at, 1);
  ends.push(text.length);
  return {
    positionAt(offset) {
      const target = Math.max(0, Math.min(offset, text.length));
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= target) low = middle;
        else high = middle - 1;
      }
      // Between CR and LF there is no position of its own.
      return { line: low, character: Math.min(target, ends[low] ?? target) - (starts[low] ?? 0) };
    },
    offsetAt({ line, character }) {
      if (line < 0) return 0;
      const start = starts[line];
      return start === undefined ? text.length : Math.min(start + Math.max(0, character), ends[line] ?? text.length);
    },
  };
}
