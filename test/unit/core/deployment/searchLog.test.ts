import { deepEqual } from 'node:assert/strict';
import { searchActionLog, searchEvents } from '../../../../src/core/deployment/searchLog';
import type { DeploymentEvent, DeploymentEventBody } from '../../../../src/core/deployment/model';
import { sampleDeployment, sampleRun } from '../../extension/sampleLists';
import { exampleInputs } from './examples';

const bodies: readonly DeploymentEventBody[] = [
  { type: 'started', inputs: exampleInputs(), startedBy: 'ana@desk', planHash: '0123456789abcdef' },
  { type: 'hostStarted', host: 'h1' }, { type: 'stepStarted', host: 'h1', step: 'connect' }, { type: 'stepDone', host: 'h1', step: 'connect' },
  { type: 'stepStarted', host: 'h1', step: 'install' }, { type: 'output', host: 'h1', stream: 'stdout', text: 'Host name was NOT found' },
  { type: 'stepStarted', host: 'h2', step: 'install' }, { type: 'output', host: 'h2', stream: 'stderr', text: 'not found either' },
];
const events = bodies.map((body, index): DeploymentEvent => ({ ...body, sequence: index + 1, at: '2026-11-22T10:15:41.870Z' }));
const deployment = sampleDeployment({ id: 'd1', planHash: '0123456789abcdef', hosts: [sampleRun({ hostId: 'h1' }), sampleRun({ hostId: 'h2' })] });

describe('a search in a deployment action log', () => {
  it('finds lines by part of their text in any case, by host and by step, with their numbers in the whole log', () => {
    const whole = searchActionLog(deployment, events, {}, 'en').lines;
    deepEqual(whole.map(({ number }) => number), whole.map((_, index) => index));
    const found = searchActionLog(deployment, events, { text: 'not FOUND' }, 'en').lines;
    deepEqual(found.map(({ line }) => line.text.replace(/^.* [|!] /, '')), ['Host name was NOT found', 'not found either']);
    deepEqual(found.map(({ number, line }) => whole[number]?.line.text === line.text), [true, true]);
    deepEqual(searchActionLog(deployment, events, { text: 'found', hostId: 'h2' }, 'en').lines.length, 1);
    deepEqual(searchActionLog(deployment, events, { step: 'install', hostId: 'h1' }, 'en').lines.map(({ line }) => line.mark), ['>', '|']);
    deepEqual(searchActionLog(deployment, events, { text: 'nowhere' }, 'en').lines, []);
  });

  it('takes the events of a host with those that belong to all, and those of a step alone', () => {
    deepEqual(searchEvents(events, { hostId: 'h2' }).map(({ sequence }) => sequence), [1, 7, 8]);
    deepEqual(searchEvents(events, { step: 'install', hostId: 'h1' }).map(({ sequence }) => sequence), [5, 6]);
  });
});
