/**
 * What a deployment has a host do, beside reading and writing small files. In every language of hosts a script takes the
 * same arguments, changes the same and prints the same lines; what they are is said at the POSIX ones (`posix/`).
 */
export const scriptNames = [
  'report', 'takeLock', 'takeOverLock', 'prepareFolder', 'startInstaller', 'followInstaller', 'stopInstaller', 'inspectTarget', 'findPlugInFiles',
  'removeStaging', 'findRemaining', 'listFiles',
] as const;
export type ScriptName = (typeof scriptNames)[number];

/** A script that is ready for `HostConnection.exec`. */
export interface HostCommand {
  readonly command: string;
  /** What its standard input has to be; absent: nothing. */
  readonly stdin?: Uint8Array;
}

/** The language of one kind of host. */
export interface HostDialect {
  /** Runs one of our scripts. `args` may show in the host's list of processes, so they must hold no secret. */
  runScript(script: ScriptName, args: readonly string[]): HostCommand;
  /** Unpacks the tar that comes by standard input into a folder. */
  unpack(folder: string, compressed: boolean): string;
  /**
   * Compares files below a folder with the list that comes by standard input (`checksumList`). Prints `<name>: FAILED` for
   * each that differs or is missing and ends with 1 then, and prints nothing else.
   */
  compareFiles(folder: string): string;
}
