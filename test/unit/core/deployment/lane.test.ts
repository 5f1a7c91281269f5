import assert from 'node:assert/strict';
import { canCleanUp, canRetry, countHosts, createTransferRate, hostNow, laneSteps } from '../../../../src/core/deployment/lane';
import type { Deployment, DeploymentEventBody, HostRun } from '../../../../src/core/deployment/model';
import { applyEvent } from '../../../../src/core/deployment/run';
import { exampleDeployment, exampleEvents } from './examples';

describe('the lane of a host', () => {
  const begun: readonly DeploymentEventBody[] = [{ type: 'hostStarted', host: 'h1' }, { type: 'stepDone', host: 'h1', step: 'lock' }, { type: 'stepStarted', host: 'h1', step: 'transfer' }];
  const ended = (state: 'failed' | 'unknown' | 'cancelled' | 'interrupted'): readonly DeploymentEventBody[] => [...begun, { type: 'hostEnded', host: 'h1', state, step: 'transfer', left: [] }];

  const cases: readonly (readonly [what: string, events: readonly DeploymentEventBody[], states: string])[] = [
    ['that waits its turn has begun no step', [], 'todo todo todo todo'],
    ['at work is in one step', begun, 'done done done running'],
    ['that waits for a person shows it at its step', [...begun, { type: 'waiting', host: 'h1', question: 'password' }], 'done done done waiting'],
    ['that failed shows where', ended('failed'), 'done done done failed'],
    ['whose outcome is not known shows where', ended('unknown'), 'done done done unknown'],
    ['that was stopped shows where', ended('cancelled'), 'done done done stopped'],
    ['that was interrupted shows where', ended('interrupted'), 'done done done interrupted'],
    ['that was left out has no step', [{ type: 'hostStarted', host: 'h1' }, { type: 'hostEnded', host: 'h1', state: 'skipped', reason: 'application-exists', left: [] }], 'skipped skipped skipped skipped'],
    ['that is complete has done them all', [...begun, { type: 'hostEnded', host: 'h1', state: 'complete', left: [] }], 'done done done done'],
  ];
  for (const [what, events, states] of cases) {
    it(what, () => assert.equal(laneSteps(fold(events)).slice(0, 4).map(({ state }) => state).join(' '), states));
  }

  it('of a plug-in has one step more, between the result and the values', () => {
    const run = [...exampleEvents([...begun, { type: 'stepDone', host: 'h1', step: 'result' }, { type: 'stepStarted', host: 'h1', step: 'plugIn' }])].reduce(applyEvent, { ...exampleDeployment(), plugIn: true as const }).hosts[0];
    assert.ok(run);
    const steps = laneSteps({ ...run, plugIn: true });
    assert.deepEqual(steps.slice(8).map(({ step, state }) => `${step} ${state}`), ['result done', 'plugIn running', 'values todo', 'record todo', 'cleanUp todo']);
    assert.equal(steps.length, 13);
  });

  it('cleans up after a failure without having done the steps between', () => {
    const steps = laneSteps(fold([...begun, { type: 'stepStarted', host: 'h1', step: 'cleanUp' }]));
    assert.deepEqual(steps.map(({ state }) => state), ['done', 'done', 'done', ...Array<string>(8).fill('todo'), 'running']);
  });
});

describe('what a host is like after a bad end', () => {
  const of = (run: Partial<HostRun>, earlier?: string) => hostNow({ state: 'failed', step: 'install', left: [], ...run }, '9.0', earlier);

  it('is said from what was there before, what is left, and how far it came', () => {
    assert.deepEqual(of({}, '8.5'), { kind: 'earlierKept', version: '8.5' });
    assert.deepEqual(of({}), { kind: 'unchanged' });
    assert.deepEqual(of({ left: ['/opt/x'] }, '8.5'), { kind: 'left', left: ['/opt/x'] });
    assert.deepEqual(of({ step: 'record' }, '8.5'), { kind: 'installedUnrecorded', version: '9.0' });
    assert.deepEqual(of({ state: 'unknown' }, '8.5'), { kind: 'notKnown' });
    assert.equal(of({ state: 'interrupted' }), undefined);
    assert.equal(of({ state: 'complete' }), undefined);
  });
});

it('a host can be taken up again once its part has ended badly; one that was stopped, once the others have ended', () => {
  const can = (state: HostRun['state'], deployment: 'running' | 'failed' = 'running') => canRetry({ state }, { state: deployment });
  assert.deepEqual([can('failed'), can('unknown'), can('cancelled'), can('cancelled', 'failed'), can('running'), can('complete', 'failed')], [true, true, false, true, false, false]);
});

it('a deployment can be cleaned up when it is interrupted, or has ended with something left or kept', () => {
  const can = (state: Deployment['state'], run: Pick<HostRun, 'left' | 'kept'>) => canCleanUp({ state, hosts: [{ ...exampleDeployment().hosts[0]!, ...run }] });
  assert.deepEqual([can('interrupted', { left: [] }), can('failed', { left: ['/x'] }), can('failed', { left: [], kept: '/y' })], [true, true, true]);
  assert.deepEqual([can('running', { left: [], kept: '/y' }), can('failed', { left: [] }), can('complete', { left: [] })], [false, false, false]);
});

it('what a host keeps is known from its end until its next one', () => {
  const events: readonly DeploymentEventBody[] = [{ type: 'hostEnded', host: 'h1', state: 'failed', left: [], kept: '/s/d' }, { type: 'resumed', by: 'b', hosts: ['h1'] }, { type: 'hostStarted', host: 'h1' }];
  const fold = (bodies: readonly DeploymentEventBody[]) => exampleEvents(bodies).reduce(applyEvent, exampleDeployment()).hosts[0]?.kept;
  assert.equal(fold(events), '/s/d');
  assert.equal(fold([...events, { type: 'hostEnded', host: 'h1', state: 'complete', left: [] }]), undefined);
});

it('the hosts of a deployment are counted by their state', () => {
  const { all, complete, failed, ended, queued } = countHosts([{ state: 'complete' }, { state: 'failed' }, { state: 'queued' }, { state: 'skipped' }]);
  assert.deepEqual([all, complete, failed, ended, queued], [4, 1, 1, 3, 1]);
});

describe('the rate of a transfer', () => {
  it('looks back a few seconds, needs a moment first, and begins anew with a new attempt', () => {
    const rate = createTransferRate();
    rate.add(0, 0);
    rate.add(5e6, 500);
    assert.equal(rate.perSecond(), undefined);
    rate.add(10e6, 1000);
    assert.equal(rate.perSecond(), 10e6);
    for (let second = 2; second <= 20; second++) rate.add(10e6 + (second - 1) * 1e6, second * 1000);
    assert.equal(rate.perSecond(), 1e6);
    rate.add(2e6, 21_000);
    assert.equal(rate.perSecond(), undefined);
  });
});

function fold(bodies: readonly DeploymentEventBody[]): HostRun {
  return exampleEvents(bodies).reduce(applyEvent, exampleDeployment()).hosts[0]!;
}
