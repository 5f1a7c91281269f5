import { collectProblems, inOrder, type Problem, type ProblemCollector } from '../problem';
import { checkAgainstSchema } from '../xml/checkSchema';
import { keepProblems } from '../xml/keptProblems';
import { attribute, childElement, childElements, localName, type XmlAttribute, type XmlDocument, type XmlElement, type XmlNode } from '../xml/tree';
import { metadataXmlSeverities, type MetadataXmlProblemCode } from './messages';
import { checkParameter } from './parameterRules';
import { metadataXmlSchema } from './schema';
import { checkMetadataValue } from './valueRules';

type Reporter = ProblemCollector<MetadataXmlProblemCode>;

/** Groups that every product can refer to. */
export const commonGroups: readonly string[] = ['groupMain', 'grpAdvSetup'];

/** Checks a parsed metadata template; its XML's own problems come first. */
export function checkMetadataXml(document: XmlDocument): readonly Problem<MetadataXmlProblemCode>[] {
  const reporter = collectProblems(metadataXmlSeverities);
  reporter.problems.push(...document.problems);
  checkAgainstSchema(document, metadataXmlSchema, reporter, checkMetadataValue, ofSchema);
  const application = document.root && childElement(document.root, 'cfgApplication');
  if (application) {
    const named = gatherNamed(application);
    for (const parameter of named.parameter) ofParameters(parameter, reporter, (own) => checkParameter(parameter, own));
    checkNames(application, named, reporter);
    checkGroups(named, reporter);
  }
  return inOrder(reporter.problems);
}

/** Large templates have hundreds of options, of which a keystroke changes one. */
const ofSchema = keepProblems(metadataXmlSeverities);
const ofParameters = keepProblems(metadataXmlSeverities);

const wanted = ['parameter', 'task', 'group'] as const;
type Named = Readonly<Record<(typeof wanted)[number], readonly XmlElement[]>>;
const ofSections = new WeakMap<XmlElement, Named>();

/** The elements of some names below an element, in file order; those of a section are looked for once. */
function gatherNamed(parent: XmlElement): Named {
  const found: Record<(typeof wanted)[number], XmlElement[]> = { parameter: [], task: [], group: [] };
  const waiting: XmlNode[] = parent.children.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type !== 'element') continue;
    const name = localName(node.name);
    // No section stands in another one: below one, all is looked for as it stands.
    if (name === 'section' && localName(parent.name) !== 'section') {
      const inside = ofSections.get(node) ?? gatherNamed(node);
      ofSections.set(node, inside);
      for (const each of wanted) found[each].push(...inside[each]);
      continue;
    }
    const known = wanted.find((each) => each === name);
    if (known) found[known].push(node);
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i] as XmlNode);
  }
  return found;
}

function checkNames(application: XmlElement, { task }: Named, reporter: Reporter): void {
  const configuration = childElement(application, 'configuration');
  for (const part of ['options', 'userProperties']) {
    const options = configuration && childElement(configuration, part);
    const sections = options ? childElements(options, 'section') : [];
    reportRepeats(sections, (name, place, first) => {
      reporter.report('metadataXml.repeated-section', place.valueStart, place.valueEnd, { name }, { related: [{ start: first.valueStart, end: first.valueEnd }] });
    });
    for (const section of sections) {
      const sectionName = attribute(section, 'name')?.value ?? '';
      reportRepeats(childElements(section, 'parameter'), (name, place, first) => {
        const related = [{ start: first.valueStart, end: first.valueEnd }];
        reporter.report('metadataXml.repeated-option', place.valueStart, place.valueEnd, { name, section: sectionName }, { related });
      });
    }
  }
  reportRepeats(task, (name, place, first) => {
    reporter.report('metadataXml.repeated-task', place.valueStart, place.valueEnd, { name }, { related: [{ start: first.valueStart, end: first.valueEnd }] });
  });
}

function reportRepeats(elements: readonly XmlElement[], report: (name: string, place: XmlAttribute, first: XmlAttribute) => void): void {
  const seen = new Map<string, XmlAttribute>();
  for (const element of elements) {
    const name = attribute(element, 'name');
    const first = name && seen.get(name.value);
    if (name && first) report(name.value, name, first);
    else if (name) seen.set(name.value, name);
  }
}

/** Each unknown group once, where it is first referred to. */
function checkGroups({ group: groups }: Named, reporter: Reporter): void {
  const known = new Set(commonGroups);
  for (const group of groups) for (const name of ['name', 'id']) known.add(attribute(group, name)?.value ?? '');
  for (const group of groups) {
    const reference = attribute(group, 'groupId');
    if (!reference || known.has(reference.value)) continue;
    known.add(reference.value);
    reporter.report('metadataXml.unknown-group', reference.valueStart, reference.valueEnd, { name: reference.value });
  }
}
