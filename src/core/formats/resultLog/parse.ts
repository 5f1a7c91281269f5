import type { Problem } from '../problem';
import type { resultLogMessages } from './messages';

export type ResultLogProblemCode = keyof typeof resultLogMessages.en;

/** What the vendor's silent installer says of its run. Texts are as written; what is missing is empty. */
export interface ResultLog {
  readonly packageName: string;
  readonly version: string;
  readonly buildNumber: string;
  readonly language: string;
  /** 0: success, 1: error. Undefined when the log does not tell, e.g. because it breaks off. */
  readonly resultCode?: number;
  /** Can hold line ends. Empty on success. */
  readonly error: string;
  /** True when the installer wants a restart of the host. */
  readonly reboot: boolean;
}

/**
 * Reads the result log of a silent installation, an INI text of two sections. Never throws. The value of `Error` can run
 * over several lines, which may look like anything: it ends at the last line that begins with `Reboot=`, which the
 * installer writes after it, else at the end of the text.
 */
export function parseResultLog(text: string): { readonly log: ResultLog; readonly problems: readonly Problem<ResultLogProblemCode>[] } {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const resultAt = lines.indexOf('[Result]');
  const head = resultAt < 0 ? lines : lines.slice(0, resultAt);
  const result = resultAt < 0 ? [] : lines.slice(resultAt + 1);
  const errorAt = result.findIndex((line) => line.startsWith('Error='));
  const rebootAt = result.findLastIndex((line) => line.startsWith('Reboot='));
  const beforeError = errorAt < 0 ? result : result.slice(0, errorAt);
  const codeText = valueOf(beforeError, 'ResultCode');
  const resultCode = /^\d+$/.test(codeText) ? Number(codeText) : undefined;
  const log: ResultLog = {
    packageName: valueOf(head, 'IPName'),
    version: valueOf(head, 'IPVersion'),
    buildNumber: valueOf(head, 'IPBuildNumber'),
    language: valueOf(head, 'IPLanguage'),
    ...(resultCode !== undefined && { resultCode }),
    error: errorAt < 0 ? '' : readError(result, errorAt, rebootAt),
    reboot: valueOf(result.slice(Math.max(rebootAt, 0)), 'Reboot').toUpperCase().startsWith('Y'),
  };
  return { log, problems: check(text, resultAt, codeText, resultCode) };
}

function readError(lines: readonly string[], errorAt: number, rebootAt: number): string {
  const end = rebootAt > errorAt ? rebootAt : lines.length;
  return lines.slice(errorAt, end).join('\n').slice('Error='.length).trim();
}

function valueOf(lines: readonly string[], key: string): string {
  return lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1).trim() ?? '';
}

function check(text: string, resultAt: number, codeText: string, resultCode: number | undefined): Problem<ResultLogProblemCode>[] {
  if (resultAt < 0 || codeText === '') {
    return [{ code: 'resultLog.no-result', severity: 'error', start: 0, end: text.length, args: {} }];
  }
  if (resultCode === 0 || resultCode === 1) return [];
  const start = text.indexOf(codeText, text.indexOf('ResultCode='));
  return [{ code: 'resultLog.bad-code', severity: 'error', start, end: start + codeText.length, args: { value: codeText } }];
}
