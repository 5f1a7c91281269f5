import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, isProductError } from '../../../src/core/errors';
import type { InstallAs } from '../../../src/core/hosts/model';
import type { HostConnection } from '../../../src/service/deploying/ssh/hostConnection';
import { createTestConnector, createTestQuestions, hostFor, type Answers, type TestConnector, type TestQuestions } from '../../support/hosts';
import { useRealUsers } from '../../support/realUsers';
import { needsSshd, startSshd, type Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';

const password = 'pa ss"wörd';

describe('the install user of a host, on this machine with real users', function () {
  this.timeout(60_000);
  before(function () {
    needsSshd(this);
  });
  const users = useRealUsers('log', 'ins');
  const folder = useTemporaryFolder();
  let server: Sshd;
  let login = '';
  let install = '';
  before(async () => {
    login = users.name('log');
    install = users.name('ins');
    users.setPassword('log', password);
    users.setPassword('ins', 'other');
    server = await startSshd({ address: '127.0.9.1', folderMode: 0o755 });
  });
  // Without users of its own this suite is skipped, and there is none.
  after(() => (server as Sshd | undefined)?.stop());
  const { allow } = users;

  interface Opened {
    readonly connection: HostConnection;
    readonly connector: TestConnector;
    readonly questions: TestQuestions;
  }
  async function open(installAs: InstallAs, answers: Answers = {}): Promise<Opened> {
    const connector = createTestConnector(folder());
    const questions = createTestQuestions({ hostKey: 'trust', ...answers });
    const host = hostFor(server, { user: login, installAs });
    return { connector, questions, connection: await connector.connect(host, { questions, acceptNewHostKey: true }) };
  }
  async function refused(installAs: InstallAs, why: RegExp, answers: Answers = {}, code: Parameters<typeof isProductError>[1] = 'host/install-user-refused'): Promise<void> {
    await assert.rejects(open(installAs, answers), (error) => {
      assert.ok(isProductError(error, code), String(error));
      assert.match(describeError('en', error), why);
      assert.doesNotMatch(describeError('fr', error), /[{}]/);
      assert.doesNotMatch(JSON.stringify(error), /wörd/);
      return true;
    });
  }
  /** Runs, writes, reads and ends commands: each as the install user. */
  async function works({ connection, connector, questions }: Opened, asked: readonly string[]): Promise<void> {
    try {
      assert.equal((await connection.exec('id -un; echo "$HOME"; echo "${LC_ALL-none}"')).stdout, `${install}\n/tmp/${install}\nnone\n`);
      assert.equal((await connection.exec('cat; echo " $?"', { stdin: Buffer.from('first line\nsecond') })).stdout, 'first line\nsecond 0\n');
      assert.deepEqual(await connection.exec('echo out; echo err >&2; exit 3'), { code: 3, stdout: 'out\n', stderr: 'err\n' });
      const file = `/tmp/${install}/silent.ini`;
      await connection.writeFile(file, Buffer.from('secret=1\n'), 0o600);
      const { uid, mode } = statSync(file);
      assert.deepEqual({ uid, mode: mode & 0o777 }, { uid: users.id('ins'), mode: 0o600 });
      assert.equal(Buffer.from((await connection.readFile(file, 100)) ?? []).toString(), 'secret=1\n');
      const stop = new AbortController();
      const running = connection.exec('echo going; sleep 300 & wait', { signal: stop.signal, onOutput: () => stop.abort() });
      await assert.rejects(running, (error) => isProductError(error, 'general/cancelled'));
      assert.equal((await connection.exec(`ps -o args= -u ${install} | grep -c '[s]leep 300'; true`)).stdout, '0\n');
      assert.deepEqual(questions.secrets.map(({ kind, attempt }) => `${kind} ${attempt}`), asked);
      // A password is in no command line, and in no log.
      assert.doesNotMatch(server.log() + connector.logged.join('\n'), /wörd/);
    } finally {
      await connection.close();
    }
  }

  it('is the login user when nothing else is said', async () => {
    const { connection } = await open({ kind: 'loginUser' });
    assert.equal((await connection.exec('id -un')).stdout, `${login}\n`);
    await connection.close();
  });

  it('sudo that wants no password', async () => {
    allow(`${login} ALL=(${install}) NOPASSWD: ALL`);
    await works(await open({ kind: 'sudo', user: install }), []);
  });

  it('sudo with a password, asked for once', async () => {
    allow(`${login} ALL=(${install}) ALL`);
    await works(await open({ kind: 'sudoPassword', user: install }, { secrets: [password] }), ['sudo 1']);
  });

  it('sudo that may ask for a password and does not', async () => {
    allow(`${login} ALL=(${install}) NOPASSWD: ALL`);
    await works(await open({ kind: 'sudoPassword', user: install }), []);
  });

  it('sudo that runs commands in a terminal of its own', async () => {
    allow(`Defaults:${login} use_pty\n${login} ALL=(${install}) NOPASSWD: ALL`);
    await works(await open({ kind: 'sudo', user: install }), []);
  });

  it('a wrong password for sudo, then the right one', async () => {
    allow(`${login} ALL=(${install}) ALL`);
    await works(await open({ kind: 'sudoPassword', user: install }, { secrets: ['wrong', password] }), ['sudo 1', 'sudo 2']);
  });

  it('three wrong passwords for sudo', async () => {
    allow(`${login} ALL=(${install}) ALL`);
    await refused({ kind: 'sudoPassword', user: install }, /refused the password for sudo/, { secrets: ['wrong', 'worse', 'worst'] }, 'host/install-password-wrong');
  });

  it('su with the password of the install user', async () => {
    await works(await open({ kind: 'su', user: install }, { secrets: ['other'] }), ['su 1']);
  });

  it('a wrong password for su', async () => {
    await refused({ kind: 'su', user: install }, /refused the password for su/, { secrets: ['wrong', 'wrong', 'wrong'] }, 'host/install-password-wrong');
  });

  it('says by name why it does not work', async () => {
    allow(`${login} ALL=(${install}) ALL`);
    await refused({ kind: 'sudo', user: install }, /asks for a password, and the host is set to give none/);
    allow(`Defaults:${login} requiretty\n${login} ALL=(${install}) NOPASSWD: ALL`);
    await refused({ kind: 'sudo', user: install }, /wants a terminal \(requiretty\)/);
    allow(`${login} ALL=(nobody) NOPASSWD: ALL`);
    await refused({ kind: 'sudoPassword', user: install }, /may not/, { secrets: [password] });
    users.forbid();
    await refused({ kind: 'sudoPassword', user: install }, /may not/, { secrets: [password] });
    allow(`${login} ALL=(ALL) NOPASSWD: ALL`);
    await refused({ kind: 'sudo', user: 'gp-nobody-here' }, /there is no such user/);
    await refused({ kind: 'su', user: 'gp-nobody-here' }, /there is no such user/);
  });

  it('says that a program is missing, and that nobody gave the password', async () => {
    allow(`${login} ALL=(${install}) ALL`);
    await refused({ kind: 'sudoPassword', user: install }, /was not given/, { secrets: [undefined] }, 'host/secret-declined');
    const bare = join(users.home('log'), '.bin');
    mkdirSync(bare);
    const emptied = await startSshd({ address: '127.0.9.2', environment: { PATH: bare }, folderMode: 0o755 });
    try {
      const host = hostFor(emptied, { user: login, installAs: { kind: 'sudo', user: install } });
      const attempt = createTestConnector(folder()).connect(host, { questions: createTestQuestions(), acceptNewHostKey: true });
      await assert.rejects(attempt, (error) => isProductError(error, 'host/install-user-refused') && error.args['why'] === 'missing');
    } finally {
      await emptied.stop();
    }
  });

  it('is recorded as a login that was refused, with the reason', async () => {
    const connector = createTestConnector(folder());
    const host = hostFor(server, { user: login, installAs: { kind: 'sudo', user: install } });
    const tested = await connector.test(host, { questions: createTestQuestions(), acceptNewHostKey: true });
    assert.deepEqual([tested.contact?.state, tested.contact?.error?.code], ['login-refused', 'host/install-user-refused']);
  });

  it('holds for hosts that say nothing of it when the person has set so, and the host’s own word wins', async () => {
    allow(`${login} ALL=(${install}) NOPASSWD: ALL`);
    const questions = createTestQuestions({ ssh: { configFile: '', installAs: { kind: 'sudo', user: install } } });
    for (const [own, user] of [[undefined, install], [{ kind: 'loginUser' }, login]] as const) {
      const host = hostFor(server, { user: login, ...(own && { installAs: own }) });
      const connection = await createTestConnector(folder()).connect(host, { questions, acceptNewHostKey: true });
      assert.equal((await connection.exec('id -un')).stdout, `${user}\n`);
      await connection.close();
    }
  });
});
