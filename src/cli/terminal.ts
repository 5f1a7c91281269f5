/** Where the command line reads and writes; tests give their own. */
export interface Terminal {
  /** Results: what a pipe wants. One call, one line. */
  out(line: string): void;
  /** Progress, questions and errors. */
  note(line: string): void;
  /** Replaces the last progress line, where there is a terminal; elsewhere does nothing. */
  progress(line: string): void;
  /** A person sits at it: questions can be asked. */
  readonly interactive: boolean;
  /** Asks for one line; with `hidden`, what is typed does not show. Undefined: declined (Ctrl+C, Ctrl+D). */
  ask(question: string, options?: { hidden?: boolean }): Promise<string | undefined>;
  /** All of standard input, UTF-8. */
  readAll(): Promise<string>;
  /** Runs `listener` at Ctrl+C instead of ending, until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
}

/** Makes the terminal of this process. */
export function createTerminal(input: NodeJS.ReadStream, output: NodeJS.WriteStream, notes: NodeJS.WriteStream): Terminal {
  const live = notes.isTTY;
  let progressShown = false;
  let asking = false;
  let lastProgress = '';

  const clearProgress = (): void => {
    if (progressShown) notes.write('\r\u001b[2K');
    progressShown = false;
  };
  return {
    out: (line) => {
      clearProgress();
      output.write(`${line}\n`);
    },
    note: (line) => {
      clearProgress();
      notes.write(`${line}\n`);
      if (live && lastProgress !== '') lastProgress = '';
    },
    progress: (line) => {
      if (!live || asking || line === lastProgress) return;
      lastProgress = line;
      const width = notes.columns > 1 ? notes.columns - 1 : 79;
      notes.write(`\r\u001b[2K${Array.from(line).slice(0, width).join('')}`);
      progressShown = line !== '';
    },
    interactive: input.isTTY && notes.isTTY,
    ask: async (question, options = {}) => {
      clearProgress();
      asking = true;
      try {
        return await readLine(input, notes, question, options.hidden === true);
      } finally {
        asking = false;
      }
    },
    readAll: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of input) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
    onInterrupt: (listener) => {
      const guarded = (): void => {
        if (!asking) listener();
      };
      process.on('SIGINT', guarded);
      return () => process.off('SIGINT', guarded);
    },
  };
}

/** Reads one line in raw mode, so that a secret is never echoed and Ctrl+C declines the question alone. */
function readLine(input: NodeJS.ReadStream, notes: NodeJS.WriteStream, question: string, hidden: boolean): Promise<string | undefined> {
  notes.write(question);
  input.setRawMode(true);
  input.setEncoding('utf8');
  input.resume();
  return new Promise((resolve) => {
    let line = '';
    const end = (answer: string | undefined): void => {
      input.off('data', onData);
      input.off('end', onEnd);
      input.setRawMode(false);
      input.pause();
      notes.write('\n');
      resolve(answer);
    };
    const onEnd = (): void => end(undefined);
    const onData = (text: string | Buffer): void => {
      for (const character of String(text)) {
        if (character === '\r' || character === '\n') return end(line);
        if (character === '\u0003' || character === '\u0004') return end(undefined);
        if (character === '\u007f' || character === '\b') {
          if (line === '') continue;
          line = Array.from(line).slice(0, -1).join('');
          if (!hidden) notes.write('\b \b');
        } else if (character >= ' ') {
          line += character;
          if (!hidden) notes.write(character);
        }
      }
    };
    input.on('data', onData);
    input.once('end', onEnd);
  });
}
