import type { PackageIdentity } from '../../packages/identity';
import { firstError, type Problem } from '../problem';
import { parseXml } from '../xml/parse';
import { attribute, childElement, childElements, textOf, type XmlElement } from '../xml/tree';
import type { IpDescriptionProblemCode } from './messages';
import { checkIpDescription } from './rules';

export interface OperatingSystemDescription {
  /** e.g. `Red Hat Enterprise Linux`. */
  readonly name: string;
  /** The lowest supported version, where given. */
  readonly version?: string;
  /** Number of the vendor's enumeration CfgOSType, where given. */
  readonly cfgOsType?: number;
}

export interface ComputerDescription {
  /** e.g. `Intel EM64T`. */
  readonly type: string;
  readonly operatingSystems: readonly OperatingSystemDescription[];
}

/** What an `ip_description.xml` says about its package. Texts are trimmed; what the file leaves out is empty. */
export interface IpDescription extends PackageIdentity {
  readonly nickname: string;
  readonly formatVersion: string;
  readonly buildNumber: string;
  /** As written, normally `2016-09-13`. */
  readonly buildDate: string;
  /** e.g. `General`, `Hot Fix`. */
  readonly releaseType: string;
  /** True unless the file says `NotRequired`: so does the installer. */
  readonly licenseNeeded: boolean;
  /** `Application`, `SDK`. */
  readonly appClass: string;
  /** e.g. `English (United States)`. */
  readonly languageName: string;
  /** Free text; the indentation of its lines is taken off. */
  readonly description: string;
  readonly computers: readonly ComputerDescription[];
  /** True when the names call the product a plug-in: the only sign this file gives. */
  readonly looksLikePlugin: boolean;
}

/**
 * Reads the text of an `ip_description.xml`. Never throws. `description` is there exactly when no problem is an error.
 * Required are root, version, both names, locale, operating system group and a type for each listed computer.
 */
export function parseIpDescription(text: string): { readonly description?: IpDescription; readonly problems: readonly Problem<IpDescriptionProblemCode>[] } {
  const document = parseXml(text);
  const problems = checkIpDescription(document);
  const { root } = document;
  if (!root || firstError(problems)) return { problems };
  return { description: readDescription(root), problems };
}

function readDescription(root: XmlElement): IpDescription {
  const product = childElement(root, 'Product');
  const release = product && childElement(product, 'Release');
  const names = product && childElement(product, 'Name');
  const language = product && childElement(product, 'Language');
  const platforms = childElement(root, 'Platforms');
  const computers = (platforms ? childElements(platforms, 'Computer') : []).map(readComputer);
  const name = textBelow(names, 'Long');
  const nickname = textBelow(names, 'Nickname');
  return {
    name,
    nickname,
    version: valueOf(release, 'Version'),
    localeId: valueOf(language, 'LocaleId'),
    osGroup: valueOf(platforms, 'OSGroupName').toLowerCase(),
    computerTypes: [...new Set(computers.map((computer) => computer.type))].sort(),
    formatVersion: valueOf(root, 'FormatVersion'),
    buildNumber: valueOf(release, 'BuildNumber'),
    buildDate: valueOf(release, 'BuildDate'),
    releaseType: valueOf(release, 'Type'),
    licenseNeeded: valueOf(product, 'License') !== 'NotRequired',
    appClass: valueOf(product, 'AppClass'),
    languageName: textBelow(language, 'Name'),
    description: withoutIndentation(textBelow(product, 'Description')),
    computers,
    looksLikePlugin: /plug-?in/i.test(`${name} ${nickname}`),
  };
}

function readComputer(computer: XmlElement): ComputerDescription {
  const operatingSystems = childElements(computer, 'OS').map((system): OperatingSystemDescription => {
    const version = valueOf(system, 'Version');
    const cfgOsType = valueOf(system, 'CfgOSType');
    return {
      name: valueOf(system, 'Name'),
      ...(version !== '' && { version }),
      ...(/^\d+$/.test(cfgOsType) && { cfgOsType: Number(cfgOsType) }),
    };
  });
  return { type: valueOf(computer, 'Type'), operatingSystems };
}

function valueOf(element: XmlElement | undefined, name: string): string {
  return (element && attribute(element, name)?.value.trim()) ?? '';
}

function textBelow(parent: XmlElement | undefined, name: string): string {
  const element = parent && childElement(parent, name);
  return element ? textOf(element).trim() : '';
}

function withoutIndentation(text: string): string {
  return text.split(/\r\n|\n|\r/).map((line) => line.trim()).join('\n').trim();
}
