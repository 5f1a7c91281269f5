import { nearest } from '../../text/nearest';
import { replaceFix, type ProblemCollector, type ProblemFix, type TextRange } from '../problem';
import type { KeptProblems } from './keptProblems';
import type { XmlProblemCode } from './messages';
import { allElementSchemas, findChildSchema, type XmlElementSchema, type XmlValueSchema } from './schema';
import { childElements, localName, textOf, type XmlDocument, type XmlElement } from './tree';

type Reporter = Pick<ProblemCollector<XmlProblemCode>, 'report'>;

/** A value that stands in the file, with its place. */
export interface PlacedValue extends TextRange {
  /** How messages name it: the attribute, or the element whose text it is. */
  readonly name: string;
  readonly value: string;
  readonly element: XmlElement;
}

/** Checks a value that is not empty; the kinds of values are the format's own. */
export type CheckValue<T extends string, C extends string = never> = (placed: PlacedValue, schema: XmlValueSchema<T>, reporter: ProblemCollector<C | XmlProblemCode>) => void;

/**
 * Checks names, places, numbers and presence of all elements and attributes of a document against the table of its format,
 * and hands every value to `checkValue`. With `kept`, elements of which there can be many are not checked again as long as
 * they stay the same; the table must then not nest in itself.
 */
export function checkAgainstSchema<T extends string, C extends string>(
  document: XmlDocument, rootSchema: XmlElementSchema<T>, reporter: ProblemCollector<C | XmlProblemCode>, checkValue: CheckValue<T, C>, kept?: KeptProblems<C | XmlProblemCode>,
): void {
  const { root } = document;
  if (!root) return;
  if (localName(root.name) !== rootSchema.name) {
    reporter.report('xml.wrong-root', root.nameStart, root.nameEnd, { found: root.name, expected: rootSchema.name });
    return;
  }
  const parentsOf = findParents(rootSchema);
  const walk = (top: XmlElement, topSchema: XmlElementSchema<T>, own: ProblemCollector<C | XmlProblemCode>): void => {
    const check = createElementCheck<T>(document.text, parentsOf, own, (placed, schema) => checkValue(placed, schema, own));
    // A list of its own: hostile nesting must not fill the call stack.
    const waiting: [XmlElement, XmlElementSchema<T>][] = [[top, topSchema]];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [element, schema] = next;
      if (kept && element !== top && schema.repeatable && schema.children) kept(element, own, (ofElement) => walk(element, schema, ofElement));
      else for (const child of check(element, schema)) waiting.push(child);
    }
  };
  walk(root, rootSchema, reporter);
}

/** The elements that each element can stand in, by name. */
function findParents(rootSchema: XmlElementSchema): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const schema of allElementSchemas(rootSchema)) {
    for (const child of schema.children ?? []) found.set(child.name, [...(found.get(child.name) ?? []), schema.name]);
  }
  return found;
}

