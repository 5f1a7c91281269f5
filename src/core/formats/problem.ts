import type { FixTitle } from '../text/fixText';
import type { MessageArguments } from '../text/messages';

export type ProblemSeverity = 'error' | 'warning' | 'information' | 'hint';

/** A place in a text: UTF-16 offsets, `end` exclusive. In binary formats: byte offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Replaces what stands between two offsets; nothing between them: inserts. */
export interface TextEdit extends TextRange {
  readonly text: string;
}

/** The one obvious mend of a problem. Its edits do not overlap. */
export interface ProblemFix {
  readonly title: FixTitle;
  readonly args: MessageArguments;
  readonly edits: readonly TextEdit[];
}

/** What explains or mends a problem. */
export interface ProblemDetails {
  /** Other places that explain the problem, e.g. the first of two equal names. */
  readonly related?: readonly TextRange[] | undefined;
  /** The place in the other file of a pair, as that file counts. */
  readonly elsewhere?: TextRange | undefined;
  readonly fix?: ProblemFix | undefined;
}

/**
 * What is wrong with a file, as data; the sentence is made at the edge by `describeProblem`.
 * `code` is `<format>.<rule>`, stable, and the key of its sentence in the format's `messages.ts`.
 */
export interface Problem<C extends string = string> extends TextRange, ProblemDetails {
  readonly code: C;
  readonly severity: ProblemSeverity;
  readonly args: MessageArguments;
}

/** Above this many problems of one file nobody reads on; hostile input must not fill the memory with them. */
export const maximumProblems = 1000;

/** Collects the problems of one file; what comes after {@link maximumProblems} is dropped. */
export interface ProblemCollector<C extends string> {
  readonly problems: Problem<C>[];
  report(code: C, start: number, end: number, args?: MessageArguments, details?: ProblemDetails): void;
  /** Takes over a problem that was found before. */
  add(problem: Problem<C>): void;
}

/** Makes an empty collector; each rule's severity comes from the format's table. */
export function collectProblems<C extends string>(severities: Readonly<Record<C, ProblemSeverity>>): ProblemCollector<C> {
  const problems: Problem<C>[] = [];
  return {
    problems,
    report(code, start, end, args = {}, { related, elsewhere, fix } = {}) {
      if (problems.length >= maximumProblems) return;
      problems.push({ code, severity: severities[code], start, end, args, ...(related && { related }), ...(elsewhere && { elsewhere }), ...(fix && { fix }) });
    },
    add(problem) {
      if (problems.length < maximumProblems) problems.push(problem);
    },
  };
}

/** A mend that puts `text` in place of what stands between two offsets. */
export function replaceFix(start: number, end: number, text: string): ProblemFix {
  return text === '' ? { title: 'remove', args: {}, edits: [{ start, end, text }] } : { title: 'replace', args: { text }, edits: [{ start, end, text }] };
}

/** A problem whose places have moved, those of them that begin at `from` or behind it. */
export function shiftProblem<C extends string>(problem: Problem<C>, by: number, from = -Infinity): Problem<C> {
  const shift = <T extends TextRange>(range: T): T => (range.start < from ? range : { ...range, start: range.start + by, end: range.end + by });
  const { related, fix } = problem;
  return { ...shift(problem), ...(related && { related: related.map(shift) }), ...(fix && { fix: { ...fix, edits: fix.edits.map(shift) } }) };
}

/** Problems in the order of their places. */
export function inOrder<C extends string>(problems: readonly Problem<C>[]): Problem<C>[] {
  return problems.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** The first problem of severity `error`, if any. */
export function firstError<C extends string>(problems: readonly Problem<C>[]): Problem<C> | undefined {
  return problems.find((problem) => problem.severity === 'error');
}

/**
 * Line and column of an offset, both counted from 1, the column in UTF-16 units. CR LF, LF and CR each end a line.
 * An offset outside of the text counts as its nearest end.
 */
export function lineColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const target = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < target; i++) {
    const code = text.charCodeAt(i);
    const endsLine = code === 0x0a || (code === 0x0d && text.charCodeAt(i + 1) !== 0x0a);
    if (endsLine) {
      line++;
      lineStart = i + 1;
    }
  }
  return { line, column: target - lineStart + 1 };
}
