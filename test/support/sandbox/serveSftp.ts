import { promises as files, type Stats } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { utils, type Attributes, type FileEntry, type SFTPWrapper } from 'ssh2';

const { STATUS_CODE, flagsToString } = utils.sftp;
/** Answered at most per READ; clients ask again for the rest. */
const longestRead = 256 * 1024;

type Handle = { readonly kind: 'file'; readonly file: files.FileHandle } | { readonly kind: 'folder'; readonly path: string; names: readonly string[] };

function attributesOf(stats: Stats): Attributes {
  return { mode: stats.mode, uid: stats.uid, gid: stats.gid, size: stats.size, atime: Math.floor(stats.atimeMs / 1000), mtime: Math.floor(stats.mtimeMs / 1000) };
}

function statusOf(error: unknown): number {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return STATUS_CODE.NO_SUCH_FILE;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return STATUS_CODE.PERMISSION_DENIED;
    default:
      return STATUS_CODE.FAILURE;
  }
}

async function entryOf(folder: string, name: string): Promise<FileEntry> {
  const stats = await files.lstat(join(folder, name));
  const kind = stats.isDirectory() ? 'd' : stats.isSymbolicLink() ? 'l' : '-';
  const bits = Array.from('rwxrwxrwx').map((letter, index) => ((stats.mode & (0o400 >> index)) === 0 ? '-' : letter)).join('');
  return { filename: name, longname: `${kind}${bits} 1 ${stats.uid} ${stats.gid} ${stats.size} ${stats.mtime.toISOString().slice(0, 16)} ${name}`, attrs: attributesOf(stats) };
}

async function applyAttributes(path: string, attributes: Partial<Attributes>): Promise<void> {
  if (attributes.mode !== undefined) await files.chmod(path, attributes.mode & 0o7777);
  if (attributes.size !== undefined) await files.truncate(path, attributes.size);
  if (attributes.atime !== undefined && attributes.mtime !== undefined) await files.utimes(path, attributes.atime, attributes.mtime);
}

/** Serves version 3 of SFTP from this machine's files. Relative paths start at `home`. */
export function serveSftp(sftp: SFTPWrapper, home: string): void {
  const handles = new Map<number, Handle>();
  let lastHandle = 0;
  const at = (path: string): string => normalize(isAbsolute(path) ? path : join(home, path));
  const keep = (id: number, handle: Handle): void => {
    const name = Buffer.alloc(4);
    name.writeUInt32BE(++lastHandle);
    handles.set(lastHandle, handle);
    sftp.handle(id, name);
  };
  const find = <K extends Handle['kind']>(name: Buffer, kind: K): Extract<Handle, { kind: K }> => {
    const found = name.length === 4 ? handles.get(name.readUInt32BE()) : undefined;
    if (found?.kind !== kind) throw new Error('no such handle');
    return found as Extract<Handle, { kind: K }>;
  };
  /** Runs one request; what it throws becomes its status. */
  const answer = (id: number, work: () => Promise<void>): void => {
    work().catch((error: unknown) => sftp.status(id, statusOf(error), error instanceof Error ? error.message : String(error)));
  };
  const done = (id: number, work: () => Promise<unknown>): void => answer(id, async () => {
    await work();
    sftp.status(id, STATUS_CODE.OK);
  });
  const tellAttributes = (id: number, work: () => Promise<Stats>): void => answer(id, async () => sftp.attrs(id, attributesOf(await work())));

  sftp.on('REALPATH', (id, path) => answer(id, async () => {
    const real = await files.realpath(at(path)).catch(() => at(path));
    sftp.name(id, [{ filename: real, longname: real, attrs: attributesOf(await files.lstat(dirname(real))) }]);
  }));
  sftp.on('STAT', (id, path) => tellAttributes(id, () => files.stat(at(path))));
  sftp.on('LSTAT', (id, path) => tellAttributes(id, () => files.lstat(at(path))));
  sftp.on('FSTAT', (id, handle) => tellAttributes(id, () => find(handle, 'file').file.stat()));
  sftp.on('SETSTAT', (id, path, attributes) => done(id, () => applyAttributes(at(path), attributes)));
  sftp.on('FSETSTAT', (id, handle, attributes) => done(id, async () => {
    const { file } = find(handle, 'file');
    if (attributes.mode) await file.chmod(attributes.mode & 0o7777);
  }));
  sftp.on('OPEN', (id, path, flags, attributes: Partial<Attributes>) => answer(id, async () => {
    const file = await files.open(at(path), flagsToString(flags) ?? 'r', attributes.mode === undefined ? 0o666 : attributes.mode & 0o7777);
    keep(id, { kind: 'file', file });
  }));
  sftp.on('READ', (id, handle, offset, length) => answer(id, async () => {
    const buffer = Buffer.alloc(Math.min(length, longestRead));
    const { bytesRead } = await find(handle, 'file').file.read(buffer, 0, buffer.length, offset);
    if (bytesRead === 0) sftp.status(id, STATUS_CODE.EOF);
    else sftp.data(id, buffer.subarray(0, bytesRead));
  }));
  sftp.on('WRITE', (id, handle, offset, data) => done(id, async () => {
    const { file } = find(handle, 'file');
    for (let written = 0; written < data.length; ) written += (await file.write(data, written, data.length - written, offset + written)).bytesWritten;
  }));
  sftp.on('OPENDIR', (id, path) => answer(id, async () => keep(id, { kind: 'folder', path: at(path), names: await files.readdir(at(path)) })));
  sftp.on('READDIR', (id, handle) => answer(id, async () => {
    const folder = find(handle, 'folder');
    const names = folder.names.slice(0, 100);
    folder.names = folder.names.slice(100);
    if (names.length === 0) sftp.status(id, STATUS_CODE.EOF);
    else sftp.name(id, await Promise.all(names.map((name) => entryOf(folder.path, name))));
  }));
  sftp.on('CLOSE', (id, handle) => done(id, async () => {
    const number = handle.length === 4 ? handle.readUInt32BE() : 0;
    const found = handles.get(number);
    handles.delete(number);
    if (found?.kind === 'file') await found.file.close();
  }));
  sftp.on('REMOVE', (id, path) => done(id, () => files.unlink(at(path))));
  sftp.on('MKDIR', (id, path, attributes: Partial<Attributes>) => done(id, () => files.mkdir(at(path), { mode: attributes.mode === undefined ? 0o777 : attributes.mode & 0o7777 })));
  sftp.on('RMDIR', (id, path) => done(id, () => files.rmdir(at(path))));
  // SFTP 3 does not replace: a link fails where the name is taken, a rename would not.
  sftp.on('RENAME', (id, from, to) => done(id, async () => {
    if (await files.lstat(at(to)).then(() => true, () => false)) throw new Error('the new name is taken');
    await files.rename(at(from), at(to));
  }));
  sftp.on('READLINK', (id, path) => answer(id, async () => {
    const target = await files.readlink(at(path));
    sftp.name(id, [{ filename: target, longname: target, attrs: attributesOf(await files.lstat(at(path))) }]);
  }));
  sftp.on('SYMLINK', (id, linkPath, targetPath) => done(id, () => files.symlink(targetPath, at(linkPath))));
  const closeAll = (): void => {
    for (const handle of handles.values()) if (handle.kind === 'file') void handle.file.close().catch(() => undefined);
    handles.clear();
  };
  sftp.on('close', closeAll);
  sftp.on('end', closeAll);
}
