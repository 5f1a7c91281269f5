import * as vscode from 'vscode';
import { createActionLog, type ActionLogLine } from '../../core/deployment/actionLog';
import type { Deployment } from '../../core/deployment/model';
import type { Locale } from '../../core/text/messages';
import type { DeploymentFollower } from '../deployments/followDeployment';
import type { PackageService } from '../packageService';
import { logUriParts, printLogPath } from './logUri';

export const logScheme = 'gaxpackages-log';
export const logLanguage = 'gax-deployment-log';

/** Deployment action logs as read-only files that grow while their deployment runs. */
export interface LogDocuments {
  /** Opens the log of a deployment, or the part of one host in it, on its line `line` (from 0), else on its first failure or its end. */
  show(deployment: Deployment, hostId?: string, line?: number): Promise<vscode.TextEditor>;
  /** What an open log holds, for outline and folding. */
  contentOf(uri: vscode.Uri): LogContent | undefined;
  dispose(): void;
}

export interface LogContent {
  readonly lines: readonly ActionLogLine[];
  readonly deployment: Deployment;
}

interface OpenLog extends LogContent {
  readonly lines: ActionLogLine[];
  changedAt: number;
  /** The text of the first `lines` lines: a growing log is asked for its size and its text again and again. */
  encoded: { readonly lines: number; readonly bytes: Uint8Array };
  readonly stop: () => void;
}

/** The editor reads a growing log anew at most this often, in milliseconds. */
const rhythm = 300;

export function createLogDocuments(service: PackageService, follower: DeploymentFollower, locale: Locale): LogDocuments {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const open = new Map<string, Promise<OpenLog>>();
  const timers = new Map<string, NodeJS.Timeout>();

  const tellChanged = (uri: vscode.Uri): void => {
    const key = uri.toString();
    if (timers.has(key)) return;
    timers.set(key, setTimeout(() => {
      timers.delete(key);
      changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    }, rhythm));
  };

  const load = async (uri: vscode.Uri): Promise<OpenLog> => {
    const { id, hostId } = logUriParts(uri);
    const deployment = await service.request('deployments/get', { id });
    const log = createActionLog(deployment, { locale, ...(hostId !== undefined && { hostId }) });
    const lines: ActionLogLine[] = [{ text: log.title }, { text: '' }];
    let isOpen = false;
    return new Promise((resolve, reject) => {
      const entry: OpenLog = {
        lines,
        deployment,
        changedAt: Date.now(),
        encoded: { lines: 0, bytes: new Uint8Array() },
        stop: follower.follow(id, {
          events: (events, settled) => {
            lines.push(...log.add(events));
            entry.changedAt = Math.max(Date.now(), entry.changedAt + 1);
            if (settled) {
              isOpen = true;
              resolve(entry);
            }
            tellChanged(uri);
          },
          // Once the log is open, reading goes on by itself when the service is back.
          failed: (error) => {
            if (isOpen) return;
            entry.stop();
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        }),
      };
    });
  };

  const opened = (uri: vscode.Uri): Promise<OpenLog> => {
    const key = uri.toString();
    let entry = open.get(key);
    if (entry === undefined) {
      entry = load(uri);
      open.set(key, entry);
      entry.catch(() => open.delete(key));
    }
    return entry;
  };
  const loaded = new Map<string, OpenLog>();
  const read = async (uri: vscode.Uri): Promise<OpenLog> => {
    try {
      const entry = await opened(uri);
      loaded.set(uri.toString(), entry);
      return entry;
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
    }
  };
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  const bytesOf = (entry: OpenLog): Uint8Array => {
    if (entry.encoded.lines < entry.lines.length) {
      const added = new TextEncoder().encode(entry.lines.slice(entry.encoded.lines).map((line) => `${line.text}\n`).join(''));
      const bytes = new Uint8Array(entry.encoded.bytes.length + added.length);
      bytes.set(entry.encoded.bytes);
      bytes.set(added, entry.encoded.bytes.length);
      entry.encoded = { lines: entry.lines.length, bytes };
    }
    return entry.encoded.bytes;
  };

  const registrations = [
    vscode.workspace.registerFileSystemProvider(logScheme, {
      onDidChangeFile: changed.event,
      stat: async (uri) => {
        const entry = await read(uri);
        return { type: vscode.FileType.File, ctime: 0, mtime: entry.changedAt, size: bytesOf(entry).byteLength, permissions: vscode.FilePermission.Readonly };
      },
      readFile: async (uri) => bytesOf(await read(uri)),
      watch: () => new vscode.Disposable(() => undefined),
      readDirectory: refuse, createDirectory: refuse, writeFile: refuse, delete: refuse, rename: refuse,
    }, { isReadonly: true, isCaseSensitive: true }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme !== logScheme) return;
      const key = uri.toString();
      open.get(key)?.then((entry) => entry.stop(), () => undefined);
      open.delete(key);
      loaded.delete(key);
    }),
    vscode.workspace.onDidChangeTextDocument(followEnd),
  ];

  return {
    show: async (deployment, hostId, line) => {
      const { title } = createActionLog(deployment, { locale });
      const uri = vscode.Uri.from({ scheme: logScheme, path: printLogPath({ id: deployment.id, ...(hostId !== undefined && { hostId }) }, title) });
      const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
      const last = editor.document.lineCount - 1;
      const failing = loaded.get(uri.toString())?.lines.findIndex((line) => line.mark === '✗') ?? -1;
      // On the first failure, else on the end, where new lines come.
      moveTo(editor, line === undefined ? (failing >= 0 ? failing : last) : Math.min(line, last));
      return editor;
    },
    contentOf: (uri) => loaded.get(uri.toString()),
    dispose: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const entry of loaded.values()) entry.stop();
      for (const registration of registrations) registration.dispose();
      changed.dispose();
    },
  };
}

/** While the cursor is on the last line, the editor follows the end of a growing log. */
function followEnd({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
  if (document.uri.scheme !== logScheme || contentChanges.length === 0) return;
  const last = document.lineCount - 1;
  const grownFrom = Math.min(...contentChanges.map((change) => change.range.start.line));
  for (const editor of vscode.window.visibleTextEditors) {
    if (editor.document === document && editor.selection.active.line >= grownFrom) moveTo(editor, last);
  }
}

function moveTo(editor: vscode.TextEditor, line: number): void {
  const position = new vscode.Position(line, 0);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
