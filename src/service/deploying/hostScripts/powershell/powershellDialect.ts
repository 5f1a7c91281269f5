import { callScript } from '../../ssh/powershell';
import type { HostDialect, ScriptName } from '../hostDialect';
import { findRemainingScript, removeStagingScript } from './cleanUp';
import { compareFilesScript, unpackScript } from './files';
import { inspectTargetScript } from './inspectTarget';
import { followInstallerScript, startInstallerScript, stopInstallerScript } from './installer';
import { takeLockScript, takeOverLockScript } from './lock';
import { prepareFolderScript } from './prepareFolder';
import { reportScript } from './report';

/** Scripts for Windows PowerShell 5.1; beside what is here they use what `ssh/powershell` gives them. */
export const powershellScripts: Readonly<Record<Exclude<ScriptName, 'findPlugInFiles' | 'listFiles'> | 'unpack' | 'compareFiles', string>> = {
  report: reportScript,
  takeLock: takeLockScript,
  takeOverLock: takeOverLockScript,
  prepareFolder: prepareFolderScript,
  startInstaller: startInstallerScript,
  followInstaller: followInstallerScript,
  stopInstaller: stopInstallerScript,
  inspectTarget: inspectTargetScript,
  removeStaging: removeStagingScript,
  findRemaining: findRemainingScript,
  unpack: unpackScript,
  compareFiles: compareFilesScript,
};

/** Windows hosts. A command is a script that calls one of ours; each begins with its name, which whoever reads a trace will look for. */
export const powershellDialect: HostDialect = {
  runScript(script, args) {
    // A plug-in's installer finds GAX by itself there, so no directory is known to look into.
    if (script === 'findPlugInFiles') throw new Error('nothing on Windows names the GAX directory');
    // Of what `setup.exe` lays down a package for Windows does not tell (`verifyDeployed.ts`).
    if (script === 'listFiles') throw new Error('nothing says what a Windows installation is to have');
    return { command: call(script, args) };
  },
  // `tar.exe` finds out by itself whether the tar is compressed.
  unpack: (folder) => call('unpack', [folder]),
  compareFiles: (folder) => call('compareFiles', [folder]),
};

function call(script: keyof typeof powershellScripts, args: readonly string[]): string {
  return callScript(`# gax-packages: ${script}\n${powershellScripts[script]}`, args);
}
