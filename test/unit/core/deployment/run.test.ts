import assert from 'node:assert/strict';
import type { Deployment, DeploymentEventBody, HostRunState } from '../../../../src/core/deployment/model';
import { applyEvent, endState } from '../../../../src/core/deployment/run';
import { exampleDeployment, exampleEvents } from './examples';

describe('the state of a deployment as the fold of its events', () => {
  it('follows a host through its steps to the end', () => {
    const running = fold([{ type: 'hostStarted', host: 'h1' }, { type: 'stepStarted', host: 'h1', step: 'connect' }]);
    assert.deepEqual([running.hosts[0]?.state, running.hosts[0]?.step, running.hosts[0]?.percent], ['running', 'connect', 0]);
    const done = fold([{ type: 'stepStarted', host: 'h1', step: 'install' }, { type: 'hostEnded', host: 'h1', state: 'complete', left: [] }, { type: 'ended', state: 'complete' }]);
    assert.deepEqual([done.state, done.percent, done.hosts[0]?.percent], ['complete', 100, 100]);
  });

  it('keeps the bar where a host failed while it cleans up', () => {
    const failed = fold([
      { type: 'stepStarted', host: 'h1', step: 'transfer' },
      { type: 'stepStarted', host: 'h1', step: 'cleanUp' },
      { type: 'stepDone', host: 'h1', step: 'cleanUp' },
      { type: 'hostEnded', host: 'h1', state: 'failed', step: 'transfer', error: { code: 'deploy/transfer-failed', args: {} }, left: ['/var/tmp/x'] },
    ]);
    const [run] = failed.hosts;
    assert.deepEqual([run?.percent, run?.step, run?.state, run?.left], [25, 'transfer', 'failed', ['/var/tmp/x']]);
  });

  it('shows a question while it is open', () => {
    const waiting = fold([{ type: 'hostStarted', host: 'h1' }, { type: 'waiting', host: 'h1', question: 'password' }]);
    assert.deepEqual([waiting.hosts[0]?.state, waiting.hosts[0]?.question], ['waiting', 'password']);
    const answered = fold([{ type: 'waiting', host: 'h1', question: 'password' }, { type: 'answered', host: 'h1' }]);
    assert.deepEqual([answered.hosts[0]?.state, answered.hosts[0]?.question], ['running', undefined]);
  });

  it('opens again when it is resumed, only for the hosts that are named', () => {
    const resumed = fold([
      { type: 'hostEnded', host: 'h1', state: 'complete', left: [] },
      { type: 'stepStarted', host: 'h2', step: 'install' },
      { type: 'hostEnded', host: 'h2', state: 'unknown', step: 'install', error: { code: 'deploy/outcome-unknown', args: {} }, left: ['/x'] },
      { type: 'ended', state: 'failed' },
      { type: 'resumed', by: 'bob@desk', hosts: ['h2'] },
    ], exampleDeployment(['a', 'b']));
    assert.equal(resumed.state, 'running');
    assert.equal(resumed.endedAt, undefined);
    assert.equal(resumed.hosts[0]?.state, 'complete');
    assert.deepEqual(resumed.hosts[1], { hostId: 'h2', hostName: 'b', applicationName: 'LCA_b', state: 'queued', percent: 0, left: ['/x'] });
    assert.deepEqual(fold([{ type: 'hostStarted', host: 'h2' }], resumed).hosts[1]?.left, []);
  });

  it('holds hosts for a reason, until they are taken up again', () => {
    const held = fold([
      { type: 'hostEnded', host: 'h1', state: 'failed', step: 'check', left: [] },
      { type: 'hostHeld', host: 'h2', reason: 'others-failed' },
      { type: 'ended', state: 'failed' },
    ], exampleDeployment(['a', 'b']));
    assert.deepEqual([held.hosts[1]?.state, held.hosts[1]?.reason], ['held', 'others-failed']);
    const resumed = fold([{ type: 'resumed', by: 'bob@desk', hosts: ['h2'] }], held);
    assert.deepEqual([resumed.hosts[1]?.state, resumed.hosts[1]?.reason], ['queued', undefined]);
  });

  it('is paused until it goes on or ends, and stays so when it is interrupted', () => {
    const paused = fold([{ type: 'paused', by: 'bob@desk' }]);
    assert.equal(paused.paused, true);
    assert.equal(fold([{ type: 'wentOn', by: 'bob@desk' }], paused).paused, undefined);
    assert.equal(fold([{ type: 'ended', state: 'cancelled' }], paused).paused, undefined);
    assert.equal(fold([{ type: 'ended', state: 'interrupted' }], paused).paused, true);
  });

  it('ends as the worst of its hosts', () => {
    const ends: readonly (readonly [readonly HostRunState[], string])[] = [
      [['complete', 'skipped'], 'complete'], [['complete', 'cancelled'], 'cancelled'], [['cancelled', 'failed'], 'failed'],
      [['complete', 'unknown'], 'failed'], [['failed', 'interrupted'], 'interrupted'], [['complete', 'held', 'cancelled'], 'held'], [['held', 'failed'], 'failed'],
    ];
    for (const [states, end] of ends) assert.equal(endState(states.map((state) => ({ state }))), end, states.join());
  });
});

function fold(bodies: readonly DeploymentEventBody[], start: Deployment = exampleDeployment()): Deployment {
  return exampleEvents(bodies).reduce(applyEvent, start);
}
