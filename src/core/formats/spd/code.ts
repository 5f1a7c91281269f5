import { readExpression, readScript, type ReadScript, type ScriptName } from '../javascript';
import type { TextRange } from '../problem';
import { decodeContent, decodeRange, type DecodedText } from '../xml/decodedText';
import { localName, type XmlDocument, type XmlElement } from '../xml/tree';
import { findExpressions } from './expressions';
import { placedElements, type SpdPlace } from './names';

/** A piece of JavaScript of a definition. */
export interface SpdCode {
  readonly kind: 'expression' | 'condition' | 'script';
  readonly place: SpdPlace;
  /** Of an expression with its `${` and `}`. */
  readonly range: TextRange;
  /** False for an expression that the text ends before its brace. */
  readonly closed: boolean;
  readonly read: ReadScript;
  /** The names it takes from outside, where they stand in the file. */
  readonly names: readonly ScriptName[];
}

/** All JavaScript of a definition, in file order: `${…}` in values and texts, the conditions of `if`, and scripts of its executions. */
export function* codeOf(document: XmlDocument, root: XmlElement): Generator<SpdCode> {
  for (const [element, place] of placedElements(root)) {
    const name = localName(element.name);
    for (const { name: attributeName, valueStart: start, valueEnd: end } of element.attributes) {
      if (name === 'if' && attributeName === 'cond') yield codeAt('condition', place, { start, end }, decodeRange(document.text, start, end));
      else yield* expressionsIn(document.text, start, end, place);
    }
    if (name === 'script') {
      // What a script inside of a command is, only the vendor knows.
      const isOurs = ['execution', 'if'].includes(localName(element.parent?.name ?? ''));
      if (isOurs) yield codeAt('script', place, { start: element.openEnd, end: element.closeStart ?? element.end }, decodeContent(document.text, element));
      // Nor is known whether GAX replaces expressions inside of scripts.
      continue;
    }
    for (const node of element.children) if (node.type === 'text' || node.type === 'cdata') yield* expressionsIn(document.text, node.start, node.end, place);
  }
}

function* expressionsIn(text: string, start: number, end: number, place: SpdPlace): Generator<SpdCode> {
  for (const found of findExpressions(text, start, end)) {
    const code = codeAt('expression', place, found, decodeRange(text, found.codeStart, found.codeStart + found.code.length));
    yield { ...code, closed: found.closed };
  }
}

function codeAt(kind: SpdCode['kind'], place: SpdPlace, range: TextRange, decoded: DecodedText): SpdCode {
  const read = kind === 'script' ? readScript(decoded.text) : readExpression(decoded.text);
  const names = read.names.map((name) => ({ ...name, start: decoded.offsetAt(name.start), end: decoded.offsetAt(name.end - 1) + 1 }));
  return { kind, place, range: { start: range.start, end: range.end }, closed: true, read, names };
}
