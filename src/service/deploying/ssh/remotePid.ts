import { quoteShell } from './hostConnection';

const announcement = /(^|\n)gax-packages-pid (\d+)\n/;
/** Bytes of error output within which the announcement must come; a login script may print something before it. */
const searched = 16 * 1024;

/**
 * Makes the login shell run a command with `sh`, whatever that shell is, and announce its process first. The library can
 * hardly signal a command, and OpenSSH does not pass signals on where root signs in; with the process known, `kill` can.
 * The process leads a process group of its own, since sshd starts each command in a new session.
 */
export function announcingPid(command: string): string {
  return `exec sh -c ${quoteShell(`echo "gax-packages-pid $$" >&2; ${command}`)}`;
}

/** The command that ends a process group: in the words of POSIX, else in older ones. */
export function killGroup(pid: number): string {
  return `exec sh -c 'kill -s TERM -- -${pid} 2>/dev/null || kill -TERM -${pid}'`;
}

export interface PidReader {
  /** Takes error output; hands it on without the announcement. */
  readonly take: (bytes: Buffer) => void;
  /** Hands on what is still held back. */
  readonly end: () => void;
  /** Calls back with the process, now or as soon as it is announced. */
  readonly whenKnown: (callback: (pid: number) => void) => void;
}

export function createPidReader(onStderr: (bytes: Buffer) => void): PidReader {
  let head: Buffer | undefined = Buffer.alloc(0);
  let pid: number | undefined;
  let waiting: ((pid: number) => void) | undefined;

  const handOn = (bytes: Buffer): void => {
    if (bytes.length > 0) onStderr(bytes);
  };
  const end = (): void => {
    if (head) handOn(head);
    head = undefined;
  };
  return {
    take(bytes) {
      if (!head) {
        handOn(bytes);
        return;
      }
      head = Buffer.concat([head, bytes]);
      const text = head.toString('latin1');
      const match = announcement.exec(text);
      if (match) {
        pid = Number(match[2]);
        const start = match.index + (match[1]?.length ?? 0);
        head = Buffer.concat([head.subarray(0, start), head.subarray(match.index + match[0].length)]);
        end();
        waiting?.(pid);
      } else if (head.length > searched) {
        end();
      }
    },
    end,
    whenKnown(callback) {
      if (pid === undefined) waiting = callback;
      else callback(pid);
    },
  };
}
