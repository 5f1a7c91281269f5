import assert from 'node:assert/strict';
import type { Deployment, DeploymentEvent, DeploymentEventBody } from '../../../src/core/deployment/model';
import type { ServiceEvents } from '../../../src/protocol/service';
import { followDeployment, type FollowingClient } from '../../../src/service/client';

const events = (...bodies: DeploymentEventBody[]): DeploymentEvent[] =>
  bodies.map((body, index) => ({ ...body, sequence: index + 1, at: '2026-01-01T00:00:00.000Z' }));

const fact = (value: string): DeploymentEventBody => ({ type: 'fact', host: 'h', name: 'release', value });
const ended: DeploymentEventBody = { type: 'ended', state: 'failed' };
const resumed: DeploymentEventBody = { type: 'resumed', by: 'me', hosts: ['h'] };

/** A service with stored events, which can send more as they happen. */
function createService(stored: DeploymentEvent[], pageSize = 1000) {
  const listeners = new Set<(params: ServiceEvents['deploymentEvents']) => void>();
  let firstPageRead: () => void = () => undefined;
  const reading = new Promise<void>((resolve) => { firstPageRead = resolve; });
  const client = {
    request: async (method: string, params: { after?: number }) => {
      if (method === 'deployments/get') return { id: 'd' } as Deployment;
      const page = stored.filter((event) => event.sequence > (params.after ?? 0)).slice(0, pageSize);
      firstPageRead();
      await new Promise(setImmediate);
      return page;
    },
    on: (event: string, listener: (params: never) => void) => {
      if (event === 'deploymentEvents') listeners.add(listener as (params: ServiceEvents['deploymentEvents']) => void);
      return () => listeners.delete(listener as (params: ServiceEvents['deploymentEvents']) => void);
    },
  } as unknown as FollowingClient;
  return { client, reading, listeners, send: (...live: DeploymentEvent[]) => { for (const listener of listeners) listener({ deploymentId: 'd', events: live }); } };
}

describe('followDeployment', () => {
  it('gives every event once and in order, also those that happen while the past is read', async () => {
    const all = events(fact('1'), fact('2'), fact('3'), fact('4'), ended);
    const service = createService(all.slice(0, 3));
    const seen: number[] = [];
    const followed = followDeployment(service.client, 'd', { onEvents: (batch) => seen.push(...batch.map((event) => event.sequence)) });
    await service.reading;
    service.send(...all.slice(2, 4));
    await new Promise(setImmediate);
    service.send(...all.slice(3));
    assert.equal((await followed.ended).id, 'd');
    assert.deepEqual(seen, [1, 2, 3, 4, 5]);
    assert.equal(service.listeners.size, 0);
  });

  it('ends at once for a deployment that has ended', async () => {
    const seen: number[] = [];
    await followDeployment(createService(events(fact('1'), ended)).client, 'd', { onEvents: (batch) => seen.push(...batch.map((event) => event.sequence)) }).ended;
    assert.deepEqual(seen, [1, 2]);
  });

  it('goes on behind the end of a run that was resumed', async () => {
    const all = events(fact('1'), ended, resumed, fact('2'), ended);
    const service = createService(all.slice(0, 4));
    const seen: number[] = [];
    let over = false;
    const followed = followDeployment(service.client, 'd', { onEvents: (batch) => seen.push(...batch.map((event) => event.sequence)) });
    void followed.ended.then(() => { over = true; });
    await service.reading;
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    assert.equal(over, false);
    service.send(...all.slice(4));
    await followed.ended;
    assert.deepEqual(seen, [1, 2, 3, 4, 5]);
  });

  it('rejects when the connection is lost', async () => {
    let lose: (error: Error) => void = () => undefined;
    const lost = new Promise<never>((_, reject) => { lose = reject; });
    const followed = followDeployment(createService(events(fact('1'))).client, 'd', { onEvents: () => undefined }, lost);
    lose(new Error('gone'));
    await assert.rejects(followed.ended, /gone/);
  });

  it('is silent after it was stopped', async () => {
    const service = createService(events(fact('1')));
    const seen: number[] = [];
    const followed = followDeployment(service.client, 'd', { onEvents: (batch) => seen.push(...batch.map((event) => event.sequence)) });
    followed.stop();
    await service.reading;
    await new Promise(setImmediate);
    service.send(...events(fact('1'), ended).slice(1));
    assert.deepEqual(seen, []);
  });
});
