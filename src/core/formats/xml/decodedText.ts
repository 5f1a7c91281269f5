import { decodeEntities } from './entities';
import type { XmlElement } from './tree';

/** A text as programs read it, with the way back to where it is written. */
export interface DecodedText {
  readonly text: string;
  /** The place in the file of the character at `index`; of an entity, where it begins. The end of the text has one too. */
  offsetAt(index: number): number;
}

/** What stands between two offsets of a file, entities undone. */
export function decodeRange(file: string, start: number, end: number): DecodedText {
  return join(end, rawPieces(file, start, end));
}

/** The text and CDATA directly inside an element. */
export function decodeContent(file: string, element: XmlElement): DecodedText {
  const pieces = element.children.flatMap((node): readonly Piece[] => {
    if (node.type === 'cdata') return [{ text: node.value, start: node.start + '<![CDATA['.length, isEntity: false }];
    return node.type === 'text' ? rawPieces(file, node.start, node.end) : [];
  });
  return join(element.closeStart ?? element.openEnd, pieces);
}

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly isEntity: boolean;
}

function rawPieces(file: string, start: number, end: number): readonly Piece[] {
  const raw = file.slice(start, end);
  const pieces: Piece[] = [];
  let position = 0;
  for (const { index, 0: entity } of raw.matchAll(/&[^&;\s]{1,40};/g)) {
    const text = decodeEntities(entity, 0, () => undefined);
    if (text === entity) continue;
    pieces.push({ text: raw.slice(position, index), start: start + position, isEntity: false }, { text, start: start + index, isEntity: true });
    position = index + entity.length;
  }
  return [...pieces, { text: raw.slice(position), start: start + position, isEntity: false }];
}

function join(end: number, pieces: readonly Piece[]): DecodedText {
  const filled = pieces.filter(({ text }) => text !== '');
  return {
    text: filled.map(({ text }) => text).join(''),
    offsetAt(index) {
      let from = 0;
      for (const piece of filled) {
        if (index < from + piece.text.length) return piece.start + (piece.isEntity ? 0 : index - from);
        from += piece.text.length;
      }
      // Behind the last character: where that ends in the file.
      const last = filled.at(-1);
      return last && !last.isEntity ? last.start + last.text.length : end;
    },
  };
}
