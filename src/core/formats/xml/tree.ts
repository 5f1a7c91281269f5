import type { Problem, TextRange } from '../problem';
import type { XmlProblemCode } from './messages';

export interface XmlAttribute extends TextRange {
  /** With its prefix, as written. */
  readonly name: string;
  readonly nameEnd: number;
  /** Entities undone; empty when the attribute has no value. */
  readonly value: string;
  /** Between the quotes. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

export interface XmlElement extends TextRange {
  readonly type: 'element';
  /** With its prefix, as written. */
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly attributes: readonly XmlAttribute[];
  /** After the `>` of the start tag. */
  readonly openEnd: number;
  readonly selfClosing: boolean;
  readonly children: readonly XmlNode[];
  /** Where the end tag begins; undefined for a self-closing or unclosed element. */
  readonly closeStart: number | undefined;
  readonly parent: XmlElement | undefined;
}

export interface XmlText extends TextRange {
  readonly type: 'text' | 'cdata';
  /** Entities undone; for CDATA the content between its marks. */
  readonly value: string;
}

/** What carries no data: comments, processing instructions, the document type, and end tags that close nothing. */
export interface XmlOther extends TextRange {
  readonly type: 'comment' | 'instruction' | 'doctype' | 'strayEndTag';
}

export type XmlNode = XmlElement | XmlText | XmlOther;

/** A whole text as a tree: the children tile it without gap or overlap, whatever the text is. */
export interface XmlDocument {
  readonly text: string;
  readonly children: readonly XmlNode[];
  /** The first element, if any. */
  readonly root: XmlElement | undefined;
  readonly problems: readonly Problem<XmlProblemCode>[];
}

/** A name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The child elements, those with that local name when one is given. */
export function childElements(parent: XmlElement | XmlDocument, name?: string): XmlElement[] {
  return parent.children.filter(
    (node): node is XmlElement => node.type === 'element' && (name === undefined || localName(node.name) === name),
  );
}

/** The first child element with that local name. */
export function childElement(parent: XmlElement | XmlDocument, name: string): XmlElement | undefined {
  return parent.children.find((node): node is XmlElement => node.type === 'element' && localName(node.name) === name);
}

/** The attribute with that name, as written. */
export function attribute(element: XmlElement, name: string): XmlAttribute | undefined {
  return element.attributes.find((candidate) => candidate.name === name);
}

/** The text and CDATA directly inside an element, joined, as it stands. */
export function textOf(element: XmlElement): string {
  return element.children.map((node) => (node.type === 'text' || node.type === 'cdata' ? node.value : '')).join('');
}

/** Every element below `parent` with that local name, in file order. */
export function* descendants(parent: XmlElement, name: string): Generator<XmlElement> {
  // A stack of its own: hostile nesting must not fill the call stack.
  const waiting: XmlNode[] = parent.children.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type !== 'element') continue;
    if (localName(node.name) === name) yield node;
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i] as XmlNode);
  }
}
