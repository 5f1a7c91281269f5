import * as vscode from 'vscode';
import { ProductError } from '../../../core/errors';
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
    const place = placeOf(parts, target);
    const records = [];
    for (const file of files) {
      if (file.scheme !== 'file') throw new ProductError('editor/not-a-local-file', { uri: file.toString(true) });
      records.push(await parts.service.request('imports/start', { path: file.fsPath, ...place }));
    }
    followImports(parts, records);
  },
};

/** For now the same as {@link importFile}: the wizard has further methods. */
export const importPackages: Command = { ...importFile, id: 'gaxPackages.packages.import' };

async function chooseArchives({ text }: ExtensionParts): Promise<readonly vscode.Uri[]> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true, title: text('chooseArchives'), openLabel: text('importButton'), filters: { [text('archives')]: ['zip', 'tar.gz', 'tgz', 'gz'] },
  });
  if (chosen === undefined || chosen.length === 0) return turnBack();
  return chosen;
}

function placeOf(parts: ExtensionParts, target: Target): { tenant?: string; group?: string } {
  const subject = target.nodes[0]?.subject;
  switch (subject?.kind) {
    case 'tenant':
      return { tenant: subject.tenant.name };
    case 'group':
      return { tenant: subject.tenant.name, group: subject.group };
    case 'package': {
      const tenant = parts.state.snapshot.tenants.find(({ id }) => id === subject.package.tenantId);
      return { ...(tenant && { tenant: tenant.name }), group: subject.package.group };
    }
    default:
      return {};
  }
}
