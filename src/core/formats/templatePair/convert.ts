import { encodeApd } from '../apd/encode';
import { isApdList, isApdText, knownMark, type ApdPair, type ApdTemplate, type ApdText } from '../apd/model';
import { firstError, type Problem } from '../problem';
import { escapeXmlAttribute, isXmlText } from '../xml/escape';
import { attribute, childElement, childElements, descendants, localName, type XmlDocument, type XmlElement } from '../xml/tree';
import { readXmlOptions } from './compare';

/** What one of the two files can say and the other cannot. */
export type TemplateLoss =
  | 'displayNames' | 'descriptions' | 'valueRules' | 'properties' | 'privileges' | 'installationSteps' | 'repeatedOptions'
  | 'name' | 'state' | 'noText' | 'otherEncoding' | 'notXml' | 'otherBytes';

/** How often each kind of thing was lost; what was not is not named. */
export type TemplateLosses = Partial<Readonly<Record<TemplateLoss, number>>>;

/** A file made of the other one of a pair, or why it cannot be made; places are those of the source: UTF-16 units of XML. */
export type Conversion<T> = { readonly made: T; readonly lost: TemplateLosses } | { readonly problem: Problem };

/**
 * Makes the APD file of a metadata template: type, version, and the sections and options with their defaults, blanks at
 * their ends included.
 * @param name the template's name; XML has none, the vendor's files are called by it
 */
export function apdFromMetadata(xml: XmlDocument, name: string): Conversion<Uint8Array> {
  const broken = firstError(xml.problems);
  if (broken) return { problem: broken };
  const template = templateOfMetadata(xml, name);
  if ('problem' in template) return template;
  const { bytes, problems } = encodeApd(template.made);
  const [first] = problems;
  if (bytes) return { made: bytes, lost: template.lost };
  return { problem: first ?? problemAt('apd.not-encodable', 0, 0, { key: name }) };
}

/** The same as a template, not yet encoded: each pair has the place of its name in the XML. */
export function templateOfMetadata(xml: XmlDocument, name: string): Conversion<ApdTemplate> {
  const { root } = xml;
  if (!root || localName(root.name) !== 'metaData') {
    return { problem: problemAt('xml.wrong-root', root?.nameStart ?? 0, root?.nameEnd ?? 0, { found: root?.name ?? '', expected: 'metaData' }) };
  }
  const application = childElement(root, 'cfgApplication');
  if (!application) return { problem: problemAt('xml.missing-element', root.nameStart, root.nameEnd, { element: 'cfgApplication', parent: root.name }) };
  const type = attribute(application, 'type');
  if (!type || !/^\s*\d{1,9}\s*$/.test(type.value)) {
    const { nameStart, nameEnd } = application;
    const place = type ? { start: type.valueStart, end: type.valueEnd } : { start: nameStart, end: nameEnd };
    return { problem: problemAt('metadataXml.bad-type', place.start, place.end, { name: 'type', value: type?.value ?? '' }) };
  }
  const options = [...readXmlOptions(application).values()];
  const sections = new Map<string, ApdPair[]>();
  for (const { section, option, value = '', start, end } of options) {
    const pairs = sections.get(section) ?? [];
    sections.set(section, pairs);
    pairs.push({ key: utf8(option), value: utf8(value), start, end });
  }
  return {
    made: {
      mark: knownMark, reserved: 0, name: { value: utf8(name) }, applicationType: Number(type.value), version: { value: utf8(attribute(application, 'version')?.value ?? '') }, state: 1,
      sections: { pairs: [...sections].map(([section, pairs]) => ({ key: utf8(section), value: { pairs }, start: pairs[0]?.start ?? 0, end: pairs.at(-1)?.end ?? 0 })) },
    },
    lost: lossesOfMetadata(application, options.length),
  };
}

