import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { openPackageContent } from '../../../src/service/deploying/packageContent';
import { shareStream } from '../../../src/service/deploying/sharedStream';
import { openTestRepository } from '../repository/sqljs';
import { environmentTenant } from '../../../src/core/packages/model';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { addExamplePackage, randomBytes } from './support/examplePackage';

const never = new AbortController().signal;

describe('a package that several hosts take', () => {
  const folder = useTemporaryFolder();

  for (const format of ['tar.gz', 'zip'] as const) {
    it(`is read once for twenty of them, as ${format}, and each gets all of it`, async () => {
      const repository = await openTestRepository(folder());
      const size = 3_000_000;
      const added = await addExamplePackage(repository, { format, files: { 'ip/payload': randomBytes(size) } });
      let read = 0;
      const counting = Object.create(repository, {
        readContent: {
          value: async function* readAndCount(...range: Parameters<typeof repository.readContent>) {
            for await (const piece of repository.readContent(...range)) {
              read += piece.length;
              yield piece;
            }
          },
        },
      }) as typeof repository;
      const content = await openPackageContent(counting, added.id, environmentTenant.id, defaultArchiveLimits);
      const take = async (): Promise<string> => {
        const hash = createHash('sha256');
        for await (const piece of content.open(undefined, never).bytes) hash.update(piece);
        return hash.digest('hex');
      };
      const alone = await take();
      read = 0;
      const hashes = await Promise.all(Array.from({ length: 20 }, take));
      assert.deepEqual(new Set(hashes), new Set([alone]));
      assert.ok(read > size && read < 2 * size, `${read} bytes were read`);
      await repository.close();
    });
  }
});

describe('a shared stream', () => {
  const all = Array.from({ length: 50 }, (_, i) => Buffer.alloc(10, i));
  let opened = 0;
  let stopped = 0;
  beforeEach(() => {
    opened = 0;
    stopped = 0;
  });
  async function* open(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    opened += 1;
    signal.addEventListener('abort', () => (stopped += 1));
    for (const piece of all) {
      await Promise.resolve();
      yield piece;
    }
  }
  const collect = async (stream: AsyncIterable<Uint8Array>): Promise<Buffer> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of stream) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  const take = async (iterator: AsyncIterator<Uint8Array>, pieces: number): Promise<number> => {
    let bytes = 0;
    for (let i = 0; i < pieces; i++) bytes += ((await iterator.next()).value as Uint8Array).length;
    return bytes;
  };

  it('lets a fast reader go ahead, and gives a slow one that fell too far behind the rest from a stream of its own', async () => {
    const shared = shareStream(open, 100);
    const slow = shared.read(never)[Symbol.asyncIterator]();
    assert.equal(await take(slow, 3), 30);
    assert.deepEqual(await collect(shared.read(never)), Buffer.concat(all));
    assert.equal(opened, 1);
    const rest = await collect({ [Symbol.asyncIterator]: () => slow });
    assert.deepEqual(rest, Buffer.concat(all).subarray(30));
    assert.equal(opened, 2);
  });

  it('begins anew for whoever comes when its beginning is gone, and ends when nobody takes it any more', async () => {
    const shared = shareStream(open, 100);
    const first = shared.read(never)[Symbol.asyncIterator]();
    await take(first, 5);
    const second = shared.read(never)[Symbol.asyncIterator]();
    await take(second, 20);
    assert.equal(opened, 1);
    const third = shared.read(never)[Symbol.asyncIterator]();
    await take(third, 1);
    assert.deepEqual([opened, stopped], [2, 0]);
    for (const iterator of [first, second, third]) await iterator.return?.();
    assert.equal(stopped, 2);
  });

  it('ends for a reader that is stopped, and fails for all when it fails', async () => {
    const shared = shareStream(async function* broken() {
      yield await Promise.resolve(Buffer.from('x'));
      throw new Error('unreadable');
    });
    const both = await Promise.allSettled([collect(shared.read(never)), collect(shared.read(never))]);
    assert.deepEqual(both.map((one) => one.status === 'rejected' && (one.reason as Error).message), ['unreadable', 'unreadable']);
    await assert.rejects(collect(shareStream(open).read(AbortSignal.abort(new Error('stopped')))), /stopped/);
  });
});
