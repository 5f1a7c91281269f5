import assert from 'node:assert/strict';
import { ProductError, isProductError } from '../../../src/core/errors';
import type { ServiceEventName } from '../../../src/protocol/service';
import { createReconnectingClient, type ConnectOptions, type ReconnectingClient, type ServiceClient } from '../../../src/service/client';
import { connectOptions } from '../../support/serviceProcess';
import { until } from '../../support/until';

/** A connection that ends when the test says so. */
class FakeConnection {
  readonly listeners = new Map<string, (params: never) => void>();
  onEnd: (reason?: 'stopped' | 'handover' | 'idle') => void = () => undefined;
  closed = false;
  readonly client = {
    request: (method: string) => Promise.resolve(`answer to ${method}`),
    on: (event: ServiceEventName, listener: (params: never) => void) => {
      this.listeners.set(event, listener);
      return () => this.listeners.delete(event);
    },
    onClosed: (listener: (reason?: 'stopped' | 'handover' | 'idle') => void) => {
      this.onEnd = listener;
      return () => undefined;
    },
    close: () => {
      this.closed = true;
    },
  } as unknown as ServiceClient;
}

describe('a client that connects again by itself', () => {
  let attempts: { options: ConnectOptions; succeed(): FakeConnection; fail(error: Error): void }[];
  let client: ReconnectingClient;
  let states: string[];

  beforeEach(() => {
    attempts = [];
    states = [];
    client = createReconnectingClient({
      ...connectOptions('/nowhere'),
      pauses: { first: 5, longest: 20 },
      lookInterval: 5,
      connect: (options) => new Promise((resolve, reject) => {
        attempts.push({
          options,
          succeed: () => {
            const connection = new FakeConnection();
            resolve(connection.client);
            return connection;
          },
          fail: reject,
        });
      }),
    });
    client.onState((state) => states.push(state.kind));
  });
  afterEach(() => client.close());
  const attempt = async (number: number) => {
    await until(() => attempts.length >= number, `attempt ${number}`);
    return attempts[number - 1]!;
  };

  it('connects at once, and again when the service has died', async () => {
    const first = (await attempt(1)).succeed();
    await until(() => client.state.kind === 'connected', 'the connection');
    first.onEnd();
    assert.equal((await attempt(2)).options.start, undefined);
    attempts[1]?.succeed();
    await until(() => client.state.kind === 'connected', 'the connection');
    assert.deepEqual(states, ['connected', 'connecting', 'connected']);
  });

  it('tries again after failures, and says the last one meanwhile', async () => {
    for (let i = 1; i <= 3; i++) (await attempt(i)).fail(new ProductError('service/not-answering', { folder: 'x', pid: i }));
    await until(() => client.state.kind === 'offline' && isProductError(client.state.error) && client.state.error.args['pid'] === 3, 'the third failure');
    (await attempt(4)).succeed();
    await until(() => client.state.kind === 'connected', 'the connection');
  });

  it('leaves the newer program time to start its own service', async () => {
    const first = (await attempt(1)).succeed();
    await until(() => client.state.kind === 'connected', 'the connection');
    first.onEnd('handover');
    assert.ok(((await attempt(2)).options.startDelay ?? 0) > 0);
  });

  it('starts no service again that a person stopped, but finds one that somebody else starts', async () => {
    const first = (await attempt(1)).succeed();
    await until(() => client.state.kind === 'connected', 'the connection');
    first.onEnd('stopped');
    assert.deepEqual(client.state, { kind: 'offline' });
    for (const number of [2, 3]) {
      assert.equal((await attempt(number)).options.start, 'never');
      attempts[number - 1]?.fail(new ProductError('service/not-running', { folder: 'x' }));
    }
    (await attempt(4)).succeed();
    await until(() => client.state.kind === 'connected', 'the connection');
    assert.deepEqual(states, ['connected', 'offline', 'connected']);
  });

  it('starts a stopped service for the next request', async () => {
    const first = (await attempt(1)).succeed();
    await until(() => client.state.kind === 'connected', 'the connection');
    first.onEnd('stopped');
    const answer = client.request('tenants/list', {});
    (await attempt(2)).succeed();
    assert.equal(await answer, 'answer to tenants/list');
    assert.equal(attempts[1]?.options.start, undefined);
  });

  it('lets requests wait for the connection, and share it', async () => {
    const answers = Promise.all([client.request('tenants/list', {}), client.request('hosts/list', {})]);
    (await attempt(1)).succeed();
    assert.deepEqual(await answers, ['answer to tenants/list', 'answer to hosts/list']);
    assert.equal(attempts.length, 1);
  });

  it('rejects a request with the reason when no connection comes about, and goes on trying', async () => {
    const answer = client.request('tenants/list', {});
    (await attempt(1)).fail(new ProductError('service/other-machine', { folder: 'x', machine: 'm', pid: 1, file: 'f' }));
    await assert.rejects(answer, (error) => isProductError(error, 'service/other-machine'));
    (await attempt(2)).succeed();
    await until(() => client.state.kind === 'connected', 'the connection');
  });

  it('keeps listeners over connections', async () => {
    const heard: unknown[] = [];
    client.on('changed', (event) => heard.push(event));
    const first = (await attempt(1)).succeed();
    await until(() => client.state.kind === 'connected', 'the connection');
    first.listeners.get('changed')?.({ areas: ['hosts'] } as never);
    first.onEnd();
    const second = (await attempt(2)).succeed();
    await until(() => client.state.kind === 'connected', 'the connection');
    second.listeners.get('changed')?.({ areas: ['packages'] } as never);
    assert.deepEqual(heard, [{ areas: ['hosts'] }, { areas: ['packages'] }]);
  });

  it('is over when it is closed, also in the middle of an attempt', async () => {
    const { succeed } = await attempt(1);
    client.close();
    const late = succeed();
    await until(() => late.closed, 'the late connection to be closed');
    await assert.rejects(client.request('tenants/list', {}), (error) => isProductError(error, 'service/closed'));
    assert.equal(attempts.length, 1);
  });
});
