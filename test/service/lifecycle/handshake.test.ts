import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { connectEndpoint } from '../../../src/service/lifecycle/endpoint';
import { greetService, highestCommon, ProofError, receiveClient, type HandshakeSide, type ProvenClient } from '../../../src/service/lifecycle/handshake';
import { readLine } from '../../../src/service/lifecycle/lineReader';
import { useTemporaryFolder } from '../../support/temporaryFolder';

const key = Buffer.alloc(32, 7);
const otherKey = Buffer.alloc(32, 8);
const side = (changes: Partial<HandshakeSide> = {}): HandshakeSide => ({ key, protocols: [2, 1], version: '1.0.0', limit: 5000, ...changes });

describe('the mutual proof', () => {
  const folder = useTemporaryFolder();
  const open: { destroy(): void }[] = [];
  let server: Server | undefined;

  /** Two ends of one local socket. */
  const connected = async (): Promise<{ client: Socket; service: Socket }> => {
    const path = join(folder(), 's');
    const accepted = new Promise<Socket>((resolve) => {
      server = createServer(resolve);
    });
    await new Promise<void>((resolve) => server?.listen(path, resolve));
    const client = await connectEndpoint(path);
    const service = await accepted;
    service.on('error', () => undefined);
    open.push(client, service);
    return { client, service };
  };
  const accept = (client: ProvenClient): { kind: 'ready'; protocol: number } => ({ kind: 'ready', protocol: client.protocol ?? 0 });

  afterEach(() => {
    for (const socket of open.splice(0)) socket.destroy();
    server?.close();
  });

  it('lets two sides with one key agree on the newest common protocol', async () => {
    const { client, service } = await connected();
    const [greeting, outcome] = await Promise.all([
      greetService(client, side({ protocols: [3, 2] })),
      receiveClient(service, side(), accept),
    ]);
    assert.deepEqual(greeting, { outcome: { kind: 'ready', protocol: 2 }, version: '1.0.0' });
    assert.deepEqual(outcome, { kind: 'ready', protocol: 2 });
  });

  it('lets a client refuse a service without the key before it has proven anything itself', async () => {
    const { client, service } = await connected();
    const received = receiveClient(service, side({ key: otherKey }), accept);
    await assert.rejects(greetService(client, side()), ProofError);
    client.destroy();
    await assert.rejects(received);
  });

  it('lets a service refuse a client without the key, and says nothing to it', async () => {
    const { client, service } = await connected();
    const received = receiveClient(service, side(), accept).finally(() => service.destroy());
    client.write(`${JSON.stringify({ protocols: [1], nonce: 'a'.repeat(64), version: '1.0.0' })}\n`);
    await readLine(client, 5000);
    client.write(`${JSON.stringify({ proof: 'b'.repeat(64) })}\n`);
    await assert.rejects(received, ProofError);
    await assert.rejects(readLine(client, 5000), /hung up/);
  });

  it('does not take the service’s own proof back as a client’s', async () => {
    const { client, service } = await connected();
    const received = receiveClient(service, side(), accept);
    client.write(`${JSON.stringify({ protocols: [1], nonce: 'a'.repeat(64), version: '1.0.0' })}\n`);
    const { proof } = JSON.parse(await readLine(client, 5000)) as { proof: string };
    client.write(`${JSON.stringify({ proof })}\n`);
    await assert.rejects(received, ProofError);
  });

  it('never sends the key', async () => {
    const { client, service } = await connected();
    const said: Buffer[] = [];
    const listenIn = (socket: Socket): void => {
      const write: (text: string) => boolean = socket.write.bind(socket);
      socket.write = (text: string | Uint8Array) => {
        said.push(Buffer.from(text as string));
        return write(text as string);
      };
    };
    listenIn(client);
    listenIn(service);
    await Promise.all([greetService(client, side()), receiveClient(service, side(), accept)]);
    const text = Buffer.concat(said).toString('latin1');
    assert.equal(said.length, 4);
    for (const form of ['hex', 'base64', 'latin1'] as const) assert.ok(!text.includes(key.toString(form)));
  });

  it('refuses strangers: other words, endless lines, silence', async () => {
    const other = await connected();
    other.client.write('GET / HTTP/1.1\r\n\r\n');
    await assert.rejects(receiveClient(other.service, side(), accept), ProofError);
    server?.close();

    const long = await connected();
    long.client.write('x'.repeat(5000));
    await assert.rejects(receiveClient(long.service, side(), accept), /too long/);
    server?.close();

    const silent = await connected();
    await assert.rejects(receiveClient(silent.service, side({ limit: 30 }), accept), { code: 'ETIMEDOUT' });
  });

  it('leaves what comes behind the proof for the next reader', async () => {
    const { client, service } = await connected();
    service.write('one\ntwo\nthree');
    assert.equal(await readLine(client, 5000), 'one');
    assert.equal(await readLine(client, 5000), 'two');
    const rest = new Promise((resolve) => client.once('data', (chunk) => resolve(chunk.toString())));
    assert.equal(await rest, 'three');
  });

  it('knows when two sides have no protocol in common', () => {
    assert.equal(highestCommon([5, 4], [3, 2]), undefined);
    assert.equal(highestCommon([5, 4], [4, 3]), 4);
  });
});
