import { confirm } from '../../inputs/inputs';
import type { Command } from '../command';
import { severalHosts } from './chooseHosts';

/** Removes hosts from the repository; nothing changes on the hosts themselves. */
export const removeHost: Command = {
  id: 'gaxPackages.hosts.remove',
  needsTrust: true,
  run: async (parts, target) => {
    const { text, service } = parts;
    const hosts = await severalHosts(parts, target, text('removeButton'));
    const [only] = hosts;
    if (only !== undefined && hosts.length === 1) {
      const deployments = await service.request('deployments/list', {});
      const n = deployments.filter((deployment) => deployment.hosts.some((run) => run.hostId === only.id)).length;
      await confirm(text('removeMessage', { host: only.name }), text('removeDetail', { n }), text('removeButton'));
    } else {
      await confirm(text('removeSeveralMessage', { n: hosts.length }), text('removeSeveralDetail', { hosts: hosts.map((host) => host.name).join(', ') }), text('removeButton'));
    }
    for (const { id } of hosts) await service.request('hosts/remove', { id });
  },
};
