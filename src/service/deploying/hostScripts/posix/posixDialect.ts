import { quoteShell } from '../../ssh/hostConnection';
import type { HostDialect, ScriptName } from '../hostDialect';
import { remainingScript, removeScript } from './cleanUp';
import { findPlugInFilesScript } from './findPlugInFiles';
import { inspectTargetScript } from './inspectTarget';
import { listFilesScript } from './listFiles';
import { followScript, startScript, stopScript } from './installer';
import { takeOverScript, takeScript } from './lock';
import { prepareFolderScript } from './prepareFolder';
import { reportScript } from './report';

/** A script must give `</dev/null` to commands that read their input, or they would swallow the rest of it. */
export const posixScripts: Readonly<Record<ScriptName, string>> = {
  report: reportScript,
  takeLock: takeScript,
  takeOverLock: takeOverScript,
  prepareFolder: prepareFolderScript,
  startInstaller: startScript,
  followInstaller: followScript,
  stopInstaller: stopScript,
  inspectTarget: inspectTargetScript,
  findPlugInFiles: findPlugInFilesScript,
  removeStaging: removeScript,
  findRemaining: remainingScript,
  listFiles: listFilesScript,
};

/**
 * Hosts with a POSIX shell. A script goes by standard input, so the login shell's syntax does not matter and nothing of it
 * shows in the host's list of processes.
 */
export const posixDialect: HostDialect = {
  runScript: (script, args) => ({ command: ['sh', '-s', '--', ...args].map(quoteShell).join(' '), stdin: Buffer.from(posixScripts[script]) }),
  // -p keeps the archive's modes: the installer copies its files as they are. -o: they belong to the signed-in user.
  unpack: (folder, compressed) => inFolder(folder, `exec tar -x${compressed ? 'z' : ''}pof -`),
  compareFiles: (folder) => inFolder(folder, 'LC_ALL=C exec sha256sum -c --quiet -'),
};

/** A command line that runs `program` (POSIX shell, one line) in a folder, whatever the user's login shell is. */
function inFolder(folder: string, program: string): string {
  return `sh -c ${quoteShell(`cd -- "$1" && ${program}`)} sh ${quoteShell(folder)}`;
}
