import type { TextRange } from '../formats/problem';
import type { SilentIniDocument } from '../formats/silentIni/parse';
import { attribute, childElement, childElements, localName, textOf, type XmlDocument, type XmlElement, type XmlNode } from '../formats/xml/tree';
import type { Analysis } from './analyze';

/** One entry of an outline; the children lie inside of its range. */
export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'section' | 'key' | 'element';
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly children: readonly OutlineSymbol[];
}

/** A range of lines that can be folded. */
export interface FoldRange extends TextRange {
  readonly kind: 'comment' | 'region';
}

/** Deeper elements are left out of the outline; hostile nesting must not fill the call stack, here or in the editor. */
const deepestSymbol = 40;

/** The parts of a text, as a tree. */
export function outline({ tree }: Analysis): readonly OutlineSymbol[] {
  return tree.kind === 'xml' ? childElements(tree.document).map((element) => elementSymbol(element, 0)) : iniSymbols(tree.document);
}

function elementSymbol(element: XmlElement, depth: number): OutlineSymbol {
  const name = localName(element.name);
  return {
    name, detail: detailOf(element), kind: 'element',
    range: { start: element.start, end: element.end }, nameRange: { start: element.nameStart, end: element.nameEnd },
    children: depth >= deepestSymbol ? [] : childElements(element).map((child) => elementSymbol(child, depth + 1)),
  };
}

/** What tells one element from its siblings. */
function detailOf(element: XmlElement): string {
  for (const name of ['name', 'Name', 'Type', 'key', 'value', 'Version', 'groupId', 'cond']) {
    const found = attribute(element, name);
    if (found && found.value !== '') return found.value;
  }
  const long = childElement(element, 'Long');
  const text = long ? textOf(long) : childElements(element).length === 0 ? textOf(element) : '';
  return text.trim().replaceAll(/\s+/g, ' ').slice(0, 80);
}

function iniSymbols(document: SilentIniDocument): readonly OutlineSymbol[] {
  return document.sections.filter(({ header }) => header.name !== '').map(({ header, entries }) => ({
    name: header.name, detail: '', kind: 'section',
    range: { start: header.start, end: entries.at(-1)?.end ?? header.end }, nameRange: { start: header.start, end: header.end },
    // A value can be a password: the outline shows keys only.
    children: entries.filter(({ key }) => key.trim() !== '').map(({ key, start, end }) => ({
      name: key.trim(), detail: '', kind: 'key', range: { start, end }, nameRange: { start, end: start + key.length }, children: [],
    })),
  }));
}

/** What spans several lines: elements, comments, sections. */
export function folds({ tree, text }: Analysis): readonly FoldRange[] {
  const found = tree.kind === 'xml' ? xmlFolds(tree.document) : iniFolds(tree.document);
  return found.filter(({ start, end }) => /[\r\n]/.test(text.slice(start, end)));
}

function xmlFolds(document: XmlDocument): readonly FoldRange[] {
  const found: FoldRange[] = [];
  const waiting: XmlNode[] = document.children.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'comment') found.push({ kind: 'comment', start: node.start, end: node.end });
    if (node.type !== 'element') continue;
    // The line of the end tag stays in sight.
    found.push({ kind: 'region', start: node.start, end: node.closeStart ?? node.end });
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i] as XmlNode);
  }
  return found;
}

function iniFolds(document: SilentIniDocument): readonly FoldRange[] {
  const found: FoldRange[] = document.sections.map(({ header, entries }) => ({ kind: 'region', start: header.start, end: entries.at(-1)?.end ?? header.end }));
  let start: number | undefined;
  let end = 0;
  for (const line of document.lines) {
    if (line.kind === 'comment') {
      start ??= line.start;
      end = line.end;
    } else if (start !== undefined) {
      found.push({ kind: 'comment', start, end });
      start = undefined;
    }
  }
  if (start !== undefined) found.push({ kind: 'comment', start, end });
  return found.sort((a, b) => a.start - b.start);
}
