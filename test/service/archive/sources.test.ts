import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { describeError, isProductError } from '../../../src/core/errors';
import { contentSource } from '../../../src/service/archive/contentSource';
import { openFileSource } from '../../../src/service/archive/fileSource';
import { useTemporaryFolder } from '../../support/temporaryFolder';

describe('a file as a source', () => {
  const folder = useTemporaryFolder();
  const path = () => join(folder(), 'package.zip');
  const content = Buffer.alloc(700_001, 'content ');

  it('reads anywhere and streams everything', async () => {
    fs.writeFileSync(path(), content);
    const source = await openFileSource(path());
    const pieces: Uint8Array[] = [];
    for await (const piece of source.stream()) pieces.push(piece);
    assert.deepEqual(Buffer.concat(pieces), content);
    assert.deepEqual(await source.read(10, 5), content.subarray(10, 15));
    assert.deepEqual(await source.read(700_000, 100), content.subarray(700_000));
    assert.equal(source.name, 'package.zip');
    await source.assertUnchanged();
    await source.close();
  });

  const changes: readonly (readonly [string, () => void])[] = [
    ['grows', () => fs.appendFileSync(path(), 'x')],
    ['is written to', () => fs.utimesSync(path(), 1, 1)],
    ['is replaced', () => {
      fs.writeFileSync(`${path()}.new`, content);
      fs.renameSync(`${path()}.new`, path());
    }],
    ['is deleted', () => fs.rmSync(path())],
  ];
  for (const [title, change] of changes) {
    it(`notices that the file ${title}`, async () => {
      fs.writeFileSync(path(), content);
      const source = await openFileSource(path());
      change();
      await assert.rejects(source.assertUnchanged(), (error) => isProductError(error, 'import/source-changed'));
      await source.close();
    });
  }

  it('streams all bytes in order; a piece stays as it is until the next one is asked for', async () => {
    const large = createCipheriv('aes-256-ctr', Buffer.alloc(32), Buffer.alloc(16)).update(Buffer.alloc(3_000_001));
    fs.writeFileSync(path(), large);
    const source = await openFileSource(path());
    let position = 0;
    for await (const piece of source.stream()) {
      // Time for the next piece to be read meanwhile.
      await source.read(position, piece.length);
      assert.ok(large.subarray(position, position + piece.length).equals(piece), `at ${position}`);
      position += piece.length;
    }
    assert.equal(position, large.length);
    await source.close();
  });

  it('notices while reading that the file got shorter', async () => {
    fs.writeFileSync(path(), content);
    const source = await openFileSource(path());
    fs.truncateSync(path(), 1000);
    await assert.rejects(source.read(0, 2000), (error) => isProductError(error, 'import/source-changed'));
    await source.close();
  });

  it('says why a file cannot be read, and refuses what is no file', async () => {
    const sentenceFor = async (file: string) => {
      try {
        await openFileSource(file);
      } catch (error) {
        return describeError('en', error).replace(file, 'X');
      }
      return 'opened';
    };
    execFileSync('mkfifo', [join(folder(), 'pipe')]);
    assert.match(await sentenceFor(join(folder(), 'nothing')), /^X cannot be read: it does not exist\./);
    assert.match(await sentenceFor(folder()), /^X is no file\./);
    assert.match(await sentenceFor(join(folder(), 'pipe')), /^X is no file\./);
  });
});

describe('content of the repository as a source', () => {
  it('reads ranges and streams everything', async () => {
    const content = Buffer.alloc(1000, 'stored ');
    const source = contentSource(
      {
        // oxlint-disable-next-line typescript/require-await -- the contract is asynchronous
        async *readContent(sha256, start = 0, end = content.length) {
          assert.equal(sha256, 'abc');
          for (let i = start; i < end; i += 300) yield content.subarray(i, Math.min(end, i + 300));
        },
      },
      { sha256: 'abc', size: content.length },
      'stored.zip',
    );
    const pieces: Uint8Array[] = [];
    for await (const piece of source.stream()) pieces.push(piece);
    assert.deepEqual(Buffer.concat(pieces), content);
    assert.deepEqual(Buffer.from(await source.read(100, 700)), content.subarray(100, 800));
    assert.deepEqual(Buffer.from(await source.read(900, 700)), content.subarray(900));
    assert.equal((await source.read(1000, 1)).length, 0);
  });
});
