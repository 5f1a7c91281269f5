import { isApdList, isApdText, type ApdTemplate } from '../apd/model';
import type { MessageArguments } from '../../text/messages';
import { collectProblems, inOrder, type Problem, type TextRange } from '../problem';
import { attribute, childElement, childElements, type XmlAttribute, type XmlDocument, type XmlElement } from '../xml/tree';
import { templatePairSeverities, type TemplatePairProblemCode } from './messages';

type PairProblem = Problem<TemplatePairProblemCode>;

/** What differs, said on each of the two files: places of the XML are UTF-16 units, those of the APD bytes. Each problem names its place in the other file. */
export interface TemplatePairProblems {
  readonly xml: readonly PairProblem[];
  readonly apd: readonly PairProblem[];
}

/** One option of either file. */
export interface PlacedOption extends TextRange {
  readonly section: string;
  readonly option: string;
  /** Undefined where the file gives none. */
  readonly value: string | undefined;
  readonly valuePlace: TextRange;
}

const namePlace: TextRange = { start: 8, end: 0x88 };
const typePlace: TextRange = { start: 0x88, end: 0x8c };
const versionPlace: TextRange = { start: 0x8c, end: 0x10c };

/** Compares an application template with the metadata of the same base name. Order does not matter: it differs in real pairs. */
export function compareTemplates(apd: ApdTemplate, xml: XmlDocument): TemplatePairProblems {
  const application = xml.root && childElement(xml.root, 'cfgApplication');
  if (!application) return { xml: [], apd: [] };
  const ofXml = collectProblems(templatePairSeverities);
  const ofApd = collectProblems(templatePairSeverities);
  const onBoth = (code: TemplatePairProblemCode, inXml: TextRange, inApd: TextRange, args: MessageArguments) => {
    ofXml.report(code, inXml.start, inXml.end, args, { elsewhere: inApd });
    ofApd.report(code, inApd.start, inApd.end, args, { elsewhere: inXml });
  };

  const type = attribute(application, 'type');
  if (type && /^\d+$/.test(type.value) && Number(type.value) !== apd.applicationType) {
    onBoth('templatePair.type-differs', valuePlaceOf(type), typePlace, { xml: type.value, apd: String(apd.applicationType) });
  }
  const version = attribute(application, 'version');
  if (version && !agree(version.value, apd.version.value.text)) {
    onBoth('templatePair.version-differs', valuePlaceOf(version), versionPlace, { xml: version.value, apd: apd.version.value.text });
  }

  const xmlOptions = readXmlOptions(application);
  const apdOptions = readApdOptions(apd);
  for (const [key, inXml] of xmlOptions) {
    const inApd = apdOptions.get(key);
    const { section, option } = inXml;
    if (!inApd) ofXml.report('templatePair.not-in-apd', inXml.start, inXml.end, { section, option }, { elsewhere: sectionInApd(apd, section) ?? namePlace });
    else if (inXml.value !== undefined && inApd.value !== undefined && inXml.value !== inApd.value) {
      const onlyBlanks = differInBlanksOnly(inXml.value, inApd.value);
      const code = onlyBlanks ? 'templatePair.default-blank' : 'templatePair.default-differs';
      onBoth(code, inXml.valuePlace, inApd, { section, option, ...(!onlyBlanks && { xml: inXml.value, apd: inApd.value }) });
    }
  }
  for (const [key, { section, option, start, end }] of apdOptions) {
    if (xmlOptions.has(key)) continue;
    const elsewhere = sectionInXml(application, section) ?? { start: application.nameStart, end: application.nameEnd };
    ofApd.report('templatePair.not-in-xml', start, end, { section, option }, { elsewhere });
  }
  return { xml: inOrder(ofXml.problems), apd: inOrder(ofApd.problems) };
}

/** True for two defaults of which one has lost, or got, blanks at its end. */
export function differInBlanksOnly(one: string, other: string): boolean {
  return one !== other && one.trimEnd() === other.trimEnd();
}

/** What both maps are keyed by. */
export function optionKey({ section, option }: Pick<PlacedOption, 'section' | 'option'>): string {
  return JSON.stringify([section, option]);
}

/** Where an option of an application template stands, or a section; undefined where it has none of that name. */
export function placeInApd(apd: ApdTemplate, section: string, option?: string): TextRange | undefined {
  return option === undefined ? sectionInApd(apd, section) : readApdOptions(apd).get(optionKey({ section, option }));
}

function sectionInApd(apd: ApdTemplate, section: string): TextRange | undefined {
  const found = apd.sections.pairs.find(({ key }) => key.text === section);
  // Its type, the length of its name, and the name: the options are no part of its place.
  return found && { start: found.start, end: Math.min(found.end, found.start + 3 + section.length) };
}

function sectionInXml(application: XmlElement, section: string): TextRange | undefined {
  const name = sectionsOf(application).map((element) => attribute(element, 'name')).find((found) => found?.value === section);
  return name && valuePlaceOf(name);
}

function sectionsOf(application: XmlElement): readonly XmlElement[] {
  const configuration = childElement(application, 'configuration');
  const options = configuration && childElement(configuration, 'options');
  return options ? childElements(options, 'section') : [];
}

/** The APD of a real pair has a shorter version, e.g. 8.5.1 beside 8.5.145.06. */
function agree(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

/** The options of a metadata template by {@link optionKey}, in file order; of repeated ones the first. */
export function readXmlOptions(application: XmlElement): ReadonlyMap<string, PlacedOption> {
  const found = new Map<string, PlacedOption>();
  for (const section of sectionsOf(application)) {
    for (const parameter of childElements(section, 'parameter')) {
      const sectionName = attribute(section, 'name')?.value ?? '';
      const name = attribute(parameter, 'name');
      const format = childElement(parameter, 'format');
      const fallback = format && attribute(format, 'default');
      if (!name) continue;
      const place = valuePlaceOf(name);
      addFirst(found, { section: sectionName, option: name.value, value: fallback?.value, ...place, valuePlace: fallback ? valuePlaceOf(fallback) : place });
    }
  }
  return found;
}

function readApdOptions(apd: ApdTemplate): ReadonlyMap<string, PlacedOption> {
  const found = new Map<string, PlacedOption>();
  for (const section of apd.sections.pairs) {
    if (!isApdList(section.value)) continue;
    for (const { key, value, start, end } of section.value.pairs) {
      addFirst(found, { section: section.key.text, option: key.text, value: isApdText(value) ? value.text : undefined, start, end, valuePlace: { start, end } });
    }
  }
  return found;
}

/** Repeats are reported by the rules of each file. */
function addFirst(options: Map<string, PlacedOption>, option: PlacedOption): void {
  const key = optionKey(option);
  if (!options.has(key)) options.set(key, option);
}

function valuePlaceOf({ valueStart, valueEnd }: XmlAttribute): TextRange {
  return { start: valueStart, end: valueEnd };
}
