import { dialectOf } from './hostScripts/dialectOf';
import type { ScriptName } from './hostScripts/hostDialect';
import type { ExecOptions, ExecResult, HostConnection } from './ssh/hostConnection';

/** Runs one of our own scripts on a host, in its language. `args` must hold no secret. */
export function runScript(connection: HostConnection, script: ScriptName, args: readonly string[], options: Omit<ExecOptions, 'stdin'> = {}): Promise<ExecResult> {
  const { command, stdin } = dialectOf(connection).runScript(script, args);
  return connection.exec(command, { ...options, ...(stdin && { stdin }) });
}

/** What a failing command said, in one line of at most 300 characters. */
export function lastWords(result: Pick<ExecResult, 'code' | 'signal' | 'stdout' | 'stderr'>): string {
  const text = (result.stderr.trim() || result.stdout.trim()).split(/\s*\n\s*/).slice(-3).join(' · ');
  const end = result.signal === undefined ? `exit code ${result.code ?? 'unknown'}` : `signal ${result.signal}`;
  return text === '' ? end : text.slice(-300);
}

/** True for the words of a program that found no space on the disk; GNU tar says of a block that fits in part only how much it wrote. */
export function saysDiskFull(text: string): boolean {
  return /no space left on device|disk quota exceeded|wrote only \d+ of \d+ bytes/i.test(text);
}
