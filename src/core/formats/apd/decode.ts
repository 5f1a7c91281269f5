import { decodeLatin1, decodeUtf8 } from '../../text/utf8';
import { collectProblems, type Problem, type ProblemCollector } from '../problem';
import { apdSeverities, type ApdProblemCode } from './messages';
import { deepestList, fieldSize, headerSize, knownMark, listType, textType, type ApdField, type ApdList, type ApdPair, type ApdTemplate, type ApdText } from './model';

type Reporter = ProblemCollector<ApdProblemCode>;

/**
 * Decodes an application template (docs/formats/apd.md). Never throws. Offsets of problems are byte offsets. `template` is
 * missing only when the header cannot be read; with an error among the problems it is what could be read, the beginning of a
 * section included that the end of the file cuts off.
 */
export function decodeApd(bytes: Uint8Array): { readonly template?: ApdTemplate; readonly problems: readonly Problem<ApdProblemCode>[] } {
  const reporter = collectProblems(apdSeverities);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerSize) {
    reporter.report('apd.too-short', 0, bytes.length, { size: bytes.length });
    return { problems: reporter.problems };
  }
  const mark = view.getUint32(0, true);
  if (mark !== knownMark) {
    reporter.report('apd.wrong-mark', 0, 4);
    return { problems: reporter.problems };
  }
  const listLength = view.getUint32(0x110, true);
  const rest = bytes.length - headerSize;
  if (listLength > rest) reporter.report('apd.wrong-length', 0x110, headerSize, { said: listLength, there: rest });
  const listEnd = headerSize + Math.min(listLength, rest);
  const list = decodeList(bytes, headerSize, listEnd, 0, reporter);
  const trailing = bytes.subarray(list.end);
  if (trailing.length > 0) reporter.report('apd.trailing-bytes', list.end, bytes.length, { n: trailing.length });
  const template: ApdTemplate = {
    mark,
    reserved: view.getUint32(4, true),
    name: decodeField(bytes, 8, 'name', reporter),
    applicationType: view.getUint32(0x88, true),
    version: decodeField(bytes, 0x8c, 'version', reporter),
    state: view.getUint32(0x10c, true),
    sections: list.list,
    ...(trailing.length > 0 && { trailing: trailing.slice() }),
  };
  return { template, problems: reporter.problems.sort((a, b) => a.start - b.start || a.end - b.end) };
}

function decodeField(bytes: Uint8Array, start: number, field: string, reporter: Reporter): ApdField {
  const area = bytes.subarray(start, start + fieldSize);
  const nul = area.indexOf(0);
  const length = nul < 0 ? fieldSize : nul;
  const rest = area.subarray(length);
  const value = decodeApdText(area.subarray(0, length));
  if (rest.every((byte) => byte === 0)) return { value };
  reporter.report('apd.text-after-end', start + length, start + fieldSize, { field });
  return { value, rest: rest.slice() };
}

/** Reads the packed list between two offsets; `end` is where it really ends. */
function decodeList(bytes: Uint8Array, start: number, limit: number, depth: number, reporter: Reporter): { readonly list: ApdList; readonly end: number } {
  const pairs: ApdPair[] = [];
  if (limit - start < 4) {
    reporter.report('apd.truncated-pair', start, limit);
    return { list: { pairs }, end: limit };
  }
  const size = readLength(bytes, start);
  const count = readLength(bytes, start + 2);
  if (size !== limit - start) reporter.report('apd.wrong-length', start, start + 2, { said: size, there: limit - start });
  const end = Math.min(start + Math.max(size, 4), limit);
  const seen = new Map<string, ApdPair>();
  let position = start + 4;
  let whole = 0;
  while (position < end && whole < count) {
    const pair = decodePair(bytes, position, end, depth, reporter);
    if (!pair) {
      pairs.push(...decodeCutList(bytes, position, end, depth));
      break;
    }
    reportRepeat(pair, seen, reporter);
    pairs.push(pair);
    whole += 1;
    position = pair.end;
  }
  if (whole !== count) reporter.report('apd.wrong-count', start + 2, start + 4, { said: count, there: whole });
  else if (position !== end) reporter.report('apd.wrong-length', start, start + 2, { said: size, there: position - start });
  return { list: { pairs }, end: whole === count ? position : end };
}

/** What can be read of a list in the middle of which the bytes end. That they do has been reported. */
function decodeCutList(bytes: Uint8Array, start: number, limit: number, depth: number): ApdPair[] {
  const keyEnd = start + 3 + readLength(bytes, start + 1);
  const valueStart = keyEnd + 2;
  if (bytes[start] !== listType || depth >= deepestList || valueStart + 4 > limit) return [];
  const { list } = decodeList(bytes, valueStart, limit, depth + 1, collectProblems(apdSeverities));
  return [{ key: decodeApdText(bytes.subarray(start + 3, keyEnd)), value: list, start, end: limit }];
}

function reportRepeat(pair: ApdPair, seen: Map<string, ApdPair>, reporter: Reporter): void {
  const first = seen.get(pair.key.text);
  if (first) reporter.report('apd.repeated-name', pair.start, pair.end, { key: pair.key.text }, { related: [{ start: first.start, end: first.end }] });
  else seen.set(pair.key.text, pair);
}

function decodePair(bytes: Uint8Array, start: number, limit: number, depth: number, reporter: Reporter): ApdPair | undefined {
  const keyStart = start + 3;
  const keyEnd = keyStart + (start + 3 <= limit ? readLength(bytes, start + 1) : limit);
  const valueStart = keyEnd + 2;
  const end = valueStart + (valueStart <= limit ? readLength(bytes, keyEnd) : limit);
  if (end > limit) {
    reporter.report('apd.truncated-pair', start, limit);
    return undefined;
  }
  const type = bytes[start] ?? 0;
  const key = decodeApdText(bytes.subarray(keyStart, keyEnd));
  const content = bytes.subarray(valueStart, end);
  if (type === textType) {
    const value = decodeApdText(content);
    if (value.encoding === 'latin1') reporter.report('apd.not-text', valueStart, end, { key: key.text });
    return { key, value, start, end };
  }
  if (type === listType && depth < deepestList) {
    if (depth === 1) reporter.report('apd.too-deep', start, end, { key: key.text });
    return { key, value: decodeList(bytes, valueStart, end, depth + 1, reporter).list, start, end };
  }
  if (type !== listType) reporter.report('apd.unknown-type', start, start + 1, { type, key: key.text });
  return { key, value: { type, bytes: content.slice() }, start, end };
}

function decodeApdText(bytes: Uint8Array): ApdText {
  const text = decodeUtf8(bytes);
  return text === undefined ? { text: decodeLatin1(bytes), encoding: 'latin1' } : { text, encoding: 'utf8' };
}

/** Lengths inside of the list are big-endian, unlike those of the header. */
function readLength(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
