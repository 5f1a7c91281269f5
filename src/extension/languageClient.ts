import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { isPluginTemplate } from '../core/formats/tpl/recognize';
import { recognizeFormat } from '../core/language/recognizeFormat';

/** The languages of package.json, by the format they stand for. A binary template has none. */
const languages = { silentIni: 'genesys-silent-ini', ipDescription: 'genesys-ip-description', metadataXml: 'genesys-metadata', spd: 'genesys-spd', tpl: 'genesys-tpl' } as const;
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
  let restarting = false;

  async function start(): Promise<void> {
    // Loaded here: the library costs more than all of the extension's own start.
    const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
    /** While there is no server the editor's own requests come to nothing, without a word: it asks again. */
    class PatientClient extends LanguageClient {
      override handleFailedRequest<T>(...failed: Parameters<LanguageClient['handleFailedRequest']>): T {
        return (restarting || !this.isRunning() ? failed[3] : super.handleFailedRequest(...failed)) as T;
      }
    }
    const module = vscode.Uri.joinPath(extensionUri, 'dist/server.js').fsPath;
    client = new PatientClient('gaxPackages.languageServer', name, { module, transport: TransportKind.ipc }, {
      documentSelector: [...ours].map((language) => ({ language })),
      initializationOptions: { documentation: vscode.Uri.joinPath(extensionUri, 'docs/formats').toString(), readsFiles: true },
    });
    client.onRequest('gaxPackages/readFile', readFile);
    await client.start();
    await tellTemplates();
  }

  const needed = (): void => {
    starting ??= start().catch((error: unknown) => {
      starting = undefined;
      onError(error);
    });
  };

  const opened = (document: vscode.TextDocument): void => {
    const language = shared.has(document.languageId) || document.languageId === languages.tpl ? languageByContent(document) : document.languageId;
    if (language !== document.languageId) void vscode.languages.setTextDocumentLanguage(document, language).then(undefined, onError);
    else if (ours.has(language)) needed();
  };

  /** Binary templates are no documents: the server hears of their tabs. */
  async function tellTemplates(): Promise<void> {
    if (client?.isRunning() === true) await client.sendNotification('gaxPackages/shownTemplates', { uris: shownTemplates() });
  }
  const tabsChanged = (): void => {
    if (shownTemplates().length > 0) needed();
    void tellTemplates().catch(onError);
  };

  const subscriptions = [vscode.workspace.onDidOpenTextDocument(opened), vscode.window.tabGroups.onDidChangeTabs(tabsChanged)];
  for (const document of vscode.workspace.textDocuments) opened(document);
  if (shownTemplates().length > 0) needed();

  return {
    async restart() {
      await starting;
      if (!client) return needed();
      restarting = true;
      try {
        await client.restart();
      } finally {
        restarting = false;
      }
      await tellTemplates();
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      void client?.dispose();
    },
  };
}

function shownTemplates(): readonly string[] {
  const uris = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(({ input }) => (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? [input.uri] : [])));
  return [...new Set(uris.filter(({ path }) => /\.apd$/i.test(path)).map((uri) => uri.toString()))];
}

/** The content of a file that is not of this machine, in base64; null where it cannot be read. */
async function readFile({ uri }: { readonly uri: string }): Promise<string | null> {
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.parse(uri, true))).toString('base64');
  } catch {
    return null;
  }
}

/** The language that the content of a document says: the editor knows roots of XML by their file's name only. */
function languageByContent(document: vscode.TextDocument): string {
  const beginning = document.getText(new vscode.Range(new vscode.Position(0, 0), document.positionAt(beginningSize)));
  const format = recognizeFormat(document.uri.path, beginning);
  if (format === undefined || format === 'apd') return document.languageId;
  return format === 'tpl' ? languageOfTpl(beginning) : languages[format];
}

/** Files of other programs end in .tpl too: they go to whoever knows them. */
function languageOfTpl(beginning: string): string {
  if (isPluginTemplate(beginning)) return /^\ufeff?\s*</.test(beginning) ? languages.metadataXml : languages.tpl;
  interface Contribution { readonly id?: string; readonly extensions?: readonly string[] }
  const contributed = vscode.extensions.all.flatMap(({ packageJSON }) => (packageJSON as { readonly contributes?: { readonly languages?: readonly Contribution[] } }).contributes?.languages ?? []);
  return contributed.find(({ id, extensions }) => id !== undefined && id !== languages.tpl && extensions?.includes('.tpl'))?.id ?? 'plaintext';
}
