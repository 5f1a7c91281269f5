import { nearest } from '../../text/nearest';
import { isExpression } from '../javascript';
import { replaceFix, type ProblemCollector } from '../problem';
import { attribute, localName, type XmlDocument, type XmlElement } from '../xml/tree';
import { decodeEntities } from '../xml/entities';
import { findExpressions, usedNames } from './expressions';
import type { SpdProblemCode } from './messages';
import { placedElements, readSpdNames, type SpdNames, type SpdPlace } from './names';

type Reporter = ProblemCollector<SpdProblemCode>;

/** Checks what expressions refer to: `${…}` in values and texts, and the conditions of `if`. */
export function checkNames(document: XmlDocument, root: XmlElement, reporter: Reporter): void {
  const names = readSpdNames(root);
  for (const [element, place] of placedElements(root)) {
    const isCondition = localName(element.name) === 'if';
    const isScript = localName(element.name) === 'script';
    for (const value of element.attributes) {
      if (isCondition && value.name === 'cond') checkUsedNames(document.text.slice(value.valueStart, value.valueEnd), value.valueStart, place, names, reporter);
      else checkText(document.text, value.valueStart, value.valueEnd, place, names, reporter);
    }
    // Whether GAX replaces expressions inside of scripts is not known.
    if (isScript) continue;
    for (const node of element.children) if (node.type === 'text' || node.type === 'cdata') checkText(document.text, node.start, node.end, place, names, reporter);
  }
  checkRepeatedInputs(names, reporter);
}

function checkText(text: string, start: number, end: number, place: SpdPlace, names: SpdNames, reporter: Reporter): void {
  for (const expression of findExpressions(text, start, end)) {
    if (!expression.closed) {
      reporter.report('spd.unclosed-expression', expression.start, expression.codeStart);
    } else if (!isExpression(decodeEntities(expression.code, 0, () => undefined))) {
      reporter.report('spd.bad-expression', expression.start, expression.end);
    } else {
      checkUsedNames(expression.code, expression.codeStart, place, names, reporter);
    }
  }
}

function checkUsedNames(code: string, codeStart: number, place: SpdPlace, names: SpdNames, reporter: Reporter): void {
  for (const { name, offset } of usedNames(code)) {
    if (names.everywhere.has(name)) continue;
    const [start, end] = [codeStart + offset, codeStart + offset + name.length];
    const reachable = names.inputs.filter((input) => place.profile === undefined || input.profile === place.profile);
    const meant = reachable.filter((input) => input.name.value === name);
    const [first] = meant;
    if (first === undefined) {
      const similar = nearest(name, [...reachable.map((input) => input.name.value), ...names.everywhere]);
      if (similar === undefined) reporter.report('spd.unknown-name', start, end, { name });
      else reporter.report('spd.misspelt-name', start, end, { name, nearest: similar }, { fix: replaceFix(start, end, similar) });
    } else if (meant.every((input) => input.dialog > place.dialog)) {
      reporter.report('spd.later-input', start, end, { name }, { related: [{ start: first.name.valueStart, end: first.name.valueEnd }] });
    }
  }
}

function checkRepeatedInputs({ inputs }: SpdNames, reporter: Reporter): void {
  const seen = new Map<XmlElement, Map<string, XmlElement>>();
  for (const { name, element, profile } of inputs) {
    const ofProfile = seen.get(profile) ?? new Map<string, XmlElement>();
    seen.set(profile, ofProfile);
    const first = ofProfile.get(name.value);
    const firstName = first && attribute(first, 'name');
    if (firstName) reporter.report('spd.repeated-input', name.valueStart, name.valueEnd, { value: name.value }, { related: [{ start: firstName.valueStart, end: firstName.valueEnd }] });
    else ofProfile.set(name.value, element);
  }
}
