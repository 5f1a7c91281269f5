import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { posix, win32, join, resolve } from 'node:path';
import { ProductError } from '../../core/errors';
import { reasonOf } from './fileErrors';
import { networkFileSystemOf } from './networkFileSystem';

/** Where a data folder keeps its parts. */
export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** Ownership, key, log and code copies. */
  readonly service: string;
  readonly repository: string;
  readonly keyFile: string;
  readonly logFile: string;
  /** Notes of files that are being written elsewhere. */
  readonly unfinished: string;
}

/**
 * The data folder of this user: the same for the command line and every flavour of the editor.
 * Linux follows the XDG base directories, which say that a relative `XDG_DATA_HOME` is to be ignored.
 */
export function defaultDataFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env, system: NodeJS.Platform = platform(), home: string = homedir(),
): string {
  switch (system) {
    case 'win32':
      return win32.join(environment['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local'), 'gaxpkg');
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'gaxpkg');
    default: {
      // The editor's snap package points this into itself and keeps the person's own value (or nothing) beside it.
      const data = environment['XDG_DATA_HOME_VSCODE_SNAP_ORIG'] ?? environment['XDG_DATA_HOME'];
      return posix.join(data !== undefined && posix.isAbsolute(data) ? data : posix.join(home, '.local', 'share'), 'gaxpkg');
    }
  }
}

/** Names the parts of a data folder; touches nothing. */
export function dataFolderAt(path: string): DataFolder {
  const absolute = resolve(path);
  const service = join(absolute, 'service');
  return {
    path: absolute, service,
    repository: join(absolute, 'repository'), keyFile: join(service, 'key'), logFile: join(service, 'service.log'),
    unfinished: join(service, 'unfinished'),
  };
}

/**
 * Makes the folder where it is missing, closed to other users, and checks that it can hold a repository.
 * @throws ProductError `service/folder-unusable`, `service/folder-on-network`
 */
export function prepareDataFolder(path: string): DataFolder {
  const folder = dataFolderAt(path);
  try {
    mkdirSync(folder.path, { recursive: true, mode: 0o700 });
    mkdirSync(folder.service, { recursive: true, mode: 0o700 });
    // The key lies here: an older or hand-made folder is closed as well.
    if (platform() !== 'win32' && (statSync(folder.service).mode & 0o077) !== 0) chmodSync(folder.service, 0o700);
  } catch (error) {
    throw new ProductError('service/folder-unusable', { folder: folder.path, reason: reasonOf(error) }, { cause: error });
  }
  const fileSystem = networkFileSystemOf(folder.path);
  if (fileSystem !== undefined) throw new ProductError('service/folder-on-network', { folder: folder.path, fileSystem });
  return folder;
}
