import { findRepeatedMember, jsonPlace, jsonValue, parseJson, type JsonNode } from '../json/parse';
import { collectProblems, firstError, type Problem, type TextRange } from '../problem';
import { encodeApd } from './encode';
import { apdFromJson, apdToJson, type JsonPath } from './json';
import { apdSeverities, type ApdProblemCode } from './messages';
import type { ApdTemplate } from './model';

/** Writes a template as text that people edit and `gaxpkg apd encode` takes; {@link encodeApdText} gives back the same bytes. */
export function printApdText(template: ApdTemplate): string {
  return `${JSON.stringify(apdToJson(template), undefined, 2)}\n`;
}

/** What {@link encodeApdText} gives. `bytes` is there exactly when no problem is an error; places are UTF-16 units of the text. */
export interface EncodedApdText {
  readonly bytes?: Uint8Array;
  readonly template?: ApdTemplate;
  readonly problems: readonly Problem<ApdProblemCode>[];
}

/** Makes an APD file of a text as {@link printApdText} writes it. Never throws. */
export function encodeApdText(text: string): EncodedApdText {
  const reporter = collectProblems(apdSeverities);
  const { problems } = reporter;
  const parsed = parseJson(text);
  if ('wrongAt' in parsed) {
    reporter.report('apd.text-not-json', parsed.wrongAt.start, parsed.wrongAt.end);
    return { problems };
  }
  const { root } = parsed;
  const repeated = findRepeatedMember(root);
  if (repeated) {
    reporter.report('apd.text-repeated', repeated.keyPlace.start, repeated.keyPlace.end, { key: repeated.key });
    return { problems };
  }
  const read = apdFromJson(jsonValue(root), (path) => jsonPlace(root, path));
  if ('path' in read) {
    const { start, end } = jsonPlace(root, read.path);
    if (read.wrongAt === 'exact' && hasList(root)) reporter.report('apd.text-exact-differs', start, end);
    else reporter.report('apd.text-wrong-form', start, end, { place: read.wrongAt === '' ? '$' : read.wrongAt });
    return { problems };
  }
  const encoded = encodeApd(read.template);
  for (const problem of encoded.problems) problems.push({ ...problem, ...placeOf(root, problem) });
  return { ...(encoded.bytes && !firstError(problems) && { bytes: encoded.bytes }), template: read.template, problems };
}

/** A whole `exact` that is refused is one that says something else. */
function hasList(root: JsonNode): boolean {
  const exact = root.kind === 'object' ? root.members.find(({ key }) => key === 'exact')?.value : undefined;
  return exact?.kind === 'object';
}

/** A problem of the header or of the whole list has no pair that it could stand at. */
function placeOf(root: JsonNode, { start, end, args }: Problem): TextRange {
  if (end > 0) return { start, end };
  const field = args['field'];
  const path: JsonPath = typeof field === 'string' ? [field] : ['sections'];
  return jsonPlace(root, path);
}
