import { LSPErrorCodes, ResponseError, type Location, type Position, type Range, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { placeInApd } from '../core/formats/templatePair/compare';
import type { TextRange } from '../core/formats/problem';
import type { Analysis } from '../core/language/analyze';
import { findNamed, planRename } from '../core/language/names/findNamed';
import type { NamedThing } from '../core/language/names/named';
import type { TextPositions } from '../core/language/textPositions';
import { formatMessage, type Locale, type MessageArguments } from '../core/text/messages';
import { namesText } from '../core/text/namesText';
import type { ApdBeside } from './templatePairs';

/** An open document that is asked about a name. */
export interface NamedDocument {
  readonly uri: string;
  readonly version: number;
  readonly analysis: Analysis;
  /** The application template of its name, if any. */
  readonly beside: ApdBeside | undefined;
}

/** Where the name at a position is defined. */
export function definitionsOf({ uri, analysis }: NamedDocument, position: Position): Location[] {
  const found = findNamed(analysis, analysis.positions.offsetAt(position));
  return found ? found.thing.places.filter(({ isDefinition }) => isDefinition).map((place) => ({ uri, range: rangeOf(analysis.positions, place) })) : [];
}

/** Where the name at a position is used; of an option also its place in the application template. */
export function referencesOf(document: NamedDocument, position: Position, withDefinition: boolean): Location[] {
  const { uri, analysis, beside } = document;
  const found = findNamed(analysis, analysis.positions.offsetAt(position));
  if (!found) return [];
  const inText = found.thing.places.filter(({ isDefinition }) => withDefinition || !isDefinition).map((place) => ({ uri, range: rangeOf(analysis.positions, place) }));
  const inApd = beside && placeBeside(found.thing, beside);
  return inApd ? [...inText, { uri: beside.uri, range: rangeOf(beside.positions, inApd) }] : inText;
}

/** What would be renamed at a position. @throws ResponseError with the reason when nothing can be */
export function prepareRename({ analysis }: NamedDocument, position: Position, locale: Locale): { readonly range: Range; readonly placeholder: string } {
  const found = findNamed(analysis, analysis.positions.offsetAt(position));
  if (!found) throw refusal(locale, 'nothingHere');
  const { thing, place } = found;
  if (thing.fixed) throw refusal(locale, thing.fixed, { name: thing.name });
  return { range: rangeOf(analysis.positions, place), placeholder: thing.name };
}

/**
 * The edits that rename what stands at a position. The name of an option or section stands in the application template too,
 * which no text edit can change: then the person is asked first. @throws ResponseError with the reason when it cannot be
 */
export function renameAt(document: NamedDocument, position: Position, newName: string, locale: Locale, asks: boolean): WorkspaceEdit {
  const { uri, version, analysis, beside } = document;
  const found = findNamed(analysis, analysis.positions.offsetAt(position));
  if (!found) throw refusal(locale, 'nothingHere');
  const { thing } = found;
  const plan = planRename(thing, newName);
  if (typeof plan === 'string') throw refusal(locale, plan, { name: thing.name, newName });
  const edits: TextEdit[] = plan.map((edit) => ({ range: rangeOf(analysis.positions, edit), newText: edit.text }));
  if (!beside || !placeBeside(thing, beside)) return { changes: { [uri]: edits } };
  const args = { name: thing.name, apd: decodeURIComponent(beside.uri.slice(beside.uri.lastIndexOf('/') + 1)) };
  if (!asks) throw refusal(locale, 'keptInApd', args);
  const annotationId = 'keptInApd';
  const say = (key: keyof typeof namesText.en) => formatMessage(locale, namesText[locale][key], args);
  return {
    documentChanges: [{ textDocument: { uri, version }, edits: edits.map((edit) => ({ ...edit, annotationId })) }],
    changeAnnotations: { [annotationId]: { label: say('renameInXml'), description: say('apdKeeps'), needsConfirmation: true } },
  };
}

function placeBeside({ kind, name, section }: NamedThing, { template }: ApdBeside): TextRange | undefined {
  if (kind === 'section') return placeInApd(template, name);
  return kind === 'option' && section !== undefined ? placeInApd(template, section, name) : undefined;
}

function refusal(locale: Locale, key: keyof typeof namesText.en, args: MessageArguments = {}): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, formatMessage(locale, namesText[locale][key], args));
}

function rangeOf(positions: TextPositions, { start, end }: TextRange): Range {
  return { start: positions.positionAt(start), end: positions.positionAt(end) };
}
