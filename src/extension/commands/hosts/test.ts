import { isCancelled } from '../../../core/errors';
import { showError, type Command } from '../command';
import { allHosts, severalHosts } from './chooseHosts';
import { testHost, testHostVisibly } from './testHost';

/** Tests the connection to hosts: reached, key, sign-in, system. */
export const testConnection: Command = {
  id: 'gaxPackages.hosts.test',
  needsTrust: true,
  run: async (parts, target) => {
    const hosts = await severalHosts(parts, target, parts.text('chooseHost'));
    const [only] = hosts;
    if (only !== undefined && hosts.length === 1) {
      await testHostVisibly(parts, only);
      return;
    }
    // Of several the tree shows each one's outcome; nobody wants a notification from every one.
    await Promise.all(hosts.map((host) => testHost(parts, host).catch((error: unknown) => parts.log.warn(`hosts.test ${host.name}`, String(error)))));
  },
};

/** Tests all hosts; the tree shows how each went. */
export const testAllConnections: Command = {
  id: 'gaxPackages.hosts.testAll',
  needsTrust: true,
  run: async (parts) => {
    const hosts = await allHosts(parts);
    await parts.views.show('hosts');
    for (const host of hosts) {
      await testHost(parts, host).catch((error: unknown) => {
        if (parts.service.state !== 'online' && !isCancelled(error)) return showError(parts, error, 'hosts.testAll');
        return undefined;
      });
    }
  },
};
