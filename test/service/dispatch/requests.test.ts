import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { CancellationTokenSource, createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { isCancelled, isProductError, ProductError } from '../../../src/core/errors';
import type { ServiceStatus } from '../../../src/protocol/service';
import { createServiceClient, type ClientHandlers, type ServiceClient } from '../../../src/service/client/serviceClient';
import { serveClient, type ClientConnection } from '../../../src/service/dispatch/clientConnection';
import type { ConnectedClient } from '../../../src/service/dispatch/connectedClient';
import type { Handlers } from '../../../src/service/dispatch/handlers';
import { connectEndpoint } from '../../../src/service/lifecycle/endpoint';
import { createRedactor } from '../../../src/service/redactor';
import { noAnswers } from '../../support/serviceProcess';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';

const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
const status = { version: '1.0.0', protocol: 1 } as ServiceStatus;

describe('requests between a client and the service', () => {
  const folder = useTemporaryFolder();
  const redactor = createRedactor();
  let server: Server;
  let sockets: Socket[];
  let accepted: Socket[];
  let arrived: ConnectedClient[];
  let connections: ClientConnection[];
  let ending: boolean;
  let handlers: Partial<Handlers>;

  beforeEach(async () => {
    [sockets, accepted, arrived, connections, ending, handlers] = [[], [], [], [], false, {}];
    server = createServer((socket) => {
      sockets.push(socket);
      accepted.push(socket);
      connections.push(serveClient(socket, {
        protocol: 1, log: silentLog, redactor,
        ready: () => Promise.resolve(handlers as Handlers),
        admit: (method) => {
          if (ending) throw new ProductError('service/ending', { method });
        },
        begin: () => () => undefined,
        status: () => status,
        onClient: (client) => arrived.push(client),
      }));
    });
    await new Promise<void>((resolve) => server.listen(join(folder(), 's'), resolve));
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  const open = async (): Promise<Socket> => {
    const socket = await connectEndpoint(join(folder(), 's'));
    sockets.push(socket);
    return socket;
  };
  const connect = async (answers: ClientHandlers = noAnswers): Promise<ServiceClient> =>
    createServiceClient(await open(), { kind: 'editor', locale: 'fr', interactive: true, agentSocket: '/agent', handlers: answers });

  it('begin with the client saying who it is', async () => {
    const socket = await open();
    const raw = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
    raw.listen();
    await assert.rejects(raw.sendRequest('tenants/list', {}), /general\/bad-request/);
    await assert.rejects(raw.sendRequest('client/hello', { kind: 'robot' }), /general\/bad-request/);
    assert.equal(arrived.length, 0);
    raw.dispose();

    const client = await connect();
    assert.equal(client.status.version, '1.0.0');
    assert.deepEqual([arrived[0]?.locale, arrived[0]?.agentSocket], ['fr', '/agent']);
  });

  it('are checked before they reach the service', async () => {
    let reached = false;
    handlers = { 'hosts/remove': () => {
      reached = true;
      return Promise.resolve(null);
    } };
    const client = await connect();
    await assert.rejects(client.request('hosts/remove', { id: '../etc' }), (error) =>
      isProductError(error, 'general/bad-request') && error.args['method'] === 'hosts/remove' && String(error.args['reason']).startsWith('id: '));
    await assert.rejects(client.request('no/such' as 'hosts/list', {}), (error) => isProductError(error, 'general/bad-request'));
    assert.equal(reached, false);
  });

  it('bring errors over with code, arguments and causes, and no secret', async () => {
    redactor.add('tr0ub4dor');
    handlers = { 'hosts/list': () => Promise.reject(
      new ProductError('service/key-unusable', { file: '/x', reason: 'tr0ub4dor' }, { cause: new Error('because of tr0ub4dor', { cause: new Error('EACCES') }) })) };
    const client = await connect();
    await assert.rejects(client.request('hosts/list', {}), (error) => {
      assert.ok(isProductError(error, 'service/key-unusable'));
      assert.equal(error.args['file'], '/x');
      assert.deepEqual(error.remoteCauses, ['because of ••••••••', 'EACCES']);
      assert.doesNotMatch(JSON.stringify(error) + error.message, /tr0ub4dor/);
      return true;
    });
  });

  it('can be taken back', async () => {
    const signals: AbortSignal[] = [];
    handlers = { 'hosts/test': (_, { signal }) => new Promise((_resolve, reject) => {
      signals.push(signal);
      signal.addEventListener('abort', () => reject(new ProductError('general/cancelled')));
    }) };
    const client = await connect();
    const source = new CancellationTokenSource();
    const taken = client.request('hosts/test', { id: 'h1' }, source.token);
    await until(() => signals.length === 1, 'the request');
    source.cancel();
    await assert.rejects(taken, isCancelled);

    const left = client.request('hosts/test', { id: 'h1' });
    await until(() => signals.length === 2, 'the request');
    client.close();
    await assert.rejects(left, (error) => isProductError(error, 'service/connection-lost'));
    await until(() => signals[1]?.aborted === true, 'the work to be stopped');
  });

  it('are answered, or said to be lost, when the service ends', async () => {
    let begun = 0;
    handlers = { 'imports/wait': () => {
      begun += 1;
      return new Promise(() => undefined);
    } };
    const client = await connect();
    const waiting = client.request('imports/wait', { id: 'i1' });
    await until(() => begun === 1, 'the request');
    const lost = assert.rejects(waiting, (error) => isProductError(error, 'service/connection-lost') && error.args['method'] === 'imports/wait');
    const reason = new Promise((resolve) => client.onClosed(resolve));
    ending = true;
    await assert.rejects(client.request('tenants/list', {}), (error) => isProductError(error, 'service/ending'));
    await connections[0]?.end('handover');
    assert.equal(await reason, 'handover');
    await lost;
    await assert.rejects(client.request('tenants/list', {}), (error) => isProductError(error, 'service/closed'));
  });

  it('leave nothing running in a client whose service died in the middle of an answer', async () => {
    handlers = { 'tenants/list': () => {
      accepted[0]?.write('Content-Length: 500\r\n\r\n{"jsonrpc"', () => accepted[0]?.destroy());
      return new Promise(() => undefined);
    } };
    const client = await connect();
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    await assert.rejects(client.request('tenants/list', {}), (error) => isProductError(error, 'service/connection-lost'));
    assert.equal(timers(), before);
  });

  it('put questions to the client, and bring its answer, its silence and its failure back', async () => {
    const asked: unknown[] = [];
    const answers: (string | undefined | Error)[] = ['secret', undefined, new Error('no window')];
    await connect({
      confirmHostKey: (question) => {
        asked.push(question.key.fingerprint);
        return Promise.resolve('trust');
      },
      askSecret: () => {
        const answer = answers.shift();
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
    });
    const [client] = arrived;
    const question = { kind: 'password', hostName: 'a', user: 'b', attempt: 1 } as const;
    assert.equal(await client?.ask('client/confirmHostKey', { hostName: 'a', address: 'b', port: 22, key: { type: 't', fingerprint: 'SHA256:z' } }), 'trust');
    assert.deepEqual(asked, ['SHA256:z']);
    assert.deepEqual(await client?.ask('client/askSecret', question), { secret: 'secret' });
    assert.equal(await client?.ask('client/askSecret', question), null);
    await assert.rejects(client!.ask('client/askSecret', question));
  });

  it('take a question back from the client, also before it was put', async () => {
    let put = 0;
    await connect({
      ...noAnswers,
      askSecret: (_, token) => new Promise((resolve) => {
        put += 1;
        token.onCancellationRequested(() => resolve(undefined));
      }),
    });
    const question = { kind: 'password', hostName: 'a', user: 'b', attempt: 1 } as const;
    const controller = new AbortController();
    const answer = arrived[0]?.ask('client/askSecret', question, controller.signal);
    await until(() => put === 1, 'the question');
    controller.abort();
    assert.equal(await answer, null);

    const early = new AbortController();
    const never = arrived[0]?.ask('client/askSecret', question, early.signal);
    early.abort();
    await assert.rejects(never!);
    assert.equal(put, 1);
  });

  it('tell events to who listens', async () => {
    const client = await connect();
    const heard: unknown[] = [];
    const stop = client.on('changed', ({ areas }) => heard.push(areas));
    arrived[0]?.notify('changed', { areas: ['hosts'] });
    await until(() => heard.length === 1, 'the event');
    stop();
    arrived[0]?.notify('changed', { areas: ['packages'] });
    arrived[0]?.notify('ending', { reason: 'stopped' });
    await until(() => client.closed, 'the end');
    assert.deepEqual(heard, [['hosts']]);
  });

  it('drop a client that reads nothing any more, instead of keeping its events in memory', async () => {
    const socket = await open();
    const raw = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
    raw.listen();
    await raw.sendRequest('client/hello', { kind: 'editor', locale: 'en', interactive: true });
    socket.pause();
    const [client] = arrived;
    for (let i = 0; i < 2100; i++) client?.notify('stepProgress', { deploymentId: 'x'.repeat(500), hostId: 'h', step: 'transfer', bytesDone: i, bytesTotal: 1 });
    assert.equal(client?.gone.aborted, true);
    raw.dispose();
  });
});
