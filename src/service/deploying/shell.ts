import { quoteShell, type ExecOptions, type ExecResult, type HostConnection } from './ssh/hostConnection';

/**
 * Runs one of our own POSIX scripts on a host. The script goes by standard input, so the login shell's syntax does not
 * matter and nothing of it shows in the host's process list; `args` do, so they must hold no secret. A script must give
 * `</dev/null` to commands that read their input, or they would swallow the rest of it.
 */
export function runScript(connection: HostConnection, script: string, args: readonly string[], options: Omit<ExecOptions, 'stdin'> = {}): Promise<ExecResult> {
  return connection.exec(['sh', '-s', '--', ...args].map(quoteShell).join(' '), { ...options, stdin: Buffer.from(script) });
}

/** A command line that runs `program` (POSIX shell, one line) in a folder, whatever the user's login shell is. */
export function inFolder(folder: string, program: string): string {
  return `sh -c ${quoteShell(`cd -- "$1" && ${program}`)} sh ${quoteShell(folder)}`;
}

/** What a failing command said, in one line of at most 300 characters. */
export function lastWords(result: Pick<ExecResult, 'code' | 'signal' | 'stdout' | 'stderr'>): string {
  const text = (result.stderr.trim() || result.stdout.trim()).split(/\s*\n\s*/).slice(-3).join(' · ');
  const end = result.signal === undefined ? `exit code ${result.code ?? 'unknown'}` : `signal ${result.signal}`;
  return text === '' ? end : text.slice(-300);
}

/** True for the words of a program that found no space on the disk. */
export function saysDiskFull(text: string): boolean {
  return /no space left on device|disk quota exceeded/i.test(text);
}
