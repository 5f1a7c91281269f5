import type { Connection, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { parseIpDescription } from '../core/formats/ipDescription/parse';
import { contextOfPackage, type SilentIniContext } from '../core/formats/silentIni/conditions';
import { analyze, type Analysis } from '../core/language/analyze';
import { recognizeFormat } from '../core/language/recognizeFormat';
import { isTextFormat, type TextFormatId } from '../core/language/diagnose';
import { createTextPositions } from '../core/language/textPositions';
import { decodeText } from '../core/text/utf8';
import type { ReadFile } from './filesBeside';

/** UTF-16 units; above, a text is neither read nor answered for. */
const longestText = 20 * 1024 * 1024;

/** A document that an editor has open. */
export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  /** Of each state of each document its own, even when one is closed and opened again. */
  readonly revision: number;
  readonly text: string;
  /** Undefined for a text that is too long, and for formats that are none of ours. */
  readonly analysis: Analysis | undefined;
  readonly isTooLong: boolean;
}

export interface OpenDocuments {
  get(uri: string): OpenDocument | undefined;
}

export interface DocumentListener {
  changed(document: OpenDocument): void;
  /** More is known of a document than when it was opened: what was said of it may have changed. */
  learned(uri: string): void;
  closed(uri: string): void;
}

const byLanguage: Readonly<Record<string, TextFormatId>> = {
  'genesys-silent-ini': 'silentIni', 'genesys-ip-description': 'ipDescription', 'genesys-metadata': 'metadataXml', 'genesys-spd': 'spd', 'genesys-tpl': 'tpl',
};

/** Follows what the editor has open, change by change. A package's own silent.ini is read with the description beside it. */
export function followDocuments(connection: Connection, read: ReadFile, listener: DocumentListener): OpenDocuments {
  const documents = new Map<string, OpenDocument & { readonly languageId: string }>();
  const packages = new Map<string, SilentIniContext>();
  let revision = 0;
  const put = (uri: string, languageId: string, version: number, text: string, known?: Analysis) => {
    const isTooLong = text.length > longestText;
    const format = isTooLong ? undefined : formatOf(uri, languageId, text);
    const analysis = known && known.format === format ? known : format && analyze(format, text, packages.get(uri));
    const document = { uri, languageId, version, revision: ++revision, text, isTooLong, analysis };
    documents.set(uri, document);
    listener.changed(document);
  };
  connection.onDidOpenTextDocument(async ({ textDocument: { uri, languageId, version, text } }) => {
    put(uri, languageId, version, text);
    if (!/\/genesys_silent\.ini$/i.test(uri)) return;
    const beside = await read(`${uri.slice(0, uri.lastIndexOf('/'))}/ip_description.xml`);
    const description = beside && parseIpDescription(decodeText(beside)).description;
    const now = documents.get(uri);
    if (!description || !now) return;
    packages.set(uri, contextOfPackage(description));
    put(uri, now.languageId, now.version, now.text);
    listener.learned(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const document = documents.get(uri);
    if (!document) return;
    const { text, analysis } = contentChanges.reduce(applyChange, document);
    put(uri, document.languageId, version, text, analysis);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    documents.delete(uri);
    packages.delete(uri);
    listener.closed(uri);
  });
  return { get: (uri) => documents.get(uri) };
}

/** The editor's word first; another client may know our languages by file name alone. */
function formatOf(uri: string, languageId: string, text: string): TextFormatId | undefined {
  const named = byLanguage[languageId];
  if (named) return named;
  const format = recognizeFormat(decodeURIComponent(uri), text.slice(0, 64 * 1024));
  return format && isTextFormat(format) ? format : undefined;
}

/** Each change counts on the text that the changes before it have left. An edit keeps what is known of the rest of the text. */
function applyChange({ text, analysis }: Pick<OpenDocument, 'text' | 'analysis'>, change: TextDocumentContentChangeEvent): Pick<OpenDocument, 'text' | 'analysis'> {
  if (!('range' in change)) return { text: change.text, analysis: undefined };
  const positions = analysis?.positions ?? createTextPositions(text);
  const edit = { start: positions.offsetAt(change.range.start), end: positions.offsetAt(change.range.end), text: change.text };
  const after = analysis?.edited(edit);
  return { text: after?.text ?? text.slice(0, edit.start) + edit.text + text.slice(edit.end), analysis: after };
}
