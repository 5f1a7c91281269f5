import { nearest } from '../../text/nearest';
import { collectProblems, inOrder, replaceFix } from '../problem';
import { xmlSeverities, type XmlProblemCode } from './messages';
import { decodeReported, endOfName, scanStartTag, skipBlanks, type XmlReporter } from './scanTag';
import { localName, type XmlAttribute, type XmlDocument, type XmlElement, type XmlNode } from './tree';

interface OpenElement {
  readonly type: 'element';
  readonly start: number;
  end: number;
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly attributes: readonly XmlAttribute[];
  readonly openEnd: number;
  readonly selfClosing: boolean;
  readonly children: XmlNode[];
  closeStart: number | undefined;
  readonly parent: XmlElement | undefined;
}

/**
 * Reads any text as XML. Never throws and never recurses; time grows with the length alone. Everything that makes the
 * text no well-formed XML is a problem with its exact place; the tree then is what the author most probably meant.
 * No document type is read: entities are the five of XML and numbers.
 */
export function parseXml(text: string): XmlDocument {
  const reporter: XmlReporter = collectProblems(xmlSeverities);
  const tree = createTree(text, reporter);
  let position = 0;
  while (position < text.length) {
    const tag = text.indexOf('<', position);
    const textEnd = tag < 0 ? text.length : tag;
    if (textEnd > position) addText(text, position, textEnd, tree, reporter);
    if (tag < 0) break;
    position = readMarkup(text, tag, tree, reporter);
  }
  // What runs to the end for want of its own mark has swallowed all end tags.
  tree.closeAll(reporter.problems.some(({ code }) => runsToTheEnd.has(code)));
  reportForbiddenCharacters(text, reporter);
  return { text, children: tree.top, root: tree.root(), problems: inOrder(reporter.problems) };
}

const runsToTheEnd: ReadonlySet<XmlProblemCode> = new Set(['xml.unclosed-comment', 'xml.unclosed-cdata', 'xml.unclosed-instruction', 'xml.unclosed-doctype']);

/** Reads what begins with the `<` at `start`; returns where it ends. */
function readMarkup(text: string, start: number, tree: Tree, reporter: XmlReporter): number {
  switch (text[start + 1]) {
    case '!':
      if (text.startsWith('<!--', start)) return readComment(text, start, tree, reporter);
      if (text.startsWith('<![CDATA[', start)) return readCdata(text, start, tree, reporter);
      if (text.startsWith('<!DOCTYPE', start)) return readDoctype(text, start, tree, reporter);
      break;
    case '?':
      return readInstruction(text, start, tree, reporter);
    case '/':
      return readEndTag(text, start, tree, reporter);
    default:
      if (endOfName(text, start + 1) > start + 1) return readStartTag(text, start, tree, reporter);
  }
  reporter.report('xml.bare-less-than', start, start + 1, {}, { fix: replaceFix(start, start + 1, '&lt;') });
  tree.add({ type: 'text', start, end: start + 1, value: '<' });
  return start + 1;
}

function addText(text: string, start: number, end: number, tree: Tree, reporter: XmlReporter): void {
  // A byte order mark at the very start is no text.
  const visible = start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
  if (tree.isAtTop()) {
    const first = skipBlanks(text, visible);
    if (first < end) reporter.report('xml.text-outside-root', first, first + text.slice(first, end).trimEnd().length);
  }
  // In the slice: a search through the whole text for every piece of it would be quadratic.
  const cdataEnd = text.slice(start, end).indexOf(']]>');
  if (cdataEnd >= 0) {
    const [from, to] = [start + cdataEnd, start + cdataEnd + 3];
    reporter.report('xml.cdata-end-in-text', from, to, {}, { fix: replaceFix(from, to, ']]&gt;') });
  }
  tree.add({ type: 'text', start, end, value: decodeReported(text, start, end, reporter) });
}

function readComment(text: string, start: number, tree: Tree, reporter: XmlReporter): number {
  const hyphens = text.indexOf('--', start + 4);
  const close = hyphens < 0 ? -1 : text.indexOf('-->', hyphens);
  if (close < 0) reporter.report('xml.unclosed-comment', start, start + 4);
  else if (hyphens !== close) reporter.report('xml.double-hyphen', hyphens, hyphens + 2);
  return tree.add({ type: 'comment', start, end: close < 0 ? text.length : close + 3 });
}

function readCdata(text: string, start: number, tree: Tree, reporter: XmlReporter): number {
  const close = text.indexOf(']]>', start + 9);
  if (close < 0) reporter.report('xml.unclosed-cdata', start, start + 9);
  if (tree.isAtTop()) reporter.report('xml.text-outside-root', start, start + 9);
  const contentEnd = close < 0 ? text.length : close;
  return tree.add({ type: 'cdata', start, end: close < 0 ? text.length : close + 3, value: text.slice(start + 9, contentEnd) });
}

