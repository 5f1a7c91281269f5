import { quoteShell } from './hostConnection';

/**
 * Makes the login shell run a command with `sh`, whatever that shell is, and announce its begin and its process first.
 * What login scripts print before is no output of the command. And with the process known, the command can be ended: the
 * library does not signal a command whose input is closed, and OpenSSH does not pass signals on where root signs in.
 * The process leads a process group of its own, since sshd starts each command in a new session.
 */
export function announce(command: string): string {
  return `exec sh -c ${quoteShell(`echo gax-packages-begin $$; echo gax-packages-begin $$ >&2; ${command}`)}`;
}

/** The command that ends a process group: in the words of POSIX, else in older ones. */
export function killGroup(pid: number): string {
  return `exec sh -c 'kill -s TERM -- -${pid} 2>/dev/null || kill -TERM -${pid}'`;
}

const announcement = /(?:^|\n)gax-packages-begin (\d+)\r?\n/;
/** Bytes within which the announcement must come; without it, all is handed on as it is. */
const searched = 64 * 1024;

export interface OutputReader {
  /** Takes output; hands on what comes after the announcement. */
  readonly take: (bytes: Buffer) => void;
  /** Hands on what is still held back. */
  readonly end: () => void;
  /** Calls back with the process, now or as soon as it is announced. */
  readonly whenBegun: (callback: (pid: number) => void) => void;
}

/** Reads one output stream of an announced command. */
export function createOutputReader(onOutput: (bytes: Buffer) => void): OutputReader {
  let head: Buffer | undefined = Buffer.alloc(0);
  let pid: number | undefined;
  let waiting: ((pid: number) => void) | undefined;

  const end = (): void => {
    const rest = head;
    head = undefined;
    if (rest && rest.length > 0) onOutput(rest);
  };
  return {
    take(bytes) {
      if (!head) {
        onOutput(bytes);
        return;
      }
      head = Buffer.concat([head, bytes]);
      const match = announcement.exec(head.toString('latin1'));
      if (match) {
        pid = Number(match[1]);
        head = head.subarray(match.index + match[0].length);
        end();
        waiting?.(pid);
      } else if (head.length > searched) {
        end();
      }
    },
    end,
    whenBegun(callback) {
      if (pid === undefined) waiting = callback;
      else callback(pid);
    },
  };
}
