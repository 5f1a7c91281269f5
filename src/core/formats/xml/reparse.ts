import { maximumProblems, shiftProblem, type TextEdit } from '../problem';
import type { XmlProblemCode } from './messages';
import { parseXml } from './parse';
import type { XmlAttribute, XmlDocument, XmlElement, XmlNode } from './tree';

/** The reader itself may write what everybody else only reads. */
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Problems that tell of the element they stand in and of nothing around it: what follows is read the same with or without them. */
const local: ReadonlySet<XmlProblemCode> = new Set([
  'xml.unclosed-element', 'xml.unclosed-tag', 'xml.double-hyphen', 'xml.bare-less-than', 'xml.less-than-in-value', 'xml.bare-ampersand', 'xml.unknown-entity', 'xml.cdata-end-in-text',
  'xml.control-character', 'xml.attribute-without-value', 'xml.attribute-without-quotes', 'xml.repeated-attribute', 'xml.missing-blank', 'xml.stray-character',
]);

/**
 * Reads a text after one edit by reading only the smallest element around the edit, and equals `parseXml` of the new text.
 * `undefined` where that is not certain, e.g. when the edit touches what an end tag closes: then all must be read.
 *
 * Takes `previous` over, which must not be used afterwards: elements outside of the edit stay the same objects with moved
 * places. Those around it are new objects, so an element that is still there has not changed, nor has anything inside of it.
 */
export function reparseXml(previous: XmlDocument, edit: TextEdit): XmlDocument | undefined {
  const spine = elementsAround(previous, edit);
  // A second element at the top is a mistake of its own.
  if (spine[0] !== previous.root) return undefined;
  const changed = spine.pop();
  if (!changed || previous.problems.length >= maximumProblems || previous.problems.some(({ code, start }) => code === 'xml.unclosed-value' && start < changed.start)) return undefined;
  const by = edit.text.length - (edit.end - edit.start);
  // Put together of pieces: a slice of the new text would keep all of it in memory for as long as one value lives.
  const piece = parseXml(previous.text.slice(changed.start, edit.start) + edit.text + previous.text.slice(edit.end, changed.end));
  const [element, ...others] = piece.children;
  const isWhole = others.length === 0 && element?.type === 'element' && element.closeStart === piece.text.length - (changed.end - (changed.closeStart ?? 0));
  if (!isWhole || element.name !== changed.name || piece.problems.length + previous.problems.length >= maximumProblems || !piece.problems.every(({ code }) => local.has(code))) return undefined;

  move(element, changed.start);
  const text = previous.text.slice(0, edit.start) + edit.text + previous.text.slice(edit.end);
  const problems = [
    ...previous.problems.filter(({ start }) => start < changed.start),
    ...piece.problems.map((problem) => shiftProblem(problem, changed.start)),
    ...previous.problems.filter(({ start }) => start >= changed.end).map((problem) => shiftProblem(problem, by, changed.end)),
  ];
  const top = replaceIn(previous.children, changed, element, by, spine);
  return { text, children: top, root: top.find((node) => node.type === 'element'), problems };
}

/** The elements around an edit from the root down, as far as it leaves their own tags whole. */
function elementsAround(document: XmlDocument, edit: TextEdit): XmlElement[] {
  const found: XmlElement[] = [];
  let nodes = document.children;
  for (;;) {
    const next = nodes.find((node): node is XmlElement => node.type === 'element' && edit.start > node.nameEnd && node.closeStart !== undefined && edit.end <= node.closeStart);
    if (!next) return found;
    found.push(next);
    nodes = next.children;
  }
}

/**
 * Puts `replacement` in the place of `changed` and moves all that stands behind it. The elements around it become new ones;
 * returns the nodes at the top of the document.
 */
function replaceIn(top: readonly XmlNode[], changed: XmlElement, replacement: XmlElement, by: number, spine: readonly XmlElement[]): readonly XmlNode[] {
  let [before, after]: [XmlElement, XmlElement] = [changed, replacement];
  for (const around of spine.toReversed()) {
    const renewed: Writable<XmlElement> = { ...around, children: withReplaced(around.children, before, after, by), end: around.end + by, closeStart: (around.closeStart ?? around.end) + by };
    for (const child of renewed.children) if (child.type === 'element') (child as Writable<XmlElement>).parent = renewed;
    [before, after] = [around, renewed];
  }
  return withReplaced(top, before, after, by);
}

function withReplaced(nodes: readonly XmlNode[], before: XmlNode, after: XmlNode, by: number): readonly XmlNode[] {
  const index = nodes.indexOf(before);
  if (by !== 0) for (let i = index + 1; i < nodes.length; i++) move(nodes[i] as XmlNode, by);
  return nodes.with(index, after);
}

/** Moves a node and all inside of it. */
function move(node: XmlNode, by: number): void {
  const waiting: XmlNode[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const moved = next as Writable<XmlNode>;
    moved.start += by;
    moved.end += by;
    if (moved.type !== 'element') continue;
    moved.nameStart += by;
    moved.nameEnd += by;
    moved.openEnd += by;
    if (moved.closeStart !== undefined) moved.closeStart += by;
    for (const one of moved.attributes) moveAttribute(one, by);
    for (const child of moved.children) waiting.push(child);
  }
}

function moveAttribute(attribute: XmlAttribute, by: number): void {
  const moved = attribute as Writable<XmlAttribute>;
  moved.start += by;
  moved.end += by;
  moved.nameEnd += by;
  moved.valueStart += by;
  moved.valueEnd += by;
}
