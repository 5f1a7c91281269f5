import assert from 'node:assert/strict';
import { mergeApplication } from '../../../../src/core/configuration/mergeApplication';
import type { ApplicationObject } from '../../../../src/core/deployment/model';

const existing: ApplicationObject = {
  id: 'a1', name: 'LCA_x', tenantId: 'environment', hostId: 'h1', type: 107, version: '8.1', workingDirectory: '/opt/old', commandLine: './mine', commandLineArguments: '',
  tenantObject: 'Environment', port: '4999', primaryServer: '', backupServer: '',
  options: { log: { verbose: 'none', old: '1' } }, state: 'enabled',
};

describe('mergeApplication', () => {
  it('lets existing values win, adds missing ones, and takes version and folder from the package', () => {
    const fromPackage: ApplicationObject = {
      ...existing, id: 'a2', type: 5, version: '8.5', workingDirectory: '/opt/new', commandLine: './lca', commandLineArguments: '-app x', state: 'planned',
      options: { log: { verbose: 'all', segment: '1' }, general: { a: 'b' } },
    };
    assert.deepEqual(mergeApplication(existing, fromPackage), {
      application: {
        ...existing, version: '8.5', workingDirectory: '/opt/new', commandLineArguments: '-app x',
        options: { log: { verbose: 'none', old: '1', segment: '1' }, general: { a: 'b' } },
      },
      kept: 1,
      added: 2,
    });
  });

  it('survives sections and options with names of JavaScript’s own', () => {
    const options = JSON.parse('{"__proto__":{"constructor":"x","__proto__":"y"}}') as ApplicationObject['options'];
    const { application, added } = mergeApplication(existing, { ...existing, options });
    assert.equal(added, 2);
    assert.deepEqual(Object.keys(application.options), ['log', '__proto__']);
  });
});
