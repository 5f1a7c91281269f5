import { nearest } from '../../text/nearest';
import { collectProblems, inOrder, replaceFix, type Problem, type ProblemCollector, type ProblemDetails } from '../problem';
import { isRequired, type SilentIniContext } from './conditions';
import { silentIniSeverities, type SilentIniProblemCode } from './messages';
import { findSection, readCommentedEntries, type SilentIniDocument, type SilentIniEntry, type SilentIniLine, type SilentIniSection } from './parse';
import { findKeySchema, findSectionSchema, keySchemasOf, silentIniKeys, silentIniSections, type SilentIniKeySchema } from './schema';
import { isSecretKey } from './secrets';
import { checkValue } from './valueRules';

type Reporter = ProblemCollector<SilentIniProblemCode>;

/** Checks a silent.ini against what the vendor's installer really does, and against the package it belongs to when that is known. */
export function checkSilentIni(document: SilentIniDocument, context: SilentIniContext = {}): readonly Problem<SilentIniProblemCode>[] {
  const reporter = collectProblems(silentIniSeverities);
  const names = knownNames(context.known);
  checkLines(document, reporter);
  checkSections(document, names, reporter);
  const meantForOther = entriesBelowIndentedHeaders(document);
  for (const section of document.sections) if (section.header.name !== '') checkEntries(section, meantForOther, names, context, reporter);
  if (!context.isTemplate) for (const schema of silentIniKeys) if (schema.section !== '*') checkRequired(schema, document, context, reporter);
  return inOrder(reporter.problems);
}

/** Keys of each section that the package's own file has, live or commented out. */
type KnownNames = ReadonlyMap<string, ReadonlySet<string>> | undefined;

function knownNames(known: SilentIniDocument | undefined): KnownNames {
  if (!known) return undefined;
  const names = new Map<string, Set<string>>();
  const add = (section: string, key: string) => names.set(section, (names.get(section) ?? new Set()).add(key));
  for (const section of known.sections) for (const entry of section.entries) add(section.header.name, entry.key);
  for (const entry of readCommentedEntries(known)) add(entry.section, entry.key);
  return names;
}

function checkLines(document: SilentIniDocument, reporter: Reporter): void {
  let inSection = false;
  for (const line of document.lines) {
    if (line.kind === 'section') {
      inSection = true;
      if (line.name === '') reporter.report('silentIni.bad-section-line', line.start, line.end, {}, headerFix(line));
    } else if (isIndentedComment(line)) {
      reporter.report('silentIni.indented-comment', line.start, line.end, {}, { fix: replaceFix(line.start, line.end, line.text.trimStart()) });
    } else if (isIndentedHeader(line)) {
      reporter.report('silentIni.bad-section-line', line.start, line.end, {}, headerFix(line));
    } else if (line.kind === 'entry' || line.kind === 'ignored') {
      if (!inSection) reporter.report('silentIni.text-outside-section', line.start, line.end);
      else if (line.kind === 'ignored') {
        const fix = { title: 'comment', args: {}, edits: [{ start: line.start, end: line.start, text: '#' }] } as const;
        reporter.report('silentIni.no-equals', line.start, line.end, {}, { fix });
      }
    }
  }
}

/** Only where a name and blanks are all there is: what else stands on the line is the author's to place. */
function headerFix(line: SilentIniLine): ProblemDetails {
  const trimmed = line.text.trim();
  return /^\[[^[\]]+\]$/.test(trimmed) ? { fix: replaceFix(line.start, line.end, trimmed) } : {};
}

function isIndentedComment(line: SilentIniLine): boolean {
  return (line.kind === 'entry' || line.kind === 'ignored') && /^\s+[#;]/.test(line.text);
}

function isIndentedHeader(line: SilentIniLine): boolean {
  return (line.kind === 'entry' || line.kind === 'ignored') && /^\s+\[[^\]]*\]\s*$/.test(line.text);
}

/** The author means them for another section than the installer: that their header is wrong says it all. */
function entriesBelowIndentedHeaders(document: SilentIniDocument): ReadonlySet<SilentIniLine> {
  const found = new Set<SilentIniLine>();
  let below = false;
  for (const line of document.lines) {
    if (line.kind === 'section') below = false;
    else if (isIndentedHeader(line)) below = true;
    else if (below) found.add(line);
  }
  return found;
}

