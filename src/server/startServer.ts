import {
  CodeActionKind, DiagnosticSeverity, DocumentDiagnosticReportKind, LSPErrorCodes, ResponseError, TextDocumentSyncKind,
  type CancellationToken, type Connection, type Diagnostic, type DocumentDiagnosticReport, type InitializeParams,
} from 'vscode-languageserver';
import { inOrder } from '../core/formats/problem';
import type { Analysis } from '../core/language/analyze';
import { asLocale } from '../core/text/messages';
import { languageText } from '../core/text/languageText';
import { actionsFor, completionsAt, diagnosticsOf, fixAllKind, foldsOf, formattingOf, hoverOf, symbolsOf, type Reader } from './answers';
import { createFileReader, createFileWatch, watchesFiles, type ReadFile } from './filesBeside';
import { definitionsOf, prepareRename, referencesOf, renameAt, type NamedDocument } from './nameAnswers';
import { followDocuments, type OpenDocument } from './openDocuments';
import { createTemplatePairs } from './templatePairs';

/** What the client can do, from its first message. */
interface ClientAbilities extends Reader {
  readonly snippets: boolean;
  /** The client asks for diagnostics by itself; else they are pushed. */
  readonly pulls: boolean;
  /** The client can be told to ask anew. */
  readonly refreshes: boolean;
  /** The client reads files for the server that are none of this machine. */
  readonly reads: boolean;
  readonly watches: boolean;
  /** The client can ask a person before it makes a change. */
  readonly asks: boolean;
}

/** The application templates that the client shows, whatever their editor; always all of them. */
const shownTemplatesNotification = 'gaxPackages/shownTemplates';

/** Serves one editor until it says goodbye. `readLocal` reads files of this machine. */
export function startServer(connection: Connection, readLocal: ReadFile): void {
  let client: ClientAbilities = { locale: 'en', documentation: undefined, snippets: false, pulls: false, refreshes: false, reads: false, watches: false, asks: false };
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
        definitionProvider: true,
        referencesProvider: true,
        renameProvider: { prepareProvider: true },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
        diagnosticProvider: { identifier: 'gaxpkg', interFileDependencies: false, workspaceDiagnostics: false },
      },
    };
  });

  const read = createFileReader(connection, readLocal, () => client.reads);
  const documents = followDocuments(connection, read, {
    changed: ({ uri }) => {
      if (pushes.has(uri)) return;
      // Keystrokes that have already arrived are taken in first.
      pushes.add(uri);
      setImmediate(() => {
        pushes.delete(uri);
        const document = documents.get(uri);
        if (!document) return;
        pairs.documentChanged(document);
        if (!client.pulls) push(document);
      });
    },
    learned,
    closed: (uri) => {
      if (!client.pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
      pairs.documentClosed(uri);
    },
  });
  const pairs = createTemplatePairs({
    documents: () => documents, read, learned,
    files: createFileWatch(connection, () => client.watches, (uris) => pairs.filesChanged(uris)),
    publish: (file) => void connection.sendDiagnostics({ uri: file.uri, diagnostics: diagnosticsOf(file, file.problems, client) }),
  });
  connection.onNotification(shownTemplatesNotification, ({ uris }: { readonly uris: readonly string[] }) => pairs.templatesShown(uris));

  function push(document: OpenDocument): void {
    void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics: diagnosticsFor(document) });
  }

  function learned(uri: string): void {
    const document = documents.get(uri);
    // What waits to be pushed is pushed with what is known by then.
    if (!client.pulls) {
      if (document && !pushes.has(uri)) push(document);
    } else if (client.refreshes) void connection.languages.diagnostics.refresh();
  }

  function diagnosticsFor(document: OpenDocument): Diagnostic[] {
    const { uri, analysis } = document;
    if (analysis) {
      const ofPair = pairs.problemsOf(document);
      const problems = ofPair.length > 0 ? inOrder([...analysis.problems, ...ofPair]) : analysis.problems;
      return diagnosticsOf({ uri, positions: analysis.positions, partner: pairs.besideOf(uri) }, problems, client);
    }
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
    const resultId = `${document?.revision ?? ''}.${pairs.revisionOf(uri)}`;
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
  const answerNamed = <R>(uri: string, token: CancellationToken, otherwise: R, make: (document: NamedDocument) => R) =>
    answer(uri, token, otherwise, (analysis) => make({ uri, version: documents.get(uri)?.version ?? 0, analysis, beside: pairs.besideOf(uri) }));
  connection.onDefinition(({ textDocument: { uri }, position }, token) => answerNamed(uri, token, [], (document) => definitionsOf(document, position)));
  connection.onReferences(({ textDocument: { uri }, position, context }, token) => answerNamed(uri, token, [], (document) => referencesOf(document, position, context.includeDeclaration)));
  connection.onPrepareRename(({ textDocument: { uri }, position }, token) => answerNamed(uri, token, null, (document) => prepareRename(document, position, client.locale)));
  connection.onRenameRequest(({ textDocument: { uri }, position, newName }, token) => answerNamed(uri, token, null, (document) => renameAt(document, position, newName, client.locale, client.asks)));
  connection.listen();
}

function abilitiesOf({ capabilities, locale, initializationOptions }: InitializeParams): ClientAbilities {
  const { documentation, readsFiles } = (initializationOptions ?? {}) as { readonly documentation?: unknown; readonly readsFiles?: unknown };
  return {
    locale: asLocale(locale),
    documentation: typeof documentation === 'string' ? documentation : undefined,
    snippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
    pulls: capabilities.textDocument?.diagnostic !== undefined,
    refreshes: capabilities.workspace?.diagnostics?.refreshSupport === true,
    reads: readsFiles === true,
    watches: watchesFiles(capabilities),
    asks: capabilities.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined && capabilities.workspace.workspaceEdit.documentChanges === true,
  };
}
