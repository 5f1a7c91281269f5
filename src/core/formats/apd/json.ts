import { encodeLatin1 } from '../../text/utf8';
import type { TextRange } from '../problem';
import { isApdList, isApdText, knownMark, listType, textType, type ApdField, type ApdList, type ApdPair, type ApdTemplate, type ApdText } from './model';

/** An application template as plain JSON. `exact` is there only where the rest cannot carry all of the file. */
export interface ApdJson {
  readonly name: string;
  readonly type: number;
  readonly version: string;
  readonly state: number;
  readonly sections: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly exact?: ApdExactJson;
}

/** A text; or, where its bytes are no UTF-8, those bytes as Latin-1. */
type ExactText = string | { readonly latin1: string };
/** `[key, text]`, `[key, list]`, or `[key, type code, bytes in hexadecimal]`. */
type ExactPair = readonly [key: ExactText, value: ExactText | readonly ExactPair[]] | readonly [key: ExactText, type: number, bytes: string];

/** Order, repeats, bytes that are no text, and what stands behind texts and the list. */
export interface ApdExactJson {
  readonly mark: number;
  readonly reserved: number;
  readonly name: ExactText;
  readonly nameRest?: string;
  readonly version: ExactText;
  readonly versionRest?: string;
  readonly list: readonly ExactPair[];
  readonly trailing?: string;
}

/** Writes a template as JSON; {@link apdFromJson} gives back the same template. */
export function apdToJson(template: ApdTemplate): ApdJson {
  const plain = plainJson(template);
  return isPlain(template) ? plain : { ...plain, exact: exactJson(template) };
}

function plainJson(template: ApdTemplate): ApdJson {
  const sections = new Map<string, Record<string, string>>();
  for (const { key, value } of template.sections.pairs) {
    if (!isApdList(value)) continue;
    const texts = value.pairs.flatMap((option): [string, string][] => (isApdText(option.value) ? [[option.key.text, option.value.text]] : []));
    sections.set(key.text, { ...sections.get(key.text), ...Object.fromEntries(texts) });
  }
  return { name: template.name.value.text, type: template.applicationType, version: template.version.value.text, state: template.state, sections: Object.fromEntries(sections) };
}

/** Whether JSON objects keep it: no key twice, none that JSON would move to the front, two levels of UTF-8 text. */
function isPlain(template: ApdTemplate): boolean {
  const { mark, reserved, name, version, sections, trailing } = template;
  const fields = [name, version].every(({ value, rest }) => value.encoding === 'utf8' && rest === undefined);
  return mark === knownMark && reserved === 0 && trailing === undefined && fields && hasPlainKeys(sections)
    && sections.pairs.every(({ value }) => isApdList(value) && hasPlainKeys(value) && value.pairs.every((option) => isApdText(option.value) && option.value.encoding === 'utf8'));
}

function hasPlainKeys({ pairs }: ApdList): boolean {
  const keys = new Set(pairs.map(({ key }) => key.text));
  return keys.size === pairs.length && pairs.every(({ key }) => key.encoding === 'utf8' && !/^\d+$/.test(key.text) && key.text !== '__proto__');
}

function exactJson({ mark, reserved, name, version, sections, trailing }: ApdTemplate): ApdExactJson {
  return {
    mark, reserved,
    name: exactText(name.value), ...(name.rest && { nameRest: toHex(name.rest) }),
    version: exactText(version.value), ...(version.rest && { versionRest: toHex(version.rest) }),
    list: exactList(sections),
    ...(trailing && { trailing: toHex(trailing) }),
  };
}

function exactText({ text, encoding }: ApdText): ExactText {
  return encoding === 'utf8' ? text : { latin1: text };
}

function exactList({ pairs }: ApdList): readonly ExactPair[] {
  return pairs.map(({ key, value }): ExactPair => {
    if (isApdText(value)) return [exactText(key), exactText(value)];
    return isApdList(value) ? [exactText(key), exactList(value)] : [exactText(key), value.type, toHex(value.bytes)];
  });
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Where a value stands in JSON: names of members and numbers of items, from the outside in. */
export type JsonPath = readonly (string | number)[];

/** The JSON is not of the form that {@link apdToJson} writes. */
class WrongForm extends Error {
  constructor(readonly path: JsonPath) {
    super(printPath(path));
  }
}

/** What {@link apdFromJson} gives: a template, or the place in the JSON that is not as it must be, also as text, e.g. `sections.log.verbose`. */
export type ApdFromJson = { readonly template: ApdTemplate } | { readonly wrongAt: string; readonly path: JsonPath };

/**
 * Reads JSON as {@link apdToJson} writes it. Never throws. Where `exact` is there it decides, and the plain part must say the
 * same: a change to one of the two alone would be lost.
 * @param placeOf gives each pair its place, for what is said of it later
 */
export function apdFromJson(value: unknown, placeOf: (path: JsonPath) => TextRange = () => ({ start: 0, end: 0 })): ApdFromJson {
  try {
    const plain = readPlain(value, placeOf);
    const exact = asObject(value, [])['exact'];
    if (exact === undefined) return { template: plain };
    const template = { ...readExact(exact, placeOf), applicationType: plain.applicationType, state: plain.state };
    return JSON.stringify(plainJson(template)) === JSON.stringify(plainJson(plain)) ? { template } : { wrongAt: 'exact', path: ['exact'] };
  } catch (error) {
    if (error instanceof WrongForm) return { wrongAt: error.message, path: error.path };
    throw error;
  }
}

function printPath(path: JsonPath): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}

