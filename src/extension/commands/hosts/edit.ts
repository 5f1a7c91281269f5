import { pickOne } from '../../inputs/inputs';
import type { Command } from '../command';
import { allHosts, hostChoice, hostsOf } from './chooseHosts';

/** Opens the page on which a host is edited. */
export const editHost: Command = {
  id: 'gaxPackages.hosts.edit',
  needsTrust: true,
  run: async (parts, target) => {
    const { text, pages } = parts;
    const host = hostsOf(target)[0] ?? (await pickOne(text('chooseHost'), text('chooseHost'), (await allHosts(parts)).map((item) => hostChoice(parts, item))));
    pages.show('host', { id: host.id });
  },
};
