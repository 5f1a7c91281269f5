import * as vscode from 'vscode';
import type { Host } from '../../../core/hosts/model';
import type { ExtensionParts } from '../../extensionParts';
import { pickMany, turnBack, type Choice } from '../../inputs/inputs';
import { describeAddress, describeHostSystem } from '../../views/nodes/hostNodes';
import type { Target } from '../command';

/** The hosts among the rows a command was called on. */
export function hostsOf(target: Target): readonly Host[] {
  return target.nodes.flatMap(({ subject }) => (subject.kind === 'host' ? [subject.host] : []));
}

/** The hosts a command was called on, else those that the person chooses. @throws ProductError `general/cancelled` */
export async function severalHosts(parts: ExtensionParts, target: Target, title: string): Promise<readonly Host[]> {
  const given = hostsOf(target);
  if (given.length > 0) return given;
  const chosen = await pickMany(title, parts.text('chooseHost'), (await allHosts(parts)).map((host) => hostChoice(parts, host)));
  return chosen.length === 0 ? turnBack() : chosen;
}

/** All hosts by name. With none there is nothing to choose: the person is offered to add one. */
export async function allHosts(parts: ExtensionParts): Promise<readonly Host[]> {
  const hosts = await parts.service.request('hosts/list', {});
  if (hosts.length === 0) {
    void offerToAdd(parts);
    return turnBack();
  }
  return [...hosts].sort((a, b) => parts.views.nodeContext.compareNames(a.name, b.name));
}

export function hostChoice({ text }: ExtensionParts, host: Host): Choice<Host> {
  return { label: host.name, description: `${describeAddress(host)} · ${describeHostSystem(host, text('bit')) ?? text('hostNotTested')}`, value: host };
}

async function offerToAdd({ text }: ExtensionParts): Promise<void> {
  const answer = await vscode.window.showInformationMessage(text('noHosts'), text('addHostButton'));
  if (answer !== undefined) await vscode.commands.executeCommand('gaxPackages.hosts.add');
}
