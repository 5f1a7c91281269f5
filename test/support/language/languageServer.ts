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
  open(name: string, languageId: string, text: string): string;
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
}

/** Starts the built server as an editor does, over standard input and output. */
export async function startLanguageServer({ locale = 'en', pulls = false, snippets = true, documentation }: ServerOptions = {}): Promise<LanguageServer> {
  const child = spawn(process.execPath, [join(projectRoot, 'dist/server.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const waiting: { uri: string; resolve: (diagnostics: Diagnostic[]) => void }[] = [];
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    const index = waiting.findIndex((one) => one.uri === uri);
    if (index >= 0) waiting.splice(index, 1)[0]?.resolve(diagnostics);
  });
  connection.listen();
  const initialized: LanguageServer['initialized'] = await connection.sendRequest('initialize', {
    processId: process.pid, rootUri: null, locale, ...(documentation !== undefined && { initializationOptions: { documentation } }),
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: snippets } }, ...(pulls && { diagnostic: {} }) } },
  });
  await connection.sendNotification('initialized', {});
  return {
    connection, initialized,
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
