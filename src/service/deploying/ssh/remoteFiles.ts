import { randomBytes } from 'node:crypto';
import type { SFTPWrapper } from 'ssh2';
import { ProductError } from '../../../core/errors';
import type { Channels } from './channels';
import { quoteShell } from './hostConnection';
import { oneLine, reasonOf } from './reasons';
import type { RunCommand } from './runCommand';

/** Small files of a host, over SFTP; with commands where SFTP is missing, or does not say why it failed. */
export interface RemoteFiles {
  /** @throws ProductError `host/write-failed`, `host/connection-lost` */
  readonly write: (path: string, content: Uint8Array, mode: number) => Promise<void>;
  /** The first `limit` bytes; undefined when there is no such file. @throws ProductError `host/read-failed`, `host/connection-lost` */
  readonly read: (path: string, limit: number) => Promise<Uint8Array | undefined>;
}

export interface RemoteFilesOptions {
  readonly channels: Channels;
  readonly lost: AbortSignal;
  readonly hostName: string;
  readonly user: string;
  readonly run: RunCommand;
}

// draft-ietf-secsh-filexfer-02, 7: status codes.
const noSuchFile = 2;
const permissionDenied = 3;
/** The exit status by which our scripts say that there is no such file. */
const missing = 66;

/**
 * `$1` the file, `$2` the temporary file beside it, `$3` the size, `$4` the mode. The size is checked before the rename:
 * to `cat`, a connection that broke looks like the end of the file.
 */
const writeScript = `umask 077; LC_ALL=C; export LC_ALL; [ ! -d "$1" ] || { echo "Is a directory" >&2; exit 1; }; cat >"$2" && [ $(wc -c <"$2") -eq "$3" ] && chmod "$4" "$2" && mv -f "$2" "$1" || { rm -f "$2"; exit 1; }`;

/** `$1` the file, `$2` the number of blocks of 4 KB to read. */
const readScript = `LC_ALL=C; export LC_ALL; [ -e "$1" ] || exit ${missing}; exec 3<"$1" && dd bs=4096 count="$2" <&3 2>/dev/null`;

export function createRemoteFiles({ channels, lost, hostName, user, run }: RemoteFilesOptions): RemoteFiles {
  let sftpWorks = true;

  async function overSftp<T>(use: (sftp: SFTPWrapper) => Promise<T>): Promise<T | 'unclear'> {
    if (!sftpWorks) return 'unclear';
    let sftp: SFTPWrapper;
    try {
      sftp = await channels.sftp(lost);
    } catch {
      if (lost.aborted) throw lost.reason;
      sftpWorks = false;
      return 'unclear';
    }
    sftp.on('error', () => undefined); // each request tells its own failure
    try {
      return await use(sftp);
    } catch (error) {
      if (lost.aborted) throw lost.reason;
      if (isStatus(error, permissionDenied) || isStatus(error, noSuchFile)) throw error;
      return 'unclear'; // status “failure”: a command knows the reason
    } finally {
      sftp.end();
    }
  }

  async function overCommand(script: string, words: readonly string[], stdin?: Uint8Array): Promise<{ code: number | undefined; stdout: Buffer; reason: string }> {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const { code, signal } = await run(`set -- ${words.map(quoteShell).join(' ')}; ${script}`, {
      ...(stdin && { stdin }), onStdout: (bytes) => stdout.push(bytes), onStderr: (bytes) => stderr.push(bytes),
    });
    return { code, stdout: Buffer.concat(stdout), reason: oneLine(Buffer.concat(stderr).toString('utf8')) || signal || `exit status ${code ?? 'unknown'}` };
  }

  return {
    async write(path, content, mode) {
      const failed = (reason: string, cause?: unknown): ProductError => new ProductError('host/write-failed', { host: hostName, path, reason }, { cause });
      const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
      try {
        const written = await overSftp((sftp) => writeOverSftp(sftp, path, temporary, Buffer.from(content), mode));
        if (written !== 'unclear') return;
      } catch (error) {
        throw error instanceof ProductError ? error : failed(reasonOf(error), error);
      }
      const { code, reason } = await overCommand(writeScript, [path, temporary, String(content.length), mode.toString(8)], content);
      if (code !== 0) throw failed(reason);
    },
    async read(path, limit) {
      const failed = (reason: string, cause?: unknown): ProductError => new ProductError('host/read-failed', { host: hostName, user, path, reason }, { cause });
      try {
        const content = await overSftp((sftp) => readOverSftp(sftp, path, limit));
        if (content !== 'unclear') return content;
      } catch (error) {
        if (isStatus(error, noSuchFile)) return undefined;
        throw error instanceof ProductError ? error : failed(reasonOf(error), error);
      }
      const { code, stdout, reason } = await overCommand(readScript, [path, String(Math.ceil(limit / 4096))]);
      if (code === missing) return undefined;
      if (code !== 0) throw failed(reason);
      return stdout.subarray(0, limit);
    },
  };
}

async function writeOverSftp(sftp: SFTPWrapper, path: string, temporary: string, content: Buffer, mode: number): Promise<void> {
  const handle = await call<Buffer>((done) => sftp.open(temporary, 'wx', { mode: 0o600 }, done));
  try {
    try {
      if (content.length > 0) await call((done) => sftp.write(handle, content, 0, content.length, 0, done));
      await call((done) => sftp.fchmod(handle, mode, done));
    } finally {
      await call((done) => sftp.close(handle, done));
    }
    // The plain rename of SFTP 3 does not replace a file.
    await call((done) => sftp.ext_openssh_rename(temporary, path, done));
  } catch (error) {
    await call((done) => sftp.unlink(temporary, done)).catch(() => undefined);
    throw error;
  }
}

async function readOverSftp(sftp: SFTPWrapper, path: string, limit: number): Promise<Buffer> {
  const handle = await call<Buffer>((done) => sftp.open(path, 'r', done));
  try {
    const content = Buffer.alloc(limit);
    let length = 0;
    while (length < limit) {
      const got = await readPart(sftp, handle, content, length);
      if (got === 0) break;
      length += got;
    }
    return content.subarray(0, length);
  } finally {
    await call((done) => sftp.close(handle, done)).catch(() => undefined);
  }
}

/** Bytes read; 0 at the end. A host may give less than it was asked for. */
function readPart(sftp: SFTPWrapper, handle: Buffer, into: Buffer, position: number): Promise<number> {
  const endOfFile = 1;
  return new Promise((resolve, reject) => {
    sftp.read(handle, into, position, Math.min(32_768, into.length - position), position, (error, bytes) => {
      if (!error) resolve(bytes);
      else if (isStatus(error, endOfFile)) resolve(0);
      else reject(error);
    });
  });
}

function isStatus(error: unknown, status: number): boolean {
  return (error as { code?: unknown } | undefined)?.code === status;
}

/** Makes a promise of a callback of the library; some of its methods throw at once for what the server lacks. */
function call<T = void>(start: (done: (error?: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, result) => {
      if (error) reject(error);
      else resolve(result as T);
    });
  });
}
