import { deepEqual, equal } from 'node:assert/strict';
import { createText } from '../../../src/core/text/messages';
import { emptyStock } from '../../../src/core/packages/stock';
import { viewText } from '../../../src/core/text/viewText';
import type { RepositorySnapshot } from '../../../src/extension/repositoryState';
import { summarizeStatus } from '../../../src/extension/statusBar/statusSummary';
import { sampleDeployment, sampleImport, sampleRun } from './sampleLists';

const nothing: RepositorySnapshot = {
  access: undefined, tenants: [], packages: emptyStock, templates: [], imports: [], hosts: [], applications: [], deployments: [], deployedPackages: [],
  connection: 'online', problem: undefined, readOnly: undefined, known: new Set(), asOf: undefined,
};
const english = createText('en', viewText);
const summarize = (change: Partial<RepositorySnapshot>, left: readonly string[] = []) => summarizeStatus({ ...nothing, ...change }, (id) => left.includes(id), english);

const running = sampleDeployment({ id: 'd1', hosts: [sampleRun({ hostId: 'h1', state: 'complete' }), sampleRun({ hostId: 'h2', state: 'running' })] });
const waiting = sampleDeployment({ id: 'd2', hosts: [sampleRun({ hostId: 'h3', state: 'waiting', question: 'password' })] });
const failed = sampleDeployment({ id: 'd3', state: 'failed', hosts: [sampleRun({ hostId: 'h4', state: 'failed' }), sampleRun({ hostId: 'h5', state: 'unknown' })] });

describe('the item of the status bar', () => {
  it('is not there when there is nothing to say', () => {
    equal(summarize({}), undefined);
  });

  it('tells of running work', () => {
    equal(summarize({ deployments: [running] })?.text, '$(sync~spin) Deploying 1/2 hosts');
    equal(summarize({ imports: [sampleImport({ id: 'i1' })] })?.text, '$(sync~spin) Importing 0/1');
  });

  it('shows the weightiest state and lists all of them: waiting, failed, deploying, importing, offline', () => {
    const summary = summarize({ deployments: [running, waiting, failed], imports: [sampleImport({ id: 'i1' })], connection: 'offline' });
    deepEqual(summary, {
      text: '$(bell-dot) Deployment waits for you', background: 'warning', command: { id: 'gaxPackages.deployments.showProgress', meant: { kind: 'deployment', deployment: waiting } },
      lines: ['Deployment waits for you', 'Deployment failed on 2 hosts', 'Deploying 1/3 hosts', 'Importing 0/1', 'Package service offline'],
    });
    equal(summarize({ deployments: [running, failed] })?.background, 'error');
  });

  it('forgets a failed deployment that a person left so', () => {
    equal(summarize({ deployments: [failed] }, ['d3']), undefined);
  });

  it('leads to the page of what is meant, or to the view where several things are', () => {
    const record = sampleImport({ id: 'i1' });
    deepEqual(summarize({ deployments: [running] })?.command, { id: 'gaxPackages.deployments.showProgress', meant: { kind: 'deployment', deployment: running } });
    deepEqual(summarize({ deployments: [running, { ...running, id: 'd4' }] })?.command, { id: 'gaxPackages.deployed.focus' });
    deepEqual(summarize({ deployments: [failed] })?.command, { id: 'gaxPackages.deployments.showProgress', meant: { kind: 'deployment', deployment: failed } });
    deepEqual(summarize({ imports: [record] })?.command, { id: 'gaxPackages.packages.showDetails', meant: { kind: 'import', record } });
    deepEqual(summarize({ imports: [record, sampleImport({ id: 'i2' })] })?.command, { id: 'gaxPackages.packages.focus' });
  });

  it('leads to a new connection when the service is gone', () => {
    deepEqual(summarize({ connection: 'offline' }), {
      text: '$(debug-disconnect) Package service offline', background: 'warning', command: { id: 'gaxPackages.repository.connect' }, lines: ['Package service offline'],
    });
  });
});
