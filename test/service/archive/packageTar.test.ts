import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { Readable } from 'node:stream';
import { isProductError } from '../../../src/core/errors';
import type { PackageFile } from '../../../src/core/packages/model';
import { defaultArchiveLimits, type ArchiveSource } from '../../../src/service/archive/archive';
import { tarForDeployment } from '../../../src/service/archive/packageTar';
import { readArchive } from '../../../src/service/archive/readArchive';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { buildZip } from './support/buildZip';
import { tarEntry, tarGz } from './support/buildTar';
import { memorySource } from './support/memorySource';

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function filesOf(source: ArchiveSource): Promise<readonly PackageFile[]> {
  return (await readArchive(source, defaultArchiveLimits, {})).files;
}

const long = `ip/${'a-long-folder/'.repeat(9)}${'n'.repeat(120)}`;
const zip = buildZip([
  { name: 'ip/', content: '' },
  { name: 'ip/install.sh', content: '#!/bin/sh\n' },
  { name: 'ip/gunzip', content: 'program' },
  { name: 'ip/uninstall/uninstall_custom.sh', content: 'program' },
  { name: 'ip/read_me.html', content: '<html>' },
  { name: 'ip/secret', content: 'x', unixMode: 0o100640 },
  { name: 'ip/été', content: 'accents' },
  { name: 'ip/exactly-a-block', content: 'b'.repeat(512) },
  { name: 'ip/large', content: Buffer.alloc(900_000, 'large ') },
  { name: `ip/${'p'.repeat(60)}/${'q'.repeat(90)}`, content: 'prefix' },
  { name: long, content: 'long' },
  { name: 'ip/link', content: 'install.sh', unixMode: 0o120777 },
]).bytes;

describe('the tar for a host', () => {
  const folder = useTemporaryFolder();

  it('of a tar.gz is its original bytes', async () => {
    const bytes = tarGz(tarEntry({ name: 'ip/a', content: 'a' }));
    const tar = tarForDeployment(memorySource(bytes), 'tar.gz', []);
    assert.deepEqual([tar.compression, tar.size], ['gzip', bytes.length]);
    assert.deepEqual(await collect(tar.stream()), bytes);
  });

  it('of a tar.gz is unpacked for a host without gzip', async () => {
    const bytes = tarGz(tarEntry({ name: 'ip/a', content: 'a' }));
    const tar = tarForDeployment(memorySource(bytes), 'tar.gz', [], { gunzip: false });
    assert.deepEqual([tar.compression, tar.size], ['none', undefined]);
    assert.deepEqual(await collect(tar.stream()), gunzipSync(bytes));
  });

  it('of a zip is made on the fly, of exactly the size it states, as often as wished', async () => {
    const source = memorySource(zip);
    const tar = tarForDeployment(source, 'zip', await filesOf(source));
    const first = await collect(tar.stream());
    assert.deepEqual([tar.compression, tar.size], ['none', first.length]);
    assert.deepEqual(await collect(tar.stream()), first);
  });

  it('of a zip unpacks with tar to the same files, programs executable', async () => {
    const source = memorySource(zip);
    const files = await filesOf(source);
    const tar = await collect(tarForDeployment(source, 'zip', files).stream());
    execFileSync('tar', ['-xpf', '-', '-C', folder()], { input: tar });
    const modeOf = (path: string) => (fs.statSync(join(folder(), path)).mode & 0o7777).toString(8);
    assert.deepEqual(
      ['ip', 'ip/install.sh', 'ip/gunzip', 'ip/uninstall/uninstall_custom.sh', 'ip/read_me.html', 'ip/secret'].map(modeOf),
      ['755', '755', '755', '755', '644', '640'],
    );
    assert.equal(fs.readlinkSync(join(folder(), 'ip/link')), 'install.sh');
    for (const file of files) if (file.type === 'file') assert.equal(fs.statSync(join(folder(), file.path)).size, file.size, file.path);
    assert.equal(fs.readFileSync(join(folder(), long), 'utf8'), 'long');
  });

  it('of a zip is read the same by another library', async () => {
    const source = memorySource(zip);
    const files = await filesOf(source);
    const names: string[] = [];
    const reader = extract();
    Readable.from(tarForDeployment(source, 'zip', files).stream()).pipe(reader);
    for await (const entry of reader) {
      names.push(entry.header.name.replace(/\/$/, ''));
      entry.resume();
    }
    assert.deepEqual(names, files.map((file) => file.path));
  });

  it('of a zip that was damaged since ends with an error, not with a shorter tar', async () => {
    const files = await filesOf(memorySource(zip));
    const damaged = Buffer.from(zip);
    const place = damaged.indexOf('ip/large') + 200;
    damaged.writeUInt8(damaged.readUInt8(place) ^ 1, place);
    const stream = tarForDeployment(memorySource(damaged), 'zip', files).stream();
    await assert.rejects(collect(stream), (error) => isProductError(error) && error.code.startsWith('archive/'));
  });

  it('stops by its signal and when its reader leaves', async () => {
    const source = memorySource(zip);
    const tar = tarForDeployment(source, 'zip', await filesOf(source));
    const stop = new AbortController();
    await assert.rejects(async () => {
      for await (const _ of tar.stream(stop.signal)) stop.abort();
    }, { name: 'AbortError' });
    for await (const piece of tar.stream()) {
      assert.ok(piece.length > 0);
      break;
    }
  });
});
