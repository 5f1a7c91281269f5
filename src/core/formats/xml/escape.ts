import { isXmlCharacter } from './entities';

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as the value of an attribute between double quotes. Line ends and tabs, which a reader would turn into blanks, become references. */
export function escapeXmlAttribute(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (character) => marks[character] ?? `&#${character.charCodeAt(0)};`);
}

/** Whether XML 1.0 can carry a text at all: it can neither most control characters nor halves of characters. */
export function isXmlText(text: string): boolean {
  for (const character of text) if (!isXmlCharacter(character.codePointAt(0) ?? 0)) return false;
  return true;
}
