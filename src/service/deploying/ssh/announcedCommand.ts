import { quoteShell } from './hostConnection';

/**
 * Makes the login shell run a command with `sh`, whatever that shell is, and announce its begin and its process first.
 * What login scripts print before is no output of the command. And with the process known, the command can be ended: the
 * library does not signal a command whose input is closed, and OpenSSH does not pass signals on where root signs in.
 * The process leads a process group of its own, since sshd starts each command in a new session.
 */
export function announce(command: string): string {
  return `exec sh -c ${quoteShell(announced(command))}`;
}

/** The same as a script for a shell that is there already. */
export function announced(command: string): string {
  return `echo gax-packages-begin $$; echo gax-packages-begin $$ >&2; ${command}`;
}

/** The script that ends a process group: in the words of POSIX, else in older ones. */
export function killGroup(pid: number): string {
  return `kill -s TERM -- -${pid} 2>/dev/null || kill -TERM -${pid}`;
}

/**
 * The same where a program in between (`sudo`, `su`) leads the group, or has put the command into another: the group is
 * looked up. What of it belongs to others stays.
 */
export function killGroupOf(pid: number): string {
  return `group=$(ps -o pgid= -p ${pid} 2>/dev/null | tr -d ' '); [ -n "$group" ] || { read -r stat </proc/${pid}/stat && set -- \${stat##*) } && group=$3; }; kill -s TERM -- "-\${group:-${pid}}" 2>/dev/null; kill -s TERM ${pid} 2>/dev/null; true`;
}

const announcement = /(?:^|\n)gax-packages-begin (\d+)\r?\n/;
/** Bytes within which the announcement must come; without it, all is handed on as it is. */
const searched = 64 * 1024;

export interface OutputReader {
  /** Takes output; hands on what comes after the announcement. */
  readonly take: (bytes: Buffer) => void;
  /** Hands on what is still held back. */
  readonly end: () => void;
  /** What came before the announcement, as far as it is kept. */
  readonly heard: () => string;
  /** Calls back with the process, now or as soon as it is announced. */
  readonly whenBegun: (callback: (pid: number) => void) => void;
}

/**
 * Reads one output stream of an announced command.
 * @param onHeard told what came so far, until the announcement; with it, nothing before the announcement counts as output
 */
export function createOutputReader(onOutput: (bytes: Buffer) => void, onHeard?: (heard: string) => void): OutputReader {
  let head: Buffer | undefined = Buffer.alloc(0);
  let pid: number | undefined;
  let before = '';
  let waiting: ((pid: number) => void) | undefined;

  const end = (): void => {
    const rest = head;
    head = undefined;
    if (rest && rest.length > 0 && (onHeard === undefined || pid !== undefined)) onOutput(rest);
  };
  return {
    take(bytes) {
      if (!head) {
        onOutput(bytes);
        return;
      }
      head = Buffer.concat([head, bytes]);
      before = head.toString('latin1');
      const match = announcement.exec(before);
      if (match) {
        pid = Number(match[1]);
        head = head.subarray(match.index + match[0].length);
        waiting?.(pid);
        end();
      } else if (head.length > searched) {
        end();
      } else {
        onHeard?.(before);
      }
    },
    end,
    heard: () => before,
    whenBegun(callback) {
      if (pid === undefined) waiting = callback;
      else callback(pid);
    },
  };
}
