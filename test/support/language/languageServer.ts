import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-jsonrpc/node';
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';
import { projectRoot } from '../projectRoot';

export interface LanguageServer {
  readonly connection: MessageConnection;
  /** The answer to `initialize`. */
  readonly initialized: { readonly capabilities: Readonly<Record<string, unknown>> };
  /** What the server has the client watch: folder and pattern, by registration. */
  readonly watched: ReadonlyMap<string, string>;
  /** How often the server told the client to ask anew. */
  refreshes(): number;
  open(name: string, languageId: string, text: string): string;
  /** Hears of all diagnostics that the server pushes. */
  onDiagnostics(listener: (uri: string, diagnostics: Diagnostic[]) => void): void;
  /** The next diagnostics that the server pushes for a document. */
  nextDiagnostics(uri: string): Promise<Diagnostic[]>;
  request<R>(method: string, params: unknown): Promise<R>;
  notify(method: string, params: unknown): void;
  /** Says goodbye and waits for the end of the process. */
  end(): Promise<number | null>;
}

export interface ServerOptions {
  readonly locale?: string;
  /** The client asks for diagnostics instead of waiting for them. */
  readonly pulls?: boolean;
  readonly snippets?: boolean;
  /** The address of docs/formats. */
  readonly documentation?: string;
  /** The client can ask a person before it changes a file. */
  readonly asks?: boolean;
  /** The client watches files on demand; their patterns are in `watched`. */
  readonly watches?: boolean;
  /** Files that only the client can read. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
}

/** Starts the built server as an editor does, over standard input and output. */
export async function startLanguageServer({ locale = 'en', pulls = false, snippets = true, documentation, asks = false, watches = false, files }: ServerOptions = {}): Promise<LanguageServer> {
  const child = spawn(process.execPath, [join(projectRoot, 'dist/server.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const waiting: { uri: string; resolve: (diagnostics: Diagnostic[]) => void }[] = [];
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    const index = waiting.findIndex((one) => one.uri === uri);
    if (index >= 0) waiting.splice(index, 1)[0]?.resolve(diagnostics);
    for (const listener of listeners) listener(uri, diagnostics);
  });
  const listeners: ((uri: string, diagnostics: Diagnostic[]) => void)[] = [];
  const watched = new Map<string, string>();
  connection.onRequest('client/registerCapability', ({ registrations }: { registrations: readonly { id: string; registerOptions: { watchers: readonly { globPattern: { baseUri: string; pattern: string } }[] } }[] }) => {
    for (const { id, registerOptions } of registrations) watched.set(id, registerOptions.watchers.map(({ globPattern: { baseUri, pattern } }) => `${baseUri} ${pattern}`).join());
    return null;
  });
  connection.onRequest('client/unregisterCapability', ({ unregisterations }: { unregisterations: readonly { id: string }[] }) => {
    for (const { id } of unregisterations) watched.delete(id);
    return null;
  });
  let refreshes = 0;
  connection.onRequest('workspace/diagnostic/refresh', () => {
    refreshes++;
    return null;
  });
  connection.onRequest('gaxPackages/readFile', ({ uri }: { uri: string }) => {
    const bytes = files?.get(uri);
    return bytes ? Buffer.from(bytes).toString('base64') : null;
  });
  connection.listen();
  const initialized: LanguageServer['initialized'] = await connection.sendRequest('initialize', {
    processId: process.pid, rootUri: null, locale, initializationOptions: { ...(documentation !== undefined && { documentation }), ...(files && { readsFiles: true }) },
    capabilities: {
      textDocument: { completion: { completionItem: { snippetSupport: snippets } }, ...(pulls && { diagnostic: {} }) },
      workspace: {
        ...(pulls && { diagnostics: { refreshSupport: true } }),
        ...(asks && { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } }),
        ...(watches && { didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } }),
      },
    },
  });
  await connection.sendNotification('initialized', {});
  return {
    connection, initialized, watched,
    refreshes: () => refreshes,
    onDiagnostics: (listener) => listeners.push(listener),
    open(name, languageId, text) {
      const uri = `file:///workspace/${name}`;
      void connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
      return uri;
    },
    nextDiagnostics: (uri) => new Promise((resolve) => waiting.push({ uri, resolve })),
    request: (method, params) => connection.sendRequest(method, params),
    notify: (method, params) => void connection.sendNotification(method, params),
    async end() {
      await connection.sendRequest('shutdown');
      const ended = once(child, 'exit');
      await connection.sendNotification('exit');
      const [code] = await ended as [number | null];
      connection.dispose();
      return code;
    },
  };
}
