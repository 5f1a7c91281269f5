import { deepEqual, equal } from 'node:assert/strict';
import type { DeploymentEvent } from '../../../src/core/deployment/model';
import { createDeploymentFollower } from '../../../src/extension/deployments/followDeployment';
import { createFakeService, type FakeService } from './fakeService';

function output(sequence: number): DeploymentEvent {
  return { type: 'output', host: 'h1', stream: 'stdout', text: String(sequence), sequence, at: '2026-03-04T05:06:07.000Z' };
}

describe('following a deployment', () => {
  let service: FakeService;
  let stored: DeploymentEvent[];
  let seen: number[];
  let settled: boolean[];
  let changed: () => void;

  beforeEach(() => {
    service = createFakeService();
    service.become('online');
    stored = [];
    seen = [];
    settled = [];
    changed = () => undefined;
    service.answer('deployments/events', ({ after }) => stored.filter((event) => event.sequence > after).slice(0, 1000));
    service.answer('deployments/unfollow', () => null);
  });

  function follow(follower = createDeploymentFollower(service)): () => void {
    return follower.follow('d1', {
      events: (events, isSettled) => {
        seen.push(...events.map((event) => event.sequence));
        settled.push(isSettled);
        changed();
      },
    });
  }

  /** Resolves when that many events were seen. */
  function sawAll(count: number): Promise<void> {
    return new Promise((resolve) => {
      changed = () => {
        if (seen.length >= count) resolve();
      };
      changed();
    });
  }

  const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

  it('reads everything that is stored, page by page, then takes what comes', async () => {
    stored = numbers(2500).map(output);
    follow();
    await sawAll(2500);
    deepEqual(settled, [false, false, true]);
    // What is told has been stored before.
    stored.push(output(2501));
    service.send('deploymentEvents', { deploymentId: 'other', events: [output(1)] });
    service.send('deploymentEvents', { deploymentId: 'd1', events: [output(2501)] });
    await sawAll(2501);
    deepEqual(seen, numbers(2501));
  });

  it('tells no event twice, and reads again where some were missed', async () => {
    stored = numbers(3).map(output);
    follow();
    await sawAll(3);
    service.send('deploymentEvents', { deploymentId: 'd1', events: [output(2), output(3), output(4)] });
    stored = numbers(9).map(output);
    service.send('deploymentEvents', { deploymentId: 'd1', events: [output(9)] });
    await sawAll(9);
    deepEqual(seen, numbers(9));
  });

  it('goes on after the service was started anew', async () => {
    stored = numbers(2).map(output);
    follow();
    await sawAll(2);
    service.become('offline');
    stored = numbers(5).map(output);
    service.become('online');
    await sawAll(5);
    deepEqual(seen, numbers(5));
  });

  it('tells the service when the last follower of a deployment is gone, not before', async () => {
    const follower = createDeploymentFollower(service);
    const stopFirst = follow(follower);
    const stopSecond = follow(follower);
    stopFirst();
    equal(service.requests.includes('deployments/unfollow'), false);
    stopSecond();
    equal(service.requests.filter((name) => name === 'deployments/unfollow').length, 1);
    stored = numbers(3).map(output);
    service.send('deploymentEvents', { deploymentId: 'd1', events: stored });
    await Promise.resolve();
    deepEqual(seen, []);
  });
});
