import * as vscode from 'vscode';
import { isCancelled, isProductError } from '../../../core/errors';
import type { Host } from '../../../core/hosts/model';
import { hostOfAlias, selectNewAliases, type ConfigAlias } from '../../../core/hosts/sshConfig/aliases';
import type { ExtensionParts } from '../../extensionParts';
import { pickMany, turnBack } from '../../inputs/inputs';
import type { Command } from '../command';
import { testAddedHost } from './add';
import { testHost } from './testHost';

/** Adds names of the SSH configuration as hosts, then tests the connections, which fills in what the hosts are. */
export const addHostsFromSshConfig: Command = {
  id: 'gaxPackages.hosts.addFromSshConfig',
  needsTrust: true,
  run: async (parts) => {
    const added = await addAliases(parts, await chooseAliases(parts));
    const [first] = added;
    if (first === undefined) return;
    await parts.views.show('hosts', `host:${first.id}`);
    if (added.length === 1) await testAddedHost(parts, first);
    else await testInTurn(parts, added);
  },
};

async function chooseAliases(parts: ExtensionParts): Promise<readonly ConfigAlias[]> {
  const { service, text } = parts;
  const [aliases, hosts] = await Promise.all([service.request('hosts/aliases', {}), service.request('hosts/list', {})]);
  const choices = selectNewAliases(aliases, hosts);
  if (choices.length === 0) {
    void vscode.window.showInformationMessage(text(aliases.length === 0 ? 'aliasesNone' : 'aliasesAllThere'));
    return turnBack();
  }
  const chosen = await pickMany(text('aliasesTitle'), text('aliasesPlaceholder'), choices.map((alias) => ({ label: alias.alias, description: `${alias.file}:${alias.line}`, value: alias })));
  return chosen.length === 0 ? turnBack() : chosen;
}

async function addAliases({ service }: ExtensionParts, aliases: readonly ConfigAlias[]): Promise<readonly Host[]> {
  const added: Host[] = [];
  for (const alias of aliases) {
    try {
      added.push(await service.request('hosts/add', hostOfAlias(alias)));
    } catch (error) {
      // Somebody else was faster; the host is there, as it was wanted.
      if (!isProductError(error, 'repository/name-taken')) throw error;
    }
  }
  return added;
}

/** One after the other, as each may have a question; the tree shows how each went. */
async function testInTurn(parts: ExtensionParts, hosts: readonly Host[]): Promise<void> {
  for (const host of hosts) {
    try {
      await testHost(parts, host);
    } catch (error) {
      if (parts.service.state !== 'online' && !isCancelled(error)) throw error;
      parts.log.warn(`hosts.addFromSshConfig ${host.name}`, String(error));
    }
  }
}
