import { asPlainText } from '../core/text/plainText';

/** Where the command line reads and writes; tests give their own. */
export interface Terminal {
  /** Results: what a pipe wants. */
  out(text: string): void;
  /** Bytes as they are; resolves when they are on their way. */
  outBytes(bytes: Uint8Array): Promise<void>;
  /** Notes, questions and errors. */
  note(text: string): void;
  /** Replaces the last progress line, where there is a terminal; elsewhere does nothing. */
  progress(line: string): void;
  /** Notes are read on a terminal as they come; a progress line can be shown. */
  readonly live: boolean;
  /** A person sits at it: questions can be asked. */
  readonly interactive: boolean;
  /**
   * Asks for one line; with `hidden`, what is typed does not show. Questions are put one after the other.
   * Undefined: declined (Ctrl+C, Ctrl+D), or nobody waits for the answer any more.
   */
  ask(question: string, options?: { hidden?: boolean }): Promise<string | undefined>;
  /** All of standard input, UTF-8. */
  readAll(): Promise<string>;
  /** Runs `listener` at Ctrl+C instead of ending, until the returned function is called. While a question is open, Ctrl+C declines it instead. */
  onInterrupt(listener: () => void): () => void;
  /** Takes back an open question and all that wait, so that the process can end. */
  close(): void;
}

/** The parts of the process's streams that a terminal needs. */
export type TerminalInput = Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode' | 'setEncoding' | 'resume' | 'pause' | 'on' | 'off' | 'once'> & AsyncIterable<unknown>;
export type TerminalOutput = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

/** Makes the terminal of a process. */
export function createTerminal(input: TerminalInput, output: TerminalOutput, notes: TerminalOutput): Terminal {
  const live = notes.isTTY;
  let shown = '';
  let questions: Promise<unknown> = Promise.resolve();
  let endQuestion: (() => void) | undefined;
  let closed = false;

  const clearProgress = (): void => {
    if (shown !== '') notes.write('\r\u001b[2K');
    shown = '';
  };
  const write = (stream: TerminalOutput, text: string): void => {
    clearProgress();
    // Names and messages come from packages and hosts: on a terminal they must not act. A file or a pipe gets the text as it is.
    const lines = stream.isTTY ? text.split('\n').map(asPlainText).join('\n') : text;
    stream.write(`${lines}\n`);
  };
  const putQuestion = async (question: string, hidden: boolean): Promise<string | undefined> => {
    if (closed) return undefined;
    clearProgress();
    const { answer, end } = readLine(input, notes, asPlainText(question), hidden);
    endQuestion = end;
    try {
      return await answer;
    } finally {
      endQuestion = undefined;
    }
  };
  return {
    live,
    interactive: input.isTTY && notes.isTTY,
    out: (text) => write(output, text),
    outBytes: (bytes) => {
      clearProgress();
      return new Promise((resolve, reject) => output.write(bytes, (error) => (error ? reject(error) : resolve())));
    },
    note: (text) => write(notes, text),
    progress: (line) => {
      if (!live || endQuestion !== undefined || line === shown) return;
      clearProgress();
      const width = notes.columns > 1 ? notes.columns - 1 : 79;
      notes.write(Array.from(asPlainText(line)).slice(0, width).join(''));
      shown = line;
    },
    ask: (question, options = {}) => {
      // Several hosts can ask at the same time; two readers of one keyboard would both get what is typed.
      const answer = questions.then(() => putQuestion(question, options.hidden === true));
      questions = answer.catch(() => undefined);
      return answer;
    },
    readAll: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of input) chunks.push(Buffer.from(chunk as Buffer));
      return Buffer.concat(chunks).toString('utf8');
    },
    onInterrupt: (listener) => {
      const guarded = (): void => {
        if (endQuestion === undefined) listener();
      };
      process.on('SIGINT', guarded);
      return () => process.off('SIGINT', guarded);
    },
    close: () => {
      closed = true;
      clearProgress();
      endQuestion?.();
    },
  };
}

/** Reads one line in raw mode, so that a secret is never echoed and Ctrl+C declines the question alone. */
function readLine(input: TerminalInput, notes: TerminalOutput, question: string, hidden: boolean): { readonly answer: Promise<string | undefined>; readonly end: () => void } {
  let finish: (answer: string | undefined) => void = () => undefined;
  const answer = new Promise<string | undefined>((resolve) => {
    finish = resolve;
  });
  let line = '';
  const end = (text?: string): void => {
    input.off('data', onData);
    input.off('end', onEnd);
    input.setRawMode(false);
    input.pause();
    notes.write('\n');
    finish(text);
  };
  const onEnd = (): void => end();
  const onData = (typed: string | Buffer): void => {
    for (const character of String(typed)) {
      if (character === '\r' || character === '\n') return end(line);
      if (character === '\u0003' || character === '\u0004') return end();
      if (character === '\u007f' || character === '\b') {
        if (line !== '' && !hidden) notes.write('\b \b');
        line = Array.from(line).slice(0, -1).join('');
      } else if (character >= ' ') {
        line += character;
        if (!hidden) notes.write(character);
      }
    }
  };
  // Echo goes off before the question can be seen: a program that answers at once must not have its answer shown.
  input.setRawMode(true);
  notes.write(question);
  input.setEncoding('utf8');
  input.on('data', onData);
  input.once('end', onEnd);
  input.resume();
  return { answer, end };
}
