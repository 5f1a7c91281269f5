import { randomBytes } from 'node:crypto';
import { ProductError } from '../../../core/errors';
import { quoteShell } from './hostConnection';
import { oneLine } from './reasons';
import type { RunCommand } from './runCommand';

/**
 * Small files of a host, written and read by commands of POSIX. Not over SFTP: that tells no reason for a failure beyond
 * “failure”, may see other paths than commands do (`ChrootDirectory`), and is one more thing a host may lack.
 */
export interface RemoteFiles {
  /** @throws ProductError `host/write-failed`, `host/connection-lost` */
  readonly write: (path: string, content: Uint8Array, mode: number) => Promise<void>;
  /** The first `limit` bytes; undefined when there is no such file. @throws ProductError `host/read-failed`, `host/connection-lost` */
  readonly read: (path: string, limit: number) => Promise<Uint8Array | undefined>;
}

/** The exit status by which a script says that there is no such file. */
const missing = 66;

/**
 * `$1` the file, `$2` the temporary file beside it, `$3` the size, `$4` the mode. The size is checked before the rename:
 * to `cat`, a connection that broke looks like the end of the file.
 */
const writeScript = [
  'umask 077; LC_ALL=C; export LC_ALL',
  '[ ! -d "$1" ] || { echo "Is a directory" >&2; exit 1; }',
  '{ cat >"$2" && [ $(wc -c <"$2") -eq "$3" ] && chmod "$4" "$2" && mv -f "$2" "$1"; } || { rm -f "$2"; exit 1; }',
].join('; ');

/** `$1` the file, `$2` how many blocks of 4 KB to read. */
const readScript = [
  'LC_ALL=C; export LC_ALL',
  `[ -e "$1" ] || exit ${missing}`,
  '[ ! -d "$1" ] || { echo "Is a directory" >&2; exit 1; }',
  'exec 3<"$1" && dd bs=4096 count="$2" <&3 2>/dev/null',
].join('; ');

export function createRemoteFiles(run: RunCommand, hostName: string, user: string): RemoteFiles {
  async function runScript(script: string, words: readonly string[], stdin?: Uint8Array): Promise<{ code: number | undefined; stdout: Buffer; reason: string }> {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const { code, signal } = await run(`set -- ${words.map(quoteShell).join(' ')}; ${script}`, {
      ...(stdin && { stdin }), onStdout: (bytes) => stdout.push(bytes), onStderr: (bytes) => stderr.push(bytes),
    });
    return { code, stdout: Buffer.concat(stdout), reason: oneLine(Buffer.concat(stderr).toString('utf8')) || signal || `exit status ${code ?? 'unknown'}` };
  }

  return {
    async write(path, content, mode) {
      const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
      const { code, reason } = await runScript(writeScript, [path, temporary, String(content.length), mode.toString(8)], content);
      if (code !== 0) throw new ProductError('host/write-failed', { host: hostName, path, reason });
    },
    async read(path, limit) {
      const { code, stdout, reason } = await runScript(readScript, [path, String(Math.ceil(limit / 4096))]);
      if (code === missing) return undefined;
      if (code !== 0) throw new ProductError('host/read-failed', { host: hostName, user, path, reason });
      return stdout.subarray(0, limit);
    },
  };
}
