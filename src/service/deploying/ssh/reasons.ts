import { getSystemErrorMap } from 'node:util';

const systemErrors = new Map<string, string>([...getSystemErrorMap().values()]);

/** The reason of a failure in a few words for a sentence: the operating system's own for its errors, else the error's message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Several addresses were tried (“happy eyeballs”): the last one's reason stands for all.
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors.at(-1));
  const code = (error as NodeJS.ErrnoException).code;
  return (typeof code === 'string' ? systemErrors.get(code) : undefined) ?? oneLine(error.message);
}

/** Untrusted words of a host on one line of at most 300 characters, without control characters. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
