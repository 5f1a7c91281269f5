import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, isProductError, type ErrorCode } from '../../../src/core/errors';
import { createTestConnector, createTestQuestions, hostFor, type Answers, type TestConnector, type TestQuestions } from '../../support/hosts';
import { startScriptedSshServer, type ScriptedSshServer } from '../../support/scriptedSshServer';
import { needsSshd, startSshd, type Sshd, type SshdOptions } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';

const anotherKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';

describe('host keys', function () {
  this.timeout(30_000);
  const folder = useTemporaryFolder();
  let server: Sshd;
  before(function () {
    needsSshd(this);
  });
  afterEach(() => server.stop());

  async function start(options: SshdOptions = {}): Promise<void> {
    server = await startSshd({ address: '127.0.0.7', logLevel: 'DEBUG3', ...options });
  }
  function knownHosts(...lines: string[]): string {
    mkdirSync(join(folder(), '.ssh'), { recursive: true });
    const file = join(folder(), '.ssh/known_hosts');
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    return file;
  }
  const name = (): string => `[${server.address}]:${server.port}`;
  async function connect(answers: Answers = {}, accept = false, connector: TestConnector = createTestConnector(folder())): Promise<{ connector: TestConnector; questions: TestQuestions }> {
    const questions = createTestQuestions(answers);
    const connection = await connector.connect(hostFor(server), { questions, acceptNewHostKey: accept });
    await connection.close();
    return { connector, questions };
  }
  /** Types of the packets that sshd got from the last connection (RFC 4250, 4.1.2). */
  const received = (log: string): number[] => [...log.matchAll(/receive packet: type (\d+)/g)].map((match) => Number(match[1]));
  const kexInit = 20;
  const kexReply = 30;
  const disconnect = 1;
  const userAuthRequest = 50;
  /** The host has shown its key, and then got nothing but a goodbye: no new keys, no request to sign in. */
  async function assertNoAuthentication(since = 0): Promise<void> {
    await server.waitForLog(/^Disconnected from \S+ port \d+ \[preauth\]/m);
    const log = server.log().slice(since);
    assert.deepEqual(received(log), [kexInit, kexReply, disconnect]);
    assert.doesNotMatch(log, /userauth/);
  }
  const withCode = (code: ErrorCode) => (error: unknown) => isProductError(error, code);

  it('the log tells a request to sign in, so that its absence means something', async () => {
    await start();
    await connect({}, true);
    assert.ok(received(server.log()).includes(userAuthRequest));
    assert.match(server.log(), /userauth-request for user \S+ service ssh-connection method none/);
  });

  it('asks about an unknown key with its fingerprint, and asks no more once it is trusted', async () => {
    await start();
    const { connector, questions } = await connect({ hostKey: 'trust' });
    const [, base64 = ''] = server.hostKeys[0]!.split(' ');
    assert.deepEqual(connector.storedKeys, [{ address: server.address, port: server.port, type: 'ssh-ed25519', key: base64 }]);
    assert.equal(questions.hostKeys.length, 1);
    assert.match(server.log(), new RegExp(questions.hostKeys[0]!.key.fingerprint.replaceAll(/[+/]/g, '\\$&')));
    assert.equal((await connect({}, false, connector)).questions.hostKeys.length, 0);
    assert.ok(!existsSync(join(folder(), '.ssh')));
  });

  it('adds the key to known_hosts when asked to', async () => {
    await start();
    await connect({ hostKey: 'trustAndAddToKnownHosts' });
    assert.equal(readFileSync(join(folder(), '.ssh/known_hosts'), 'utf8'), `${name()} ${server.hostKeys[0]!}\n`);
    await connect(); // a connector that knows nothing but the file
  });

  it('refuses an unknown key that nobody trusts, before any request to sign in', async () => {
    await start();
    await assert.rejects(connect({ hostKey: 'refuse' }), withCode('host/key-unknown'));
    await assertNoAuthentication();
  });

  it('accepts an unknown key without a question when told so', async () => {
    await start();
    const { connector, questions } = await connect({}, true);
    assert.equal(questions.hostKeys.length, 0);
    assert.equal(connector.storedKeys.length, 1);
  });

  it('refuses a changed key with both fingerprints and the line, even when new keys are accepted; the host sees no request to sign in', async () => {
    await start();
    const file = knownHosts('# mine', `${name()} ${server.hostKeys[0]!}`);
    await connect();
    await server.rotateHostKey();
    const seen = server.log().length;
    await assert.rejects(connect({ hostKey: 'trust' }, true), (error) => {
      assert.ok(isProductError(error, 'host/key-changed'));
      assert.equal(error.args['line'], 2);
      assert.equal(error.args['file'], file);
      assert.notEqual(error.args['known'], error.args['offered']);
      for (const part of [String(error.args['known']), String(error.args['offered']), file]) assert.ok(describeError('fr', error).includes(part));
      return true;
    });
    await assertNoAuthentication(seen);
  });

  it('refuses a changed key that was trusted here', async () => {
    await start();
    const { connector } = await connect({}, true);
    await server.rotateHostKey();
    await assert.rejects(connect({}, true, connector), (error) => isProductError(error, 'host/key-changed') && error.args['line'] === 0);
  });

  it('refuses a revoked key, even one that was trusted', async () => {
    await start();
    const { connector } = await connect({}, true);
    knownHosts(`@revoked * ${server.hostKeys[0]!}`);
    await assert.rejects(connect({}, true, connector), withCode('host/key-revoked'));
  });

  it('says that a certificate authority cannot be checked', async () => {
    await start();
    const file = knownHosts(`@cert-authority * ${anotherKey}`);
    await assert.rejects(connect({ hostKey: 'refuse' }), (error) => isProductError(error, 'host/key-authority-only') && error.args['file'] === file && error.args['line'] === 1);
  });

  it('asks for the key type that is known when the host has several', async () => {
    await start({ hostKeyTypes: ['ed25519', 'ecdsa', 'rsa'] });
    for (const hostKey of server.hostKeys) {
      knownHosts(`${name()} ${hostKey}`);
      await connect();
    }
  });

  it('does not go on when known_hosts cannot be read', async () => {
    await start();
    mkdirSync(join(folder(), '.ssh/known_hosts'), { recursive: true });
    await assert.rejects(connect({}, true), withCode('host/known-hosts-unreadable'));
    assert.doesNotMatch(server.log(), /Connection from/);
  });

  it('does not sign in when the trusted key cannot be stored', async () => {
    await start();
    const connector = createTestConnector(folder(), {
      repository: {
        listHostKeys: () => Promise.resolve([]), addHostKey: () => Promise.reject(new Error('disk full')),
        recordHostContact: () => Promise.reject(new Error('disk full')),
      },
    });
    await assert.rejects(connect({}, true, connector), /disk full/);
    assert.doesNotMatch(server.log(), /userauth-request/);
  });
});

