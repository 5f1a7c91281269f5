import type { Host } from '../../../core/hosts/model';
import type { ExtensionParts } from '../../extensionParts';
import { isCancelled } from '../../../core/errors';
import { showError, type Command } from '../command';
import { parseAddress } from '../../../core/hosts/address';
import { askAddress, askName, askSignIn, askUser, otherNames } from './hostInputs';
import { testHostVisibly } from './testHost';

/** Adds a host by a few questions, then tests the connection, which fills in what the host is. */
export const addHost: Command = {
  id: 'gaxPackages.hosts.add',
  needsTrust: true,
  run: async (parts) => {
    const host = await askForHost(parts);
    await parts.views.show('hosts', `host:${host.id}`);
    await testAddedHost(parts, host);
  },
};

/** Tests the connection to a host that was added just now. It is kept, however that ends. @throws ProductError `general/cancelled` */
export async function testAddedHost(parts: ExtensionParts, host: Host): Promise<void> {
  try {
    await testHostVisibly(parts, host);
  } catch (error) {
    if (isCancelled(error)) throw error;
    // What is wrong with it is put right on its page.
    await showError(parts, error, 'hosts.add', { label: parts.text('editHostButton'), run: () => parts.pages.show('host', { id: host.id }) });
  }
}

/** Asks for a new host and stores it, without contacting it. */
export async function askForHost(parts: ExtensionParts): Promise<Host> {
  const { service, text } = parts;
  const hosts = await service.request('hosts/list', {});
  const title = text('hostAddressTitle');
  const place = parseAddress(await askAddress(parts, title, '')) ?? { address: '', port: 0 };
  const user = await askUser(parts, title, hosts.at(-1)?.user ?? '');
  const authentication = await askSignIn(parts, title, hosts.at(-1)?.authentication);
  const name = await askName(parts, title, place.address.includes(':') ? '' : place.address, otherNames(hosts));
  return service.request('hosts/add', { ...place, user, name, authentication, stagingFolder: '', lockFolder: '' });
}
