import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { recognizeFormat } from '../core/language/recognizeFormat';

/** The languages of package.json, by the format they stand for. A binary template has none. */
const languages = { silentIni: 'genesys-silent-ini', ipDescription: 'genesys-ip-description', metadataXml: 'genesys-metadata', spd: 'genesys-spd' } as const;
const ours: ReadonlySet<string> = new Set(Object.values(languages));
/** Languages of the editor whose files can be ours by their content. */
const shared: ReadonlySet<string> = new Set(['xml', 'ini', 'properties']);

/** UTF-16 units; enough to find a root element or a section. */
const beginningSize = 64 * 1024;

/** The language server of this window. It runs from the first of our files that is opened. */
export interface LanguageServer {
  /** Ends the server and starts it anew; one that has not been needed yet is started too. */
  restart(): Promise<void>;
  dispose(): void;
}

/** Watches for files of ours; nothing is loaded before the first one. */
export function createLanguageServer(extensionUri: vscode.Uri, name: string, onError: (error: unknown) => void): LanguageServer {
  let client: LanguageClient | undefined;
  let starting: Promise<void> | undefined;

  async function start(): Promise<void> {
    // Loaded here: the library costs more than all of the extension's own start.
    const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
    const module = vscode.Uri.joinPath(extensionUri, 'dist/server.js').fsPath;
    client = new LanguageClient('gaxPackages.languageServer', name, { module, transport: TransportKind.ipc }, {
      documentSelector: [...ours].map((language) => ({ language })),
      initializationOptions: { documentation: vscode.Uri.joinPath(extensionUri, 'docs/formats').toString() },
    });
    await client.start();
  }

  const needed = (): void => {
    starting ??= start().catch((error: unknown) => {
      starting = undefined;
      onError(error);
    });
  };

  const opened = (document: vscode.TextDocument): void => {
    if (ours.has(document.languageId)) needed();
    else if (shared.has(document.languageId)) void takeOver(document).catch(onError);
  };

  const subscription = vscode.workspace.onDidOpenTextDocument(opened);
  for (const document of vscode.workspace.textDocuments) opened(document);

  return {
    async restart() {
      await starting;
      if (!client) return needed();
      await client.restart();
    },
    dispose() {
      subscription.dispose();
      void client?.dispose();
    },
  };
}

/** Gives a document our language where its content says that it is ours: the editor knows roots of XML by their file's name only. */
async function takeOver(document: vscode.TextDocument): Promise<void> {
  const beginning = document.getText(new vscode.Range(new vscode.Position(0, 0), document.positionAt(beginningSize)));
  const format = recognizeFormat(document.uri.path, beginning);
  if (format !== undefined && format !== 'apd' && format !== 'tpl') await vscode.languages.setTextDocumentLanguage(document, languages[format]);
}
