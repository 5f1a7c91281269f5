import { createText, type Locale } from '../text/messages';
import { plugInText } from '../text/plugInText';
import type { FilesToCopy } from './model';
import { gaxLibrary } from './plugIn';

/** What is left to do after a plug-in was installed whose files are not in GAX, in one sentence. */
export function describeFilesToCopy(locale: Locale, { from, files, gaxDirectory }: FilesToCopy, host: string): string {
  const text = createText(locale, plugInText);
  return text('copyFiles', { n: files.length, from, to: gaxDirectory ?? text('someGax'), host });
}

/**
 * The commands that do it, for a shell on the host, one a line. Where nobody knows the GAX directory its place is marked, so
 * that they do nothing until it is put there.
 */
export function copyCommands(locale: Locale, { from, files, gaxDirectory }: FilesToCopy): string {
  const to = `${quote(`${gaxDirectory ?? createText(locale, plugInText)('someGax')}/${gaxLibrary}`)}/`;
  if (files.length === 0) return `find ${quote(from)} -name 'backup_*' -prune -o -name '*.jar' -exec cp -p {} ${to} \\;\n`;
  return files.map((file) => `cp -p ${quote(`${from}/${file}`)} ${to}\n`).join('');
}

/** A word of a POSIX shell; what needs no quotes gets none. */
function quote(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll('\'', '\'\\\'\'')}'`;
}
