import { deepEqual } from 'node:assert/strict';
import { hostOfAlias, listAliases, selectAliases, selectNewAliases } from '../../../../src/core/hosts/sshConfig/aliases';
import { parseSshConfig } from '../../../../src/core/hosts/sshConfig/parse';

const aliases = listAliases([parseSshConfig('Host eu-lca-01 eu-* !eu-old\nHost EU-LCA-01 bastion\nHost us-lca-01\n', '/c')]);
const namesOf = (found: typeof aliases): readonly string[] => found.map(({ alias }) => alias);

describe('names of an SSH configuration', () => {
  it('are those that stand for one host, each with its line', () => {
    deepEqual(aliases, [
      { alias: 'eu-lca-01', file: '/c', line: 1 }, { alias: 'EU-LCA-01', file: '/c', line: 2 }, { alias: 'bastion', file: '/c', line: 2 }, { alias: 'us-lca-01', file: '/c', line: 3 },
    ]);
    deepEqual(namesOf(selectAliases(aliases, 'us-*')), ['us-lca-01']);
  });

  it('are offered once in whatever case, and not when a host has the name or is reached by it', () => {
    deepEqual(namesOf(selectNewAliases(aliases, [])), ['eu-lca-01', 'bastion', 'us-lca-01']);
    deepEqual(namesOf(selectNewAliases(aliases, [{ name: 'Bastion', address: '10.0.0.1' }, { name: 'west', address: 'us-lca-01' }])), ['eu-lca-01']);
  });

  it('become hosts that leave everything to the configuration', () => {
    deepEqual(hostOfAlias(aliases[0]!), { name: 'eu-lca-01', address: 'eu-lca-01', port: 0, user: '', authentication: { kind: 'sshConfig' }, stagingFolder: '', lockFolder: '' });
  });
});
