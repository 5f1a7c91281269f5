import type { TextRange } from '../problem';

/** A value of a JSON text with its place. Members keep their order and their repeats, which a JavaScript object cannot. */
export type JsonNode = TextRange & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
);

export interface JsonMember {
  readonly key: string;
  /** The place of the key with its quotes. */
  readonly keyPlace: TextRange;
  readonly value: JsonNode;
}

/** What {@link parseJson} gives: the tree, or the first place that is no JSON. */
export type JsonParse = { readonly root: JsonNode } | { readonly wrongAt: TextRange };

/** Deeper JSON is refused: hostile nesting must not fill the call stack. */
const deepest = 64;

class NotJson extends Error {
  constructor(readonly place: TextRange) {
    super('not JSON');
  }
}

/** Reads JSON (RFC 8259) with the place of every value. Never throws. Offsets are UTF-16 units. */
export function parseJson(text: string): JsonParse {
  const blank = /[ \t\r\n]*/y;
  const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
  const word = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  // A byte order mark is no part of the text, but editors keep it.
  let position = text.startsWith('\ufeff') ? 1 : 0;

  const fail = (): never => {
    // What stands there up to the next mark of JSON is what a person looks for.
    const rest = /[^\s,:{}[\]"]*/y;
    rest.lastIndex = position;
    const length = Math.max(rest.exec(text)?.[0].length ?? 0, 1);
    throw new NotJson({ start: Math.min(position, text.length), end: Math.min(position + length, text.length) });
  };
  const skipBlanks = (): void => {
    blank.lastIndex = position;
    blank.test(text);
    position = blank.lastIndex;
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) position += found.length;
    return found;
  };
  const take = (mark: string): boolean => {
    if (text[position] !== mark) return false;
    position += 1;
    skipBlanks();
    return true;
  };

  const readKey = (): Pick<JsonMember, 'key' | 'keyPlace'> => {
    const start = position;
    const raw = match(string) ?? fail();
    const keyPlace = { start, end: position };
    skipBlanks();
    if (!take(':')) fail();
    return { key: JSON.parse(raw) as string, keyPlace };
  };
  /** Reads `one, one, …` up to the closing mark. */
  const readAll = <T>(close: string, one: () => T): T[] => {
    const all: T[] = [];
    position += 1;
    skipBlanks();
    if (text[position] !== close) {
      do all.push(one());
      while (take(','));
    }
    if (text[position] !== close) fail();
    position += 1;
    return all;
  };
  const readValue = (depth: number): JsonNode => {
    const start = position;
    if (depth > deepest) fail();
    let content;
    if (text[position] === '{') content = { kind: 'object' as const, members: readAll('}', () => ({ ...readKey(), value: readValue(depth + 1) })) };
    else if (text[position] === '[') content = { kind: 'array' as const, items: readAll(']', () => readValue(depth + 1)) };
    else content = { kind: 'scalar' as const, value: JSON.parse(match(string) ?? match(word) ?? fail()) as string | number | boolean | null };
    const node = { ...content, start, end: position };
    skipBlanks();
    return node;
  };

  try {
    skipBlanks();
    const root = readValue(0);
    if (position < text.length) fail();
    return { root };
  } catch (error) {
    if (error instanceof NotJson) return { wrongAt: error.place };
    throw error;
  }
}

/** The value as JavaScript has it: of repeated members the last. */
export function jsonValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, jsonValue(value)]));
    case 'array':
      return node.items.map(jsonValue);
    case 'scalar':
      return node.value;
  }
}

/** The place of what a path leads to; where that is missing, the beginning of what it is missing in. */
export function jsonPlace(root: JsonNode, path: readonly (string | number)[]): TextRange {
  let node = root;
  for (const step of path) {
    const next = node.kind === 'object' ? node.members.findLast(({ key }) => key === step)?.value : node.kind === 'array' ? node.items[Number(step)] : undefined;
    if (next === undefined) return { start: node.start, end: node.start + 1 };
    node = next;
  }
  return { start: node.start, end: node.end };
}

/** The first member, in file order, whose name an earlier one of the same object has. */
export function findRepeatedMember(root: JsonNode): JsonMember | undefined {
  const repeats: JsonMember[] = [];
  const walk = (node: JsonNode): void => {
    if (node.kind === 'array') node.items.forEach(walk);
    if (node.kind !== 'object') return;
    const seen = new Set<string>();
    for (const member of node.members) {
      if (seen.has(member.key)) repeats.push(member);
      seen.add(member.key);
      walk(member.value);
    }
  };
  walk(root);
  return repeats.sort((a, b) => a.keyPlace.start - b.keyPlace.start)[0];
}
