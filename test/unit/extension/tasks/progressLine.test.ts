import { equal, ok } from 'node:assert/strict';
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

  it('counts the hosts that find no room, and is never as wide as the terminal', () => {
    equal(progressLine('en', deployment, 30), '54\u00a0%  h2 Transfer 61\u00a0%  +2');
    for (let columns = 1; columns < 90; columns++) ok(progressLine('en', deployment, columns).length < Math.max(columns, 1));
  });
});
