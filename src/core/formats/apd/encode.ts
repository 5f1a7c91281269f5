import { encodeLatin1, encodeUtf8 } from '../../text/utf8';
import { collectProblems, firstError, type Problem, type ProblemCollector, type TextRange } from '../problem';
import { apdSeverities, type ApdProblemCode } from './messages';
import { deepestList, fieldSize, headerSize, isApdList, isApdText, largestLength, listType, textType, type ApdField, type ApdList, type ApdPair, type ApdTemplate, type ApdText } from './model';

type Reporter = ProblemCollector<ApdProblemCode>;

const noPlace: TextRange = { start: 0, end: 0 };

/**
 * Encodes an application template: the inverse of `decodeApd`, byte for byte, for every template decoded without an
 * error. Never throws. `bytes` is missing exactly when a problem is an error, e.g. a list above 65,535 bytes. The place of a
 * problem is that of its pair, wherever that came from; both 0 for a field of the header and for the whole list.
 */
export function encodeApd(template: ApdTemplate): { readonly bytes?: Uint8Array; readonly problems: readonly Problem<ApdProblemCode>[] } {
  const reporter = collectProblems(apdSeverities);
  const list = joinBytes(encodeList(template.sections, 'sections', noPlace, 0, reporter));
  const header = new Uint8Array(headerSize);
  const view = new DataView(header.buffer);
  view.setUint32(0, template.mark, true);
  view.setUint32(4, template.reserved, true);
  header.set(encodeField(template.name, 'name', reporter), 8);
  view.setUint32(0x88, template.applicationType, true);
  header.set(encodeField(template.version, 'version', reporter), 0x8c);
  view.setUint32(0x10c, template.state, true);
  view.setUint32(0x110, list.length, true);
  if (firstError(reporter.problems)) return { problems: reporter.problems };
  return { bytes: joinBytes([header, list, template.trailing ?? new Uint8Array()]), problems: reporter.problems };
}

function encodeField({ value, rest }: ApdField, field: string, reporter: Reporter): Uint8Array {
  const bytes = new Uint8Array(fieldSize);
  const text = encodeText(value, field, noPlace, reporter);
  if (text.length > fieldSize || (text.length + (rest?.length ?? 0) > fieldSize)) {
    reporter.report('apd.field-too-long', 0, 0, { field, size: text.length });
    return bytes;
  }
  bytes.set(text);
  if (rest) bytes.set(rest, text.length);
  return bytes;
}

/** The pieces of a packed list; flat, so that nesting does not copy them again and again. */
function encodeList(list: ApdList, name: string, place: TextRange, depth: number, reporter: Reporter): Uint8Array[] {
  if (depth > deepestList) {
    reporter.report('apd.not-encodable', place.start, place.end, { key: name });
    return [];
  }
  const pieces = list.pairs.flatMap((pair) => encodePair(pair, depth, reporter));
  const size = 4 + totalLength(pieces);
  if (size > largestLength) reporter.report('apd.too-long', place.start, place.end, { key: name, size });
  return [Uint8Array.of(size >> 8, size, list.pairs.length >> 8, list.pairs.length), ...pieces];
}

function encodePair(pair: ApdPair, depth: number, reporter: Reporter): Uint8Array[] {
  const { key, start, end } = pair;
  const keyBytes = encodeText(key, key.text, pair, reporter);
  const [type, pieces] = encodeValue(pair, depth, reporter);
  const length = totalLength(pieces);
  // A list has said so itself.
  if (length > largestLength && type !== listType) reporter.report('apd.too-long', start, end, { key: key.text, size: length });
  if (keyBytes.length > largestLength) reporter.report('apd.too-long', start, end, { key: key.text.slice(0, 64), size: keyBytes.length });
  return [Uint8Array.of(type, keyBytes.length >> 8, keyBytes.length), keyBytes, Uint8Array.of(length >> 8, length), ...pieces];
}

function encodeValue(pair: ApdPair, depth: number, reporter: Reporter): [type: number, pieces: Uint8Array[]] {
  const { key, value } = pair;
  if (isApdText(value)) return [textType, [encodeText(value, key.text, pair, reporter)]];
  if (isApdList(value)) return [listType, encodeList(value, key.text, pair, depth + 1, reporter)];
  return [value.type, [value.bytes]];
}

function encodeText({ text, encoding }: ApdText, key: string, place: TextRange, reporter: Reporter): Uint8Array {
  // UTF-8 has nothing for one half of a character alone.
  const bytes = encoding === 'latin1' ? encodeLatin1(text) : /\p{Cs}/u.test(text) ? undefined : encodeUtf8(text);
  if (bytes) return bytes;
  reporter.report('apd.not-encodable', place.start, place.end, { key });
  return new Uint8Array();
}

function totalLength(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(totalLength(pieces));
  let position = 0;
  for (const piece of pieces) {
    joined.set(piece, position);
    position += piece.length;
  }
  return joined;
}
