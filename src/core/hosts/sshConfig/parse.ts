import { checkValue, isUsedKeyword, keywordOf } from './keywords';

/** Where a setting stands. */
export interface ConfigPlace {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** One line with a keyword. */
export interface ConfigLine extends ConfigPlace {
  /** As ssh_config(5) writes it; as the file does when it is not known here. */
  readonly keyword: string;
  readonly isKnown: boolean;
  /** What follows the keyword, as written. */
  readonly rest: string;
  /** The same as words, quotes taken off. */
  readonly words: readonly string[];
  /** For `Include`: what it names, in the order of reading. */
  readonly included?: readonly ConfigFile[];
}

export interface ConfigFile {
  readonly path: string;
  readonly lines: readonly ConfigLine[];
  readonly problems: readonly ConfigProblem[];
}

/** Why OpenSSH would refuse to work with a file. */
export interface ConfigProblem extends ConfigPlace {
  readonly kind: 'missing' | 'value' | 'extra' | 'quotes' | 'criterion' | 'depth' | 'unsafe';
  /** What it is about, as written. */
  readonly text: string;
}

/** Reads one file of ssh_config(5). Never throws. */
export function parseSshConfig(text: string, path: string): ConfigFile {
  const lines: ConfigLine[] = [];
  const problems: ConfigProblem[] = [];
  for (const [index, written] of text.split('\n').entries()) {
    const place = { file: path, line: index + 1 };
    const parts = splitKeyword(written.replace(/[ \t\r\f]+$/, ''));
    if (parts === undefined) continue;
    const known = keywordOf(parts.keyword);
    const keyword = known ?? parts.keyword;
    const problem = (kind: ConfigProblem['kind']): number => problems.push({ ...place, kind, text: `${parts.keyword} ${parts.rest}`.trim() });
    if (parts.rest === '') {
      if (known !== undefined) problem('missing');
      continue;
    }
    // A Match has a grammar of its own, and a command is what is left of its line, whatever quotes it has.
    const isRaw = keyword === 'Match' || keyword === 'ProxyCommand' || keyword === 'LocalCommand' || keyword === 'RemoteCommand';
    const words = isRaw ? [parts.rest] : splitWords(parts.rest);
    if (words === undefined) {
      problem('quotes');
      continue;
    }
    const wrong = keyword === 'ProxyJump' ? (isJumpList(parts.rest) ? undefined : 'value') : isUsedKeyword(keyword) ? checkValue(keyword, words) : undefined;
    if (wrong !== undefined) problem(wrong);
    if (keyword === 'Match' && readCriteria(parts.rest) === undefined) problem('criterion');
    lines.push({ ...place, keyword, isKnown: known !== undefined, rest: parts.rest, words });
  }
  return { path, lines, problems };
}

/** Keyword and rest, apart by blanks, one `=` or both. Undefined for an empty line or a comment. */
function splitKeyword(line: string): { readonly keyword: string; readonly rest: string } | undefined {
  const match = /^[ \t]*("[^"]*"|[^ \t"=]+)(?:[ \t]*=[ \t]*|[ \t]+|(?="))?(.*)$/.exec(line);
  const keyword = (match?.[1] ?? '').replaceAll('"', '');
  return keyword === '' || keyword.startsWith('#') ? undefined : { keyword, rest: (match?.[2] ?? '').trim() };
}

/**
 * Splits arguments as OpenSSH does: quotes of both kinds, a backslash before quotes, backslashes and blanks, a comment
 * from a `#` at the begin of a word. Undefined: a quote has no end.
 */
export function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  let position = 0;
  while (position < text.length) {
    if (text[position] === ' ' || text[position] === '\t') {
      position++;
      continue;
    }
    if (text[position] === '#') break;
    let word = '';
    let quote = '';
    for (; position < text.length; position++) {
      const char = text.charAt(position);
      const next = text.charAt(position + 1);
      if (char === '\\' && (next === "'" || next === '"' || next === '\\' || (quote === '' && next === ' '))) {
        word += next;
        position++;
      } else if (quote === '' && (char === ' ' || char === '\t')) break;
      else if (quote === '' && (char === '"' || char === "'")) quote = char;
      else if (char === quote) quote = '';
      else word += char;
    }
    if (quote !== '') return undefined;
    words.push(word);
  }
  return words;
}

