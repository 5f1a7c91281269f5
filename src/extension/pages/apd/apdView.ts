import { applicationTypes } from '../../../core/configuration/applicationTypes';
import { decodeApd } from '../../../core/formats/apd/decode';
import type { ApdTemplate } from '../../../core/formats/apd/model';
import { describeProblem } from '../../../core/formats/describeProblem';
import { findOptionFacts } from '../../../core/formats/metadataXml/optionFacts';
import { firstError, lineColumn, type Problem } from '../../../core/formats/problem';
import { compareTemplates } from '../../../core/formats/templatePair/compare';
import { optionRows, xmlOptionsOf, type OptionRow } from '../../../core/formats/templatePair/rows';
import { parseXml } from '../../../core/formats/xml/parse';
import type { XmlDocument } from '../../../core/formats/xml/tree';
import { apdText, type ApdTextKey } from '../../../core/text/apdText';
import { createText, type Locale, type Text } from '../../../core/text/messages';
import { decodeText } from '../../../core/text/utf8';
import type { ApdOptionDescription, ApdProblem, ApdRow, ApdView, ApdXml } from '../../../protocol/page/apd';

/** A file as it was found. */
export type FileRead =
  | { readonly kind: 'content'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' | 'tooLong' }
  /** `reason` is the editor's own word. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface ApdFiles {
  /** Names without folder. */
  readonly apdName: string;
  readonly xmlName: string;
  readonly apd: FileRead;
  readonly xml: FileRead;
}

/** Line and column, both from 1, the column in UTF-16 units. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** What is to be shown of a pair of files, and what is asked of it later. */
export interface ApdReading {
  readonly view: ApdView;
  describe(section: string, option: string): ApdOptionDescription | undefined;
  /** Where the XML describes an option; undefined where it does not. */
  placeInXml(section: string, option: string): TextPlace | undefined;
}

/** Problems that are sent to the page; nobody reads on. */
const shownProblems = 100;
/** Bytes of a value that is no text. */
const shownBytes = 16;

/** Reads both files for the page. Never throws. */
export function readApdFiles(files: ApdFiles, locale: Locale, revision: number): ApdReading {
  const text = createText(locale, apdText);
  const { apd, apdName } = files;
  if (apd.kind !== 'content') return unreadable(apdName, fileWords(apd, text), []);
  const { template, problems } = decodeApd(apd.bytes);
  const shown = problems.map(({ severity, start, code, args }): ApdProblem => ({ severity, offset: start, message: describeProblem(locale, { code, args }) }));
  if (!template) return unreadable(apdName, shown[0]?.message ?? '', shown);

  const error = firstError(problems);
  const beside = readXml(files, error !== undefined, locale, text);
  const pairProblems = beside.compare ? compareTemplates(template, beside.compare).apd : [];
  const notes = pairProblems.filter(({ code }) => code === 'templatePair.type-differs' || code === 'templatePair.version-differs');
  const rows = optionRows(template, beside.compare && xmlOptionsOf(beside.compare));
  const typeName = applicationTypes[template.applicationType];
  const view: ApdView = {
    kind: 'template', file: apdName, revision, size: apd.bytes.length,
    name: template.name.value.text, applicationType: template.applicationType, version: template.version.value.text, state: template.state,
    ...(typeName !== undefined && { typeName }),
    rows: rows.map((row) => shownRow(row, text)),
    ...(beside.shown && { xml: beside.shown.kind === 'compared' ? { ...beside.shown, notes: notes.map((note) => describeProblem(locale, note)) } : beside.shown }),
    ...(error && { damage: damageWords(template, apd.bytes.length, problems, rows.length, text) }),
    problems: shown.slice(0, shownProblems),
  };
  const factsOf = (section: string, option: string) => beside.document && findOptionFacts(beside.document, section, option, locale);
  return {
    view,
    describe: (section, option) => {
      const facts = factsOf(section, option);
      if (!facts || !beside.document) return undefined;
      const { displayName, description, takesEffect, validValues, rules, start } = facts;
      return { displayName, description, takesEffect, values: [...(validValues === '' ? [] : [validValues]), ...rules], line: lineColumn(beside.document.text, start).line };
    },
    placeInXml: (section, option) => {
      const facts = factsOf(section, option);
      return facts && beside.document && lineColumn(beside.document.text, facts.start);
    },
  };
}

function unreadable(file: string, reason: string, problems: readonly ApdProblem[]): ApdReading {
  return { view: { kind: 'unreadable', file, reason, problems: problems.slice(0, shownProblems) }, describe: () => undefined, placeInXml: () => undefined };
}

interface XmlBeside {
  readonly shown?: ApdXml;
  /** What describes options, even where it is not whole. */
  readonly document?: XmlDocument;
  /** The same, where comparing would tell the truth. */
  readonly compare?: XmlDocument;
}

function readXml({ xml, xmlName }: ApdFiles, isDamaged: boolean, locale: Locale, text: Text<ApdTextKey>): XmlBeside {
  if (xml.kind === 'missing') return {};
  const notCompared = (reason: string): ApdXml => ({ kind: 'notCompared', file: xmlName, reason });
  if (xml.kind !== 'content') return { shown: notCompared(fileWords(xml, text)) };
  const document = parseXml(decodeText(xml.bytes));
  const broken = firstError(document.problems);
  if (broken) {
    const { line } = lineColumn(document.text, broken.start);
    return { shown: notCompared(text('brokenXml', { line, message: describeProblem(locale, broken) })), document };
  }
  if (!xmlOptionsOf(document)) return { shown: notCompared(text('otherXml')) };
  // What a damaged file has lost would all be called missing.
  if (isDamaged) return { shown: notCompared(text('damagedApd')), document };
  return { shown: { kind: 'compared', file: xmlName, notes: [] }, document, compare: document };
}

function fileWords(read: Exclude<FileRead, { kind: 'content' }>, text: Text<ApdTextKey>): string {
  if (read.kind === 'failed') return text('notRead', { reason: read.reason });
  return text(read.kind === 'missing' ? 'missingFile' : 'tooLong');
}

function damageWords(template: ApdTemplate, size: number, problems: readonly Problem[], options: number, text: Text<ApdTextKey>): string {
  const endsEarly = problems.some(({ code, end }) => code === 'apd.truncated-pair' && end >= size);
  if (!endsEarly) return text('damaged', { m: options });
  const last = template.sections.pairs.at(-1);
  return last ? text('endsInside', { n: size, section: last.key.text, m: options }) : text('endsEarly', { n: size });
}

function shownRow({ section, option, apd, other, xml, comparison }: OptionRow, text: Text<ApdTextKey>): ApdRow {
  return {
    section, option, ...(apd !== undefined && { apd }), ...(xml !== undefined && { xml }), ...(comparison && { comparison }),
    ...(other && { other: 'pairs' in other ? text('otherList', { n: other.pairs }) : text('otherBytes', { type: other.type, bytes: hexOf(other.bytes) }) }),
  };
}

function hexOf(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, shownBytes), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > shownBytes ? `${shown} …` : shown;
}
