import { callScript } from '../../ssh/powershell';
import type { HostDialect, ScriptName } from '../hostDialect';
import { findRemainingScript, removeStagingScript } from './cleanUp';
import { compareFilesScript, unpackScript } from './files';
import { findPlugInFilesScript } from './findPlugInFiles';
import { inspectTargetScript } from './inspectTarget';
import { followInstallerScript, startInstallerScript, stopInstallerScript } from './installer';
import { listFilesScript } from './listFiles';
import { takeLockScript, takeOverLockScript } from './lock';
import { prepareFolderScript } from './prepareFolder';
import { reportScript } from './report';

/** Scripts for Windows PowerShell 5.1; beside what is here they use what `ssh/powershell` gives them. */
export const powershellScripts: Readonly<Record<ScriptName | 'unpack' | 'compareFiles', string>> = {
  report: reportScript,
  takeLock: takeLockScript,
  takeOverLock: takeOverLockScript,
  prepareFolder: prepareFolderScript,
  startInstaller: startInstallerScript,
  followInstaller: followInstallerScript,
  stopInstaller: stopInstallerScript,
  inspectTarget: inspectTargetScript,
  findPlugInFiles: findPlugInFilesScript,
  removeStaging: removeStagingScript,
  findRemaining: findRemainingScript,
  listFiles: listFilesScript,
  unpack: unpackScript,
  compareFiles: compareFilesScript,
};

/** Windows hosts. A command is a script that calls one of ours; each begins with its name, which whoever reads a trace will look for. */
export const powershellDialect: HostDialect = {
  runScript: (script, args) => ({ command: call(script, args) }),
  // `tar.exe` finds out by itself whether the tar is compressed.
  unpack: (folder) => call('unpack', [folder]),
  compareFiles: (folder) => call('compareFiles', [folder]),
};

function call(script: keyof typeof powershellScripts, args: readonly string[]): string {
  return callScript(`# gax-packages: ${script}\n${powershellScripts[script]}`, args);
}
