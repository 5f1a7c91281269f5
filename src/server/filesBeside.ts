import { FileChangeType, DidChangeWatchedFilesNotification, type Connection, type Disposable, type InitializeParams } from 'vscode-languageserver';

/** Reads a file by its address; `undefined` where there is none, or too much of it. Never rejects. */
export type ReadFile = (uri: string) => Promise<Uint8Array | undefined>;

/** Bytes; what is larger is not looked at. */
export const longestFile = 20 * 1024 * 1024;

/** Asks the client for a file that is none of this machine. */
const readFileRequest = 'gaxPackages/readFile';

/** Reads files of this machine by `readLocal`, all others through the client, if it offers that. */
export function createFileReader(connection: Connection, readLocal: ReadFile, clientReads: () => boolean): ReadFile {
  return async (uri) => {
    if (uri.startsWith('file:')) return readLocal(uri);
    if (!clientReads()) return undefined;
    try {
      const content: unknown = await connection.sendRequest(readFileRequest, { uri });
      return typeof content === 'string' ? Uint8Array.from(atob(content), (character) => character.charCodeAt(0)) : undefined;
    } catch {
      return undefined;
    }
  };
}

/** Tells of changes of files, as far as the client can. */
export interface FileWatch {
  /** Watches files of one folder whose names begin alike, until it is disposed. */
  watch(folder: string, baseName: string, endings: readonly string[]): { dispose(): void };
}

/** Lets the client watch exactly the files that matter. `changed` gets their addresses. */
export function createFileWatch(connection: Connection, canWatch: () => boolean, changed: (uris: readonly string[]) => void): FileWatch {
  connection.onDidChangeWatchedFiles(({ changes }) => changed(changes.map(({ uri }) => uri)));
  return {
    watch(folder, baseName, endings) {
      if (!canWatch()) return { dispose: () => undefined };
      // Characters with a meaning in a pattern stand for any one; who hears of one file too many looks at its name.
      const pattern = `${baseName.replaceAll(/[*?[\]{}!]/g, '?')}.{${endings.join(',')}}`;
      const kind = FileChangeType.Created | FileChangeType.Changed | 4;
      const registered: Promise<Disposable | undefined> = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: { baseUri: folder, pattern }, kind }] }).catch(() => undefined);
      return { dispose: () => void registered.then((one) => one?.dispose()) };
    },
  };
}

/** Whether a client can watch files of any folder on demand. */
export function watchesFiles({ workspace }: InitializeParams['capabilities']): boolean {
  return workspace?.didChangeWatchedFiles?.dynamicRegistration === true && workspace.didChangeWatchedFiles.relativePatternSupport === true;
}
