import { setSilentIniValues } from '../formats/silentIni/edit';
import { findSection, isPlaceholder, parseSilentIni, printSilentIni, readSilentIniValue, type SilentIniDocument } from '../formats/silentIni/parse';
import { encodeUtf8 } from '../text/utf8';
import type { SilentIniValue } from './model';

/** What the installer will find under a key; undefined when it is not there or only says what to put there. */
export type SilentIniLookup = (section: string, key: string) => string | undefined;

/** Looks values up in the package's own file as it will be once `values` are written into it; the last of equal keys wins. */
export function lookUpSilentIni(packageFile: string, values: readonly SilentIniValue[]): SilentIniLookup {
  const document = parseSilentIni(packageFile);
  return (section, key) => {
    const entered = values.findLast((value) => value.section === section && value.key === key);
    const value = entered ? entered.value : readSilentIniValue(document, section, key);
    return value === undefined || isPlaceholder(value) ? undefined : value;
  };
}

/**
 * The values to write for one host. `ApplicationName` is filled in where the package asks for it and nobody named one:
 * the installer needs it as soon as two applications of the host have the same type.
 */
export function valuesForHost(packageFile: string, values: readonly SilentIniValue[], applicationName: string): readonly SilentIniValue[] {
  const document = parseSilentIni(packageFile);
  const key = { section: 'ConfigServer', key: 'ApplicationName' };
  const named = lookUpSilentIni(packageFile, values)(key.section, key.key);
  return named === '' || (named === undefined && hasKey(document, key.section, key.key)) ? [...values, { ...key, value: applicationName }] : values;
}

/**
 * The file the installer will read. @throws ProductError `format/silent-ini-value`
 */
export function composeSilentIni(packageFile: string, values: readonly SilentIniValue[]): string {
  return printSilentIni(setSilentIniValues(parseSilentIni(packageFile), values));
}

/**
 * The file's bytes as an installer of that system takes them. On Windows its lines end with CR LF and its characters are those
 * of the Western code page (Windows-1252), which the functions of Windows for such files read; a text with others goes as
 * UTF-8, as everywhere else. The vendor's files hold ASCII alone, for which there is no difference.
 */
export function encodeSilentIni(text: string, osGroup: string): Uint8Array {
  if (osGroup.toLowerCase() !== 'windows') return encodeUtf8(text);
  const lines = text.replace(/\r\n|\n\r|[\r\n]/g, '\r\n');
  const bytes = Array.from(lines, windows1252);
  return bytes.every((byte) => byte !== undefined) ? Uint8Array.from(bytes) : encodeUtf8(lines);
}

/** What the code page has at 0x80 to 0x9F; a blank where it has nothing. Source: Unicode Consortium, CP1252.TXT. */
const above127 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

function windows1252(character: string): number | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
  const index = above127.indexOf(character);
  return index < 0 || character === ' ' ? undefined : 0x80 + index;
}

function hasKey(document: SilentIniDocument, section: string, key: string): boolean {
  return findSection(document, section)?.entries.some((entry) => entry.key === key) === true;
}