const declaration = /^<\?xml\s+version\s*=\s*(["'])1\.\d+\1(\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\3)?(\s+standalone\s*=\s*(["'])(yes|no)\5)?\s*\?>$/;

function readInstruction(text: string, start: number, tree: Tree, reporter: XmlReporter): number {
  const close = text.indexOf('?>', start + 2);
  if (close < 0) reporter.report('xml.unclosed-instruction', start, start + 2);
  const isDeclaration = /^<\?xml[\s?]/i.test(text.slice(start, start + 6));
  const isFirst = start === 0 || (start === 1 && text.charCodeAt(0) === 0xfeff);
  if (isDeclaration && !isFirst) reporter.report('xml.late-declaration', start, start + 5);
  else if (isDeclaration && close >= 0 && !declaration.test(text.slice(start, close + 2))) reporter.report('xml.bad-declaration', start, close + 2);
  return tree.add({ type: 'instruction', start, end: close < 0 ? text.length : close + 2 });
}

function readDoctype(text: string, start: number, tree: Tree, reporter: XmlReporter): number {
  const bracket = /[[>]/g;
  bracket.lastIndex = start;
  const first = bracket.exec(text);
  const subsetEnd = first?.[0] === '[' ? text.indexOf(']', first.index) : first?.index;
  const close = subsetEnd === undefined || subsetEnd < 0 ? -1 : text.indexOf('>', subsetEnd);
  reporter.report(close < 0 ? 'xml.unclosed-doctype' : 'xml.doctype-ignored', start, start + 9);
  return tree.add({ type: 'doctype', start, end: close < 0 ? text.length : close + 1 });
}

function readStartTag(text: string, start: number, tree: Tree, reporter: XmlReporter): number {
  const nameStart = start + 1;
  const tag = scanStartTag(text, nameStart, reporter);
  const name = text.slice(nameStart, tag.nameEnd);
  if (tree.isAtTop() && tree.root()) reporter.report('xml.several-roots', nameStart, tag.nameEnd, { name });
  tree.open({ start, name, nameStart, nameEnd: tag.nameEnd, attributes: tag.attributes, openEnd: tag.end, selfClosing: tag.selfClosing });
  return tag.end;
}

function readEndTag(text: string, start: number, tree: Tree, reporter: XmlReporter): number {
  const nameEnd = endOfName(text, start + 2);
  const name = text.slice(start + 2, nameEnd);
  const bracket = skipBlanks(text, nameEnd);
  const closed = text[bracket] === '>';
  const end = closed ? bracket + 1 : nameEnd;
  if (!closed) reporter.report('xml.unclosed-tag', start, nameEnd, { name: `/${name}` });
  const current = tree.current();
  if (tree.isOpen(name)) tree.close(name, start, end);
  else if (current && name !== '' && isMeantToClose(name, current.name)) {
    const wrongPrefix = localName(name) === localName(current.name);
    reporter.report(
      wrongPrefix ? 'xml.wrong-prefix' : 'xml.end-tag-mismatch', start + 2, nameEnd, { found: name, expected: current.name },
      { related: [{ start: current.nameStart, end: current.nameEnd }], fix: replaceFix(start + 2, nameEnd, current.name) },
    );
    tree.close(current.name, start, end);
  } else {
    reporter.report('xml.unexpected-end-tag', start, end, { name }, { fix: replaceFix(start, end, '') });
    tree.add({ type: 'strayEndTag', start, end });
  }
  return end;
}

function isMeantToClose(found: string, expected: string): boolean {
  return localName(found) === localName(expected) || nearest(found, [expected]) !== undefined;
}

interface Tree {
  readonly top: readonly XmlNode[];
  root(): XmlElement | undefined;
  isAtTop(): boolean;
  current(): OpenElement | undefined;
  isOpen(name: string): boolean;
  /** Adds a node without children; returns its end. */
  add(node: XmlNode): number;
  open(element: Omit<OpenElement, 'type' | 'end' | 'children' | 'closeStart' | 'parent'>): void;
  /** Closes the innermost element of that name, and those inside of it that are still open. */
  close(name: string, start: number, end: number): void;
  /** Closes what is still open at the end; with `quietly`, that is somebody else's fault. */
  closeAll(quietly: boolean): void;
}

function createTree(text: string, reporter: XmlReporter): Tree {
  const top: XmlNode[] = [];
  const stack: OpenElement[] = [];
  /** How many elements of a name are open: an end tag must not search the stack. */
  const openNames = new Map<string, number>();
  let root: XmlElement | undefined;

  const pop = (): OpenElement | undefined => {
    const element = stack.pop();
    if (element) openNames.set(element.name, (openNames.get(element.name) ?? 1) - 1);
    return element;
  };
  const leaveUnclosed = (element: OpenElement, end: number) => {
    element.end = end;
    reporter.report('xml.unclosed-element', element.nameStart, element.nameEnd, { name: element.name });
  };
  const add = (node: XmlNode) => {
    (stack.at(-1)?.children ?? top).push(node);
    return node.end;
  };

  return {
    top,
    root: () => root,
    isAtTop: () => stack.length === 0,
    current: () => stack.at(-1),
    isOpen: (name) => (openNames.get(name) ?? 0) > 0,
    add,
    open(opened) {
      const element: OpenElement = { type: 'element', ...opened, end: opened.openEnd, children: [], closeStart: undefined, parent: stack.at(-1) };
      add(element);
      root ??= element;
      if (element.selfClosing) return;
      stack.push(element);
      openNames.set(element.name, (openNames.get(element.name) ?? 0) + 1);
    },
    close(name, start, end) {
      for (let element = pop(); element; element = pop()) {
        if (element.name === name) {
          element.closeStart = start;
          element.end = end;
          return;
        }
        leaveUnclosed(element, start);
      }
    },
    closeAll(quietly) {
      if (!root && !quietly) reporter.report('xml.no-root', 0, Math.min(1, text.length));
      for (let element = pop(); element; element = pop()) {
        if (quietly) element.end = text.length;
        else leaveUnclosed(element, text.length);
      }
    },
  };
}

function reportForbiddenCharacters(text: string, reporter: XmlReporter): void {
  // Nearly every text has none, and without the flag u this is ten times as fast.
  if (!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/.test(text)) return;
  // With the flag u, surrogates match only where they stand alone.
  for (const match of text.matchAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/gu)) {
    const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    reporter.report('xml.control-character', match.index, match.index + 1, { code }, { fix: replaceFix(match.index, match.index + 1, '') });
  }
}
