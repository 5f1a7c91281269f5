import { asPlainText } from '../../core/text/plainText';

export interface OutputSink {
  line(stream: 'stdout' | 'stderr', text: string): void;
  /** Output that was left out, once it flows again or ends. */
  leftOut(bytes: number): void;
}

export interface OutputLines {
  add(stream: 'stdout' | 'stderr', text: string): void;
  /** Hands over what has no line end yet. */
  end(): void;
  /** The last lines of both streams, oldest first. */
  last(): readonly string[];
}

/** Lines that may come at once, and how many more each second: a person reads none of a flood, and the journal keeps all it gets. */
const burst = 2000;
const perSecond = 100;
const longestLine = 4000;
const keptLines = 5;

/**
 * Cuts the output of an installer into lines, as plain text, and leaves out what is more than the journal should hold. A
 * carriage return ends a line too, or a progress display would be one line without end.
 */
export function createOutputLines(sink: OutputSink, now: () => number = Date.now): OutputLines {
  const rest = { stdout: '', stderr: '' };
  let credit = burst;
  let refilled = now();
  let dropped = 0;
  const kept: string[] = [];

  const pass = (stream: 'stdout' | 'stderr', raw: string): void => {
    const text = asPlainText(raw).slice(0, longestLine);
    if (text.trim() !== '') {
      kept.push(text);
      if (kept.length > keptLines) kept.shift();
    }
    const time = now();
    credit = Math.min(burst, credit + ((time - refilled) / 1000) * perSecond);
    refilled = time;
    if (credit < 1) {
      dropped += raw.length + 1;
      return;
    }
    credit--;
    tellDropped();
    sink.line(stream, text);
  };
  const tellDropped = (): void => {
    if (dropped > 0) sink.leftOut(dropped);
    dropped = 0;
  };

  return {
    add(stream, text) {
      const whole = rest[stream] + text;
      // A carriage return at the end may be the first half of a line end.
      const held = whole.endsWith('\r') ? '\r' : '';
      const parts = whole.slice(0, whole.length - held.length).split(/\r\n|[\r\n]/);
      const last = parts.pop() ?? '';
      for (const part of parts) pass(stream, part);
      // A line without end is cut, so that it cannot fill the memory.
      if (last.length > longestLine) pass(stream, last);
      rest[stream] = last.length > longestLine ? held : last + held;
    },
    end() {
      for (const stream of ['stdout', 'stderr'] as const) {
        const last = rest[stream].replace(/\r$/, '');
        if (last !== '') pass(stream, last);
        rest[stream] = '';
      }
      tellDropped();
    },
    last: () => kept,
  };
}
