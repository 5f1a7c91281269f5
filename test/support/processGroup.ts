import { spawn, spawnSync, type ChildProcess, type ChildProcessByStdio, type SpawnOptions } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

const running = new Set<ProcessGroup>();
let watching = false;

/** Ends every group that is still there when this process ends, in whatever way. */
function watchOwnEnd(): void {
  if (watching) return;
  watching = true;
  const killAll = (): void => {
    for (const group of running) group.kill('SIGKILL');
  };
  process.on('exit', killAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      killAll();
      // Somebody else may want to end in good order; without anybody the signal does what it always does.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}

/** A program and everything it started in its process group, ended together. */
export interface ProcessGroup {
  readonly child: ChildProcess;
  /** What it wrote to standard output and standard error so far. */
  output(): string;
  /** Resolves with the first match in the output; rejects with the output when the program ends before or the limit passes. */
  outputMatching(pattern: RegExp, limitMs: number): Promise<RegExpMatchArray>;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  kill(signal: NodeJS.Signals): void;
  /** Asks with SIGTERM, insists with SIGKILL after 5 s; resolves when the program is gone. */
  stop(): Promise<void>;
}

/**
 * Leads the group: ends with the program, and ends the whole group when the pipe at 3 closes, because the process that
 * holds its other end is gone, killed or not.
 */
const leader = `"$@" 3<&- & program=$!
(read -r _ <&3; kill -KILL -$$) >/dev/null 2>&1 & watcher=$!
exec 3<&-
wait "$program"; status=$?
kill "$watcher"
exit "$status"`;

/** Starts a program in a process group of its own, which ends with this process at the latest. */
export function startGroup(program: string, args: readonly string[], options: Omit<SpawnOptions, 'stdio' | 'detached'> = {}): ProcessGroup {
  watchOwnEnd();
  const command = process.platform === 'win32' ? [program, ...args] : ['sh', '-c', leader, 'sh', program, ...args];
  const child = spawn(command[0] ?? program, command.slice(1), { ...options, detached: process.platform !== 'win32', stdio: ['ignore', 'pipe', 'pipe', 'pipe'] }) as ChildProcessByStdio<null, Readable, Readable>;
  let text = '';
  const listeners = new Set<() => void>();
  const take = (chunk: string): void => {
    text += chunk;
    for (const listener of [...listeners]) listener();
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  let ended = false;
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('error', (error) => {
      ended = true;
      take(`${error.message}\n`);
      resolve({ code: null, signal: null });
    });
    child.once('close', (code, signal) => {
      ended = true;
      take('');
      resolve({ code, signal });
    });
  });
  const leaderGone = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const group: ProcessGroup = {
    child,
    output: () => text,
    exited,
    outputMatching: (pattern, limitMs) =>
      new Promise((resolve, reject) => {
        const finish = (act: () => void): void => {
          clearTimeout(timer);
          listeners.delete(look);
          act();
        };
        const look = (): void => {
          const match = pattern.exec(text);
          if (match) finish(() => resolve(match));
          else if (ended) finish(() => reject(new Error(`${program} ended before it wrote ${String(pattern)}:\n${text}`)));
        };
        const timer = setTimeout(() => finish(() => reject(new Error(`${program} did not write ${String(pattern)} in ${limitMs} ms:\n${text}`))), limitMs);
        listeners.add(look);
        look();
      }),
    kill: (signal) => {
      if (child.pid === undefined) return;
      if (process.platform === 'win32') {
        spawnSync('taskkill', ['/PID', String(child.pid), '/T', '/F']);
        return;
      }
      try {
        process.kill(-child.pid, signal);
      } catch {
        // The whole group is gone already.
      }
    },
    stop: async () => {
      group.kill('SIGTERM');
      // Closed pipes show that all members are gone; what left the group may hold them for long.
      const patience = new AbortController();
      await Promise.race([exited, delay(5000, undefined, { signal: patience.signal }).catch(() => undefined)]);
      patience.abort();
      group.kill('SIGKILL');
      await leaderGone;
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
      running.delete(group);
    },
  };
  running.add(group);
  return group;
}
