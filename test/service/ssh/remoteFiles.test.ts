import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProductError } from '../../../src/core/errors';
import type { HostConnection } from '../../../src/service/deploying/ssh/hostConnection';
import { createTestConnector, createTestQuestions, hostFor } from '../../support/hosts';
import { startScriptedSshServer } from '../../support/scriptedSshServer';
import { needsSshd, startSshd, type Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';

describe('small files on a host', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();
  const connectTo = (server: { address: string; port: number; user?: string; clientKey?: string }, secrets: string[] = []): Promise<HostConnection> =>
    createTestConnector(folder()).connect(hostFor(server), { questions: createTestQuestions({ secrets }), acceptNewHostKey: true });

  describe('of one host', () => {
    let server: Sshd;
    let connection: HostConnection;
    before(async function () {
      needsSshd(this);
      server = await startSshd({ address: '127.0.0.11' });
    });
    beforeEach(async () => (connection = await connectTo(server)));
    afterEach(() => connection.close());
    after(() => server.stop());

    it('are written with their mode, replaced in one step, and read back unchanged', async () => {
      const path = join(folder(), "it's a [file] with *");
      for (const content of [randomBytes(200_000), Buffer.alloc(0), Buffer.from('é\r\n\0')]) {
        await connection.writeFile(path, content, 0o600);
        assert.deepEqual(readFileSync(path), content);
        assert.deepEqual(Buffer.from((await connection.readFile(path, 1_000_000))!), content);
      }
      await connection.writeFile(path, Buffer.from('#!/bin/sh\n'), 0o750);
      assert.equal(statSync(path).mode & 0o777, 0o750);
      assert.deepEqual(readdirSync(folder()), ["it's a [file] with *"]);
    });

    it('are read up to a limit, and not at all when there are none', async () => {
      const path = join(folder(), 'file');
      writeFileSync(path, 'x'.repeat(100_000));
      assert.equal((await connection.readFile(path, 70_001))?.length, 70_001);
      assert.equal(await connection.readFile(join(folder(), 'none'), 10), undefined);
    });

    it('that cannot be written or read are named with the reason, and nothing is left', async () => {
      mkdirSync(join(folder(), 'directory'));
        const failures: [() => Promise<unknown>, string, RegExp][] = [
        [() => connection.writeFile(join(folder(), 'no/such/file'), Buffer.from('x'), 0o600), 'host/write-failed', /no such file|nonexistent/i],
        [() => connection.writeFile(join(folder(), 'directory'), Buffer.from('x'), 0o600), 'host/write-failed', /directory/i],
        [() => connection.readFile(join(folder(), 'directory'), 10), 'host/read-failed', /Is a directory/],
      ];
      if (process.getuid?.() !== 0) {
        mkdirSync(join(folder(), 'closed'), { mode: 0o500 });
        failures.push([() => connection.writeFile(join(folder(), 'closed/file'), Buffer.from('x'), 0o600), 'host/write-failed', /permission denied/i]);
      }
      for (const [attempt, code, reason] of failures) {
        await assert.rejects(attempt(), (error) => isProductError(error) && error.code === code && reason.test(String(error.args['reason'])));
      }
      assert.deepEqual(readdirSync(folder()).filter((name) => name.includes('.tmp')), []);
      assert.deepEqual(readdirSync(join(folder(), 'directory')), []);
    });

    it('many at a time', async () => {
      const paths = Array.from({ length: 20 }, (_, n) => join(folder(), `file${n}`));
      await Promise.all(paths.map((path, n) => connection.writeFile(path, Buffer.from(String(n)), 0o644)));
      const contents = await Promise.all(paths.map((path) => connection.readFile(path, 10)));
      assert.deepEqual(contents.map((content) => Number(Buffer.from(content!).toString())), paths.map((_, n) => n));
    });
  });

  it('say that the disk is full, keep what was there and leave nothing', async function () {
    needsSshd(this);
    if (process.platform !== 'linux' || process.getuid?.() !== 0) this.skip();
    const server = await startSshd({ address: '127.0.0.12', privateTmpfs: { sizeMB: 1 } });
    const connection = await connectTo(server);
    try {
      await connection.writeFile('/tmp/file', Buffer.from('before'), 0o600);
      await assert.rejects(connection.writeFile('/tmp/file', Buffer.alloc(2_000_000), 0o600), (error) => isProductError(error, 'host/write-failed') && /No space left/.test(String(error.args['reason'])));
      assert.equal(Buffer.from((await connection.readFile('/tmp/file', 100))!).toString(), 'before');
      assert.deepEqual(readdirSync(server.pathSeenByTest('/tmp')), ['file']);
      assert.ok(!existsSync('/tmp/file'), 'the file system is the host’s own');
    } finally {
      await connection.close();
      await server.stop();
    }
  });

  it('are not replaced by the part that came before the connection broke', async () => {
    const path = join(folder(), 'file');
    writeFileSync(path, 'before');
    // A host where the input of a command ends early, as it does when the connection is cut.
    const server = await startScriptedSshServer({
      exec(command, channel) {
        const shell = spawn('sh', ['-c', command]);
        channel.once('data', (bytes: Buffer) => shell.stdin.end(bytes.subarray(0, 1000)));
        channel.once('end', () => shell.stdin.end());
        shell.stdout.on('data', (bytes: Buffer) => channel.write(bytes));
        shell.stderr.on('data', (bytes: Buffer) => channel.stderr.write(bytes));
        shell.on('close', (code) => {
          channel.exit(code ?? 1);
          channel.end();
        });
      },
    });
    const connection = await connectTo(server, ['x']);
    await assert.rejects(connection.writeFile(path, Buffer.alloc(5000), 0o600), (error) => isProductError(error, 'host/write-failed'));
    await connection.close();
    await server.stop();
    assert.equal(readFileSync(path, 'utf8'), 'before');
    assert.deepEqual(readdirSync(folder()), ['file']);
    chmodSync(path, 0o600);
  });
});
