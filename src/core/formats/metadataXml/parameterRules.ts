import { replaceFix, type ProblemCollector } from '../problem';
import { attribute, childElement, childElements, type XmlAttribute, type XmlElement } from '../xml/tree';
import type { MetadataXmlProblemCode } from './messages';
import { compilePattern, matches } from './patterns';
import { isNumber } from './valueRules';

type Reporter = ProblemCollector<MetadataXmlProblemCode>;

/** Checks what the parts of one parameter say about each other: kind, choices, rules and default. */
export function checkParameter(parameter: XmlElement, reporter: Reporter): void {
  const format = childElement(parameter, 'format');
  const validation = childElement(parameter, 'validation');
  const rules = validation ? childElements(validation, 'rule') : [];
  const fallback = format && attribute(format, 'default');
  for (const rule of rules) checkRule(rule, reporter);
  if (!format) return;
  checkChoices(format, reporter);
  // An empty default: the application starts without a value.
  if (!fallback || fallback.value === '') return;
  if (!checkKind(format, fallback, reporter)) return;
  for (const rule of rules) checkDefault(fallback, rule, reporter);
}

function checkRule(rule: XmlElement, reporter: Reporter): void {
  const type = attribute(rule, 'type')?.value;
  const min = attribute(rule, 'min');
  const max = attribute(rule, 'max');
  if (type === 'regex' && !attribute(rule, 'regex')) reporter.report('metadataXml.rule-incomplete', rule.nameStart, rule.nameEnd, { type, needed: 'regex' });
  if (type === 'range' && !min && !max && !attribute(rule, 'isInteger')) {
    reporter.report('metadataXml.rule-incomplete', rule.nameStart, rule.nameEnd, { type, needed: 'min, max' });
  }
  if (min && max && isNumber(min.value) && isNumber(max.value) && Number(min.value) > Number(max.value)) {
    const related = [{ start: max.valueStart, end: max.valueEnd }];
    reporter.report('metadataXml.range-order', min.valueStart, min.valueEnd, { min: min.value, max: max.value }, { related });
  }
}

function checkChoices(format: XmlElement, reporter: Reporter): void {
  const seen = new Map<string, XmlAttribute>();
  for (const option of childElements(format, 'option')) {
    const value = attribute(option, 'value');
    if (!value) continue;
    const first = seen.get(value.value);
    if (first) reporter.report('metadataXml.repeated-choice', value.valueStart, value.valueEnd, { value: value.value }, { related: [{ start: first.valueStart, end: first.valueEnd }] });
    else seen.set(value.value, value);
  }
}

/** Returns whether the default is of its kind. */
function checkKind(format: XmlElement, fallback: XmlAttribute, reporter: Reporter): boolean {
  const type = attribute(format, 'type')?.value ?? '';
  const { value, valueStart, valueEnd } = fallback;
  switch (type) {
    case 'boolean':
      if (value === 'true' || value === 'false') return true;
      break;
    case 'numeric':
      if (isNumber(value.trim())) return true;
      break;
    case 'chooseOne':
      return checkChosen(value, format, fallback, reporter);
    case 'chooseMultiple': {
      // Real files have blanks after the separator, and nothing at all between two.
      const separator = attribute(format, 'multiValueDelim')?.value ?? ',';
      const parts = separator === '' ? [value] : value.split(separator);
      return parts.map((part) => part.trim()).filter((part) => part !== '').every((part) => checkChosen(part, format, fallback, reporter));
    }
    default:
      return true;
  }
  const lower = value.trim().toLowerCase();
  const fix = type === 'boolean' && ['true', 'false'].includes(lower) ? replaceFix(valueStart, valueEnd, lower) : undefined;
  reporter.report('metadataXml.default-kind', valueStart, valueEnd, { value, type }, { fix });
  return false;
}

function checkChosen(chosen: string, format: XmlElement, { value, valueStart, valueEnd }: XmlAttribute, reporter: Reporter): boolean {
  const choices = childElements(format, 'option').map((option) => attribute(option, 'value')?.value ?? '');
  if (choices.length === 0 || choices.includes(chosen)) return true;
  const cased = choices.find((choice) => choice.toLowerCase() === chosen.toLowerCase());
  if (cased === undefined) {
    reporter.report('metadataXml.default-choice', valueStart, valueEnd, { value: chosen, allowed: choices.join(', ') });
    return false;
  }
  const fix = value === chosen ? replaceFix(valueStart, valueEnd, cased) : undefined;
  reporter.report('metadataXml.default-case', valueStart, valueEnd, { value: chosen, nearest: cased }, { fix });
  return true;
}

function checkDefault({ value, valueStart, valueEnd }: XmlAttribute, rule: XmlElement, reporter: Reporter): void {
  const valueOf = (name: string) => attribute(rule, name)?.value ?? '';
  const report = (code: MetadataXmlProblemCode, args = {}) => {
    reporter.report(code, valueStart, valueEnd, { value, ...args }, { related: [{ start: rule.start, end: rule.openEnd }] });
  };
  if (valueOf('type') === 'range' && isNumber(value.trim())) {
    const [min, max] = [valueOf('min'), valueOf('max')];
    const number = Number(value);
    // No number is in such a range: the range itself is what is wrong.
    if (isNumber(min) && isNumber(max) && Number(min) > Number(max)) return;
    if ((isNumber(min) && number < Number(min)) || (isNumber(max) && number > Number(max))) report('metadataXml.default-range', { min: min || '−∞', max: max || '∞' });
    else if (valueOf('isInteger') === 'true' && !Number.isInteger(number)) report('metadataXml.default-whole');
  }
  if (valueOf('type') === 'regex' && valueOf('regex') !== '') {
    const pattern = compilePattern(valueOf('regex'));
    if (pattern instanceof RegExp && matches(pattern, value) === false) report('metadataXml.default-regex', { regex: valueOf('regex') });
  }
}
