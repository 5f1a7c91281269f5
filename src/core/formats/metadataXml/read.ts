import { collectProblems, type Problem } from '../problem';
import { xmlSeverities, type XmlProblemCode } from '../xml/messages';
import { parseXml } from '../xml/parse';
import { attribute, childElement, childElements, descendants, localName, textOf, type XmlElement } from '../xml/tree';
import { metadataXmlSchema } from './schema';

export interface MetadataParameter {
  readonly name: string;
  /** Empty when the file has none. */
  readonly displayName: string;
  /** `boolean`, `numeric`, `string`, `chooseOne`, `chooseMultiple`, as written; empty when the file has none. */
  readonly type: string;
  readonly defaultValue: string;
  /** The text of its element `value`, trimmed. */
  readonly value: string;
  readonly description: string;
  /** The values that can be chosen, in file order. */
  readonly choices: readonly string[];
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
  readonly parameters: readonly InstallationParameter[];
  /** Offsets of elements below the step whose meaning is not known, in file order. */
  readonly notUnderstood: readonly number[];
}

export interface InstallationParameter extends MetadataParameter {
  /** Name of the `section` element that it stands in; empty when there is none. */
  readonly section: string;
}

/** What a metadata template says, as far as packages and deployments need it. */
export interface MetadataTemplate {
  /** CfgAppType number, where the file tells. */
  readonly applicationType?: number;
  readonly version: string;
  readonly templateVersion: string;
  readonly options: readonly MetadataOption[];
  /** What applications of the template carry as annex; written like options. */
  readonly userProperties: readonly MetadataOption[];
  /** Of how an application is started and ended. */
  readonly startInfo: readonly MetadataParameter[];
  /** The parameters of each port. */
  readonly ports: readonly (readonly MetadataParameter[])[];
  readonly tasks: readonly MetadataTask[];
  readonly installationSteps: readonly InstallationStep[];
  /** Parameters of any place that are mandatory and have neither default nor value. */
  readonly unanswered: readonly MetadataParameter[];
}

/**
 * Reads a metadata template, with or without namespace. Never throws; what cannot be understood is left out. Says only
 * what keeps it from reading; `checkMetadataXml` has all the rules.
 */
export function readMetadataXml(text: string): { readonly template?: MetadataTemplate; readonly problems: readonly Problem<XmlProblemCode>[] } {
  const document = parseXml(text);
  const reporter = collectProblems(xmlSeverities);
  reporter.problems.push(...document.problems);
  const { problems } = reporter;
  const { root } = document;
  if (!root) return { problems };
  if (localName(root.name) !== metadataXmlSchema.name) {
    reporter.report('xml.wrong-root', root.nameStart, root.nameEnd, { found: root.name, expected: metadataXmlSchema.name });
    return { problems };
  }
  const application = childElement(root, 'cfgApplication');
  if (!application) {
    reporter.report('xml.missing-element', root.nameStart, root.nameEnd, { element: 'cfgApplication', parent: root.name });
    return { problems };
  }
  const type = attribute(application, 'type');
  const isNumber = type !== undefined && /^\d{1,9}$/.test(type.value.trim());
  return {
    template: {
      ...(isNumber && { applicationType: Number(type.value) }),
      version: valueOf(application, 'version'),
      templateVersion: valueOf(application, 'templateVersion'),
      options: readOptions(application, 'options'),
      userProperties: readOptions(application, 'userProperties'),
      ...readCore(application),
      tasks: readTasks(application),
      installationSteps: readSteps(application),
      unanswered: [...descendants(application, 'parameter')].filter(isUnanswered).map(readParameter),
    },
    problems,
  };
}

function readOptions(application: XmlElement, element: 'options' | 'userProperties'): MetadataOption[] {
  const configuration = childElement(application, 'configuration');
  const options = configuration && childElement(configuration, element);
  return (options ? childElements(options, 'section') : []).flatMap((section) =>
    childElements(section, 'parameter').map((parameter) => ({ section: valueOf(section, 'name'), ...readParameter(parameter) })),
  );
}

function readCore(application: XmlElement): Pick<MetadataTemplate, 'startInfo' | 'ports'> {
  const configuration = childElement(application, 'configuration');
  const core = configuration && childElement(configuration, 'core');
  const startInfo = core && childElement(core, 'startInfo');
  const ports = core && childElement(core, 'portInfos');
  const parameters = (parent: XmlElement): MetadataParameter[] => childElements(parent, 'parameter').map(readParameter);
  return { startInfo: startInfo ? parameters(startInfo) : [], ports: ports ? childElements(ports, 'port').map(parameters) : [] };
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
      parameters: [...descendants(step, 'parameter')].map((parameter) => ({ section: sectionOf(parameter), ...readParameter(parameter) })),
      notUnderstood: childElements(step).flatMap(unknownBelowStep),
    })),
  );
}

/** What stands in a parameter of a template's options stands in one of an installation step too; more is not public. */
const knownInParameter: ReadonlySet<string> = new Set([
  'description', 'valid-description', 'effective-description', 'value', 'format', 'validation', 'groupsRef',
]);

function unknownBelowStep(element: XmlElement): number[] {
  const name = localName(element.name);
  if (name === 'parameter') return childElements(element).flatMap((child) => (knownInParameter.has(localName(child.name)) ? [] : [child.start]));
  if (name === 'section' && element.parent && localName(element.parent.name) === 'step') {
    return childElements(element).flatMap((child) => (localName(child.name) === 'description' ? [] : unknownBelowStep(child)));
  }
  return name === 'description' ? [] : [element.start];
}

function sectionOf(parameter: XmlElement): string {
  return parameter.parent && localName(parameter.parent.name) === 'section' ? valueOf(parameter.parent, 'name') : '';
}

function readParameter(parameter: XmlElement): MetadataParameter {
  const format = childElement(parameter, 'format');
  const [value, description] = [childElement(parameter, 'value'), childElement(parameter, 'description')];
  return {
    name: valueOf(parameter, 'name'),
    displayName: valueOf(parameter, 'displayName'),
    type: format ? valueOf(format, 'type') : '',
    defaultValue: format ? valueOf(format, 'default') : '',
    value: value ? textOf(value).trim() : '',
    description: description ? textOf(description).trim() : '',
    choices: format ? childElements(format, 'option').map((option) => valueOf(option, 'value')) : [],
    mandatory: valueOf(parameter, 'mandatory') === 'true',
    start: parameter.start,
  };
}

function isUnanswered(parameter: XmlElement): boolean {
  const { mandatory, defaultValue, value } = readParameter(parameter);
  return mandatory && defaultValue === '' && value === '';
}

/** Untrimmed: blanks at the ends of a default are part of it. */
function valueOf(element: XmlElement, name: string): string {
  return attribute(element, name)?.value ?? '';
}
