import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** A process beyond its number, which the system gives out again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, in the system's own unit; empty where that cannot be told. */
  readonly start: string;
}

/** The running process with that number; undefined when there is none, or only its unread exit status is left. */
export function findProcess(pid: number): ProcessIdentity | undefined {
  const start = readStart(pid);
  return start === undefined ? undefined : { pid, start };
}

/** True while that very process runs. Where starts cannot be told, any process with its number counts: never replace a live one. */
export function isProcessAlive(process: ProcessIdentity): boolean {
  const found = findProcess(process.pid);
  return found !== undefined && (found.start === '' || process.start === '' || found.start === process.start);
}

/**
 * State and start of a process from `/proc/<pid>/stat` (proc(5): fields 3 and 22, after the name in parentheses,
 * which may itself hold blanks and parentheses).
 */
export function parseProcStat(stat: string): { readonly state: string; readonly start: string } | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[19]];
  return state === undefined || start === undefined ? undefined : { state, start };
}

function readStart(pid: number): string | undefined {
  if (platform() === 'linux') return readProcStat(pid);
  return platform() === 'win32' ? startUnknown(pid) : readPs(pid);
}

function readProcStat(pid: number): string | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  const stat = parseProcStat(text);
  // Z and X: it has ended and waits to be noticed by its parent, for ever where nobody looks.
  return stat === undefined || /[ZXx]/.test(stat.state) ? undefined : stat.start;
}

function readPs(pid: number): string | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    const [state = '', ...start] = line.split(/\s+/);
    return state === '' || state.startsWith('Z') ? undefined : start.join(' ');
  } catch {
    return startUnknown(pid);
  }
}

function startUnknown(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
    return '';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? '' : undefined;
  }
}
