import { defineMessages, createText, type Locale } from '../../text/messages';
import { attribute, childElement, childElements, type XmlDocument, type XmlElement } from '../xml/tree';
import { plainTextOf } from './plainTextOf';

/** What a metadata template says of one option, for people. Texts are empty where the file says nothing. */
export interface OptionFacts {
  readonly displayName: string;
  readonly description: string;
  /** When a change takes effect. */
  readonly takesEffect: string;
  /** Which values are valid, in the file's own words. */
  readonly validValues: string;
  /** The same as its rules say, one sentence each. */
  readonly rules: readonly string[];
  /** Where the option begins, in UTF-16 units. */
  readonly start: number;
}

const messages = defineMessages(
  {
    boolean: 'true or false.',
    numeric: 'Number.',
    measured: 'Number, in {measure}.',
    chooseOne: 'One of: {choices}.',
    chooseMultiple: 'Any of: {choices}.',
    integerBetween: 'Integer from {min} to {max}.',
    integerFrom: 'Integer, at least {min}.',
    integerTo: 'Integer, at most {max}.',
    numberBetween: 'Number from {min} to {max}.',
    numberFrom: 'Number, at least {min}.',
    numberTo: 'Number, at most {max}.',
    regex: 'Matches {regex}',
    mandatory: 'A value is needed.',
  },
  {
    boolean: 'true ou false.',
    numeric: 'Nombre.',
    measured: 'Nombre, en {measure}.',
    chooseOne: 'Une valeur parmi : {choices}.',
    chooseMultiple: 'Des valeurs parmi : {choices}.',
    integerBetween: 'Entier de {min} à {max}.',
    integerFrom: 'Entier, au moins {min}.',
    integerTo: 'Entier, au plus {max}.',
    numberBetween: 'Nombre de {min} à {max}.',
    numberFrom: 'Nombre, au moins {min}.',
    numberTo: 'Nombre, au plus {max}.',
    regex: 'Correspond à {regex}',
    mandatory: 'Une valeur est nécessaire.',
  },
);

/** Finds the first option of that name in that section; undefined where there is none. */
export function findOptionFacts(xml: XmlDocument, section: string, option: string, locale: Locale): OptionFacts | undefined {
  const application = xml.root && childElement(xml.root, 'cfgApplication');
  const configuration = application && childElement(application, 'configuration');
  const options = configuration && childElement(configuration, 'options');
  for (const candidate of options ? childElements(options, 'section') : []) {
    if ((attribute(candidate, 'name')?.value ?? '') !== section) continue;
    const parameter = childElements(candidate, 'parameter').find((one) => attribute(one, 'name')?.value === option);
    if (parameter) return factsOf(parameter, locale);
  }
  return undefined;
}

function factsOf(parameter: XmlElement, locale: Locale): OptionFacts {
  const textIn = (name: string): string => {
    const element = childElement(parameter, name);
    return element ? plainTextOf(element) : '';
  };
  return {
    displayName: attribute(parameter, 'displayName')?.value ?? '',
    description: textIn('description'),
    takesEffect: textIn('effective-description'),
    validValues: textIn('valid-description'),
    rules: rulesOf(parameter, locale),
    start: parameter.start,
  };
}

function rulesOf(parameter: XmlElement, locale: Locale): readonly string[] {
  const text = createText(locale, messages);
  const format = childElement(parameter, 'format');
  const validation = childElement(parameter, 'validation');
  const valueOf = (element: XmlElement, name: string): string => attribute(element, name)?.value ?? '';
  const ranges = (validation ? childElements(validation, 'rule') : []).flatMap((rule): string[] => {
    const [min, max, regex] = [valueOf(rule, 'min'), valueOf(rule, 'max'), valueOf(rule, 'regex')];
    if (valueOf(rule, 'type') === 'regex') return regex === '' ? [] : [text('regex', { regex })];
    const kind = valueOf(rule, 'isInteger') === 'true' ? 'integer' : 'number';
    if (min !== '' && max !== '') return [text(`${kind}Between`, { min, max })];
    if (min !== '') return [text(`${kind}From`, { min })];
    return max === '' ? [] : [text(`${kind}To`, { max })];
  });
  return [...(format ? typeRule(format, ranges.length > 0) : []), ...ranges, ...(valueOf(parameter, 'mandatory') === 'true' ? [text('mandatory')] : [])];

  function typeRule(element: XmlElement, hasRange: boolean): string[] {
    const choices = childElements(element, 'option').map((option) => valueOf(option, 'value')).join(', ');
    const measure = valueOf(element, 'measure');
    switch (valueOf(element, 'type')) {
      case 'boolean': return [text('boolean')];
      case 'numeric': return measure !== '' ? [text('measured', { measure })] : hasRange ? [] : [text('numeric')];
      case 'chooseOne': return choices === '' ? [] : [text('chooseOne', { choices })];
      case 'chooseMultiple': return choices === '' ? [] : [text('chooseMultiple', { choices })];
      default: return [];
    }
  }
}
