import { decodeEntities } from '../xml/entities';
import { localName, type XmlElement, type XmlNode } from '../xml/tree';

/** Elements of HTML that begin a line of their own. */
const ownLine: ReadonlySet<string> = new Set(['p', 'br', 'ul', 'ol', 'div', 'tr', 'table']);

/**
 * The text of a description for a reader: elements and the HTML in CDATA become lines and bullets, the vendor's line ends
 * inside of sentences become blanks. Nothing of it is markup any more.
 */
export function plainTextOf(element: XmlElement): string {
  const pieces: string[] = [];
  // A stack of its own: hostile nesting must not fill the call stack.
  const waiting: XmlNode[] = element.children.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'text') pieces.push(node.value);
    if (node.type === 'cdata') pieces.push(withoutTags(node.value));
    if (node.type !== 'element') continue;
    pieces.push(breakFor(localName(node.name).toLowerCase()));
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i] as XmlNode);
  }
  return pieces.join('').split('\u2028').map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '').join('\n');
}

/** HTML as the vendor writes it. An angle bracket that begins no tag stays. */
function withoutTags(html: string): string {
  const text = html.replace(/<\/?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?\/?>/g, (tag, name: string) => (tag.startsWith('</') && name.toLowerCase() === 'li' ? '' : breakFor(name.toLowerCase())));
  return decodeEntities(text.replaceAll('&nbsp;', ' '), 0, () => undefined);
}

/** A line separator, for now: the line ends of the file itself are blanks. */
function breakFor(name: string): string {
  if (name === 'li') return '\u2028• ';
  return ownLine.has(name) ? '\u2028' : '';
}
