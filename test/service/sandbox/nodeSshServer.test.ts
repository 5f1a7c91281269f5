import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeSSH } from 'node-ssh';
import { utils } from 'ssh2';
import { startNodeSshServer, type NodeSshServer } from '../../support/sandbox/nodeSshServer';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';

describe('the SSH server in Node', function () {
  if (process.platform === 'win32') return;
  const folder = useTemporaryFolder();
  const clientKey = utils.generateKeyPairSync('ed25519');
  let server: NodeSshServer;
  let ssh: NodeSSH;

  const connect = async (privateKey: string, username = 'operator'): Promise<NodeSSH> =>
    new NodeSSH().connect({ host: '127.0.0.1', port: server.port, username, privateKey });

  beforeEach(async () => {
    server = await startNodeSshServer({ user: 'operator', authorizedKey: clientKey.public, home: folder() });
    ssh = await connect(clientKey.private);
  });
  afterEach(async () => {
    ssh.dispose();
    await server.stop();
  });

  it('lets in the one user with the one key, and nobody else', async () => {
    await assert.rejects(connect(utils.generateKeyPairSync('ed25519').private), /authentication methods failed/);
    await assert.rejects(connect(clientKey.private, 'root'), /authentication methods failed/);
  });

  it('runs commands for real: streams, exit codes, signals, its home', async () => {
    const result = await ssh.execCommand('pwd; cat; echo "to $HOME" >&2; exit 7', { stdin: 'from the client' });
    assert.deepEqual(result, { stdout: `${folder()}\nfrom the client`, stderr: `to ${folder()}`, code: 7, signal: null });
    assert.equal((await ssh.execCommand('kill -TERM $$')).signal, 'SIGTERM');
  });

  it('passes megabytes to a command unharmed', async () => {
    const bytes = Buffer.alloc(5_000_000, 'Genesys');
    writeFileSync(join(folder(), 'big'), bytes);
    const { stdout } = await ssh.execCommand('cat big big | cksum; cksum < big');
    const [twice, once] = stdout.split('\n');
    assert.match(twice ?? '', / 10000000$/);
    const sent = await ssh.execCommand('cksum', { stdin: bytes.toString('latin1') });
    assert.equal(sent.stdout, once);
  });

  it('stores, lists, renames and removes files over SFTP', async () => {
    const local = join(folder(), 'local');
    writeFileSync(local, 'text\n'.repeat(50_000));
    await ssh.putFile(local, 'copy');
    assert.deepEqual(readFileSync(join(folder(), 'copy')), readFileSync(local));
    await ssh.getFile(join(folder(), 'back'), 'copy');
    assert.deepEqual(readFileSync(join(folder(), 'back')), readFileSync(local));
    mkdirSync(join(folder(), 'sub'));
    const sftp = await ssh.requestSFTP();
    const call = <T>(start: (done: (error: Error | null | undefined, value?: T) => void) => void): Promise<T | undefined> =>
      new Promise((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value))));
    assert.deepEqual((await call<{ filename: string }[]>((done) => sftp.readdir('.', done)))?.map(({ filename }) => filename).sort(), ['back', 'copy', 'local', 'sub']);
    await call((done) => sftp.chmod('copy', 0o600, done));
    assert.equal(statSync(join(folder(), 'copy')).mode & 0o777, 0o600);
    await call((done) => sftp.rename('copy', 'sub/moved', done));
    await assert.rejects(call((done) => sftp.rename('back', 'local', done)), /taken/);
    await call((done) => sftp.unlink('sub/moved', done));
    await call((done) => sftp.rmdir('sub', done));
    await assert.rejects(call((done) => sftp.stat('sub', done)), { code: 2 });
  });

  it('ends the commands of a client that goes away, and all others when it stops', async () => {
    /** Runs a command that waits, and answers its process number. */
    const startWaiting = async (client: NodeSSH, name: string): Promise<number> => {
      void client.execCommand(`echo $$ > ${name}; exec sleep 100`).catch(() => undefined);
      await ssh.execCommand(`until [ -s ${name} ]; do sleep 0.01; done`);
      return Number(readFileSync(join(folder(), name), 'utf8'));
    };
    const other = await connect(clientKey.private);
    const left = await startWaiting(other, 'left');
    const kept = await startWaiting(ssh, 'kept');
    other.dispose();
    await until(() => !isRunning(left), 'the command of the client that went away to end');
    assert.equal(isRunning(kept), true);
    await server.stop();
    await until(() => !isRunning(kept), 'the last command to end');
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