function lossesOfMetadata(application: XmlElement, kept: number): TemplateLosses {
  const configuration = childElement(application, 'configuration');
  const below = (name: string) => (configuration ? childElements(configuration, name) : []);
  const options = below('options').flatMap((element) => childElements(element, 'section')).flatMap((section) => childElements(section, 'parameter'));
  const count = (name: string): number => options.reduce((sum, option) => sum + childElements(option, name).length, 0);
  return onlyLost({
    displayNames: options.filter((option) => attribute(option, 'displayName')).length,
    descriptions: count('description') + count('valid-description') + count('effective-description'),
    // A plain text is what an option of an APD is anyway.
    valueRules: options.filter((option) => childElement(option, 'validation') || flags.some((flag) => attribute(option, flag)) || formatType(option) !== 'string').length,
    properties: [...below('core'), ...below('userProperties')].reduce((sum, element) => sum + [...descendants(element, 'parameter')].length, 0),
    privileges: below('tasks').reduce((sum, element) => sum + [...descendants(element, 'task')].length, 0),
    installationSteps: childElements(application, 'installation').reduce((sum, element) => sum + childElements(element, 'step').length, 0),
    repeatedOptions: options.filter((option) => attribute(option, 'name')).length - kept,
  });
}

const flags = ['readOnly', 'hidden', 'enabled', 'mandatory'];

function formatType(option: XmlElement): string | undefined {
  const format = childElement(option, 'format');
  return format && attribute(format, 'type')?.value;
}

/**
 * Makes the metadata template of an application template: type, version, sections, and each option as a text with its default.
 * What kind of value an option takes, and what it means, is for a person to add.
 * @param name that the file will be called by, without its ending: another one than the template's own is lost
 */
export function metadataFromApd(apd: ApdTemplate, name: string): { readonly made: string; readonly lost: TemplateLosses } {
  const losses = { repeatedOptions: 0, noText: 0, otherEncoding: 0, notXml: 0 };
  const sections = new Map<string, Map<string, string>>();
  for (const { key: section, value } of apd.sections.pairs) {
    if (!isApdList(value)) losses.noText += 1;
    else if (!isXmlText(section.text)) losses.notXml += value.pairs.length;
    else {
      const options = sections.get(section.text) ?? new Map<string, string>();
      sections.set(section.text, options);
      for (const pair of value.pairs) takeOption(pair, options, losses);
    }
  }
  const version = isXmlText(apd.version.value.text) ? apd.version.value.text : '';
  const lines = [
    '<metaData>',
    `  <cfgApplication type="${apd.applicationType}" version="${escapeXmlAttribute(version)}">`,
    '    <configuration>',
    '      <options>',
    ...[...sections].flatMap(([section, options]) => [
      `        <section name="${escapeXmlAttribute(section)}">`,
      ...[...options].flatMap(([option, value]) => [
        `          <parameter name="${escapeXmlAttribute(option)}">`,
        `            <format type="string" default="${escapeXmlAttribute(value)}"/>`,
        '          </parameter>',
      ]),
      '        </section>',
    ]),
    '      </options>',
    '    </configuration>',
    '  </cfgApplication>',
    '</metaData>',
  ];
  return {
    made: `${lines.join('\n')}\n`,
    lost: onlyLost({
      name: apd.name.value.text === name ? 0 : 1, state: apd.state === 1 ? 0 : 1, ...losses,
      otherBytes: (apd.trailing?.length ?? 0) + (apd.name.rest?.length ?? 0) + (apd.version.rest?.length ?? 0),
    }),
  };
}

function takeOption({ key, value }: ApdPair, options: Map<string, string>, losses: { repeatedOptions: number; noText: number; otherEncoding: number; notXml: number }): void {
  if (!isApdText(value)) losses.noText += 1;
  else if (!isXmlText(key.text) || !isXmlText(value.text)) losses.notXml += 1;
  else if (options.has(key.text)) losses.repeatedOptions += 1;
  else {
    if (value.encoding !== 'utf8' || key.encoding !== 'utf8') losses.otherEncoding += 1;
    options.set(key.text, value.text);
  }
}

function onlyLost(losses: Readonly<Partial<Record<TemplateLoss, number>>>): TemplateLosses {
  return Object.fromEntries(Object.entries(losses).filter(([, n]) => n > 0));
}

function problemAt(code: string, start: number, end: number, args: Problem['args']): Problem {
  return { code, severity: 'error', start, end, args };
}

function utf8(text: string): ApdText {
  return { text, encoding: 'utf8' };
}
