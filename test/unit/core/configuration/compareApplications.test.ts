import assert from 'node:assert/strict';
import { compareApplications } from '../../../../src/core/configuration/compareApplications';
import { configServerArguments, planApplication } from '../../../../src/core/configuration/planApplication';
import type { ApplicationObject, DeploymentInputs } from '../../../../src/core/deployment/model';
import { exampleInputs, examplePackage } from '../deployment/examples';

const template = { applicationType: 107, options: { log: { verbose: 'all', segment: '1' } } };

describe('compareApplications', () => {
  it('shows a new object: what was entered, and what the package adds', () => {
    const planned = plan({ application: { tenantObject: '', port: '4999', primaryServer: 'cs1', backupServer: '' } });
    assert.deepEqual(rows(undefined, planned), [
      'version: – | 8.5.100.37 | 8.5.100.37 newVersion',
      'workingDirectory: – | /opt/genesys/lca | /opt/genesys/lca added',
      'port: – | 4999 | 4999 entered',
      'primaryServer: – | cs1 | cs1 entered',
      'log/verbose: – | all | all added',
      'log/segment: – | 1 | 1 added',
    ]);
  });

  it('keeps what exists, except for version, folder and what was entered', () => {
    const existing: ApplicationObject = {
      ...plan({}), version: '8.1', workingDirectory: '/opt/old', commandLine: './lca', commandLineArguments: '-app x', tenantObject: 'Environment', port: '5000', primaryServer: 'cs1',
      options: { log: { verbose: 'none', segment: '1', own: 'x' } }, state: 'enabled',
    };
    const planned = plan({ application: { tenantObject: '', port: '4999', primaryServer: 'cs1', backupServer: 'cs2' }, options: [{ section: 'log', key: 'segment', value: '2' }] });
    assert.deepEqual(rows(existing, planned, { workingDirectoryEntered: true, enteredOptions: [{ section: 'log', key: 'segment' }] }), [
      'version: 8.1 | 8.5.100.37 | 8.5.100.37 newVersion',
      'workingDirectory: /opt/old | /opt/genesys/lca | /opt/genesys/lca entered',
      'commandLine: ./lca | – | ./lca existingKept',
      'commandLineArguments: -app x | – | -app x existingKept',
      'tenantObject: Environment | – | Environment existingKept',
      'port: 5000 | 4999 | 4999 entered',
      'primaryServer: cs1 | cs1 | cs1 equal',
      'backupServer: – | cs2 | cs2 entered',
      'log/verbose: none | all | none existingKept',
      'log/segment: 1 | 2 | 2 entered',
      'log/own: x | – | x existingKept',
    ]);
  });

  it('calls what did not change equal', () => {
    const existing: ApplicationObject = { ...plan({}), state: 'enabled' };
    assert.deepEqual(compareApplications(existing, plan({}), { workingDirectoryEntered: true }).map(({ why }) => why), ['equal', 'equal', 'equal', 'equal']);
  });
});

describe('configServerArguments', () => {
  it('are those of a program that reads its options from Configuration Server, and none without it', () => {
    const source = { name: 'LCA_a', package: examplePackage({ silentIni: '[ConfigServer]\nHost=cs\nPort=2020\nApplicationName=\n' }) };
    assert.equal(configServerArguments({ ...source, inputs: exampleInputs() }), '-host cs -port 2020 -app "LCA_a"');
    assert.equal(configServerArguments({ ...source, inputs: exampleInputs({ values: [{ section: 'ConfigServer', key: 'Host', value: '' }] }) }), '');
  });
});

function plan(change: Partial<DeploymentInputs>): ApplicationObject {
  return planApplication({ id: 'a1', name: 'LCA_a', hostId: 'h1', inputs: exampleInputs(change), package: examplePackage(), template });
}

function rows(existing: ApplicationObject | undefined, planned: ApplicationObject, options: Parameters<typeof compareApplications>[2] = { workingDirectoryEntered: false }): string[] {
  return compareApplications(existing, planned, options)
    .map(({ name, existing: before = '–', fresh = '–', result, why }) => `${name}: ${before} | ${fresh} | ${result} ${why}`);
}
