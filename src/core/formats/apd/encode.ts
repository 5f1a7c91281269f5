import { encodeLatin1, encodeUtf8 } from '../../text/utf8';
import { collectProblems, firstError, type Problem, type ProblemCollector } from '../problem';
import { apdSeverities, type ApdProblemCode } from './messages';
import { deepestList, fieldSize, headerSize, isApdList, isApdText, largestLength, listType, textType, type ApdField, type ApdList, type ApdPair, type ApdTemplate, type ApdText } from './model';

type Reporter = ProblemCollector<ApdProblemCode>;

/**
 * Encodes an application template: the inverse of `decodeApd`, byte for byte, for every template decoded without an
 * error. Never throws. `bytes` is missing exactly when a problem is an error, e.g. a list above 65,535 bytes; problems
 * carry no place.
 */
export function encodeApd(template: ApdTemplate): { readonly bytes?: Uint8Array; readonly problems: readonly Problem<ApdProblemCode>[] } {
  const reporter = collectProblems(apdSeverities);
  const list = joinBytes(encodeList(template.sections, 'sections', 0, reporter));
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
  const text = encodeApdText(value, field, reporter);
  if (text.length > fieldSize || (text.length + (rest?.length ?? 0) > fieldSize)) {
    reporter.report('apd.field-too-long', 0, 0, { field, size: text.length });
    return bytes;
  }
  bytes.set(text);
  if (rest) bytes.set(rest, text.length);
  return bytes;
}

/** The pieces of a packed list; flat, so that nesting does not copy them again and again. */
function encodeList(list: ApdList, name: string, depth: number, reporter: Reporter): Uint8Array[] {
  if (depth > deepestList) {
    reporter.report('apd.not-encodable', 0, 0, { key: name });
    return [];
  }
  const pieces = list.pairs.flatMap((pair) => encodePair(pair, depth, reporter));
  const size = 4 + totalLength(pieces);
  if (size > largestLength) reporter.report('apd.too-long', 0, 0, { key: name, size });
  return [Uint8Array.of(size >> 8, size, list.pairs.length >> 8, list.pairs.length), ...pieces];
}

function encodePair({ key, value }: ApdPair, depth: number, reporter: Reporter): Uint8Array[] {
  const keyBytes = encodeApdText(key, key.text, reporter);
  const [type, pieces] = encodeValue(key.text, value, depth, reporter);
  const length = totalLength(pieces);
  if (length > largestLength) reporter.report('apd.too-long', 0, 0, { key: key.text, size: length });
  if (keyBytes.length > largestLength) reporter.report('apd.too-long', 0, 0, { key: key.text.slice(0, 64), size: keyBytes.length });
  return [Uint8Array.of(type, keyBytes.length >> 8, keyBytes.length), keyBytes, Uint8Array.of(length >> 8, length), ...pieces];
}

function encodeValue(key: string, value: ApdPair['value'], depth: number, reporter: Reporter): [type: number, pieces: Uint8Array[]] {
  if (isApdText(value)) return [textType, [encodeApdText(value, key, reporter)]];
  if (isApdList(value)) return [listType, encodeList(value, key, depth + 1, reporter)];
  return [value.type, [value.bytes]];
}

function encodeApdText({ text, encoding }: ApdText, key: string, reporter: Reporter): Uint8Array {
  const bytes = encoding === 'utf8' ? encodeUtf8(text) : encodeLatin1(text);
  if (bytes) return bytes;
  reporter.report('apd.not-encodable', 0, 0, { key });
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