type PlaceOf = (path: JsonPath) => TextRange;

const utf8 = (text: string): ApdText => ({ text, encoding: 'utf8' });
const pair = (key: ApdText, value: ApdPair['value'], { start, end }: TextRange): ApdPair => ({ key, value, start, end });

function readPlain(value: unknown, placeOf: PlaceOf): ApdTemplate {
  const { name, type, version, state, sections } = asObject(value, []);
  const lists = Object.entries(asObject(sections, ['sections'])).map(([section, options]) => {
    const path = ['sections', section];
    const pairs = Object.entries(asObject(options, path)).map(([key, text]) => pair(utf8(key), utf8(asText(text, [...path, key])), placeOf([...path, key])));
    return pair(utf8(section), { pairs }, placeOf(path));
  });
  return {
    mark: knownMark, reserved: 0, name: { value: utf8(asText(name, ['name'])) }, applicationType: asNumber(type, ['type']),
    version: { value: utf8(asText(version, ['version'])) }, state: asNumber(state ?? 1, ['state']), sections: { pairs: lists },
  };
}

function readExact(value: unknown, placeOf: PlaceOf): ApdTemplate {
  const { mark, reserved, name, nameRest, version, versionRest, list, trailing } = asObject(value, ['exact']);
  const field = (text: unknown, rest: unknown, key: string): ApdField => ({ value: readExactText(text, ['exact', key]), ...(rest !== undefined && { rest: fromHex(rest, ['exact', `${key}Rest`]) }) });
  return {
    mark: asNumber(mark, ['exact', 'mark']), reserved: asNumber(reserved, ['exact', 'reserved']), applicationType: 0, state: 0,
    name: field(name, nameRest, 'name'), version: field(version, versionRest, 'version'),
    sections: readExactList(list, ['exact', 'list'], placeOf, 0), ...(trailing !== undefined && { trailing: fromHex(trailing, ['exact', 'trailing']) }),
  };
}

function readExactList(value: unknown, path: JsonPath, placeOf: PlaceOf, depth: number): ApdList {
  // Deeper than any file that can be encoded; the limit keeps hostile nesting from filling the call stack.
  if (!Array.isArray(value) || depth > 16) throw new WrongForm(path);
  return {
    pairs: value.map((entry: unknown, i) => {
      const here = [...path, i];
      if (!Array.isArray(entry) || entry.length < 2 || entry.length > 3) throw new WrongForm(here);
      const [key, content, bytes] = entry as unknown[];
      const keyText = readExactText(key, here);
      if (bytes !== undefined) {
        const type = asNumber(content, here);
        if (type > 0xff || type === textType || type === listType) throw new WrongForm(here);
        return pair(keyText, { type, bytes: fromHex(bytes, here) }, placeOf(here));
      }
      return pair(keyText, Array.isArray(content) ? readExactList(content, here, placeOf, depth + 1) : readExactText(content, here), placeOf(here));
    }),
  };
}

function readExactText(value: unknown, path: JsonPath): ApdText {
  if (typeof value === 'string') return utf8(value);
  const latin1 = asText(asObject(value, path)['latin1'], path);
  if (encodeLatin1(latin1) === undefined) throw new WrongForm(path);
  return { text: latin1, encoding: 'latin1' };
}

function asObject(value: unknown, path: JsonPath): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WrongForm(path);
  return value as Readonly<Record<string, unknown>>;
}

function asText(value: unknown, path: JsonPath): string {
  if (typeof value !== 'string') throw new WrongForm(path);
  return value;
}

function asNumber(value: unknown, path: JsonPath): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 0xffff_ffff) throw new WrongForm(path);
  return value;
}

function fromHex(value: unknown, path: JsonPath): Uint8Array {
  const text = asText(value, path);
  if (!/^(?:[0-9a-f]{2})*$/i.test(text)) throw new WrongForm(path);
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => parseInt(digits, 16));
}
