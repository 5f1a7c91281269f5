import {
  CodeActionKind, DiagnosticSeverity, DocumentDiagnosticReportKind, LSPErrorCodes, ResponseError, TextDocumentSyncKind,
  type CancellationToken, type Connection, type Diagnostic, type DocumentDiagnosticReport, type InitializeParams,
} from 'vscode-languageserver';
import type { Analysis } from '../core/language/analyze';
import { asLocale } from '../core/text/messages';
import { languageText } from '../core/text/languageText';
import { actionsFor, completionsAt, diagnosticsOf, fixAllKind, foldsOf, formattingOf, hoverOf, symbolsOf, type Reader } from './answers';
import { followDocuments, type OpenDocument, type ReadBeside } from './openDocuments';

/** What the client can do, from its first message. */
interface ClientAbilities extends Reader {
  readonly snippets: boolean;
  /** The client asks for diagnostics by itself; else they are pushed. */
  readonly pulls: boolean;
  /** The client can be told to ask anew. */
  readonly refreshes: boolean;
}

/** Serves one editor until it says goodbye. */
export function startServer(connection: Connection, readBeside: ReadBeside): void {
  let client: ClientAbilities = { locale: 'en', documentation: undefined, snippets: false, pulls: false, refreshes: false };
  const pushes = new Set<string>();

  connection.onInitialize((params) => {
    client = abilitiesOf(params);
    return {
      serverInfo: { name: 'gaxpkg' },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        completionProvider: { triggerCharacters: ['<', '"', '=', '[', '/', ' '] },
        hoverProvider: true,
        documentSymbolProvider: true,
        foldingRangeProvider: true,
        documentFormattingProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
        diagnosticProvider: { identifier: 'gaxpkg', interFileDependencies: false, workspaceDiagnostics: false },
      },
    };
  });

  const documents = followDocuments(connection, readBeside, {
    changed: ({ uri }) => {
      if (client.pulls || pushes.has(uri)) return;
      // Keystrokes that have already arrived are taken in first.
      pushes.add(uri);
      setImmediate(() => {
        pushes.delete(uri);
        const document = documents.get(uri);
        if (document) void connection.sendDiagnostics({ uri, version: document.version, diagnostics: diagnosticsFor(document) });
      });
    },
    learned: () => {
      if (client.refreshes) void connection.languages.diagnostics.refresh();
    },
    closed: (uri) => {
      if (!client.pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  });

  function diagnosticsFor(document: OpenDocument): Diagnostic[] {
    if (document.analysis) return diagnosticsOf(document.uri, document.analysis, client);
    if (!document.isTooLong) return [];
    const start = { line: 0, character: 0 };
    return [{ range: { start, end: start }, severity: DiagnosticSeverity.Information, code: 'language.too-long', source: 'gaxpkg', message: languageText[client.locale].tooLong }];
  }

  /** Answers for a document once what has arrived meanwhile is taken in; a request that was taken back is not worked on. */
  async function answer<R>(uri: string, token: CancellationToken, otherwise: R, make: (analysis: Analysis) => R): Promise<R> {
    await new Promise(setImmediate);
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    const analysis = documents.get(uri)?.analysis;
    return analysis ? make(analysis) : otherwise;
  }

  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token): Promise<DocumentDiagnosticReport> => {
    await answer(uri, token, undefined, () => undefined);
    const document = documents.get(uri);
    const resultId = String(document?.revision);
    if (document && resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: document ? diagnosticsFor(document) : [] };
  });
  connection.onCompletion(({ textDocument, position }, token) => answer(textDocument.uri, token, [], (analysis) => completionsAt(analysis, position, client.locale, client.snippets)));
  connection.onHover(({ textDocument, position }, token) => answer(textDocument.uri, token, null, (analysis) => hoverOf(analysis, position, client.locale)));
  connection.onDocumentSymbol(({ textDocument }, token) => answer(textDocument.uri, token, [], symbolsOf));
  connection.onFoldingRanges(({ textDocument }, token) => answer(textDocument.uri, token, [], foldsOf));
  connection.onDocumentFormatting(({ textDocument, options }, token) => {
    const indent = options.insertSpaces ? ' '.repeat(Math.min(Math.max(options.tabSize, 0), 16)) : '\t';
    return answer(textDocument.uri, token, [], (analysis) => formattingOf(analysis, indent));
  });
  connection.onCodeAction(({ textDocument, range, context }, token) => {
    return answer(textDocument.uri, token, [], (analysis) => actionsFor(textDocument.uri, analysis, range, context.only, client));
  });
  connection.listen();
}

function abilitiesOf({ capabilities, locale, initializationOptions }: InitializeParams): ClientAbilities {
  const { documentation } = (initializationOptions ?? {}) as { readonly documentation?: unknown };
  return {
    locale: asLocale(locale),
    documentation: typeof documentation === 'string' ? documentation : undefined,
    snippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
    pulls: capabilities.textDocument?.diagnostic !== undefined,
    refreshes: capabilities.workspace?.diagnostics?.refreshSupport === true,
  };
}
