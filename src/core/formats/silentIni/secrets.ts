import { mask } from '../../text/mask';
import { documentOf, isPlaceholder, parseSilentIni, printSilentIni, readLine } from './parse';
import { findKeySchema } from './schema';

/** Keys of products' own sections that hold a secret by their name. */
const secretName = /passw(or)?d|passphrase|pwd|secret/i;

/** True when the value of a key must never be shown or stored. Unknown keys are judged by their name, in any case. */
export function isSecretKey(section: string, key: string): boolean {
  return findKeySchema(section, key)?.type === 'password' || secretName.test(key);
}

/** A silent.ini's text with every secret value masked, in comments and misspelt lines too. Placeholders and empty values stay. */
export function maskSecrets(text: string): string {
  const lines = parseSilentIni(text).lines.map((line) => {
    const match = /^(?<head>[^=]*=)(?<value>.*)$/.exec(line.text);
    const { head, value } = match?.groups ?? {};
    if (head === undefined || value === undefined || value.trim() === '' || isPlaceholder(value)) return line;
    // The section does not matter: a secret in the wrong section is a secret all the same.
    const key = head.slice(0, -1).replace(/^[#;\s]+/, '').trim();
    return isSecretKey('', key) ? readLine(head + mask, line.lineEnd, -1) : line;
  });
  return printSilentIni(documentOf(lines));
}
