import { osGroups, osTypes } from '../../configuration/operatingSystems';
import { nearest } from '../../text/nearest';
import type { ProblemCollector } from '../problem';
import { childElements, localName, textOf, type XmlElement } from '../xml/tree';
import type { IpDescriptionProblemCode } from './messages';
import type { IpElementSchema, IpValueSchema, IpValueType } from './schema';

type Reporter = ProblemCollector<IpDescriptionProblemCode>;

/** A value that stands in the file, with its place. */
interface PlacedValue {
  /** How messages name it. */
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Checks one element, its attributes, its text and all below it against the schema. */
export function checkElement(element: XmlElement, schema: IpElementSchema, reporter: Reporter): void {
  checkAttributes(element, schema, reporter);
  if (schema.text) {
    const value = textOf(element);
    const start = element.openEnd + (value.length - value.trimStart().length);
    checkPresentValue({ name: schema.name, value: value.trim(), start, end: start + value.trim().length }, schema.text, reporter);
  }
  checkChildren(element, schema, reporter);
}

function checkAttributes(element: XmlElement, schema: IpElementSchema, reporter: Reporter): void {
  const attributes = schema.attributes ?? [];
  const names = attributes.map((known) => known.name);
  for (const known of attributes) {
    const found = element.attributes.find((candidate) => candidate.name === known.name);
    if (found) checkPresentValue({ name: known.name, value: found.value, start: found.valueStart, end: found.valueEnd }, known, reporter);
    else if (known.presence !== 'optional') {
      const code = known.presence === 'required' ? 'ipDescription.missing-attribute' : 'ipDescription.expected-attribute';
      reporter.report(code, element.nameStart, element.nameEnd, { attribute: known.name, element: element.name });
    }
  }
  for (const found of element.attributes) {
    if (names.includes(found.name) || found.name.startsWith('xmlns') || found.name.includes(':')) continue;
    const meant = nearest(found.name, names);
    if (meant === undefined) reporter.report('ipDescription.unknown-attribute', found.start, found.nameEnd, { attribute: found.name, element: element.name });
    else reporter.report('ipDescription.misspelt-attribute', found.start, found.nameEnd, { attribute: found.name, element: element.name, nearest: meant });
  }
  if (schema.attributeOrder) checkAttributeOrder(element, names, reporter);
}

function checkAttributeOrder(element: XmlElement, names: readonly string[], reporter: Reporter): void {
  let last = -1;
  for (const found of element.attributes) {
    const place = names.indexOf(found.name);
    if (place < 0) continue;
    if (place < last) {
      reporter.report('ipDescription.attribute-order', found.start, found.nameEnd, { element: element.name, order: names.join(', ') });
      return;
    }
    last = place;
  }
}

function checkChildren(element: XmlElement, schema: IpElementSchema, reporter: Reporter): void {
  const children = schema.children ?? [];
  const names = children.map((known) => known.name);
  for (const known of children) {
    const [first, ...others] = childElements(element, known.name);
    if (first) {
      checkElement(first, known, reporter);
    } else if (known.presence !== 'optional') {
      const code = known.presence === 'required' ? 'ipDescription.missing-element' : 'ipDescription.expected-element';
      reporter.report(code, element.nameStart, element.nameEnd, { element: known.name, parent: element.name });
    }
    for (const other of others) {
      if (known.repeatable) checkElement(other, known, reporter);
      else if (first) {
        const related = [{ start: first.nameStart, end: first.nameEnd }];
        reporter.report('ipDescription.repeated-element', other.nameStart, other.nameEnd, { element: other.name, parent: element.name }, related);
      }
    }
  }
  for (const child of childElements(element)) {
    if (names.includes(localName(child.name))) continue;
    const meant = nearest(localName(child.name), names);
    const args = { element: child.name, parent: element.name };
    if (meant === undefined) reporter.report('ipDescription.unknown-element', child.nameStart, child.nameEnd, args);
    else reporter.report('ipDescription.misspelt-element', child.nameStart, child.nameEnd, { ...args, nearest: meant });
  }
}

function checkPresentValue(placed: PlacedValue, schema: IpValueSchema, reporter: Reporter): void {
  if (placed.value.trim() === '') {
    if (schema.presence === 'required') reporter.report('ipDescription.empty-value', placed.start, placed.end, { name: placed.name });
    return;
  }
  checkValue(placed, schema.type, reporter);
}

function checkValue({ name, value, start, end }: PlacedValue, type: IpValueType, reporter: Reporter): void {
  const report = (code: IpDescriptionProblemCode, args = {}) => reporter.report(code, start, end, { name, value, ...args });
  switch (type) {
    case 'text':
      return;
    case 'formatVersion':
      // The installer compares the two as texts.
      if (value < '4.0') report('ipDescription.format-version');
      return;
    case 'version':
      if (!/^\d+(\.\d+)+$/.test(value)) report('ipDescription.bad-version');
      else if (value.split('.').length !== 4) report('ipDescription.version-parts', { n: value.split('.').length });
      return;
    case 'date':
      if (!isDate(value)) report('ipDescription.bad-date');
      return;
    case 'integer':
      if (!/^\d+$/.test(value)) report('ipDescription.bad-integer');
      return;
    case 'locale':
      if (!/^[A-Z]{3}$/.test(value)) report('ipDescription.locale');
      return;
    case 'osGroup':
      if (!osGroups.includes(value.toLowerCase())) report('ipDescription.os-group', { known: osGroups.join(', ') });
      return;
    case 'osType':
      if (!/^\d+$/.test(value)) report('ipDescription.bad-integer');
      else if (!Object.hasOwn(osTypes, Number(value))) report('ipDescription.os-type');
      return;
    case 'osVersion':
      if (!/^\d/.test(value)) report('ipDescription.os-version');
  }
}

function isDate(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