/** One condition of a `Match` line. */
export interface Criterion {
  /** Lower case: `host`, `exec`, `all` … */
  readonly name: string;
  readonly negated: boolean;
  readonly argument: string;
}

const bare = ['all', 'canonical', 'final'];
/** `localnetwork`, `tagged`, `version`, `sessiontype` and `command` are of newer versions of OpenSSH. */
const withArgument = ['host', 'originalhost', 'user', 'localuser', 'exec', 'localnetwork', 'tagged', 'version', 'sessiontype', 'command'];

/** The conditions of a `Match` line; undefined for one that OpenSSH would refuse. */
export function readCriteria(text: string): readonly Criterion[] | undefined {
  const tokens = matchTokens(text);
  if (tokens === undefined) return undefined;
  const criteria: Criterion[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = (tokens[index] ?? '').toLowerCase();
    const negated = token.startsWith('!');
    const name = negated ? token.slice(1) : token;
    if (bare.includes(name)) {
      if (name === 'all' && (criteria.length > 1 || index < tokens.length - 1)) return undefined;
      criteria.push({ name, negated, argument: '' });
    } else {
      const argument = tokens[++index];
      if (!withArgument.includes(name) || argument === undefined || argument === '') return undefined;
      criteria.push({ name, negated, argument });
    }
  }
  return criteria.length === 0 ? undefined : criteria;
}

/** Words of a `Match` line: apart by blanks or `=`, a word in double quotes whole. Undefined: a quote has no end. */
function matchTokens(text: string): string[] | undefined {
  const tokens: string[] = [];
  for (let rest = text; rest !== '';) {
    const match = /^(?:"([^"]*)"|([^ \t"=]*))(?:[ \t]*=[ \t]*|[ \t]+|$|(?="))(.*)$/.exec(rest);
    if (match === null) return undefined;
    const token = match[1] ?? match[2] ?? '';
    if (match[1] === undefined && token.startsWith('#')) break;
    if (token !== '' || match[1] !== undefined) tokens.push(token);
    rest = match[3] ?? '';
  }
  return tokens;
}

/** One hop of a `ProxyJump`. */
export interface Jump {
  readonly user?: string;
  readonly host: string;
  readonly port?: number;
}

/** Reads `[user@]host[:port]` or `ssh://[user@]host[:port]`; undefined for anything else. */
export function parseJump(text: string): Jump | undefined {
  const uri = /^ssh:\/\/([^/]+)\/?$/.exec(text);
  const match = /^(?:(.+)@)?(?:\[([^\][]+)\]|([^@:[\]]+)|([^@[\]]*:[^@[\]]*:[^@[\]]*))(?::(\d{1,5}))?$/.exec(uri?.[1] ?? text);
  const host = match?.[2] ?? match?.[3] ?? match?.[4] ?? '';
  const port = match?.[5] === undefined ? undefined : Number(match[5]);
  if (host === '' || host.startsWith('-') || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  return { host, ...(match?.[1] !== undefined && { user: match[1] }), ...(port !== undefined && { port }) };
}

/** The hops of a `ProxyJump` value, first one first; none for `none`. */
export function readJumps(text: string): readonly string[] {
  const value = text.replace(/#.*$/, '').trim();
  return value.toLowerCase() === 'none' ? [] : value.split(',').map((hop) => hop.trim());
}

function isJumpList(text: string): boolean {
  return readJumps(text).every((hop) => parseJump(hop) !== undefined);
}
