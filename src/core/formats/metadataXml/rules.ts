import { collectProblems, inOrder, type Problem, type ProblemCollector } from '../problem';
import { checkAgainstSchema } from '../xml/checkSchema';
import { attribute, childElement, childElements, descendants, type XmlAttribute, type XmlDocument, type XmlElement } from '../xml/tree';
import { metadataXmlSeverities, type MetadataXmlProblemCode } from './messages';
import { checkParameter } from './parameterRules';
import { metadataXmlSchema } from './schema';
import { checkMetadataValue } from './valueRules';

type Reporter = ProblemCollector<MetadataXmlProblemCode>;

/** Groups that every product can refer to. */
const commonGroups: readonly string[] = ['groupMain', 'grpAdvSetup'];

/** Checks a parsed metadata template; its XML's own problems come first. */
export function checkMetadataXml(document: XmlDocument): readonly Problem<MetadataXmlProblemCode>[] {
  const reporter = collectProblems(metadataXmlSeverities);
  reporter.problems.push(...document.problems);
  checkAgainstSchema(document, metadataXmlSchema, reporter, (placed, schema) => checkMetadataValue(placed, schema, reporter));
  const application = document.root && childElement(document.root, 'cfgApplication');
  if (application) {
    for (const parameter of descendants(application, 'parameter')) checkParameter(parameter, reporter);
    checkNames(application, reporter);
    checkGroups(application, reporter);
  }
  return inOrder(reporter.problems);
}

function checkNames(application: XmlElement, reporter: Reporter): void {
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
  reportRepeats([...descendants(application, 'task')], (name, place, first) => {
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
function checkGroups(application: XmlElement, reporter: Reporter): void {
  const groups = [...descendants(application, 'group')];
  const known = new Set(commonGroups);
  for (const group of groups) for (const name of ['name', 'id']) known.add(attribute(group, name)?.value ?? '');
  for (const group of groups) {
    const reference = attribute(group, 'groupId');
    if (!reference || known.has(reference.value)) continue;
    known.add(reference.value);
    reporter.report('metadataXml.unknown-group', reference.valueStart, reference.valueEnd, { name: reference.value });
  }
}
