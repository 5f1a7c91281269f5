import * as vscode from 'vscode';
import type { DeployedPackage } from '../../core/deployment/model';
import { verificationText } from '../../core/text/verificationText';
import { createText, type Locale } from '../../core/text/messages';
import type { PackageService } from '../packageService';

const scheme = 'gaxpackages-verified';

/** Files of deployed packages, as the package has them beside how they are on the host; read-only. */
export interface VerifiedFiles {
  /** Fetches both and opens their difference; a file that is on one side only stands against an empty one. @throws ProductError what reading raises */
  showDifference(deployed: DeployedPackage, path: string): Promise<void>;
  dispose(): void;
}

export function createVerifiedFiles(service: Pick<PackageService, 'request'>, locale: Locale): VerifiedFiles {
  const text = createText(locale, verificationText);
  const contents = new Map<string, { readonly bytes: Uint8Array; readonly at: number }>();
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const find = (uri: vscode.Uri): { readonly bytes: Uint8Array; readonly at: number } => {
    const content = contents.get(uri.toString());
    if (content === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return content;
  };
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  const registrations = [
    vscode.workspace.registerFileSystemProvider(scheme, {
      onDidChangeFile: changed.event,
      stat: (uri) => {
        const { bytes, at } = find(uri);
        return { type: vscode.FileType.File, ctime: 0, mtime: at, size: bytes.byteLength, permissions: vscode.FilePermission.Readonly };
      },
      readFile: (uri) => find(uri).bytes,
      watch: () => new vscode.Disposable(() => undefined),
      readDirectory: refuse, createDirectory: refuse, writeFile: refuse, delete: refuse, rename: refuse,
    }, { isReadonly: true, isCaseSensitive: true }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) contents.delete(uri.toString());
    }),
  ];
  const put = (side: 'package' | 'host', { id }: DeployedPackage, path: string, content: string | null): vscode.Uri => {
    const uri = vscode.Uri.from({ scheme, path: `/${id}/${side}/${path}` });
    const at = Math.max(Date.now(), (contents.get(uri.toString())?.at ?? 0) + 1);
    contents.set(uri.toString(), { bytes: Buffer.from(content ?? '', 'base64'), at });
    changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    return uri;
  };
  return {
    showDifference: async (deployed, path) => {
      const { ofPackage, ofHost } = await service.request('deployedPackages/file', { id: deployed.id, path });
      const name = path.slice(path.lastIndexOf('/') + 1);
      await vscode.commands.executeCommand(
        'vscode.diff', put('package', deployed, path, ofPackage), put('host', deployed, path, ofHost), `${name} (${text('ofPackage')} ↔ ${deployed.hostName})`,
      );
    },
    dispose: () => {
      for (const registration of registrations) registration.dispose();
      changed.dispose();
    },
  };
}
