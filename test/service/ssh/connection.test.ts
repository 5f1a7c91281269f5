import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProductError } from '../../../src/core/errors';
import { quoteShell, type HostConnection } from '../../../src/service/deploying/ssh/hostConnection';
import type { HostConnectorOptions } from '../../../src/service/deploying/ssh/createHostConnector';
import { createTestConnector, createTestQuestions, hostFor } from '../../support/hosts';
import { startScriptedSshServer } from '../../support/scriptedSshServer';
import { needsSshd, startSshd, type Sshd, type SshdOptions } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';

const MB = 1024 * 1024;

async function* repeat(piece: Uint8Array, times: number): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < times; n++) yield await Promise.resolve(piece);
}

describe('commands on a host', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();
  let server: Sshd;
  let connection: HostConnection;

  async function open(options: SshdOptions = {}, connectorOptions: Partial<HostConnectorOptions> = {}): Promise<void> {
    server = await startSshd({ address: '127.0.0.10', ...options });
    const connector = createTestConnector(folder(), connectorOptions);
    connection = await connector.connect(hostFor(server), { questions: createTestQuestions(), acceptNewHostKey: true });
  }
  before(function () {
    needsSshd(this);
  });

  describe('on one connection', () => {
    before(async () => {
      server = await startSshd({ address: '127.0.0.10' });
    });
    beforeEach(async () => {
      connection = await createTestConnector(folder()).connect(hostFor(server), { questions: createTestQuestions(), acceptNewHostKey: true });
    });
    afterEach(() => connection.close());
    after(() => server.stop());

    it('tells output, errors and exit status apart', async () => {
      assert.deepEqual(await connection.exec('echo out; echo err >&2; exit 3'), { code: 3, stdout: 'out\n', stderr: 'err\n' });
      assert.deepEqual(await connection.exec('true'), { code: 0, stdout: '', stderr: '' });
      assert.deepEqual(await connection.exec('cat'), { code: 0, stdout: '', stderr: '' }, 'input is closed at once');
    });

    it('leaves out what login scripts print', async () => {
      const extraConfig = 'ForceCommand echo Welcome; echo "locale: Cannot set" >&2; eval "$SSH_ORIGINAL_COMMAND"';
      const chatty = await startSshd({ address: '127.0.0.10', extraConfig });
      const other = await createTestConnector(folder()).connect(hostFor(chatty), { questions: createTestQuestions(), acceptNewHostKey: true });
      const result = await other.exec('echo out; echo err >&2');
      await other.close();
      await chatty.stop();
      assert.deepEqual(result, { code: 0, stdout: 'out\n', stderr: 'err\n' });
    });

    it('names the signal that ended a command', async () => {
      assert.deepEqual(await connection.exec('kill -KILL $$'), { code: undefined, signal: 'SIGKILL', stdout: '', stderr: '' });
    });

    it('quotes words so that the shell gives them back unchanged', async () => {
      const words = ["it's", 'a b', '', '$HOME `id` "x" \\', 'ligne\n2', '*', 'é€😀', "''"];
      const { stdout } = await connection.exec(`printf '%s\\0' ${words.map(quoteShell).join(' ')}`);
      assert.deepEqual(stdout.split('\0').slice(0, -1), words);
    });

    it('hands over whole characters, wherever the packets are cut', async () => {
      const pieces: string[] = [];
      const text = 'é€😀';
      const bytes = [...Buffer.from(text)].map((byte) => `\\${byte.toString(8)}`);
      await connection.exec(bytes.map((byte) => `printf '${byte}'; sleep 0.01;`).join(' '), { onOutput: (stream, piece) => pieces.push(stream === 'stdout' ? piece : '?') });
      assert.equal(pieces.join(''), text);
      for (const piece of pieces) assert.doesNotMatch(piece, /\ufffd/);
    });

    it('collects the first megabyte of each stream, and hands over all of it when asked to', async () => {
      const command = 'head -c 3000000 /dev/zero | tr "\\0" a; head -c 20 /dev/zero | tr "\\0" b >&2';
      const { stdout, stderr } = await connection.exec(command);
      assert.equal(stdout.length, MB);
      assert.equal(stderr, 'b'.repeat(20));
      let length = 0;
      const all = await connection.exec(command, { onOutput: (stream, text) => (length += stream === 'stdout' ? text.length : 0) });
      assert.equal(length, 3_000_000);
      assert.deepEqual([all.stdout, all.stderr], ['', '']);
    });

    it('stops reading a source when the command wants no more, without an error', async () => {
      let closed = false;
      async function* endless(): AsyncGenerator<Uint8Array> {
        try {
          for (;;) yield await Promise.resolve(Buffer.alloc(MB));
        } finally {
          closed = true;
        }
      }
      assert.equal((await connection.exec('head -c 10 >/dev/null; exit 4', { stdin: endless() })).code, 4);
      await until(() => closed, 'the source to be closed');
    });

    it('a source that fails ends the command before its input does, so that no part is taken for the whole', async () => {
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield await Promise.resolve(Buffer.alloc(MB));
        throw new Error('volume 3 is damaged');
      }
      const target = join(folder(), 'target');
      await assert.rejects(connection.exec(`echo $$ >${target}.pid; cat >${target}; mv ${target} ${target}.complete`, { stdin: broken() }), /volume 3 is damaged/);
      await until(() => existsSync(`${target}.pid`) && !isAlive(Number(readFileSync(`${target}.pid`, 'utf8'))), 'the command to end');
      assert.ok(!existsSync(`${target}.complete`));
    });

    it('ends a command that takes too long, and one that is stopped, on the host too', async () => {
      const start = async (options: { timeout?: number; signal?: AbortSignal }, abort?: () => void): Promise<number> => {
        let pid = 0;
        const running = connection.exec('echo $$; exec sleep 600', {
          ...options,
          onOutput: (_stream, text) => {
            pid = Number(text);
            abort?.();
          },
        });
        await assert.rejects(running, (error) => isProductError(error, abort ? 'general/cancelled' : 'host/command-timeout'));
        return pid;
      };
      const controller = new AbortController();
      const pids = [await start({ timeout: 1000 }), await start({ signal: controller.signal }, () => controller.abort())];
      for (const pid of pids) await until(() => pid > 0 && !isAlive(pid), 'the command to end');
      await assert.rejects(connection.exec('true', { signal: controller.signal }), (error) => isProductError(error, 'general/cancelled'));
      assert.equal((await connection.exec('echo fine')).stdout, 'fine\n', 'the connection goes on');
    });

    it('closes once and for all, and ends what runs', async () => {
      const running = connection.exec('exec sleep 600');
      running.catch(() => undefined);
      await Promise.all([connection.close(), connection.close()]);
      assert.ok(connection.lost.aborted);
      const attempts = [running, connection.exec('true'), connection.writeFile('/tmp/x', Buffer.alloc(1), 0o600), connection.readFile('/etc/passwd', 10)];
      for (const result of await Promise.allSettled(attempts)) {
        assert.ok(result.status === 'rejected' && isProductError(result.reason, 'host/connection-lost'));
      }
    });
  });

  describe('with a server of their own', () => {
    afterEach(async () => {
      await connection.close();
      await server.stop();
    });

    it('carry binary input unchanged, in large and in tiny pieces, through new key exchanges', async () => {
      await open({ extraConfig: 'RekeyLimit 4M' });
      const large = randomBytes(3 * MB + 17);
      const tiny = randomBytes(512);
      async function* source(): AsyncGenerator<Uint8Array> {
        for (let round = 0; round < 3; round++) {
          yield* repeat(large, 1);
          yield* repeat(tiny, 2000);
        }
      }
      const hash = createHash('sha256');
      let size = 0;
      for await (const piece of source()) {
        hash.update(piece);
        size += piece.length;
      }
      const sent: number[] = [];
      const { stdout } = await connection.exec('sha256sum', { stdin: source(), onSent: (bytes) => sent.push(bytes) });
      assert.equal(stdout.split(' ')[0], hash.digest('hex'));
      assert.equal(sent.at(-1), size);
      assert.ok(sent.every((bytes, index) => index === 0 || bytes > sent[index - 1]!));
    });

    for (const maxSessions of [10, 1]) {
      it(`wait for each other when the host allows ${maxSessions} at a time`, async () => {
        await open({ maxSessions });
        const results = await Promise.all(Array.from({ length: 12 }, (_, n) => connection.exec(`echo ${n}`)));
        assert.deepEqual(results.map(({ stdout }) => Number(stdout)), Array.from({ length: 12 }, (_, n) => n));
      });
    }

    it('fail by name when the connection is cut, and so does all that comes after', async () => {
      await open();
      let cut = false;
      const running = connection.exec('cat >/dev/null', {
        stdin: repeat(Buffer.alloc(MB), 100_000),
        onSent: (bytes) => {
          if (cut || bytes < 8 * MB) return;
          cut = true;
          server.dropConnections();
        },
      });
      const waiting = connection.exec('exec sleep 600');
      for (const result of await Promise.allSettled([running, waiting])) {
        assert.ok(result.status === 'rejected' && isProductError(result.reason, 'host/connection-lost'));
      }
      assert.ok(isProductError(connection.lost.reason, 'host/connection-lost'));
      await assert.rejects(connection.exec('true'), (error) => isProductError(error, 'host/connection-lost'));
    });

    it('fail by name when the host falls silent', async () => {
      await open({}, { keepaliveInterval: 100 });
      const running = connection.exec('exec sleep 600');
      await connection.exec('true');
      server.freezeConnections();
      await assert.rejects(running, (error) => isProductError(error, 'host/connection-lost'));
    });
  });

  it('tell their exit status when all of it comes at once', async () => {
    const scripted = await startScriptedSshServer({
      exec(_command, channel) {
        channel.write('out');
        channel.exit(3);
        channel.end();
      },
    });
    const open = await createTestConnector(folder()).connect(hostFor(scripted), { questions: createTestQuestions({ secrets: ['x'] }), acceptNewHostKey: true });
    const result = await open.exec('quick');
    await open.close();
    await scripted.stop();
    assert.deepEqual(result, { code: 3, stdout: 'out', stderr: '' });
  });

  it('keep back while the host takes nothing', async () => {
    let take: () => void = () => undefined;
    let full: () => void = () => undefined;
    const windowFull = new Promise<void>((resolve) => (full = resolve));
    let received = 0;
    const scripted = await startScriptedSshServer({
      exec(_command, channel) {
        const look = (): void => {
          if (channel.readableLength >= 2 * MB) full();
          else setImmediate(look);
        };
        look();
        take = () => {
          channel.on('data', (bytes: Buffer) => (received += bytes.length));
          channel.on('end', () => {
            channel.exit(0);
            channel.end();
          });
        };
      },
    });
    let pulled = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      for (; pulled < 24; pulled++) yield await Promise.resolve(Buffer.alloc(MB));
    }
    const open = await createTestConnector(folder()).connect(hostFor(scripted), { questions: createTestQuestions({ secrets: ['x'] }), acceptNewHostKey: true });
    const running = open.exec('slow', { stdin: source() });
    await windowFull;
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(pulled <= 6, `${pulled} MB were read while the host took 2`);
    take();
    assert.equal((await running).code, 0);
    assert.equal(received, 24 * MB);
    const closed = once(open.lost, 'abort');
    await open.close();
    await closed;
    await scripted.stop();
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
