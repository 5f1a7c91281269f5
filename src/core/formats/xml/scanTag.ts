import { replaceFix, type ProblemCollector } from '../problem';
import { decodeEntities } from './entities';
import type { XmlProblemCode } from './messages';
import type { XmlAttribute } from './tree';

export type XmlReporter = ProblemCollector<XmlProblemCode>;

const nameCharacters = /[A-Za-z_:\u0080-\uffff][\w:.\-\u0080-\uffff]*/y;
const blanks = /[ \t\r\n]*/y;
/** What a value without quotes may hold. */
const unquotedValue = /[^ \t\r\n<>"'/]*(?:\/(?!>)[^ \t\r\n<>"'/]*)*/y;

/** The end of the name that begins at `start`; `start` itself when none does. */
export function endOfName(text: string, start: number): number {
  nameCharacters.lastIndex = start;
  return nameCharacters.test(text) ? nameCharacters.lastIndex : start;
}

/** The first position from `start` on that is no blank. */
export function skipBlanks(text: string, start: number): number {
  blanks.lastIndex = start;
  blanks.test(text);
  return blanks.lastIndex;
}

export interface ScannedTag {
  readonly nameEnd: number;
  readonly attributes: readonly XmlAttribute[];
  readonly selfClosing: boolean;
  /** After the `>`, or where the tag breaks off. */
  readonly end: number;
}

/** Reads a start tag whose name begins at `nameStart`. */
export function scanStartTag(text: string, nameStart: number, reporter: XmlReporter): ScannedTag {
  const nameEnd = endOfName(text, nameStart);
  const attributes: XmlAttribute[] = [];
  const byName = new Map<string, XmlAttribute>();
  let position = nameEnd;
  for (;;) {
    const before = position;
    position = skipBlanks(text, position);
    const character = text[position];
    if (character === '>') return { nameEnd, attributes, selfClosing: false, end: position + 1 };
    if (character === '/' && text[position + 1] === '>') return { nameEnd, attributes, selfClosing: true, end: position + 2 };
    if (character === undefined || character === '<') {
      reporter.report('xml.unclosed-tag', nameStart, nameEnd, { name: text.slice(nameStart, nameEnd) });
      return { nameEnd, attributes, selfClosing: false, end: position };
    }
    if (endOfName(text, position) === position) {
      reporter.report('xml.stray-character', position, position + 1, {}, { fix: replaceFix(position, position + 1, '') });
      position++;
      continue;
    }
    const found = scanAttribute(text, position, reporter);
    if (before === position) {
      const fix = { title: 'insertBlank', args: {}, edits: [{ start: found.start, end: found.start, text: ' ' }] } as const;
      reporter.report('xml.missing-blank', found.start, found.nameEnd, { name: found.name }, { fix });
    }
    const first = byName.get(found.name);
    if (first) reporter.report('xml.repeated-attribute', found.start, found.nameEnd, { name: found.name }, { related: [{ start: first.start, end: first.nameEnd }] });
    else byName.set(found.name, found);
    attributes.push(found);
    position = found.end;
  }
}

function scanAttribute(text: string, start: number, reporter: XmlReporter): XmlAttribute {
  const nameEnd = endOfName(text, start);
  const name = text.slice(start, nameEnd);
  const equals = skipBlanks(text, nameEnd);
  if (text[equals] !== '=') {
    reporter.report('xml.attribute-without-value', start, nameEnd, { name });
    return { start, end: nameEnd, name, nameEnd, value: '', valueStart: nameEnd, valueEnd: nameEnd };
  }
  const opening = skipBlanks(text, equals + 1);
  const quote = text[opening];
  if (quote !== '"' && quote !== "'") return scanUnquoted(text, start, nameEnd, equals + 1, opening, reporter);
  const valueStart = opening + 1;
  const { valueEnd, end } = findValueEnd(text, valueStart, quote, name, reporter);
  return { start, end, name, nameEnd, value: decodeReported(text, valueStart, valueEnd, reporter), valueStart, valueEnd };
}

function scanUnquoted(text: string, start: number, nameEnd: number, afterEquals: number, opening: number, reporter: XmlReporter): XmlAttribute {
  const name = text.slice(start, nameEnd);
  unquotedValue.lastIndex = opening;
  unquotedValue.test(text);
  const valueEnd = Math.max(unquotedValue.lastIndex, opening);
  if (valueEnd === opening) {
    reporter.report('xml.attribute-without-value', start, nameEnd, { name });
    return { start, end: afterEquals, name, nameEnd, value: '', valueStart: afterEquals, valueEnd: afterEquals };
  }
  reporter.report('xml.attribute-without-quotes', opening, valueEnd, { name }, { fix: replaceFix(opening, valueEnd, `"${text.slice(opening, valueEnd)}"`) });
  return { start, end: valueEnd, name, nameEnd, value: decodeReported(text, opening, valueEnd, reporter), valueStart: opening, valueEnd };
}

/**
 * Finds the closing quote. Where it is missing, the next quote belongs to a later attribute; such a value is recognised by
 * a `<` in it (which XML forbids) followed by a line end or by `=` before the quote, and is cut where the tag must go on.
 */
function findValueEnd(text: string, valueStart: number, quote: string, name: string, reporter: XmlReporter): { valueEnd: number; end: number } {
  let lessThan = -1;
  let lineEnd = -1;
  for (let i = valueStart; i < text.length; i++) {
    const character = text[i];
    if (character === quote) {
      if (lessThan < 0) return { valueEnd: i, end: i + 1 };
      if (/=\s*$/.test(text.slice(Math.max(valueStart, i - 16), i))) break;
      reporter.report('xml.less-than-in-value', lessThan, lessThan + 1, { name }, { fix: replaceFix(lessThan, lessThan + 1, '&lt;') });
      return { valueEnd: i, end: i + 1 };
    }
    if (character === '<' && lessThan < 0) lessThan = i;
    if ((character === '\n' || character === '\r') && lineEnd < 0) lineEnd = i;
    if (lessThan >= 0 && lineEnd >= 0) break;
  }
  reporter.report('xml.unclosed-value', valueStart - 1, valueStart, { name });
  let cut = valueStart;
  while (cut < text.length && !/[<>\r\n]/.test(text.charAt(cut))) cut++;
  if (text[cut] === '>' && text[cut - 1] === '/' && cut > valueStart) cut--;
  return { valueEnd: cut, end: cut };
}

/** Undoes entities between two offsets and reports what is no entity. */
export function decodeReported(text: string, start: number, end: number, reporter: XmlReporter): string {
  return decodeEntities(text.slice(start, end), start, (at, length, name) => {
    if (name === undefined) reporter.report('xml.bare-ampersand', at, at + length, {}, { fix: replaceFix(at, at + length, '&amp;') });
    else reporter.report('xml.unknown-entity', at, at + length, { name });
  });
}