function checkSections(document: SilentIniDocument, names: KnownNames, reporter: Reporter): void {
  const candidates = [...silentIniSections.map((section) => section.name), ...(names?.keys() ?? [])];
  const seen = new Map<string, SilentIniSection>();
  for (const section of document.sections) {
    const { name, start, end } = section.header;
    if (name === '') continue;
    const first = seen.get(name);
    if (first) {
      reporter.report('silentIni.repeated-section', start, end, { section: name }, { related: [{ start: first.header.start, end: first.header.end }] });
      continue;
    }
    seen.set(name, section);
    if (section.entries.length === 0) reporter.report('silentIni.empty-section', start, end, { section: name });
    const meant = otherCase(name, candidates);
    if (meant !== undefined) reporter.report('silentIni.section-case', start, end, { section: name, nearest: meant }, { fix: replaceFix(start, end, `[${meant}]`) });
  }
}

function checkEntries(section: SilentIniSection, meantForOther: ReadonlySet<SilentIniLine>, names: KnownNames, context: SilentIniContext, reporter: Reporter): void {
  const seen = new Map<string, SilentIniEntry>();
  for (const entry of section.entries) {
    if (isIndentedComment(entry)) continue;
    const keyEnd = entry.start + entry.key.length;
    if (entry.key !== entry.key.trim() || entry.key === '') {
      const key = entry.key.trim();
      const fix = key === '' ? undefined : replaceFix(entry.start, keyEnd, key);
      reporter.report('silentIni.blank-around-key', entry.start, Math.max(keyEnd, entry.start + 1), { key }, { fix });
      continue;
    }
    const first = seen.get(entry.key);
    if (first) {
      const args = { key: entry.key, section: section.header.name };
      reporter.report('silentIni.repeated-key', entry.start, keyEnd, args, { related: [{ start: first.start, end: first.start + first.key.length }] });
    } else {
      seen.set(entry.key, entry);
      if (!meantForOther.has(entry)) checkKeyName(section.header.name, entry, names, reporter);
    }
    checkValue(entry, findKeySchema(section.header.name, entry.key), context, reporter);
    if (isPlainPassword(section.header.name, entry)) {
      reporter.report('silentIni.plain-password', entry.valueStart, entry.end, {}, { fix: replaceFix(entry.valueStart, entry.end, '') });
    }
  }
  const plain = seen.get('Password');
  const encrypted = seen.get('xPassword');
  if (plain && encrypted && plain.value !== '' && encrypted.value !== '') {
    const [earlier, later] = plain.start < encrypted.start ? [plain, encrypted] : [encrypted, plain];
    reporter.report('silentIni.both-passwords', later.start, later.start + later.key.length, {}, { related: [{ start: earlier.start, end: earlier.start + earlier.key.length }] });
  }
}

function checkKeyName(section: string, { key, start }: SilentIniEntry, names: KnownNames, reporter: Reporter): void {
  const ofPackage = names?.get(section);
  if (findKeySchema(section, key) || ofPackage?.has(key)) return;
  const candidates = [...keySchemasOf(section).map((schema) => schema.key), ...(ofPackage ?? [])];
  const report = (code: SilentIniProblemCode, meant?: string) => {
    const details = meant === undefined ? {} : { fix: replaceFix(start, start + key.length, meant) };
    reporter.report(code, start, start + key.length, { section, key, ...(meant !== undefined && { nearest: meant }) }, details);
  };
  const cased = otherCase(key, candidates);
  const meant = nearest(key, candidates);
  if (cased !== undefined) report('silentIni.key-case', cased);
  else if (findSectionSchema(section)?.open === false) {
    if (meant === undefined) report('silentIni.unknown-key');
    else report('silentIni.misspelt-key', meant);
  } else if (names) report('silentIni.not-in-package');
}

/** The candidate that differs in case alone; undefined when the name itself is a candidate. */
function otherCase(name: string, candidates: readonly string[]): string | undefined {
  if (candidates.includes(name)) return undefined;
  return candidates.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
}

/** Encrypted passwords are not readable, so only those that say nothing of encryption count. */
function isPlainPassword(section: string, { key, value }: SilentIniEntry): boolean {
  return value !== '' && value !== '""' && !/^\s*<[^<>]*>\s*$/.test(value) && isSecretKey(section, key) && !/^x/.test(key);
}

function checkRequired(schema: SilentIniKeySchema, document: SilentIniDocument, context: SilentIniContext, reporter: Reporter): void {
  if (!isRequired(schema, document, context)) return;
  const section = findSection(document, schema.section);
  const args = { section: schema.section, key: schema.key };
  const entry = section?.entries.find((candidate) => candidate.key === schema.key);
  const other = schema.or === undefined ? undefined : section?.entries.find((candidate) => candidate.key === schema.or);
  if (!entry && !other) {
    const place = section?.header ?? { start: 0, end: document.lines[0]?.end ?? 0 };
    reporter.report('silentIni.required-key', place.start, place.end, args);
  } else if (entry?.value === '' && !schema.mayBeEmpty) {
    reporter.report('silentIni.required-value', entry.start, entry.end, args);
  }
}
