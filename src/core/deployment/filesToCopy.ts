import { childPath, isWindowsPath } from '../hosts/hostPath';
import { createText, type Locale } from '../text/messages';
import { plugInText } from '../text/plugInText';
import type { FilesToCopy } from './model';
import { gaxLibrary } from './plugIn';

/** What is left to do after a plug-in was installed whose files are not in GAX, in one sentence. */
export function describeFilesToCopy(locale: Locale, left: FilesToCopy, host: string): string {
  return createText(locale, plugInText)('copyFiles', { n: left.files.length, from: left.from, to: libraryOf(locale, left), host });
}

/**
 * The commands that do it, one a line: for a shell on the host, on Windows for PowerShell. Where nobody knows the GAX directory
 * its place is marked, so that they do nothing until it is put there.
 */
export function copyCommands(locale: Locale, left: FilesToCopy): string {
  return (isWindowsPath(left.from) ? powerShellCommands : posixCommands)(left, libraryOf(locale, left));
}

function libraryOf(locale: Locale, { from, gaxDirectory }: FilesToCopy): string {
  if (gaxDirectory !== undefined) return childPath(gaxDirectory, gaxLibrary);
  const library = `${createText(locale, plugInText)('someGax')}/${gaxLibrary}`;
  return isWindowsPath(from) ? library.replaceAll('/', '\\') : library;
}

function posixCommands({ from, files }: FilesToCopy, library: string): string {
  const to = `${quote(library)}/`;
  if (files.length === 0) return `find ${quote(from)} -name 'backup_*' -prune -o -name '*.jar' -exec cp -p {} ${to} \\;\n`;
  return files.map((file) => `cp -p ${quote(`${from}/${file}`)} ${to}\n`).join('');
}

function powerShellCommands({ from, files }: FilesToCopy, library: string): string {
  const to = `-Destination ${literal(library)}`;
  if (files.length === 0) return `Get-ChildItem -LiteralPath ${literal(from)} -Recurse -Filter *.jar | Where-Object { $_.FullName -notmatch '\\\\backup_' } | Copy-Item ${to}\n`;
  return files.map((file) => `Copy-Item -LiteralPath ${literal(childPath(from, file))} ${to}\n`).join('');
}

/** A word of a POSIX shell; what needs no quotes gets none. */
function quote(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll('\'', '\'\\\'\'')}'`;
}

/** A literal of PowerShell: to it, the curly single quotes are quotes too. */
function literal(word: string): string {
  return `'${word.replace(/['\u2018-\u201B]/g, '$&$&')}'`;
}