function createElementCheck<T extends string>(
  text: string, parentsOf: ReadonlyMap<string, readonly string[]>, reporter: Reporter, checkValue: (placed: PlacedValue, schema: XmlValueSchema<T>) => void,
) {
  function checkPresent(placed: PlacedValue, schema: XmlValueSchema<T>): void {
    if (placed.value.trim() !== '') checkValue(placed, schema);
    else if (schema.presence === 'required') reporter.report('xml.empty-value', placed.start, placed.end, { name: placed.name });
  }

  function checkAttributes(element: XmlElement, schema: XmlElementSchema<T>): void {
    const attributes = schema.attributes ?? [];
    const names = attributes.map((known) => known.name);
    for (const known of attributes) {
      const found = element.attributes.find((candidate) => candidate.name === known.name);
      if (found) checkPresent({ name: known.name, value: found.value, start: found.valueStart, end: found.valueEnd, element }, known);
      else if (known.presence !== 'optional') {
        const code = known.presence === 'required' ? 'xml.missing-attribute' : 'xml.expected-attribute';
        reporter.report(code, element.nameStart, element.nameEnd, { attribute: known.name, element: element.name });
      }
    }
    const present = new Set(element.attributes.map((found) => found.name));
    for (const found of element.attributes) {
      if (names.includes(found.name) || found.name.startsWith('xmlns') || found.name.includes(':')) continue;
      const meant = nearest(found.name, names);
      const args = { attribute: found.name, element: element.name };
      if (meant === undefined) reporter.report('xml.unknown-attribute', found.start, found.nameEnd, args);
      else reporter.report('xml.misspelt-attribute', found.start, found.nameEnd, { ...args, nearest: meant }, { fix: present.has(meant) ? undefined : replaceFix(found.start, found.nameEnd, meant) });
    }
  }

  function checkChildNames(element: XmlElement, schema: XmlElementSchema<T>, children: readonly XmlElement[]): void {
    const names = (schema.children ?? []).map((known) => known.name);
    for (const child of children) {
      const local = localName(child.name);
      if (names.includes(local)) continue;
      const args = { element: child.name, parent: element.name };
      const parents = parentsOf.get(local);
      const meant = parents ? undefined : nearest(local, names);
      if (parents) reporter.report('xml.misplaced-element', child.nameStart, child.nameEnd, { ...args, parents: [...new Set(parents)].join(', ') });
      else if (meant === undefined) reporter.report('xml.unknown-element', child.nameStart, child.nameEnd, args);
      else reporter.report('xml.misspelt-element', child.nameStart, child.nameEnd, { ...args, nearest: meant }, { fix: renameFix(child, meant) });
    }
  }

  function checkChildNumbers(element: XmlElement, schema: XmlElementSchema<T>, children: readonly XmlElement[]): void {
    const byName = new Map<string, XmlElement[]>();
    for (const child of children) {
      const sameName = byName.get(localName(child.name));
      if (sameName) sameName.push(child);
      else byName.set(localName(child.name), [child]);
    }
    // What is missing may have gone into an element that is not closed, or behind the end of the file.
    const cutOff = isUnclosed(element) || children.some(isUnclosed);
    for (const known of schema.children ?? []) {
      const [first, ...others] = byName.get(known.name) ?? [];
      if (!first) {
        if (known.presence === 'optional' || cutOff) continue;
        const code = known.presence === 'required' ? 'xml.missing-element' : 'xml.expected-element';
        reporter.report(code, element.nameStart, element.nameEnd, { element: known.name, parent: element.name });
      } else if (!known.repeatable) {
        const related = [{ start: first.nameStart, end: first.nameEnd }];
        for (const other of others) reporter.report('xml.repeated-element', other.nameStart, other.nameEnd, { element: other.name, parent: element.name }, { related });
      }
    }
  }

  /** Checks one element; returns its children that the table knows. */
  return (element: XmlElement, schema: XmlElementSchema<T>): [XmlElement, XmlElementSchema<T>][] => {
    checkAttributes(element, schema);
    if (schema.text) checkPresent(placedText(text, element), schema.text);
    if (schema.anyContent) return [];
    const children = childElements(element);
    // An element that is not closed has its later siblings inside.
    if (!isUnclosed(element)) checkChildNames(element, schema, children);
    checkChildNumbers(element, schema, children);
    const seen = new Set<string>();
    return children.flatMap((child): [XmlElement, XmlElementSchema<T>][] => {
      const known = findChildSchema(schema, child.name);
      // Of an element that may stand once, only the first one counts.
      if (!known || (seen.has(known.name) && !known.repeatable)) return [];
      seen.add(known.name);
      return [[child, known]];
    });
  };
}

/** The text of an element without the blanks around it; where there is none, the place between the tags. */
function placedText(text: string, element: XmlElement): PlacedValue {
  const filled = element.children.filter((node) => (node.type === 'text' || node.type === 'cdata') && node.value.trim() !== '');
  const [first, last] = [filled[0], filled.at(-1)];
  const named = { name: localName(element.name), value: textOf(element).trim(), element };
  if (!first || !last) return { ...named, start: element.openEnd, end: element.closeStart ?? element.openEnd };
  const contentStart = first.type === 'cdata' ? first.start + '<![CDATA['.length : first.start;
  const contentEnd = last.type === 'cdata' ? last.end - ']]>'.length : last.end;
  const raw = text.slice(contentStart, contentEnd);
  return { ...named, start: contentStart + raw.length - raw.trimStart().length, end: contentStart + raw.trimEnd().length };
}

function isUnclosed(element: XmlElement): boolean {
  return element.closeStart === undefined && !element.selfClosing;
}

function renameFix(element: XmlElement, meant: string): ProblemFix {
  const prefixLength = element.name.length - localName(element.name).length;
  const edits = [{ start: element.nameStart + prefixLength, end: element.nameEnd, text: meant }];
  if (element.closeStart !== undefined) {
    const start = element.closeStart + 2 + prefixLength;
    edits.push({ start, end: element.closeStart + 2 + element.name.length, text: meant });
  }
  return { title: 'renameElement', args: { text: meant }, edits };
}
