import { firstError, type TextEdit } from '../formats/problem';
import type { SilentIniDocument } from '../formats/silentIni/parse';
import type { XmlElementSchema } from '../formats/xml/schema';
import { attribute, type XmlDocument, type XmlElement, type XmlNode } from '../formats/xml/tree';
import type { Analysis } from './analyze';
import { schemaOf } from './xmlPlace';

export interface FormatOptions {
  /** One step of indentation. */
  readonly indent: string;
}

/**
 * The edits that lay a text out: XML by its nesting, a silent.ini by its sections. Only blanks that mean nothing change; what
 * is formatted is left as it is the next time. A text that is no well-formed XML is not touched.
 */
export function formatText({ format, tree, text }: Analysis, { indent }: FormatOptions): readonly TextEdit[] {
  // How option text is read, and so which of its blanks mean nothing, is not public.
  if (tree.kind === 'ini') return format === 'silentIni' ? formatIni(tree.document) : [];
  return firstError(tree.document.problems) ? [] : formatXml(tree.document, tree.schema, indent, text.includes('\r\n') ? '\r\n' : '\n');
}

function formatXml(document: XmlDocument, rootSchema: XmlElementSchema, indent: string, lineEnd: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  // A list of its own: hostile nesting must not fill the call stack.
  const waiting: { element: XmlElement; depth: number }[] = [];
  layOut(document.children, 0, document.text.charCodeAt(0) === 0xfeff ? 1 : 0, document.text.length, true);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { element, depth } = next;
    const { closeStart } = element;
    if (closeStart === undefined || !holdsElementsOnly(element, rootSchema)) continue;
    layOut(element.children, depth + 1, element.openEnd, closeStart, false);
  }
  return edits;

  /** Puts every node between two offsets on a line of its own. */
  function layOut(children: readonly XmlNode[], depth: number, start: number, end: number, isTop: boolean): void {
    const nodes = children.filter((node) => node.type !== 'text');
    let position = start;
    for (const [i, node] of nodes.entries()) {
      const between = document.text.slice(position, node.start);
      // A comment behind an element is about that element.
      const stays = node.type === 'comment' && i > 0 && !/[\r\n]/.test(between);
      if (!stays) replaceGap(position, node.start, isTop && i === 0 ? '' : gap(between, i === 0, indent.repeat(depth)));
      position = node.end;
      if (node.type === 'element') waiting.push({ element: node, depth });
    }
    if (nodes.length > 0) replaceGap(position, end, isTop ? lineEnd : lineEnd + indent.repeat(depth - 1));
  }

  /** One blank line between two nodes stays. */
  function gap(between: string, isFirst: boolean, indentation: string): string {
    const breaks = between.match(/\r\n|\n|\r/g)?.length ?? 0;
    return lineEnd.repeat(breaks > 1 && !isFirst ? 2 : 1) + indentation;
  }

  function replaceGap(start: number, end: number, text: string): void {
    if (document.text.slice(start, end) !== text) edits.push({ start, end, text });
  }
}

/** Where text stands between elements, or where a format has free text, every blank can mean something. */
function holdsElementsOnly(element: XmlElement, rootSchema: XmlElementSchema): boolean {
  if (attribute(element, 'xml:space')?.value === 'preserve') return false;
  const schema = schemaOf(element, rootSchema);
  if (schema?.anyContent || schema?.text) return false;
  return element.children.some((node) => node.type === 'element')
    && element.children.every((node) => (node.type === 'text' ? node.value.trim() === '' : node.type !== 'cdata'));
}

/** The installer sees settings and section lines alone; what it skips may be tidied: blank lines, and blanks behind comments. */
function formatIni({ lines }: SilentIniDocument): readonly TextEdit[] {
  const lineEnds = new Set(lines.flatMap(({ lineEnd }) => (lineEnd === '' ? [] : [lineEnd])));
  // Where kinds of line ends meet, or LF CR stands, taking a line away can make one end of two.
  if (lineEnds.size > 1 || lineEnds.has('\n\r')) return [];
  const edits: TextEdit[] = [];
  const lastFilled = lines.findLastIndex((line) => line.kind !== 'blank');
  for (const [i, line] of lines.entries()) {
    const previous = lines[i - 1];
    if (line.kind === 'blank') {
      const isExtra = previous === undefined || previous.kind === 'blank' || i > lastFilled;
      if (isExtra) edits.push({ start: line.start, end: line.end + line.lineEnd.length, text: '' });
      else if (line.text !== '') edits.push({ start: line.start, end: line.end, text: '' });
    } else if (line.kind === 'comment' && line.text !== line.text.trimEnd()) {
      edits.push({ start: line.start + line.text.trimEnd().length, end: line.end, text: '' });
    } else if (line.kind === 'section' && previous !== undefined && previous.kind !== 'blank' && previous.kind !== 'comment') {
      edits.push({ start: line.start, end: line.start, text: previous.lineEnd });
    }
  }
  const last = lines[lastFilled];
  if (last?.lineEnd === '') edits.push({ start: last.end, end: last.end, text: [...lineEnds][0] ?? '\n' });
  return edits;
}
