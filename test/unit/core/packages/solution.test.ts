import { deepEqual, equal, ok } from 'node:assert/strict';
import { describeIdentity, identityKey } from '../../../../src/core/packages/identity';
import { referredPackages, solutionIdentity, unsupportedCommands } from '../../../../src/core/packages/solution';
import { readSpd } from '../../../../src/core/formats/spd/read';
import { writeDefinition } from '../../../support/samplePackages/definitions';

const { definition } = readSpd(writeDefinition());
ok(definition);

describe('a solution definition among packages', () => {
  it('is known by name and version alone, and is no package of the same name and version', () => {
    const identity = solutionIdentity(definition);
    equal(describeIdentity(identity), 'Voice Platform Segment 2.1.0');
    equal(identityKey(identity) === identityKey({ ...identity, localeId: 'ENU', osGroup: 'linux' }), false);
  });

  it('says of each package that it names whether it is there, each once', () => {
    const present = [{ name: 'Local Control Agent', version: '8.5.100.37' }, { name: 'Chat Server', version: '8.5.106.11' }];
    deepEqual(referredPackages({ profiles: [...definition.profiles, ...definition.profiles] }, present), [
      { longName: 'Local Control Agent', version: '8.5.100.37', line: 22, presence: 'present' },
      { longName: 'Media Control Platform', version: '${mcpVersion}', line: 27, presence: 'computed' },
      { longName: 'Chat Server', version: '8.5.106.10', line: 31, presence: 'missing' },
    ]);
  });

  it('names what is not supported, each command once with all its lines', () => {
    deepEqual(unsupportedCommands(definition), [{ name: 'cfg:createFolder', lines: [29] }, { name: 'os:execShellCmd', lines: [30, 33] }]);
  });
});
