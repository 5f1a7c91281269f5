import { appendFileSync, renameSync, statSync } from 'node:fs';
import { toErrorData } from '../../core/errors';
import type { Redactor } from '../redactor';
import type { ServiceLog } from '../serviceLog';

/** Bytes after which the log starts anew; the file before it is kept as `<name>.1`. */
const defaultMaximumSize = 5_000_000;

/**
 * A log file with mode 0600, one line an entry: time (ISO 8601, UTC), level, process, area, message. Written at once,
 * so that the last words before a crash are there. It grows to twice `maximumSize` bytes at most; writing never throws:
 * a full disk must not end the work.
 */
export function createFileLog(options: { readonly file: string; readonly redactor: Redactor; readonly maximumSize?: number }): ServiceLog {
  const { file, redactor } = options;
  const maximumSize = options.maximumSize ?? defaultMaximumSize;
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;

  const write = (level: string, area: string, message: string): void => {
    const text = redactor.redact(message).replace(/\r?\n/g, ' ⏎ ');
    const line = `${new Date().toISOString()} ${level} [${process.pid}] ${area}: ${text}\n`;
    try {
      if (size + line.length > maximumSize) {
        renameSync(file, `${file}.1`);
        size = 0;
      }
      appendFileSync(file, line, { mode: 0o600 });
      size += Buffer.byteLength(line);
    } catch {
      // Nowhere left to say it.
    }
  };
  return {
    info: (area, message) => write('info ', area, message),
    warn: (area, message) => write('warn ', area, message),
    error: (area, message, error) => write('error', area, error === undefined ? message : `${message}: ${printError(error)}`),
  };
}

/** The code, its arguments and the chain of causes; the stack of what is not of our family, since that is a defect. */
function printError(error: unknown): string {
  const data = toErrorData(error);
  const stack = data.code === 'general/unexpected' && error instanceof Error ? error.stack : undefined;
  const facts = `${data.code} ${JSON.stringify(data.args)}`;
  return [facts, ...(data.causes ?? []), ...(stack === undefined ? [] : [stack])].join(' ← ');
}
