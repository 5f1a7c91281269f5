import * as vscode from 'vscode';
import { ProductError } from '../../../core/errors';
import type { Tenant } from '../../../core/packages/model';
import type { ExtensionParts } from '../../extensionParts';
import { turnBack } from '../../inputs/inputs';
import { followImports } from '../../imports/followImports';
import type { Command, Target } from '../command';

/** Imports package archives: those given, else those chosen in a dialog; into the tenant and group they were called on. */
export const importFile: Command = {
  id: 'gaxPackages.packages.importFile',
  needsTrust: true,
  run: async (parts, target) => {
    const files = target.uris.length > 0 ? target.uris : await chooseArchives(parts);
    const { tenant, group } = placeOf(parts, target);
    const place = { ...(tenant && { tenant: tenant.name }), ...(group !== undefined && { group }) };
    const records = [];
    for (const file of files) records.push(await parts.service.request('imports/start', { source: { method: 'archive', path: localPath(file) }, ...place }));
    followImports(parts, records);
  },
};

async function chooseArchives({ text }: ExtensionParts): Promise<readonly vscode.Uri[]> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true, title: text('chooseArchives'), openLabel: text('importButton'), filters: { [text('archives')]: ['zip', 'tar.gz', 'tgz', 'gz', 'xml', 'spd'] },
  });
  if (chosen === undefined || chosen.length === 0) return turnBack();
  return chosen;
}

/** @throws ProductError `editor/not-a-local-file` for a file that the service cannot read */
export function localPath(file: vscode.Uri): string {
  if (file.scheme !== 'file') throw new ProductError('editor/not-a-local-file', { uri: file.toString(true) });
  return file.fsPath;
}

/** The tenant and group that the row a command was called on belongs to. */
export function placeOf(parts: ExtensionParts, target: Target): { readonly tenant?: Tenant; readonly group?: string } {
  const subject = target.nodes[0]?.subject;
  switch (subject?.kind) {
    case 'tenant':
      return { tenant: subject.tenant };
    case 'group':
      return { tenant: subject.tenant, group: subject.group };
    case 'package': {
      const tenant = parts.state.snapshot.tenants.find(({ id }) => id === subject.package.tenantId);
      return { ...(tenant && { tenant }), group: subject.package.group };
    }
    default:
      return {};
  }
}
