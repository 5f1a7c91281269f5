import { decodeApd } from '../formats/apd/decode';
import { parseIpDescription } from '../formats/ipDescription/parse';
import { inOrder, type Problem } from '../formats/problem';
import { contextOfPackage } from '../formats/silentIni/conditions';
import { compareTemplates } from '../formats/templatePair/compare';
import { parseXml } from '../formats/xml/parse';
import { decodeText } from '../text/utf8';
import { diagnoseBytes } from './diagnose';
import { recognizeFormat, type FormatId } from './recognizeFormat';

/** Enough of a file to tell its format. */
const beginningSize = 64 * 1024;

export interface LintFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface LintedFile extends LintFile {
  readonly format: FormatId;
  readonly problems: readonly Problem[];
}

/**
 * Checks the files of one folder, each for itself and with those beside it: an application template with the metadata of its
 * name, a silent.ini with the description of its package. Files of no known format are left out.
 */
export function lintFolder(files: readonly LintFile[]): readonly LintedFile[] {
  const known = files.flatMap((file) => {
    const format = recognizeFormat(file.path, decodeText(file.bytes.subarray(0, beginningSize)));
    return format === undefined ? [] : [{ ...file, format }];
  });
  // By their full names: a folder of samples is no package.
  const descriptionFile = known.find((file) => file.format === 'ipDescription' && isNamed(file.path, 'ip_description.xml'));
  const description = descriptionFile && parseIpDescription(decodeText(descriptionFile.bytes)).description;
  const context = description ? contextOfPackage(description) : {};
  const ofPairs = comparePairs(known);
  return known.map((file) => {
    const own = diagnoseBytes(file.format, file.bytes, isNamed(file.path, 'genesys_silent.ini') ? context : {});
    return { ...file, problems: inOrder([...own, ...(ofPairs.get(file.path) ?? [])]) };
  });
}

function comparePairs(files: readonly (LintFile & { format: FormatId })[]): ReadonlyMap<string, readonly Problem[]> {
  const found = new Map<string, readonly Problem[]>();
  const metadata = new Map(files.filter((file) => file.format === 'metadataXml').map((file) => [baseName(file.path), file]));
  for (const file of files) {
    const partner = file.format === 'apd' ? metadata.get(baseName(file.path)) : undefined;
    const template = partner && decodeApd(file.bytes).template;
    if (!template) continue;
    const { xml, apd } = compareTemplates(template, parseXml(decodeText(partner.bytes)));
    found.set(file.path, apd);
    found.set(partner.path, xml);
  }
  return found;
}

function isNamed(path: string, name: string): boolean {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase() === name;
}

function baseName(path: string): string {
  return path.toLowerCase().replace(/\.[^./\\]*$/, '');
}
