import * as vscode from 'vscode';
import { ProductError } from '../../../core/errors';
import type { Host } from '../../../core/hosts/model';
import type { Command, Target } from '../command';
import type { ExtensionParts } from '../../extensionParts';
import { severalHosts } from './chooseHosts';

/** Opens a terminal with the system's own `ssh` to a host: it asks for keys and passwords itself. */
export const openTerminal: Command = {
  id: 'gaxPackages.hosts.openTerminal',
  needsTrust: true,
  run: async (parts, target) => {
    for (const host of await meantHosts(parts, target)) {
      vscode.window.createTerminal({ name: host.name, shellPath: 'ssh', shellArgs: sshArguments(host), iconPath: new vscode.ThemeIcon('terminal'), isTransient: true }).show();
    }
  },
};

/** Of a deployment's row: the host that is meant, as it is now. */
async function meantHosts(parts: ExtensionParts, target: Target): Promise<readonly Host[]> {
  const subject = target.nodes[0]?.subject;
  if (subject?.kind !== 'hostRun') return severalHosts(parts, target, parts.text('chooseHost'));
  const host = (await parts.service.request('hosts/list', {})).find(({ id }) => id === subject.run.hostId);
  if (host === undefined) throw new ProductError('general/not-found', { kind: 'host', name: subject.run.hostName });
  return [host];
}

/** No shell comes between: each word is one argument. */
function sshArguments({ address, port, user, authentication }: Host): string[] {
  const key = authentication.kind === 'key' ? ['-i', authentication.keyFile] : [];
  return ['-p', String(port), '-l', user, ...key, '--', address];
}
