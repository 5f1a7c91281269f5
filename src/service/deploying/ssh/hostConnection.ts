import type { HostKey } from '../../../core/hosts/model';

export interface ExecOptions {
  /** Sent to the command's standard input, then closed. Absent: closed at once. */
  readonly stdin?: AsyncIterable<Uint8Array> | Uint8Array;
  /** Receives output as it comes, in whole UTF-8 characters; without it, output is collected. */
  readonly onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
  /** Bytes of `stdin` that the channel has accepted. */
  readonly onSent?: (bytes: number) => void;
  /** Milliseconds; 0 or absent: none. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

export interface ExecResult {
  /** Exit status; undefined when a signal ended the command. */
  readonly code: number | undefined;
  readonly signal?: string;
  /** Collected output (at most 1 MB each, then cut); empty with `onOutput`. */
  readonly stdout: string;
  readonly stderr: string;
}

/** What commands of a host are written in. */
export type HostShell = 'posix' | 'powershell';

/** A signed-in connection to one host. */
export interface HostConnection {
  /** The key the host proved to hold. */
  readonly hostKey: HostKey;
  readonly shell: HostShell;
  /** How the sign-in was done, for the log, e.g. `key ~/.ssh/id_ed25519`. */
  readonly signedInWith: string;
  /** Aborted with the reason as soon as the connection is lost or closed. */
  readonly lost: AbortSignal;
  /**
   * Runs one command in the language `shell`, without a terminal: with `sh`, or as a script of PowerShell. Never put a secret into
   * `command`.
   * On timeout, cancellation or a failing `stdin` the command and its children get SIGTERM (on Windows they are ended); the promise rejects when they
   * have ended, or after five seconds. What was lost with the connection may still run.
   * @throws ProductError `host/connection-lost`, `host/command-timeout`, `host/channel-refused`, `general/cancelled`; what `stdin` throws
   */
  exec(command: string, options?: ExecOptions): Promise<ExecResult>;
  /** Writes a small file atomically (temporary file beside it, then rename) with that mode; on Windows for the user, the system and administrators alone. The content never shows in a command line. @throws ProductError `host/write-failed`, `host/connection-lost` */
  writeFile(path: string, content: Uint8Array, mode: number): Promise<void>;
  /** Reads the first `limit` bytes of a file; undefined when it does not exist. @throws ProductError `host/read-failed`, `host/connection-lost` */
  readFile(path: string, limit: number): Promise<Uint8Array | undefined>;
  /** Ends the connection. Never throws. */
  close(): Promise<void>;
}

/** Quotes one word for a POSIX shell. */
export function quoteShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
