import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

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

/** Starts a program as the leader of a process group of its own. */
export function startGroup(program: string, args: readonly string[], options: SpawnOptions = {}): ProcessGroup {
  watchOwnEnd();
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
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
      try {
        process.kill(-child.pid, signal);
      } catch {
        // The whole group is gone already.
      }
    },
    stop: async () => {
      group.kill('SIGTERM');
      const insist = setTimeout(() => group.kill('SIGKILL'), 5000);
      await exited;
      clearTimeout(insist);
      // Members that outlived their leader.
      group.kill('SIGKILL');
      running.delete(group);
    },
  };
  running.add(group);
  return group;
}
