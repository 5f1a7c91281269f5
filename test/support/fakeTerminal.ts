import type { Terminal } from '../../src/cli/terminal';

export interface FakeTerminal extends Terminal {
  /** What was printed as a result, joined. */
  readonly outText: string;
  /** Notes, questions' texts and errors, joined. */
  readonly noteText: string;
  /** The questions that were put, in order. */
  readonly questions: readonly { readonly question: string; readonly hidden: boolean }[];
  /** Presses Ctrl+C. */
  interrupt(): void;
}

export interface FakeTerminalOptions {
  /** A person sits at it and gives these answers, in order; undefined declines. A question too many fails. */
  readonly answers?: readonly (string | undefined)[];
  /** What `--secrets-stdin` reads. */
  readonly stdin?: string;
}

/** A terminal that remembers what it was told, without a person or with one who knows all answers beforehand. */
export function createFakeTerminal(options: FakeTerminalOptions = {}): FakeTerminal {
  const out: string[] = [];
  const notes: string[] = [];
  const questions: { question: string; hidden: boolean }[] = [];
  const answers = [...(options.answers ?? [])];
  const interrupts = new Set<() => void>();
  return {
    out: (text) => void out.push(text),
    outBytes: (bytes) => Promise.resolve(void out.push(Buffer.from(bytes).toString('utf8'))),
    note: (text) => void notes.push(text),
    progress: () => undefined,
    live: options.answers !== undefined,
    interactive: options.answers !== undefined,
    ask: (question, { hidden = false } = {}) => {
      questions.push({ question, hidden });
      if (answers.length === 0) throw new Error(`nobody expected the question ${question}`);
      return Promise.resolve(answers.shift());
    },
    readAll: () => Promise.resolve(options.stdin ?? ''),
    onInterrupt: (listener) => {
      interrupts.add(listener);
      return () => interrupts.delete(listener);
    },
    close: () => undefined,
    get outText() {
      return out.join('\n');
    },
    get noteText() {
      return notes.join('\n');
    },
    questions,
    interrupt: () => {
      for (const listener of interrupts) listener();
    },
  };
}
