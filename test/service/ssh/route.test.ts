import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describeError, isProductError, type ErrorCode } from '../../../src/core/errors';
import type { HostConnectorOptions } from '../../../src/service/deploying/ssh/createHostConnector';
import type { HostConnection } from '../../../src/service/deploying/ssh/hostConnection';
import { createTestConnector, createTestQuestions, hostFor, type Answers, type TestConnector, type TestQuestions } from '../../support/hosts';
import { startScriptedSshServer, type ScriptedSshOptions } from '../../support/scriptedSshServer';
import { needsSshd, startSshd, type Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';

describe('the way to a host by its SSH configuration', function () {
  this.timeout(60_000);
  before(function () {
    needsSshd(this);
  });
  const folder = useTemporaryFolder();
  const ends: (() => Promise<unknown>)[] = [];
  let servers: readonly Sshd[] = [];
  before(async () => {
    servers = await Promise.all([1, 2, 3].map((number) => startSshd({ address: `127.0.7.${number}` })));
  });
  after(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });
  afterEach(async () => {
    await Promise.all(ends.splice(0).map((end) => end()));
  });

  interface Attempt {
    readonly config: string;
    readonly answers?: Answers;
    readonly options?: Partial<HostConnectorOptions>;
  }
  interface Opened {
    readonly connection: HostConnection;
    readonly connector: TestConnector;
    readonly questions: TestQuestions;
  }
  async function open({ config, answers, options }: Attempt): Promise<Opened> {
    const home = folder();
    mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 });
    writeFileSync(join(home, '.ssh', 'config'), config, { mode: 0o600 });
    const connector = createTestConnector(home, options);
    const questions = createTestQuestions(answers);
    const connection = await connector.connect(hostFor({ address: 'target', port: 0, user: '' }, { authentication: { kind: 'sshConfig' } }), { questions, acceptNewHostKey: true });
    ends.push(() => connection.close());
    return { connection, connector, questions };
  }
  async function refused(attempt: Attempt, code: ErrorCode): Promise<string> {
    let sentence = '';
    await assert.rejects(open(attempt), (error) => {
      assert.ok(isProductError(error, code), String(error));
      for (const locale of ['fr', 'en'] as const) assert.doesNotMatch((sentence = describeError(locale, error)), /[{}]/);
      return true;
    });
    return sentence;
  }
  const block = (alias: string, server: { address: string; port: number; user?: string; clientKey?: string }, ...lines: string[]): string =>
    [`Host ${alias}`, `HostName ${server.address}`, `Port ${server.port}`, `User ${server.user ?? 'tester'}`, ...(server.clientKey === undefined ? [] : [`IdentityFile ${server.clientKey}`, 'IdentitiesOnly yes']), ...lines, ''].join('\n  ');
  const at = (position: number): Sshd => servers[position] as Sshd;
  async function script(options: ScriptedSshOptions = {}): ReturnType<typeof startScriptedSshServer> {
    const server = await startScriptedSshServer(options);
    ends.push(() => server.stop());
    return server;
  }
  async function listen(onPeer: (peer: Socket) => void): Promise<{ address: string; port: number }> {
    const peers = new Set<Socket>();
    const server = createServer((peer) => {
      peers.add(peer.on('error', () => undefined));
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

  it('an alias, with the host’s name, port, user and key file of the configuration', async () => {
    const { connection } = await open({ config: block('target', at(0)) });
    assert.equal((await connection.exec('echo here')).stdout, 'here\n');
    assert.match(connection.signedInWith, /^key .*client$/);
  });

  it('several jump hosts, each with its own settings and its own sign-in', async () => {
    const { connection, connector } = await open({ config: block('one', at(0)) + block('two', at(1)) + block('target', at(2), 'ProxyJump one,two') });
    assert.equal((await connection.exec('head -c 300000 /dev/zero | wc -c')).stdout.trim(), '300000');
    assert.deepEqual(connector.storedKeys.map(({ address }) => address), servers.map(({ address }) => address));
    await connection.close();
    for (const server of servers) await server.waitForLog(/^(?:Connection closed|Disconnected|Received disconnect|Close session|Transferred)/gm);
  });

  it('a jump host that has a jump host of its own', async () => {
    const { connection, connector } = await open({ config: block('one', at(0)) + block('two', at(1), 'ProxyJump one') + block('target', at(2), 'ProxyJump two') });
    assert.equal((await connection.exec('echo far')).stdout, 'far\n');
    assert.equal(connector.logged.filter((line) => line.includes('signed in to')).length, 3);
  });

  it('a program as the way', async () => {
    const relay = `${process.execPath} -e "const s=require('net').connect(%p,'%h');process.stdin.pipe(s).pipe(process.stdout)"`;
    const { connection } = await open({ config: block('target', at(0), `ProxyCommand ${relay}`) });
    assert.equal((await connection.exec('head -c 300000 /dev/zero | wc -c')).stdout.trim(), '300000');
  });

  it('a program that ends tells why in its own words', async () => {
    const sentence = await refused({ config: block('target', at(0), 'ProxyCommand echo no route today >&2; exit 7') }, 'host/proxy-command-failed');
    assert.match(sentence, /“no route today”/);
  });

  it('goes round in a circle', async () => {
    assert.match(await refused({ config: `${block('one', at(0))}Host *\nProxyJump one\n` }, 'host/jump-loop'), /jump host one/);
  });

  it('a jump host that cannot be reached is named, and the host is not', async () => {
    const gone = await listen(() => undefined);
    await ends.pop()?.();
    const sentence = await refused({ config: block('one', { ...gone, user: at(0).user }) + block('target', at(2), 'ProxyJump one') }, 'host/connection-refused');
    assert.match(sentence, /^one refuses connections/);
  });

  it('a host that the last jump host cannot reach', async () => {
    const gone = await listen(() => undefined);
    await ends.pop()?.();
    const sentence = await refused({ config: block('one', at(0)) + block('target', gone, 'ProxyJump one') }, 'host/jump-refused');
    assert.match(sentence, /^Jump host one does not connect to test-host .*“Connection refused”/);
  });

  it('a jump host that lets nobody through', async () => {
    const strict = await startSshd({ extraConfig: 'AllowTcpForwarding no' });
    ends.push(() => strict.stop());
    await refused({ config: block('one', strict) + block('target', at(2), 'ProxyJump one') }, 'host/jump-refused');
  });

  it('ConnectTimeout holds for each machine of its own', async () => {
    const silent = await listen(() => undefined);
    const target = await refused({ config: block('one', at(0)) + block('target', silent, 'ConnectTimeout 1', 'ProxyJump one') }, 'host/connect-timeout');
    assert.match(target, /test-host did not answer .* within 1 second\b/);
    const jump = await refused({ config: block('one', silent, 'ConnectTimeout 1') + block('target', at(0), 'ProxyJump one') }, 'host/connect-timeout');
    assert.match(jump, /^one did not answer/);
  });

  it('the loss of a jump host is the loss of the host', async () => {
    const jump = await startSshd({ address: '127.0.7.9' });
    ends.push(() => jump.stop());
    const { connection } = await open({ config: block('one', jump) + block('target', at(2), 'ProxyJump one') });
    const running = connection.exec('sleep 100');
    jump.dropConnections();
    await assert.rejects(running, (error) => isProductError(error, 'host/connection-lost'));
  });

  it('a half-open connection is told by ServerAliveInterval and ServerAliveCountMax', async () => {
    const frozen = await startSshd({ address: '127.0.7.8' });
    ends.push(() => frozen.stop());
    const { connection } = await open({ config: block('target', frozen, 'ServerAliveInterval 1', 'ServerAliveCountMax 2') });
    const running = connection.exec('sleep 100');
    frozen.freezeConnections();
    await assert.rejects(running, (error) => isProductError(error, 'host/connection-lost') && error.args['reason'] === 'no sign of life for 2 seconds');
  });

  it('a rule that needs a command asks once, and holds only when it may run and does well', async () => {
    const marker = join(folder(), 'ran');
    const config = `Match exec "touch ${marker}"\n  User nobody-here\n${block('target', at(0))}`;
    const { connection, questions } = await open({ config, answers: { command: 'skip' } });
    assert.equal(existsSync(marker), false);
    await connection.close();
    assert.deepEqual(questions.commands.map(({ hostName, line, command }) => ({ hostName, line, command })), [{ hostName: 'test-host', line: 1, command: `touch ${marker}` }]);
    await refused({ config, answers: { command: 'run', secrets: [] } }, 'host/login-refused');
    assert.equal(existsSync(marker), true);
    await open({ config: config.replace('touch', 'false'), answers: { command: 'run' } });
  });

  it('a configuration that OpenSSH would refuse is named by file and line, and nothing is contacted', async () => {
    assert.match(await refused({ config: `${block('target', at(0))}Port none\n` }, 'host/ssh-config-wrong'), /config, line 7, is wrong: “Port none” has a value that OpenSSH does not take/);
    assert.match(await refused({ config: block('target', at(0), 'UserKnownHostsFile /x/%Z') }, 'host/ssh-config-wrong'), /token that means nothing/);
    writeFileSync(join(folder(), 'other'), '', { mode: 0o666 });
    execFileSync('chmod', ['0666', join(folder(), 'other')]);
    await refused({ config: `Include ${join(folder(), 'other')}\n${block('target', at(0))}` }, 'host/ssh-config-unsafe');
    await refused({ config: '', answers: { ssh: { configFile: join(folder(), 'none') } } }, 'host/ssh-config-unreadable');
  });

  it('another file, or none, when the person has set so', async () => {
    const file = join(folder(), 'mine');
    writeFileSync(file, block('target', at(0)));
    await open({ config: 'Host target\nPort 1\n', answers: { ssh: { configFile: file } } });
    await refused({ config: block('target', at(0)), answers: { ssh: { configFile: 'none' } } }, 'host/address-not-found');
  });

  it('what is not supported is named, and goes on', async () => {
    const { connector } = await open({ config: block('target', at(0), 'CertificateFile /c', 'GSSAPIAuthentication yes', 'ForwardAgent yes', 'Match tagged x', 'Port 1') });
    assert.deepEqual(connector.logged.filter((line) => line.includes('not supported')).map((line) => line.replace(/.*, line /, 'line ')), [
      'line 7: CertificateFile /c is not supported', 'line 8: GSSAPIAuthentication yes is not supported', 'line 10: Match tagged x is not supported and counts as not holding',
    ]);
  });

  it('the usual key files, with a passphrase only for the key that the host takes', async () => {
    mkdirSync(join(folder(), '.ssh'), { mode: 0o700 });
    execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-N', 'never asked', '-f', join(folder(), '.ssh', 'id_rsa')]);
    copyFileSync(at(0).clientKey, join(folder(), '.ssh', 'id_ed25519'));
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', join(folder(), '.ssh', 'id_ed25519')]);
    const config = block('target', { address: at(0).address, port: at(0).port, user: at(0).user });
    const { questions } = await open({ config, answers: { secrets: ['wrong', 'open sesame'] } });
    assert.deepEqual(questions.secrets.map(({ kind, keyFile, triesLeft }) => ({ kind, keyFile, triesLeft })), [2, 1].map((triesLeft) => ({ kind: 'passphrase', keyFile: join(folder(), '.ssh', 'id_ed25519'), triesLeft })));
  });

  it('keys of the agent that the configuration names come first, and with IdentitiesOnly alone', async () => {
    const socket = join(folder(), 'agent');
    const started = execFileSync('ssh-agent', ['-s', '-a', socket], { encoding: 'utf8' });
    ends.push(() => Promise.resolve(process.kill(Number(/AGENT_PID=(\d+)/.exec(started)?.[1]))));
    const server = await startSshd({ address: '127.0.7.7', extraConfig: 'MaxAuthTries 2' });
    ends.push(() => server.stop());
    const names = [1, 2, 3, 4].map((number) => join(folder(), `key${number}`));
    for (const name of names) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', name]);
    execFileSync('ssh-add', ['-q', ...names, server.clientKey], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' });
    writeFileSync(join(folder(), 'mine.pub'), readFileSync(`${server.clientKey}.pub`));
    const { address, port, user } = server;
    const plain = { address, port, user };
    // The key alone would be the fifth; the server grants two tries.
    await refused({ config: block('target', plain), answers: { agentSocket: socket } }, 'host/too-many-failures');
    for (const lines of [[`IdentityFile ${join(folder(), 'mine.pub')}`], [`IdentityFile ${join(folder(), 'mine.pub')}`, 'IdentitiesOnly yes'], [`IdentityFile ${join(folder(), 'mine.pub')}`, `IdentityAgent ${socket}`]]) {
      const agentSocket = lines.length === 2 && lines[1]?.startsWith('IdentityAgent') ? join(folder(), 'no-agent') : socket;
      const { connection } = await open({ config: block('target', plain, ...lines), answers: { agentSocket } });
      assert.match(connection.signedInWith, /^agent key ssh-ed25519/);
    }
    await refused({ config: block('target', plain, `IdentityFile ${names[0] ?? ''}`, 'IdentitiesOnly yes'), answers: { agentSocket: socket } }, 'host/login-refused');
  });

  it('passwords after keys: three tries, each told how many are left; in batch mode none', async () => {
    const server = await script({
      authenticate: (context) => (context.method === 'password' && context.password === 'right' ? context.accept() : context.reject(['publickey', 'password'])),
    });
    const config = block('target', server);
    const { questions, connection } = await open({ config, answers: { secrets: ['wrong', 'worse', 'right'] } });
    assert.deepEqual(questions.secrets.map(({ attempt, triesLeft }) => [attempt, triesLeft]), [[1, 2], [2, 1], [3, 0]]);
    assert.equal(connection.signedInWith, 'password');
    assert.match(await refused({ config, answers: { secrets: ['a', 'b', 'c'] } }, 'host/login-refused'), /tried 3 passwords/);
    assert.match(await refused({ config: block('target', server, 'NumberOfPasswordPrompts 1'), answers: { secrets: ['a'] } }, 'host/login-refused'), /tried 1 password\b/);
    await refused({ config: block('target', server, 'BatchMode yes') }, 'host/batch-mode');
    await refused({ config: block('target', server, 'PasswordAuthentication no') }, 'host/login-refused');
  });

  it('keyboard-interactive with several questions, each shown as the host says', async () => {
    const server = await script({
      authenticate: (context) => {
        if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive', 'password']);
        context.prompt([{ prompt: 'Token: ', echo: true }, { prompt: 'PIN: ', echo: false }], 'Two factors', 'Both are needed.', (answers) => (answers.join() === '123456,42' ? context.accept() : context.reject()));
      },
    });
    const { questions } = await open({ config: block('target', server, 'PreferredAuthentications keyboard-interactive,password'), answers: { secrets: ['123456', '42'] } });
    assert.deepEqual(questions.secrets.map(({ prompt, echo }) => ({ prompt, echo })), [{ prompt: 'Both are needed. Token:', echo: true }, { prompt: 'Both are needed. PIN:', echo: false }]);
  });

  it('the algorithms of the configuration, or none that can be used', async () => {
    const { connection } = await open({ config: block('target', at(0), 'Ciphers aes256-ctr', 'MACs hmac-sha2-512', 'KexAlgorithms -curve*', 'HostKeyAlgorithms ^ssh-ed25519') });
    assert.equal((await connection.exec('echo on')).stdout, 'on\n');
    await at(0).waitForLog(/Accepted publickey/);
    assert.match(await refused({ config: block('target', at(0), 'KexAlgorithms sntrup761x25519-sha512') }, 'host/algorithms-unsupported'), /KexAlgorithms sntrup761x25519-sha512/);
  });

  it('a password for a jump host is asked for by its name', async () => {
    const jump = await script({ authenticate: (context) => (context.method === 'password' ? context.accept() : context.reject(['password'])) });
    const asked = createTestQuestions({ secrets: ['secret'] });
    await refusedThrough(jump, asked);
    assert.deepEqual(asked.secrets.map(({ hostName, jumpHost, user }) => ({ hostName, jumpHost, user })), [{ hostName: 'test-host', jumpHost: 'one', user: 'tester' }]);
  });

  /** The scripted jump host forwards nothing. */
  async function refusedThrough(jump: { address: string; port: number }, questions: TestQuestions): Promise<void> {
    mkdirSync(join(folder(), '.ssh'), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder(), '.ssh', 'config'), block('one', jump) + block('target', at(0), 'ProxyJump one'));
    const host = hostFor({ address: 'target', port: 0, user: '' }, { authentication: { kind: 'sshConfig' } });
    await assert.rejects(createTestConnector(folder()).connect(host, { questions, acceptNewHostKey: true }), (error) => isProductError(error, 'host/jump-refused'));
  }
});
