import { spawn } from 'node:child_process';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { ProductError } from '../../core/errors';
import { copyServiceCode } from '../lifecycle/codeCopy';
import type { DataFolder } from '../lifecycle/dataFolder';
import { exitCodes, printServiceArguments } from '../lifecycle/serviceArguments';

/** Variables a service needs; everything else of a client's environment, secrets and agents above all, stays with the client. */
const passedOn: ReadonlySet<string> = new Set([
  'PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'TZ', 'TMPDIR', 'XDG_RUNTIME_DIR',
  'SYSTEMROOT', 'WINDIR', 'SYSTEMDRIVE', 'COMSPEC', 'PATHEXT', 'TEMP', 'TMP', 'USERNAME', 'USERDOMAIN', 'USERPROFILE', 'HOMEDRIVE', 'HOMEPATH',
  'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'COMPUTERNAME', 'NUMBER_OF_PROCESSORS', 'PROCESSOR_ARCHITECTURE',
]);
const logTailBytes = 4000;
const logTailLines = 12;

export interface StartOptions {
  /** The folder with `service.js` and `sql-wasm.wasm`. */
  readonly serviceFiles: string;
  /** The Node program to run it on, or the editor's own. */
  readonly runtime: string;
  readonly version: string;
  readonly idleSeconds?: number | undefined;
  /** The service ends with this process; for tests. */
  readonly parentPid?: number | undefined;
}

/** A service process that was started and may or may not become the owner. */
export interface StartedService {
  /** Set when it has ended otherwise than by finding another owner. */
  readonly failure: ProductError | undefined;
  readonly ended: boolean;
}

/**
 * Starts a service of its own copy of the code, detached from this process, its output in the log of the data folder.
 * @throws ProductError `service/files-missing`, `service/folder-unusable`
 */
export function startService(folder: DataFolder, options: StartOptions): StartedService {
  const main = copyServiceCode(options.serviceFiles, options.version, folder);
  const logStart = statSync(folder.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const started: { failure: ProductError | undefined; ended: boolean } = { failure: undefined, ended: false };
  const fail = (reason: string, cause?: unknown): void => {
    const tail = readLogTail(folder.logFile, logStart);
    started.ended = true;
    started.failure = new ProductError(
      'service/start-failed', { folder: folder.path, reason: findReason(tail) ?? reason, log: folder.logFile },
      { causes: [reason, ...tail, ...(cause instanceof Error ? [cause.message] : [])] },
    );
  };

  const log = openSync(folder.logFile, 'a', 0o600);
  try {
    const service = spawn(options.runtime, [main, ...printServiceArguments({ data: folder.path, idleSeconds: options.idleSeconds, parentPid: options.parentPid })], {
      cwd: folder.path,
      detached: true,
      env: { ...cleanEnvironment(process.env), ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', log, log],
      windowsHide: true,
    });
    service.once('error', (error) => fail(error.message, error));
    service.once('exit', (code, signal) => {
      if (code === exitCodes.ended || code === exitCodes.ownedByAnother) started.ended = true;
      else fail(signal === null ? `exit code ${code}` : `signal ${signal}`);
    });
    service.unref();
  } finally {
    closeSync(log);
  }
  return started;
}

/** What a service gets of a client's environment. Names are compared in any case, as Windows does. */
export function cleanEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => {
      const wanted = passedOn.has(name.toUpperCase()) || /^LC_/.test(name);
      return wanted && value !== undefined ? [[name, value]] : [];
    }),
  );
}

/** The line of a log that says why a service ended: its last error entry, or what Node printed of an error before there was a log. */
function findReason(lines: readonly string[]): string | undefined {
  const line = lines.findLast((text) => / error \[\d+\] /.test(text)) ?? lines.findLast((text) => /^(\w*Error|node)\b.*: /.test(text));
  return line?.replace(/^\S+ error \[\d+\] \w+: /, '');
}

/** The last lines written to the log since a position; what the service printed as it failed to start is among them. */
function readLogTail(file: string, start: number): string[] {
  try {
    const log = openSync(file, 'r');
    try {
      const size = statSync(file).size;
      const from = Math.max(start, size - logTailBytes);
      const buffer = Buffer.alloc(Math.max(0, size - from));
      const read = readSync(log, buffer, 0, buffer.length, from);
      return buffer.toString('utf8', 0, read).split('\n').filter((line) => line.trim() !== '').slice(-logTailLines);
    } finally {
      closeSync(log);
    }
  } catch {
    return [];
  }
}
