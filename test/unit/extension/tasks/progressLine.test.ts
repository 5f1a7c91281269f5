import { equal, ok } from 'node:assert/strict';
import { createTransferWatch } from '../../../../src/core/deployment/lane';
import { progressLine } from '../../../../src/extension/tasks/progressLine';
import { sampleDeployment, sampleRun } from '../sampleLists';

const deployment = sampleDeployment({
  id: 'd', percent: 54,
  hosts: [
    sampleRun({ hostId: 'h1', state: 'complete' }),
    sampleRun({ hostId: 'h2', state: 'running', step: 'transfer', stepPercent: 61 }),
    sampleRun({ hostId: 'h3', state: 'waiting', question: 'password' }),
    sampleRun({ hostId: 'h4', hostName: 'evil\u001b[2Jhost', state: 'running', step: 'install' }),
  ],
});

describe('the progress line of a running task', () => {
  it('tells the percent of the whole and what each running host is at', () => {
    equal(progressLine('en', deployment, 200), '54\u00a0%  h2 Transfer 61\u00a0%  h3 Waits for you: password  evilhost Install');
    equal(progressLine('fr', deployment, 200).slice(0, 27), '54\u00a0%  h2 Transfert 61\u00a0%  h3');
  });

  it('tells bytes and speed of a transfer, as long as the host is at it', () => {
    const transfers = createTransferWatch();
    const report = (bytesDone: number, at: number) => transfers.add({ deploymentId: 'd', hostId: 'h2', step: 'transfer', bytesDone, bytesTotal: 214_000_000 }, at);
    report(61_000_000, 0);
    equal(progressLine('en', deployment, 200, transfers).split('  ')[1]?.replaceAll('\u00a0', ' '), 'h2 Transfer 61 % (61 MB of 214 MB)');
    report(73_000_000, 1000);
    equal(progressLine('en', deployment, 200, transfers).split('  ')[1]?.replaceAll('\u00a0', ' '), 'h2 Transfer 61 % (73 MB of 214 MB · 12 MB/s)');
    equal(transfers.of({ hostId: 'h2', state: 'running', step: 'install' }), undefined);
    equal(transfers.of({ hostId: 'h3', state: 'running', step: 'transfer' }), undefined);
  });

  it('counts the hosts that find no room, and is never as wide as the terminal', () => {
    equal(progressLine('en', deployment, 30), '54\u00a0%  h2 Transfer 61\u00a0%  +2');
    for (let columns = 1; columns < 90; columns++) ok(progressLine('en', deployment, columns).length < Math.max(columns, 1));
  });
});
