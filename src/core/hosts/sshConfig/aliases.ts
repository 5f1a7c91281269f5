import type { Host, HostSettings } from '../model';
import { matchesPattern } from '../patterns';
import type { ConfigFile, ConfigPlace } from './parse';

/** A name of an SSH configuration that stands for a host. */
export interface ConfigAlias extends ConfigPlace {
  readonly alias: string;
}

/** The names in `Host` lines without wildcards, in the order of reading, each with the line it stands in first. */
export function listAliases(files: readonly ConfigFile[]): readonly ConfigAlias[] {
  const found = new Map<string, ConfigAlias>();
  const visit = (file: ConfigFile): void => {
    for (const line of file.lines) {
      for (const included of line.included ?? []) visit(included);
      if (line.keyword !== 'Host') continue;
      for (const alias of line.words) {
        if (/^[\w.:%][\w.:%-]*$/.test(alias) && !found.has(alias)) found.set(alias, { alias, file: line.file, line: line.line });
      }
    }
  };
  for (const file of files) visit(file);
  return [...found.values()];
}

/** Those that a pattern with `*` and `?` means. */
export function selectAliases(aliases: readonly ConfigAlias[], pattern: string): readonly ConfigAlias[] {
  return aliases.filter(({ alias }) => matchesPattern(pattern, alias));
}

/** Those that could become hosts: no host has the name, in any case, or is reached by it; each once. */
export function selectNewAliases(aliases: readonly ConfigAlias[], hosts: readonly Pick<Host, 'name' | 'address'>[]): readonly ConfigAlias[] {
  const taken = new Set(hosts.flatMap(({ name, address }) => [name.toLowerCase(), address.toLowerCase()]));
  return aliases.filter(({ alias }) => {
    const name = alias.toLowerCase();
    if (taken.has(name)) return false;
    taken.add(name);
    return true;
  });
}

/** The host that a name stands for: everything else is left to the configuration. */
export function hostOfAlias({ alias }: ConfigAlias): HostSettings {
  return { name: alias, address: alias, port: 0, user: '', authentication: { kind: 'sshConfig' }, stagingFolder: '', lockFolder: '' };
}
