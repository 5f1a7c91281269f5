import { setSilentIniValues } from '../formats/silentIni/edit';
import { findSection, isPlaceholder, parseSilentIni, printSilentIni, readSilentIniValue, type SilentIniDocument } from '../formats/silentIni/parse';
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

function hasKey(document: SilentIniDocument, section: string, key: string): boolean {
  return findSection(document, section)?.entries.some((entry) => entry.key === key) === true;
}
