import { defaultLockFolder, defaultStagingFolder, type Host, type HostSettings } from '../../../core/hosts/model';
import type { ExtensionParts } from '../../extensionParts';
import { pickOne, separator } from '../../inputs/inputs';
import type { Command } from '../command';
import { parseAddress } from '../../../core/hosts/address';
import { allHosts, hostChoice, hostsOf } from './chooseHosts';
import { askAddress, askFolder, askName, askPort, askSignIn, askUser, otherNames } from './hostInputs';

/** Changes a host: a list of its settings, each changed by itself, and saved together. */
export const editHost: Command = {
  id: 'gaxPackages.hosts.edit',
  needsTrust: true,
  run: async (parts, target) => {
    const { service, text } = parts;
    const hosts = await allHosts(parts);
    const host = hostsOf(target)[0] ?? (await pickOne(text('chooseHost'), text('chooseHost'), hosts.map((item) => hostChoice(parts, item))));
    await service.request('hosts/edit', { id: host.id, settings: await editSettings(parts, host, otherNames(hosts, host.id)) });
  },
};

type Change = (settings: HostSettings) => Promise<HostSettings>;

async function editSettings(parts: ExtensionParts, host: Host, taken: readonly string[]): Promise<HostSettings> {
  const { text } = parts;
  const title = text('editTitle', { host: host.name });
  let settings: HostSettings = {
    name: host.name, address: host.address, port: host.port, user: host.user, authentication: host.authentication,
    stagingFolder: host.stagingFolder, lockFolder: host.lockFolder,
  };
  for (;;) {
    const change = await pickOne<Change | 'save'>(title, text('editPlaceholder'), [
      { label: `$(check) ${text('editSave')}`, value: 'save' },
      separator(''),
      { label: text('editName'), description: settings.name, value: async (now) => ({ ...now, name: await askName(parts, title, now.name, taken) }) },
      {
        label: text('editAddress'), description: settings.address,
        value: async (now) => {
          const place = parseAddress(await askAddress(parts, title, now.address));
          return { ...now, ...(place && { address: place.address, port: place.port === 22 ? now.port : place.port }) };
        },
      },
      { label: text('editPort'), description: String(settings.port), value: async (now) => ({ ...now, port: Number(await askPort(parts, title, now.port)) }) },
      { label: text('editUser'), description: settings.user, value: async (now) => ({ ...now, user: await askUser(parts, title, now.user) }) },
      {
        label: text('editSignIn'), description: describeSignIn(parts, settings),
        value: async (now) => ({ ...now, authentication: await askSignIn(parts, title, now.authentication) }),
      },
      {
        label: text('editStaging'), description: describeFolder(parts, settings.stagingFolder, defaultStagingFolder),
        value: async (now) => ({ ...now, stagingFolder: await askFolder(parts, title, now.stagingFolder, defaultStagingFolder) }),
      },
      {
        label: text('editLock'), description: describeFolder(parts, settings.lockFolder, defaultLockFolder),
        value: async (now) => ({ ...now, lockFolder: await askFolder(parts, title, now.lockFolder, defaultLockFolder) }),
      },
    ]);
    if (change === 'save') return settings;
    settings = await change(settings);
  }
}

function describeSignIn({ text }: ExtensionParts, { authentication }: HostSettings): string {
  if (authentication.kind === 'key') return `${text('signInKey')} ${authentication.keyFile}`;
  return authentication.kind === 'agent' ? text('signInAgent') : text('signInPassword');
}

function describeFolder({ text }: ExtensionParts, folder: string, standard: string): string {
  return folder === '' ? text('editDefault', { folder: standard }) : folder;
}
