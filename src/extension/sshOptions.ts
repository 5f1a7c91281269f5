import { workspace } from 'vscode';
import { checkInstallUser } from '../core/hosts/form';
import { isHostFolder, isWindowsPath } from '../core/hosts/hostPath';
import type { HostFamily, InstallAs } from '../core/hosts/model';
import type { SshOptions } from '../protocol/service';

/** What the user has set for connections to hosts. A value that is none of the documented ones counts as the default. */
export function readSshOptions(): SshOptions {
  const settings = workspace.getConfiguration('gaxPackages');
  const checking = settings.get<string>('hosts.strictHostKeyChecking');
  const timeout = settings.get<number>('hosts.connectTimeout');
  const installAs = readInstallAs(settings.get<string>('deploy.installAs') ?? '');
  return {
    configFile: settings.get<string>('hosts.sshConfigFile')?.trim() ?? '',
    ...((checking === 'ask' || checking === 'yes' || checking === 'accept-new') && { hostKeyChecking: checking }),
    ...(timeout !== undefined && Number.isInteger(timeout) && timeout >= 1 && timeout <= 3600 && { connectTimeout: timeout }),
    ...(installAs && { installAs }),
    ...readFolder('stagingFolder', settings.get<string>('deploy.stagingFolder'), 'posix'),
    ...readFolder('stagingFolderWindows', settings.get<string>('deploy.stagingFolderWindows'), 'windows'),
  };
}

/** A folder that hosts of the family can have. */
function readFolder(name: 'stagingFolder' | 'stagingFolderWindows', value: string | undefined, family: HostFamily): Pick<SshOptions, 'stagingFolder' | 'stagingFolderWindows'> {
  const folder = value?.trim() ?? '';
  return isHostFolder(folder) && isWindowsPath(folder) === (family === 'windows') ? { [name]: folder } : {};
}

/** `sudo`, `sudoPassword` or `su`, each with `:USER` or for root. */
function readInstallAs(value: string): InstallAs | undefined {
  const [, kind, user = 'root'] = /^(sudo|sudoPassword|su)(?::(.+))?$/.exec(value.trim()) ?? [];
  if (kind === undefined || checkInstallUser(user) !== undefined) return undefined;
  return { kind: kind as 'sudo' | 'sudoPassword' | 'su', user };
}
