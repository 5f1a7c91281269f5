import assert from 'node:assert/strict';
import type { DeploymentEvent, StepProgress } from '../../../src/core/deployment/model';
import type { ConnectedClient } from '../../../src/service/dispatch/connectedClient';
import { createDeploymentFollowers } from '../../../src/service/dispatch/deploymentFollowers';
import type { ServiceParts } from '../../../src/service/dispatch/serviceParts';
import { createThrottle } from '../../../src/service/dispatch/throttle';
import type { DeploymentListener } from '../../../src/service/deploying/deployments';
import { until } from '../../support/until';

const event = (sequence: number): DeploymentEvent => ({ type: 'hostStarted', host: 'h1', sequence, at: '2026-01-01T00:00:00.000Z' });
const progress = (bytesDone: number): StepProgress => ({ deploymentId: 'd1', hostId: 'h1', step: 'transfer', bytesDone, bytesTotal: 1000 });

/** A deployment whose events are stored and told by hand. */
function createSource(count: number) {
  const stored = Array.from({ length: count }, (_, i) => event(i + 1));
  const listeners = new Set<DeploymentListener>();
  let onRead: () => void = () => undefined;
  const parts = {
    repository: {
      readDeploymentEvents: async (_: string, after: number, limit: number) => {
        const read = stored.filter(({ sequence }) => sequence > after).slice(0, limit);
        onRead();
        await Promise.resolve();
        return read;
      },
    },
    deployments: {
      follow: (_: string, listener: DeploymentListener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
  return {
    parts: parts as unknown as Pick<ServiceParts, 'repository' | 'deployments'>,
    listeners,
    happen: (number = 1) => {
      const added = Array.from({ length: number }, (_, i) => event(stored.length + i + 1));
      stored.push(...added);
      for (const listener of listeners) listener.onEvents(added);
    },
    report: (bytesDone: number) => {
      for (const listener of listeners) listener.onProgress(progress(bytesDone));
    },
    duringNextRead: (act: () => void) => {
      onRead = () => {
        onRead = () => undefined;
        act();
      };
    },
  };
}

function createClient() {
  const leaving = new AbortController();
  const events: number[] = [];
  const reports: number[] = [];
  let messages = 0;
  const client = {
    gone: leaving.signal,
    notify: (name: string, params: { events: DeploymentEvent[] } & StepProgress) => {
      messages += 1;
      if (name === 'deploymentEvents') events.push(...params.events.map(({ sequence }) => sequence));
      else reports.push(params.bytesDone);
    },
  };
  return { client: client as unknown as ConnectedClient, events, reports, leave: () => leaving.abort(), messages: () => messages };
}

const upTo = (last: number, first = 1): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('following a deployment', () => {
  it('answers with what is stored and sends the rest, without a gap or a repetition', async () => {
    const source = createSource(3);
    const { client, events } = createClient();
    const followers = createDeploymentFollowers(source.parts);
    // Stored after the read began, and told before it answered.
    source.duringNextRead(() => source.happen(2));
    const first = await followers.follow(client, 'd1', 0);
    source.happen();
    await until(() => events.length === 3, 'three events');
    assert.deepEqual([...first.map(({ sequence }) => sequence), ...events], upTo(6));
    followers.unfollow(client, 'd1');
  });

  it('sends nothing before the client has read all pages', async () => {
    const source = createSource(1500);
    const { client, events } = createClient();
    const followers = createDeploymentFollowers(source.parts);
    const first = await followers.follow(client, 'd1', 0);
    assert.equal(first.length, 1000);
    assert.equal(source.listeners.size, 0);
    source.happen();
    const rest = await followers.follow(client, 'd1', 1000);
    source.happen();
    await until(() => events.length > 0, 'an event');
    assert.deepEqual([...rest.map(({ sequence }) => sequence), ...events], upTo(1502, 1001));
    followers.unfollow(client, 'd1');
  });

  it('collects many events into few messages', async () => {
    const source = createSource(0);
    const { client, events, messages } = createClient();
    const followers = createDeploymentFollowers(source.parts);
    await followers.follow(client, 'd1', 0);
    await until(() => {
      source.happen(10);
      return events.length >= 500;
    }, 'events');
    assert.ok(messages() < 50, `${messages()} messages`);
    assert.deepEqual(events, upTo(events.length));
    followers.unfollow(client, 'd1');
  });

  it('shows the last progress of a host, not each', async () => {
    const source = createSource(0);
    const { client, reports } = createClient();
    const followers = createDeploymentFollowers(source.parts);
    await followers.follow(client, 'd1', 0);
    for (let i = 1; i <= 1000; i++) source.report(i);
    await until(() => reports.at(-1) === 1000, 'the last report');
    assert.ok(reports.length <= 3, `${reports.length} reports`);
    followers.unfollow(client, 'd1');
  });

  it('ends with the client and when it is asked to', async () => {
    const source = createSource(0);
    const [one, two] = [createClient(), createClient()];
    const followers = createDeploymentFollowers(source.parts);
    await followers.follow(one.client, 'd1', 0);
    await followers.follow(one.client, 'd1', 0);
    await followers.follow(two.client, 'd1', 0);
    assert.equal(source.listeners.size, 2);
    one.leave();
    followers.unfollow(two.client, 'd1');
    assert.equal(source.listeners.size, 0);
  });
});

describe('a throttle', () => {
  it('hands on the first at once and the last always', async () => {
    const handed: string[][] = [];
    const throttle = createThrottle<string>(30, (items) => handed.push([...items]));
    throttle.add(['a']);
    assert.deepEqual(handed, [['a']]);
    throttle.add(['b']);
    throttle.add(['c', 'b']);
    await until(() => handed.length === 2, 'the rest');
    assert.deepEqual(handed[1], ['b', 'c']);
    throttle.add(['d']);
    throttle.stop();
  });
});
