import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { platform } from 'node:os';

/** A mounted file system. */
export interface Mount {
  readonly point: string;
  /** The system's word for its kind, e.g. `ext4`, `nfs4`, `fuse.sshfs`. */
  readonly type: string;
}

/**
 * Kinds that other machines can write to as well, or that do not keep the promises of a local disk. FUSE is judged by
 * its subtype: most of it is local. `9p` and `drvfs` are how WSL sees the disks of Windows.
 */
const networkTypes =
  /^(nfs\d?|cifs|smb\d?|smbfs|smb3|afs|afpfs|webdav|davfs|9p|drvfs|ceph|lustre|gfs2?|ocfs2|glusterfs|beegfs|gpfs|ncpfs|coda|acfs)$|^(?:mac)?fuse\.(sshfs|rclone|s3fs|glusterfs|davfs2?|ceph|curlftpfs|gcsfuse|blobfuse2?|smbnetfs|moosefs|juicefs)$/i;

/**
 * The kind of network file system that an existing folder is on; undefined for a local one and where the system does
 * not tell.
 */
export function networkFileSystemOf(folder: string): string | undefined {
  switch (platform()) {
    case 'linux':
      return findNetworkMount(realpathSync(folder), parseMountInfo(readFileSync('/proc/self/mountinfo', 'utf8')));
    case 'darwin':
      return findNetworkMount(realpathSync(folder), parseMountCommand(execFileSync('/sbin/mount', { encoding: 'utf8' })));
    case 'win32':
      // The native form resolves a mapped drive letter to its share.
      return isShare(realpathSync.native(folder)) ? 'SMB' : undefined;
    default:
      return undefined;
  }
}

/** The kind of the mount that holds a path, when it is a network one. Of mounts on one point the last one is seen. */
export function findNetworkMount(path: string, mounts: readonly Mount[]): string | undefined {
  let holder: Mount | undefined;
  for (const mount of mounts) {
    const inside = mount.point === '/' || path === mount.point || path.startsWith(`${mount.point}/`);
    if (inside && mount.point.length >= (holder?.point.length ?? 0)) holder = mount;
  }
  return holder !== undefined && networkTypes.test(holder.type) ? holder.type : undefined;
}

/** Reads `/proc/self/mountinfo` (proc(5)): the mount point is field 5, the type comes first after ` - `; blanks stand as `\040`. */
export function parseMountInfo(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const [point, type] = [before.split(' ')[4], after.split(' ')[0]];
    if (point === undefined || type === undefined || type === '') return [];
    return [{ point: point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))), type }];
  });
}

/** Reads the output of `mount` on macOS: `//user@server/share on /Volumes/share (smbfs, nodev, …)`. */
export function parseMountCommand(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const parts = / on (.*) \(([^,)]+)/.exec(line);
    return parts?.[1] === undefined || parts[2] === undefined ? [] : [{ point: parts[1], type: parts[2] }];
  });
}

/** True for `\\server\share\…`, also in its long form `\\?\UNC\…`. */
export function isShare(path: string): boolean {
  return /^\\\\\?\\UNC\\/i.test(path) || /^\\\\[^?.\\]/.test(path);
}
