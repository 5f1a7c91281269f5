import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { AuthContext, KeyboardAuthContext } from 'ssh2';
import { describeError, isProductError, toErrorData, type ErrorCode, type ProductError } from '../../../src/core/errors';
import type { Host } from '../../../src/core/hosts/model';
import { createTestConnector, createTestQuestions, hostFor, type Answers, type TestConnector, type TestQuestions } from '../../support/hosts';
import { startScriptedSshServer, type ScriptedSshOptions, type ScriptedSshServer } from '../../support/scriptedSshServer';
import { needsSshd, startSshd, type Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';

interface SignIn {
  readonly connector: TestConnector;
  readonly questions: TestQuestions;
  readonly signedInWith: string;
}

async function signIn(connector: TestConnector, host: Host, answers: Answers = {}, questions: TestQuestions = createTestQuestions(answers)): Promise<SignIn> {
  const connection = await connector.connect(host, { questions, acceptNewHostKey: true });
  await connection.close();
  return { connector, questions, signedInWith: connection.signedInWith };
}

/** Fails unless `attempt` is refused with that code; the refusal can be said in both languages, without a gap. */
async function refused(attempt: Promise<unknown>, code: ErrorCode): Promise<ProductError> {
  let raised: unknown;
  await attempt.catch((error: unknown) => (raised = error));
  assert.ok(isProductError(raised, code), `${code} expected, got ${String(raised)}`);
  for (const locale of ['en', 'fr'] as const) assert.doesNotMatch(describeError(locale, raised), /[{}]/);
  return raised;
}

function makeKey(file: string, ...options: string[]): string {
  execFileSync('ssh-keygen', ['-q', '-f', file, ...(options.includes('-N') ? [] : ['-N', '']), ...(options.includes('-t') ? [] : ['-t', 'ed25519']), ...options]);
  return readFileSync(`${file}.pub`, 'utf8').trim();
}

describe('sign-in with keys', function () {
  this.timeout(30_000);
  const folder = useTemporaryFolder();
  let server: Sshd | undefined;
  before(function () {
    needsSshd(this);
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });
  async function start(...authorizedKeys: string[]): Promise<Sshd> {
    return (server = await startSshd({ address: '127.0.0.9', authorizedKeys }));
  }
  const withKey = (keyFile: string): Host => hostFor(server!, { authentication: { kind: 'key', keyFile } });

  const kinds: readonly (readonly [name: string, ...options: string[]])[] = [
    ['OpenSSH, Ed25519'],
    ['OpenSSH, RSA', '-t', 'rsa', '-b', '2048'],
    ['OpenSSH, ECDSA with passphrase', '-t', 'ecdsa', '-N', 'correct horse', '-a', '4'],
    ['PEM, RSA with passphrase', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', 'correct horse'],
    ['PKCS #8, RSA with passphrase', '-t', 'rsa', '-b', '2048', '-m', 'PKCS8', '-N', 'correct horse'],
    ['PKCS #8, ECDSA', '-t', 'ecdsa', '-m', 'PKCS8'],
  ];
  it('takes every common kind of key file, and asks for a passphrase only where there is one', async () => {
    const keys = kinds.map(([, ...options], index) => ({ file: join(folder(), `key${index}`), options }));
    await start(...keys.map(({ file, options }) => makeKey(file, ...options)));
    for (const { file, options } of keys) {
      const secrets = options.includes('-N') ? ['correct horse'] : [];
      const { questions, signedInWith } = await signIn(createTestConnector(folder()), withKey(file), { secrets });
      assert.equal(questions.secrets.length, secrets.length, file);
      assert.equal(signedInWith, `key ${file}`);
    }
  });

  it('asks again for a wrong passphrase, three times at most, and never keeps it', async () => {
    const file = join(folder(), 'key');
    await start(makeKey(file, '-N', 'correct horse', '-a', '4'));
    const again = await signIn(createTestConnector(folder()), withKey(file), { secrets: ['wrong one', 'correct horse'] });
    assert.deepEqual(again.questions.secrets.map(({ kind, attempt, keyFile }) => [kind, attempt, keyFile]), [['passphrase', 1, file], ['passphrase', 2, file]]);
    assert.equal(again.connector.redactor.redact('correct horse'), 'correct horse', 'forgotten with the connection');
    const error = await refused(signIn(createTestConnector(folder()), withKey(file), { secrets: ['wrong 1', 'wrong 2', 'wrong 3'] }), 'host/passphrase-wrong');
    assert.doesNotMatch(JSON.stringify(toErrorData(error)), /wrong \d/);
    await refused(signIn(createTestConnector(folder()), withKey(file), { secrets: [undefined] }), 'host/secret-declined');
  });

  it('asks for the passphrase once for all hosts of a run, and hides it in every text meanwhile', async () => {
    const file = join(folder(), 'key');
    await start(makeKey(file, '-N', 'correct horse', '-a', '4'));
    const connector = createTestConnector(folder());
    const questions = createTestQuestions({ secrets: ['correct horse'] });
    const connections = await Promise.all([1, 2, 3].map((n) => connector.connect({ ...withKey(file), id: `h${n}` }, { questions, acceptNewHostKey: true })));
    assert.equal(questions.secrets.length, 1);
    assert.doesNotMatch(connector.redactor.redact('it is correct horse'), /correct/);
    await Promise.all(connections.map((connection) => connection.close()));
    await signIn(connector, withKey(file), {}, questions);
  });

  it('names the reason why a key file cannot be used', async () => {
    await start();
    const file = (name: string, content: string | Buffer): string => {
      writeFileSync(join(folder(), name), content);
      return join(folder(), name);
    };
    makeKey(join(folder(), 'good'));
    const connector = createTestConnector(folder());
    await refused(signIn(connector, withKey(join(folder(), 'missing'))), 'host/key-file-unreadable');
    await refused(signIn(connector, withKey(folder())), 'host/key-file-unreadable');
    await refused(signIn(connector, withKey(join(folder(), 'good.pub'))), 'host/key-file-public');
    await refused(signIn(connector, withKey(file('text', 'hello'))), 'host/key-file-unsupported');
    await refused(signIn(connector, withKey(file('cut', readFileSync(join(folder(), 'good')).subarray(0, 200)))), 'host/key-file-unsupported');
    const fido = await refused(signIn(connector, withKey(file('fido', fidoKeyFile()))), 'host/key-file-fido');
    assert.equal(fido.args['type'], 'sk-ssh-ed25519@openssh.com');
  });

  it('says which key a host refused', async () => {
    await start();
    const file = join(folder(), 'stranger');
    makeKey(file);
    const error = await refused(signIn(createTestConnector(folder()), withKey(file)), 'host/login-refused');
    assert.ok(describeError('en', error).includes(`tried the key file ${file}`));
  });
});

describe('sign-in with an agent', function () {
  this.timeout(30_000);
  const folder = useTemporaryFolder();
  let server: Sshd | undefined;
  let agent: ChildProcess | undefined;
  before(function () {
    needsSshd(this);
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    if (agent?.exitCode === null) {
      agent.kill();
      await once(agent, 'exit');
    }
    agent = undefined;
  });
  async function startAgent(): Promise<string> {
    const socket = join(folder(), 'agent');
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(agent.stdout!, 'data'); // it prints its variables once it listens
    return socket;
  }
  const add = (socket: string, ...words: string[]): void => {
    execFileSync('ssh-add', ['-q', ...words], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: ['ignore', 'ignore', 'ignore'] });
  };
  const viaAgent = (): Host => hostFor(server!, { authentication: { kind: 'agent' } });

  it('tries its keys in turn, and counts those that a host refused', async () => {
    const agentSocket = await startAgent();
    const files = ['a', 'b', 'c'].map((name) => join(folder(), name));
    const keys = files.map((file, index) => makeKey(file, '-t', index === 1 ? 'rsa' : 'ed25519'));
    server = await startSshd({ address: '127.0.0.9', authorizedKeys: [keys[2]!] });
    add(agentSocket, files[0]!, files[1]!);
    const error = await refused(signIn(createTestConnector(folder()), viaAgent(), { agentSocket }), 'host/login-refused');
    assert.match(describeError('en', error), /tried 2 keys of the agent/);
    assert.match(describeError('fr', error), /2 clés de l’agent essayées/);
    add(agentSocket, files[2]!);
    assert.match((await signIn(createTestConnector(folder()), viaAgent(), { agentSocket })).signedInWith, /^agent key ssh-ed25519 SHA256:/);
  });

  it('signs with RSA keys the way current servers want it', async () => {
    const agentSocket = await startAgent();
    server = await startSshd({ address: '127.0.0.9', authorizedKeys: [makeKey(join(folder(), 'rsa'), '-t', 'rsa', '-b', '2048')] });
    add(agentSocket, join(folder(), 'rsa'));
    await signIn(createTestConnector(folder()), viaAgent(), { agentSocket });
  });

  it('says so when there is no agent, when it does not answer, and when it has no key', async () => {
    server = await startSshd({ address: '127.0.0.9' });
    const connector = createTestConnector(folder());
    await refused(signIn(connector, viaAgent()), 'host/agent-missing');
    await refused(signIn(connector, viaAgent(), { agentSocket: join(folder(), 'none') }), 'host/agent-unreachable');
    const agentSocket = await startAgent();
    await refused(signIn(connector, viaAgent(), { agentSocket }), 'host/agent-empty');
  });

  it('says so when the agent has only keys of kinds that cannot be used', async () => {
    server = await startSshd({ address: '127.0.0.9' });
    const socket = join(folder(), 'fake');
    const fido = createServer((peer) => {
      const blob = fidoPublicKey();
      const body = Buffer.concat([Buffer.from([12, 0, 0, 0, 1]), lengthPrefixed(blob), lengthPrefixed(Buffer.from('token'))]);
      peer.on('data', () => peer.write(lengthPrefixed(body)));
      peer.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => {
      fido.listen(socket, () => resolve());
    });
    try {
      const error = await refused(signIn(createTestConnector(folder()), viaAgent(), { agentSocket: socket }), 'host/agent-empty');
      assert.match(describeError('en', error), /only 1 of a kind that needs OpenSSH \(FIDO or certificate\)/);
    } finally {
      fido.close();
    }
  });

  it('says how many keys were tried when the host has enough of them', async () => {
    const agentSocket = await startAgent();
    const files = Array.from({ length: 4 }, (_, index) => join(folder(), `k${index}`));
    for (const file of files) makeKey(file);
    add(agentSocket, ...files);
    server = await startSshd({ address: '127.0.0.9', extraConfig: 'MaxAuthTries 2' });
    const error = await refused(signIn(createTestConnector(folder()), viaAgent(), { agentSocket }), 'host/too-many-failures');
    assert.match(describeError('en', error), /2 keys of the agent were tried/);
  });

  it('says so when the agent refuses to sign', async () => {
    const agentSocket = await startAgent();
    const file = join(folder(), 'confirm');
    server = await startSshd({ address: '127.0.0.9', authorizedKeys: [makeKey(file)] });
    add(agentSocket, '-c', file); // wants a confirmation, and nobody is there to give it
    await refused(signIn(createTestConnector(folder()), viaAgent(), { agentSocket }), 'host/agent-failed');
  });

  it('answers the second factor that a host wants after the agent’s key', async () => {
    const agentSocket = await startAgent();
    makeKey(join(folder(), 'key'));
    add(agentSocket, join(folder(), 'key'));
    const scripted = await startScriptedSshServer({
      authenticate(context) {
        if (context.method === 'publickey') {
          if (context.signature) context.reject(['keyboard-interactive'], true);
          else context.accept();
        } else if (context.method === 'keyboard-interactive') {
          context.prompt([{ prompt: 'Code: ', echo: true }], (answers) => (answers[0] === '123456' ? context.accept() : context.reject()));
        } else {
          context.reject(['publickey']);
        }
      },
    });
    try {
      const host = hostFor(scripted, { authentication: { kind: 'agent' } });
      const { signedInWith, questions } = await signIn(createTestConnector(folder()), host, { agentSocket, secrets: ['123456'] });
      assert.match(signedInWith, /^agent key .* \+ keyboard-interactive$/);
      assert.deepEqual(questions.secrets.map(({ kind, prompt, echo }) => [kind, prompt, echo]), [['keyboardInteractive', 'Code:', true]]);
    } finally {
      await scripted.stop();
    }
  });
});

describe('sign-in with a password', function () {
  this.timeout(30_000);
  const folder = useTemporaryFolder();
  let server: ScriptedSshServer;
  afterEach(() => server.stop());

  const start = async (options: ScriptedSshOptions): Promise<void> => {
    server = await startScriptedSshServer(options);
  };
  const passwordOnly = (context: AuthContext): void => {
    if (context.method === 'password' && context.password === 'open sesame') context.accept();
    else context.reject(['password']);
  };

  it('asks for it once per host and run', async () => {
    await start({ authenticate: passwordOnly });
    const { connector, questions, signedInWith } = await signIn(createTestConnector(folder()), hostFor(server), { secrets: ['open sesame'] });
    assert.equal(signedInWith, 'password');
    assert.deepEqual(questions.secrets, [{ kind: 'password', hostName: 'test-host', user: 'tester', attempt: 1, triesLeft: 2 }]);
    await signIn(connector, hostFor(server), {}, questions);
    assert.equal(questions.secrets.length, 1);
    assert.doesNotMatch(connector.logged.join('\n'), /sesame/);
  });

  it('asks again for a wrong one, three times at most, and says how many were tried', async () => {
    await start({ authenticate: passwordOnly });
    const connector = createTestConnector(folder());
    const { questions } = await signIn(connector, hostFor(server), { secrets: ['wrong one', 'open sesame'] });
    assert.deepEqual(questions.secrets.map(({ attempt }) => attempt), [1, 2]);
    const before = server.authRequests.length;
    const error = await refused(signIn(connector, hostFor(server), { secrets: ['wrong 1', 'wrong 2', 'wrong 3'] }), 'host/login-refused');
    assert.match(describeError('en', error), /refused user tester: tried 3 passwords/);
    assert.deepEqual(server.authRequests.slice(before).map(({ method }) => method), ['none', 'password', 'password', 'password']);
    assert.doesNotMatch(JSON.stringify([toErrorData(error), connector.contacts, connector.logged]), /wrong \d|sesame/);
  });

  it('does not try an answer that was declined', async () => {
    await start({ authenticate: passwordOnly });
    await refused(signIn(createTestConnector(folder()), hostFor(server), { secrets: [undefined] }), 'host/secret-declined');
    assert.deepEqual(server.authRequests.map(({ method }) => method), ['none']);
  });

  it('keeps the answer of a person who took longer than the host waits', async () => {
    await start({ authenticate: passwordOnly });
    const late = async (): Promise<string> => {
      await server.dropConnections();
      return 'open sesame';
    };
    const { questions } = await signIn(createTestConnector(folder()), hostFor(server), { secrets: [late] });
    assert.equal(questions.secrets.length, 1);
    assert.deepEqual(server.authRequests.map(({ method }) => method), ['none', 'none', 'password']);
  });

  it('says what a host accepts instead', async () => {
    await start({ authenticate: (context) => context.reject(['publickey', 'hostbased']) });
    const error = await refused(signIn(createTestConnector(folder()), hostFor(server)), 'host/login-refused');
    assert.match(describeError('en', error), /the host accepts only publickey, hostbased/);
  });

  it('puts every question of the host to the person, in the host’s words', async () => {
    const rounds: string[][] = [];
    await start({
      authenticate(context) {
        if (context.method !== 'keyboard-interactive') {
          context.reject(['keyboard-interactive']);
          return;
        }
        const ask = (prompts: Parameters<KeyboardAuthContext['prompt']>[0], title: string, text: string, next: (answers: string[]) => void): void => {
          context.prompt(prompts, title, text, next);
        };
        ask([{ prompt: 'Password: ', echo: false }, { prompt: 'Token\u001b[31m code: ', echo: true }], 'Login', 'Two\nthings', (answers) => {
          rounds.push(answers);
          ask([{ prompt: 'PIN: ', echo: false }], '', '', (pin) => {
            rounds.push(pin);
            if (pin[0] === '0000') context.accept();
            else context.reject(['keyboard-interactive']);
          });
        });
      },
    });
    const secrets = ['open sesame', '123456', '1111', 'open sesame', '654321', '0000'];
    const { questions, signedInWith } = await signIn(createTestConnector(folder()), hostFor(server), { secrets });
    assert.equal(signedInWith, 'keyboard-interactive');
    assert.deepEqual(rounds.flat(), secrets);
    assert.deepEqual(questions.secrets.slice(0, 3).map(({ kind, prompt, echo, attempt }) => [kind, prompt, echo, attempt]), [
      ['keyboardInteractive', 'Two things Password:', false, 1], ['keyboardInteractive', 'Two things Token [31m code:', true, 1], ['keyboardInteractive', 'PIN:', false, 1],
    ]);
    assert.equal(questions.secrets[5]!.attempt, 2);
  });

  it('gives up after three refused conversations', async () => {
    await start({
      authenticate(context) {
        if (context.method === 'keyboard-interactive') context.prompt([{ prompt: 'Code', echo: false }], () => context.reject(['keyboard-interactive']));
        else context.reject(['keyboard-interactive']);
      },
    });
    const error = await refused(signIn(createTestConnector(folder()), hostFor(server), { secrets: ['a', 'b', 'c'] }), 'host/login-refused');
    assert.match(describeError('en', error), /its questions were answered 3 times/);
  });

  it('says so when the host wants a new password', async () => {
    await start({
      authenticate(context) {
        if (context.method === 'password') context.requestChange('Your password has expired', () => undefined);
        else context.reject(['password']);
      },
    });
    await refused(signIn(createTestConnector(folder()), hostFor(server), { secrets: ['old'] }), 'host/password-expired');
  });

  it('signs in where nothing is asked', async () => {
    await start({ authenticate: (context) => context.accept() });
    assert.equal((await signIn(createTestConnector(folder()), hostFor(server))).signedInWith, 'no authentication');
  });
});

function lengthPrefixed(content: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(content.length);
  return Buffer.concat([head, content]);
}

function fidoPublicKey(): Buffer {
  return Buffer.concat([Buffer.from('sk-ssh-ed25519@openssh.com'), Buffer.alloc(32, 7), Buffer.from('ssh:')].map(lengthPrefixed));
}

/** A key file of a security key: the private part is of no use without the device, and is left out. */
function fidoKeyFile(): string {
  const content = Buffer.concat([
    Buffer.from('openssh-key-v1\0'), ...['none', 'none', ''].map((text) => lengthPrefixed(Buffer.from(text))),
    Buffer.from([0, 0, 0, 1]), lengthPrefixed(fidoPublicKey()), lengthPrefixed(Buffer.alloc(64)),
  ]);
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${content.toString('base64').replaceAll(/.{70}/g, '$&\n')}\n-----END OPENSSH PRIVATE KEY-----\n`;
}
