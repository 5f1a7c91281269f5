/** One line with its line end. `start` and `end` are UTF-16 offsets without the line end. */
interface LineBase {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** As written; empty for the last line of a file that does not end with one. */
  readonly lineEnd: string;
}

export type SilentIniLine =
  /** Begins with `[…]`. Only when nothing follows the bracket does the installer find the section; `name` is empty otherwise. */
  | (LineBase & { readonly kind: 'section'; readonly name: string })
  /** Split at the first `=`, nothing trimmed. */
  | (LineBase & { readonly kind: 'entry'; readonly key: string; readonly value: string; readonly valueStart: number })
  /** `#` or `;` in column 1. */
  | (LineBase & { readonly kind: 'comment' })
  | (LineBase & { readonly kind: 'blank' })
  /** Without `=`: the installer skips it. */
  | (LineBase & { readonly kind: 'ignored' });

export type SilentIniEntry = Extract<SilentIniLine, { kind: 'entry' }>;
export type SilentIniHeader = Extract<SilentIniLine, { kind: 'section' }>;

export interface SilentIniSection {
  readonly header: SilentIniHeader;
  readonly entries: readonly SilentIniEntry[];
}

/** A silent.ini as lines; joined, they are the text again, whatever it is. */
export interface SilentIniDocument {
  readonly lines: readonly SilentIniLine[];
  /** In file order; repeated names stand for themselves. */
  readonly sections: readonly SilentIniSection[];
}

/** Reads any text as a silent.ini, by the rules of the vendor's installer. Never throws; `printSilentIni` is the inverse. */
export function parseSilentIni(text: string): SilentIniDocument {
  const lines: SilentIniLine[] = [];
  // CR LF, LF CR, LF and CR all end a line. A CR after an LF belongs to it unless it begins a CR LF of its own.
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|\n\r(?!\n)|\n|\r|$)/g)) {
    const [whole, content = '', lineEnd = ''] = match;
    if (whole !== '') lines.push(readLine(content, lineEnd, match.index));
  }
  return documentOf(lines);
}

/** The text of a document. */
export function printSilentIni(document: SilentIniDocument): string {
  return document.lines.map((line) => line.text + line.lineEnd).join('');
}

/** The section that the installer reads under a name: the first of exactly that spelling. */
export function findSection(document: SilentIniDocument, name: string): SilentIniSection | undefined {
  return document.sections.find((section) => section.header.name === name);
}

/**
 * The value that the installer reads: case-sensitive, untrimmed, of the first section of that name. Which of two equal
 * keys it takes is not known; this is the first, and `silentIni.repeated-key` reports them.
 */
export function readSilentIniValue(document: SilentIniDocument, section: string, key: string): string | undefined {
  return findSection(document, section)?.entries.find((entry) => entry.key === key)?.value;
}

/** A key of the vendor's template that is commented out: `#Key=…` below `#[Section]`. */
export interface CommentedEntry {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** The commented-out keys, in file order. Decorations and prose are left out. */
export function readCommentedEntries(document: SilentIniDocument): readonly CommentedEntry[] {
  const found: CommentedEntry[] = [];
  let section = '';
  for (const line of document.lines) {
    if (line.kind === 'section') section = line.name;
    if (line.kind !== 'comment') continue;
    const header = /^[#;]\[([^\]]+)\]\s*$/.exec(line.text);
    if (header) section = header[1] ?? '';
    const entry = /^[#;]([A-Za-z][\w.-]*)=(.*)$/.exec(line.text);
    if (entry && section !== '') found.push({ section, key: entry[1] ?? '', value: entry[2] ?? '' });
  }
  return found;
}

/** True for a value that only says what to put there: `<Host name>`. */
export function isPlaceholder(value: string): boolean {
  return /^\s*<[^<>]*>\s*$/.test(value);
}

/** Makes a document of lines; offsets are set anew. */
export function documentOf(unplaced: readonly SilentIniLine[]): SilentIniDocument {
  const lines: SilentIniLine[] = [];
  const sections: { header: SilentIniHeader; entries: SilentIniEntry[] }[] = [];
  let start = 0;
  for (const line of unplaced) {
    const placed = line.start === start ? line : readLine(line.text, line.lineEnd, start);
    start = placed.end + placed.lineEnd.length;
    lines.push(placed);
    if (placed.kind === 'section') sections.push({ header: placed, entries: [] });
    else if (placed.kind === 'entry') sections.at(-1)?.entries.push(placed);
  }
  return { lines, sections };
}

/** Reads one line. */
export function readLine(text: string, lineEnd: string, start: number): SilentIniLine {
  const base: LineBase = { start, end: start + text.length, text, lineEnd };
  if (text.trim() === '') return { ...base, kind: 'blank' };
  if (text.startsWith('#') || text.startsWith(';')) return { ...base, kind: 'comment' };
  if (text.startsWith('[') && text.includes(']')) {
    return { ...base, kind: 'section', name: text.endsWith(']') ? text.slice(1, -1) : '' };
  }
  const equals = text.indexOf('=');
  if (equals < 0) return { ...base, kind: 'ignored' };
  return { ...base, kind: 'entry', key: text.slice(0, equals), value: text.slice(equals + 1), valueStart: start + equals + 1 };
}
