import { endOfName, skipBlanks } from '../formats/xml/scanTag';
import { findChildSchema, type XmlElementSchema } from '../formats/xml/schema';
import { localName, type XmlAttribute, type XmlDocument, type XmlElement } from '../formats/xml/tree';

/** What stands at an offset of an XML text, half-typed tags included. `parent` and `element` are those around it. */
export type XmlPlace =
  /** In the name of a start tag; the name may be empty. */
  | { readonly kind: 'elementName'; readonly parent: XmlElement | undefined; readonly start: number; readonly end: number }
  | { readonly kind: 'endName'; readonly element: XmlElement | undefined; readonly start: number; readonly end: number }
  | { readonly kind: 'attributeName'; readonly element: XmlElement; readonly attribute: XmlAttribute | undefined; readonly start: number; readonly end: number }
  | { readonly kind: 'attributeValue'; readonly element: XmlElement; readonly attribute: XmlAttribute }
  | { readonly kind: 'content'; readonly element: XmlElement | undefined };

/** Tells where an offset stands. */
export function placeAt(document: XmlDocument, offset: number): XmlPlace {
  const { text } = document;
  const inner = innermost(document, offset);
  // A tag that is only begun is no element yet.
  const begun = /<(\/?)((?:[\w:.-])*)$/.exec(text.slice(Math.max(0, offset - 128), offset));
  if (begun) {
    const nameStart = offset - (begun[2] ?? '').length;
    const tagStart = nameStart - 1 - (begun[1] ?? '').length;
    const end = Math.max(offset, endOfName(text, nameStart));
    const around = inner?.start === tagStart ? inner.parent : inner;
    return begun[1] === '/' ? { kind: 'endName', element: inner?.closeStart === tagStart ? inner : around, start: nameStart, end } : { kind: 'elementName', parent: around, start: nameStart, end };
  }
  if (!inner || !isInStartTag(text, inner, offset)) return { kind: 'content', element: inner };
  const value = inner.attributes.find((one) => offset >= one.valueStart && offset <= one.valueEnd && one.valueStart > one.nameEnd);
  if (value) return { kind: 'attributeValue', element: inner, attribute: value };
  const found = inner.attributes.find((one) => offset >= one.start && offset <= one.nameEnd);
  if (found) return { kind: 'attributeName', element: inner, attribute: found, start: found.start, end: found.nameEnd };
  return { kind: 'attributeName', element: inner, attribute: undefined, start: offset, end: offset };
}

function isInStartTag(text: string, element: XmlElement, offset: number): boolean {
  if (offset <= element.nameEnd || offset > element.openEnd) return false;
  return offset < element.openEnd || text[element.openEnd - 1] !== '>';
}

function innermost(document: XmlDocument, offset: number): XmlElement | undefined {
  let found: XmlElement | undefined;
  let nodes = document.children;
  for (;;) {
    const next = nodes.find((node): node is XmlElement => node.type === 'element' && contains(document.text, node, offset));
    if (!next) return found;
    found = next;
    nodes = next.children;
  }
}

function contains(text: string, element: XmlElement, offset: number): boolean {
  if (offset <= element.start || offset > element.end) return false;
  // Right behind a finished element is no longer inside; what breaks off goes on until the next tag.
  return offset < element.end || text[element.end - 1] !== '>';
}

/** The table's entry for an element, found from the root down. */
export function schemaOf(element: XmlElement, rootSchema: XmlElementSchema): XmlElementSchema | undefined {
  const path: XmlElement[] = [];
  for (let at: XmlElement | undefined = element; at; at = at.parent) path.push(at);
  const root = path.pop();
  let schema: XmlElementSchema | undefined = root && localName(root.name) === rootSchema.name ? rootSchema : undefined;
  for (let at = path.pop(); at && schema; at = path.pop()) schema = findChildSchema(schema, at.name);
  return schema;
}

/** True when nothing but the name of a tag has been typed: no attributes follow, and no end. */
export function isBareTag(text: string, nameEnd: number): boolean {
  const next = text[skipBlanks(text, nameEnd)];
  return next === undefined || next === '<';
}
