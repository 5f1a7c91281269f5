import { isWindowsPath } from '../hosts/hostPath';
import type { StagingLayout } from './plan';

/** The program of a package that installs it, inside its installer's folder. */
export function installerProgram(osGroup: string): string {
  return osGroup.toLowerCase() === 'windows' ? 'setup.exe' : 'install.sh';
}

/**
 * The installer's own command line in silent mode. On Windows the options of the vendor's wizard stand in one argument of
 * InstallShield, in quotes of their own; the folders of a layout hold none (`isHostFolder`). Source: docs/formats.
 */
export function installCommand({ folder, silentIni, resultLog, wizardLog }: Pick<StagingLayout, 'folder' | 'silentIni' | 'resultLog' | 'wizardLog'>): string {
  if (!isWindowsPath(folder)) return `./install.sh -s -fr ${silentIni} -fl ${resultLog}`;
  return `setup.exe ${setupArguments({ silentIni, resultLog, wizardLog })}`;
}

/** What `setup.exe` is started with, as it stands behind its name. */
export function setupArguments({ silentIni, resultLog, wizardLog }: Pick<StagingLayout, 'silentIni' | 'resultLog' | 'wizardLog'>): string {
  return `/s /z"-s '${silentIni}' -sl '${resultLog}' -t '${wizardLog}'"`;
}

/** Unpacks the package as it comes by standard input, as a person would type it on the host. */
export function unpackCommand(folder: string, compressed: boolean): string {
  return isWindowsPath(folder) ? `cd /d ${folder} && tar.exe -xf -` : `cd ${folder} && tar -x${compressed ? 'z' : ''}pof -`;
}

/** Compares the unpacked files with a list of hashes; on Windows a script of ours does it. */
export function compareCommand(folder: string): string {
  return isWindowsPath(folder) ? `cd /d ${folder} && powershell.exe (SHA-256)` : `cd ${folder} && sha256sum -c --quiet -`;
}

/** Runs the installer from inside its folder. */
export function installFromFolder(folder: string, command: string): string {
  return `cd ${isWindowsPath(folder) ? '/d ' : ''}${folder} && ${command}`;
}
