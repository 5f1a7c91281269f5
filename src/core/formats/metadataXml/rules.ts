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
    for (const parameter of named.parameters) ofParameters(parameter, reporter, (own) => checkParameter(parameter, own));
    checkNames(application, named, reporter);
    checkGroups(named, reporter);
  }
  return inOrder(reporter.problems);
}

/** Large templates have hundreds of options, of which a keystroke changes one. */
const ofSchema = keepProblems(metadataXmlSeverities);
const ofParameters = keepProblems(metadataXmlSeverities);
const ofSectionNames = keepProblems(metadataXmlSeverities);

/** What has or uses a name, in file order. */
interface Named {
  readonly parameters: XmlElement[];
  readonly tasks: XmlElement[];
  readonly groupNames: string[];
  /** The first reference to each group. */
  readonly groupUses: Map<string, XmlAttribute>;
}

const ofSections = new WeakMap<XmlElement, Named>();

/** Gathers what is named below an element; in a section it is looked for once. */
function gatherNamed(parent: XmlElement): Named {
  const found: Named = { parameters: [], tasks: [], groupNames: [], groupUses: new Map() };
  const waiting: XmlNode[] = parent.children.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type !== 'element') continue;
    const name = localName(node.name);
    // No section stands in another one: below one, all is looked for as it stands.
    if (name === 'section' && localName(parent.name) !== 'section') {
      const inside = ofSections.get(node) ?? gatherNamed(node);
      ofSections.set(node, inside);
      addNamed(found, inside);
      continue;
    }
    if (name === 'parameter') found.parameters.push(node);
    else if (name === 'task') found.tasks.push(node);
    else if (name === 'group') addGroup(found, node);
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i] as XmlNode);
  }
  return found;
}

function addNamed(found: Named, inside: Named): void {
  // One by one: hostile files have more of them than a call can have arguments.
  for (const parameter of inside.parameters) found.parameters.push(parameter);
  for (const task of inside.tasks) found.tasks.push(task);
  for (const name of inside.groupNames) found.groupNames.push(name);
  for (const [name, use] of inside.groupUses) if (!found.groupUses.has(name)) found.groupUses.set(name, use);
}

function addGroup({ groupNames, groupUses }: Named, group: XmlElement): void {
  for (const { name, value } of group.attributes) if (name === 'name' || name === 'id') groupNames.push(value);
  const use = attribute(group, 'groupId');
  if (use && !groupUses.has(use.value)) groupUses.set(use.value, use);
}

function checkNames(application: XmlElement, { tasks }: Named, reporter: Reporter): void {
  const configuration = childElement(application, 'configuration');
  for (const part of ['options', 'userProperties']) {
    const options = configuration && childElement(configuration, part);
    const sections = options ? childElements(options, 'section') : [];
    reportRepeats(sections, (name, place, first) => {
      reporter.report('metadataXml.repeated-section', place.valueStart, place.valueEnd, { name }, { related: [{ start: first.valueStart, end: first.valueEnd }] });
    });
    for (const section of sections) ofSectionNames(section, reporter, (own) => checkOptionNames(section, own));
  }
  reportRepeats(tasks, (name, place, first) => {
    reporter.report('metadataXml.repeated-task', place.valueStart, place.valueEnd, { name }, { related: [{ start: first.valueStart, end: first.valueEnd }] });
  });
}

function checkOptionNames(section: XmlElement, reporter: Reporter): void {
  const sectionName = attribute(section, 'name')?.value ?? '';
  reportRepeats(childElements(section, 'parameter'), (name, place, first) => {
    const related = [{ start: first.valueStart, end: first.valueEnd }];
    reporter.report('metadataXml.repeated-option', place.valueStart, place.valueEnd, { name, section: sectionName }, { related });
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
function checkGroups({ groupNames, groupUses }: Named, reporter: Reporter): void {
  const known = new Set([...commonGroups, ...groupNames]);
  for (const [name, { valueStart, valueEnd }] of groupUses) if (!known.has(name)) reporter.report('metadataXml.unknown-group', valueStart, valueEnd, { name });
}
