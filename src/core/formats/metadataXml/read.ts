import { collectProblems, type Problem } from '../problem';
import { parseXml } from '../xml/parse';
import { attribute, childElement, childElements, descendants, localName, textOf, type XmlElement } from '../xml/tree';
import { metadataXmlSeverities, type MetadataXmlProblemCode } from './messages';

export interface MetadataParameter {
  readonly name: string;
  /** Empty when the file has none. */
  readonly displayName: string;
  /** `boolean`, `numeric`, `string`, `chooseOne`, `chooseMultiple`, as written; empty when the file has none. */
  readonly type: string;
  readonly defaultValue: string;
  readonly mandatory: boolean;
  /** Where the element stands in the text, in UTF-16 units. */
  readonly start: number;
}

export interface MetadataOption extends MetadataParameter {
  readonly section: string;
}

/** A privilege that roles can hold. */
export interface MetadataTask {
  /** e.g. `Product.Outbound.canUse`. */
  readonly name: string;
  readonly displayName: string;
  readonly group: string;
}

export interface InstallationStep {
  readonly name: string;
  readonly displayName: string;
  /** e.g. `GenesysSilent`. */
  readonly type: string;
  readonly parameters: readonly MetadataParameter[];
}

/** What a metadata template says, as far as packages and deployments need it. */
export interface MetadataTemplate {
  /** CfgAppType number, where the file tells. */
  readonly applicationType?: number;
  readonly version: string;
  readonly templateVersion: string;
  readonly options: readonly MetadataOption[];
  readonly tasks: readonly MetadataTask[];
  readonly installationSteps: readonly InstallationStep[];
  /** Parameters of any place that are mandatory and have neither default nor value. */
  readonly unanswered: readonly MetadataParameter[];
}

/** Reads a metadata template, with or without namespace. Never throws; what cannot be understood is left out. */
export function readMetadataXml(text: string): { readonly template?: MetadataTemplate; readonly problems: readonly Problem<MetadataXmlProblemCode>[] } {
  const document = parseXml(text);
  const reporter = collectProblems(metadataXmlSeverities);
  reporter.problems.push(...document.problems);
  const { root } = document;
  const problems = () => reporter.problems.sort((a, b) => a.start - b.start || a.end - b.end);
  if (!root) return { problems: problems() };
  if (localName(root.name) !== 'metaData') {
    reporter.report('metadataXml.wrong-root', root.nameStart, root.nameEnd, { found: root.name });
    return { problems: problems() };
  }
  const application = childElement(root, 'cfgApplication');
  if (!application) {
    reporter.report('metadataXml.no-application', root.nameStart, root.nameEnd);
    return { problems: problems() };
  }
  const type = attribute(application, 'type');
  const isNumber = type !== undefined && /^\d{1,9}$/.test(type.value.trim());
  if (type && !isNumber) reporter.report('metadataXml.bad-type', type.valueStart, type.valueEnd, { value: type.value });
  return {
    template: {
      ...(isNumber && { applicationType: Number(type.value) }),
      version: valueOf(application, 'version'),
      templateVersion: valueOf(application, 'templateVersion'),
      options: readOptions(application),
      tasks: readTasks(application),
      installationSteps: readSteps(application),
      unanswered: [...descendants(application, 'parameter')].filter(isUnanswered).map(readParameter),
    },
    problems: problems(),
  };
}

function readOptions(application: XmlElement): MetadataOption[] {
  const configuration = childElement(application, 'configuration');
  const options = configuration && childElement(configuration, 'options');
  return (options ? childElements(options, 'section') : []).flatMap((section) =>
    childElements(section, 'parameter').map((parameter) => ({ section: valueOf(section, 'name'), ...readParameter(parameter) })),
  );
}

function readTasks(application: XmlElement): MetadataTask[] {
  return [...descendants(application, 'task')].map((task) => ({
    name: valueOf(task, 'name'),
    displayName: valueOf(task, 'displayName'),
    group: task.parent && localName(task.parent.name) === 'group' ? valueOf(task.parent, 'name') : '',
  }));
}

function readSteps(application: XmlElement): InstallationStep[] {
  return [...descendants(application, 'installation')].flatMap((installation) =>
    childElements(installation, 'step').map((step) => ({
      name: valueOf(step, 'name'),
      displayName: valueOf(step, 'displayName'),
      type: valueOf(step, 'type'),
      parameters: [...descendants(step, 'parameter')].map(readParameter),
    })),
  );
}

function readParameter(parameter: XmlElement): MetadataParameter {
  const format = childElement(parameter, 'format');
  return {
    name: valueOf(parameter, 'name'),
    displayName: valueOf(parameter, 'displayName'),
    type: format ? valueOf(format, 'type') : '',
    defaultValue: format ? valueOf(format, 'default') : '',
    mandatory: valueOf(parameter, 'mandatory') === 'true',
    start: parameter.start,
  };
}

function isUnanswered(parameter: XmlElement): boolean {
  const value = childElement(parameter, 'value');
  return valueOf(parameter, 'mandatory') === 'true' && readParameter(parameter).defaultValue === '' && (!value || textOf(value).trim() === '');
}

/** Untrimmed: blanks at the ends of a default are part of it. */
function valueOf(element: XmlElement, name: string): string {
  return attribute(element, name)?.value ?? '';
}
