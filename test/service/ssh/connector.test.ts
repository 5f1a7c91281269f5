import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describeError, isProductError, type ErrorCode } from '../../../src/core/errors';
import type { HostSettings } from '../../../src/core/hosts/model';
import type { HostConnectorOptions } from '../../../src/service/deploying/ssh/createHostConnector';
import { createTestConnector, createTestQuestions, hostFor, type Answers, type TestConnector } from '../../support/hosts';
import { startScriptedSshServer, type ScriptedSshOptions } from '../../support/scriptedSshServer';
import { useTemporaryFolder } from '../../support/temporaryFolder';

describe('the way to a host', function () {
  this.timeout(30_000);
  const folder = useTemporaryFolder();
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    await Promise.all(ends.splice(0).map((end) => end()));
  });

  async function listen(onPeer: (peer: Socket) => void): Promise<{ address: string; port: number }> {
    const peers = new Set<Socket>();
    const server = createServer((peer) => {
      peers.add(peer);
      peer.on('error', () => undefined);
      onPeer(peer);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(async () => {
      for (const peer of peers) peer.destroy();
      server.close();
      await once(server, 'close');
    });
    return { address: '127.0.0.1', port: (server.address() as AddressInfo).port };
  }
  async function script(options: ScriptedSshOptions = {}): ReturnType<typeof startScriptedSshServer> {
    const server = await startScriptedSshServer(options);
    ends.push(() => server.stop());
    return server;
  }
  interface Attempt {
    readonly settings?: Partial<HostSettings>;
    readonly answers?: Answers;
    readonly options?: Partial<HostConnectorOptions>;
    readonly signal?: AbortSignal;
  }
  /** Connects, wants that refusal in both languages, and a contact that tells it. */
  async function refused(server: { address: string; port: number }, code: ErrorCode, { settings, answers, options, signal }: Attempt = {}): Promise<string> {
    const connector = createTestConnector(folder(), options);
    const attempt = connector.connect(hostFor(server, settings), { questions: createTestQuestions(answers), acceptNewHostKey: true, ...(signal && { signal }) });
    let sentence = '';
    await assert.rejects(attempt, (error) => {
      assert.ok(isProductError(error, code), String(error));
      for (const locale of ['fr', 'en'] as const) assert.doesNotMatch((sentence = describeError(locale, error)), /[{}]/);
      return true;
    });
    assert.deepEqual(connector.contacts.map(({ contact }) => contact.error?.code), code === 'general/cancelled' ? [] : [code]);
    return sentence;
  }

  it('an address that nobody knows', async () => {
    await refused({ address: 'no-such-host.invalid', port: 22 }, 'host/address-not-found');
  });

  it('a port where nobody listens', async () => {
    const server = await listen(() => undefined);
    await Promise.all(ends.splice(0).map((end) => end()));
    assert.match(await refused(server, 'host/connection-refused'), new RegExp(`127\\.0\\.0\\.1, port ${server.port}`));
  });

  it('a host that does not answer within the time that is set', async () => {
    const sentence = await refused(await listen(() => undefined), 'host/connect-timeout', { options: { connectTimeout: 1000 } });
    assert.match(sentence, /within 1 second\b/);
  });

  it('a server that is none of SSH', async () => {
    await refused(await listen((peer) => peer.end()), 'host/no-ssh');
    await refused(await listen((peer) => peer.end('HTTP/1.1 400 Bad Request\r\n\r\n')), 'host/no-ssh');
    await refused(await listen((peer) => peer.destroy()), 'host/no-ssh');
  });

  it('a server of an older protocol', async () => {
    await refused(await listen((peer) => peer.write('SSH-1.5-old\r\n')), 'host/no-ssh');
  });

  it('a server whose key exchange is too old, or whose ciphers are', async () => {
    const kex = await script({ algorithms: { kex: ['diffie-hellman-group1-sha1'] } });
    assert.match(await refused(kex, 'host/no-common-algorithm'), /key exchange: the host offers only diffie-hellman-group1-sha1/);
    const cipher = await script({ algorithms: { cipher: ['aes128-cbc'] } });
    assert.match(await refused(cipher, 'host/no-common-algorithm'), /cipher: the host offers only aes128-cbc/);
  });

  it('a host that hangs up during the sign-in', async () => {
    const server = await script({ authenticate: (_context, connection) => connection.end() });
    await refused(server, 'host/connection-lost');
    assert.equal(server.connections, 1);
  });

  it('a host that hangs up on every answer is not asked for ever', async () => {
    const server = await script({
      authenticate(context, connection) {
        if (context.method === 'password') connection.end();
        else context.reject(['password']);
      },
    });
    await refused(server, 'host/connection-lost', { answers: { secrets: ['open sesame'] } });
    assert.ok(server.connections <= 3);
  });

  it('a person stops the attempt, wherever it is', async () => {
    await refused(await listen(() => undefined), 'general/cancelled', { signal: AbortSignal.abort() });
    for (const stage of ['connected', 'asked'] as const) {
      const controller = new AbortController();
      const stop = (): void => controller.abort();
      const server = stage === 'connected'
        ? await listen((peer) => {
          peer.write('SSH-2.0-slow\r\n');
          stop();
        })
        : await script();
      const secret = (): Promise<string | undefined> => {
        stop();
        return new Promise(() => undefined);
      };
      await refused(server, 'general/cancelled', { signal: controller.signal, answers: { secrets: [secret] } });
    }
  });

  it('a test records what was found', async () => {
    const test = async (connector: TestConnector, server: { address: string; port: number }, answers: Answers = {}, acceptNewHostKey = true): Promise<unknown> => {
      const host = await connector.test(hostFor(server), { questions: createTestQuestions(answers), acceptNewHostKey });
      assert.deepEqual(connector.contacts.at(-1)?.contact, host.contact);
      assert.ok(Math.abs(Date.parse(host.contact?.at ?? '') - Date.now()) < 60_000);
      return [host.contact?.state, host.contact?.error?.code, host.system?.osGroup];
    };
    const server = await script({
      authenticate: (context) => (context.method === 'password' && context.password === 'right' ? context.accept() : context.reject(['password'])),
      exec(_command, channel) {
        channel.write('gax-packages-probe begin\nkernel=Linux\nmachine=x86_64\ngax-packages-probe end\n');
        channel.exit(0);
        channel.end();
      },
    });
    const connector = createTestConnector(folder());
    assert.deepEqual(await test(connector, server, { hostKey: 'refuse' }, false), ['key-unknown', 'host/key-unknown', undefined]);
    assert.deepEqual(await test(connector, server, { secrets: ['right'] }), ['reachable', undefined, 'linux']);
    assert.deepEqual(await test(connector, server, { secrets: ['a', 'b', 'c'] }), ['login-refused', 'host/login-refused', undefined]);
    const another = await script();
    const changed = createTestConnector(folder(), { storedKeys: [{ address: another.address, port: another.port, type: 'ssh-ed25519', key: 'AAAA' }] });
    assert.deepEqual(await test(changed, another), ['key-changed', 'host/key-changed', undefined]);
    assert.deepEqual(await test(connector, await listen((peer) => peer.end())), ['unreachable', 'host/no-ssh', undefined]);
    assert.ok(connector.logged.every((line) => !line.includes('right')));
  });

  it('a connection records that the host can be reached', async () => {
    const connector = createTestConnector(folder());
    const connection = await connector.connect(hostFor(await script()), { questions: createTestQuestions({ secrets: ['x'] }), acceptNewHostKey: true });
    await connection.close();
    assert.deepEqual(connector.contacts.map(({ contact, system }) => [contact.state, system]), [['reachable', undefined]]);
  });
});