describe('host keys of a server that misbehaves', function () {
  this.timeout(30_000);
  const folder = useTemporaryFolder();
  let server: ScriptedSshServer;
  afterEach(() => server.stop());

  it('a changed key ends the connection with no request to sign in at all', async () => {
    server = await startScriptedSshServer({ address: '127.0.0.8' });
    const connector = createTestConnector(folder(), { storedKeys: [{ address: server.address, port: server.port, type: 'ssh-ed25519', key: anotherKey.split(' ')[1]! }] });
    await assert.rejects(connector.connect(hostFor(server), { questions: createTestQuestions({ hostKey: 'trust' }), acceptNewHostKey: true }), (error) => isProductError(error, 'host/key-changed'));
    await server.ended(1);
    assert.deepEqual(server.authRequests, []);
  });

  it('a key that the server shows but does not hold is never stored, and gets no request to sign in', async () => {
    server = await startScriptedSshServer({ address: '127.0.0.8', forged: true });
    const connector = createTestConnector(folder());
    await assert.rejects(connector.connect(hostFor(server), { questions: createTestQuestions(), acceptNewHostKey: true }), (error) => isProductError(error, 'host/handshake-failed'));
    await server.ended(1);
    assert.deepEqual(connector.storedKeys, []);
    assert.deepEqual(server.authRequests, []);
  });

  it('a host that hangs up while a person looks at its key is connected to again', async () => {
    server = await startScriptedSshServer({ address: '127.0.0.8', authenticate: (context) => context.accept() });
    const hangUp = async (): Promise<'trust'> => {
      await server.dropConnections();
      return 'trust';
    };
    const connector = createTestConnector(folder());
    const questions = createTestQuestions({ hostKey: hangUp });
    const connection = await connector.connect(hostFor(server), { questions, acceptNewHostKey: false });
    await connection.close();
    assert.equal(questions.hostKeys.length, 1);
    assert.equal(server.connections, 2);
    assert.deepEqual(server.authRequests.map(({ method }) => method), ['none']);
  });
});
