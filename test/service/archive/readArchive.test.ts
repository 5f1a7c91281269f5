import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PackageFile } from '../../../src/core/packages/model';
import { defaultArchiveLimits, type ArchiveReport, type ArchiveVisitor } from '../../../src/service/archive/archive';
import { openFileSource } from '../../../src/service/archive/fileSource';
import { readArchive } from '../../../src/service/archive/readArchive';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { endOfTar, gnuLong, pax, tarEntry, tarGz } from './support/buildTar';
import { buildZip } from './support/buildZip';
import { memorySource } from './support/memorySource';

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const read = (bytes: Buffer, visitor: ArchiveVisitor = {}, pieceSize?: number): Promise<ArchiveReport> =>
  readArchive(memorySource(bytes, 'a.archive', pieceSize), defaultArchiveLimits, visitor);
const paths = (report: ArchiveReport) => report.files.map((file) => file.path);
const find = (report: ArchiveReport, path: string): PackageFile => report.files.find((file) => file.path === path) ?? assert.fail(`no ${path}`);

describe('tar.gz', () => {
  it('lists files, folders and links with mode, time, size and hash', async () => {
    const bytes = tarGz(
      tarEntry({ name: './', kind: '5', mode: 0o755 }),
      tarEntry({ name: './ip/', kind: '5', mode: 0o750, modified: 1_600_000_000 }),
      tarEntry({ name: './ip/install.sh', mode: 0o100755, content: 'echo\n' }),
      tarEntry({ name: './ip/lib.so', kind: '2', linkName: './lib.so.1' }),
      tarEntry({ name: './ip/again', kind: '1', linkName: './ip/install.sh' }),
      tarEntry({ name: './templates/deep/up', kind: '2', linkName: '../../ip/install.sh' }),
    );
    const report = await read(bytes);
    assert.equal(report.format, 'tar.gz');
    assert.equal(report.sha256, sha256(bytes));
    assert.equal(report.unpackedSize, 5);
    const modifiedAt = '2023-11-14T22:13:20.000Z';
    assert.deepEqual(report.files, [
      { path: 'ip', type: 'directory', size: 0, mode: 0o750, modifiedAt: '2020-09-13T12:26:40.000Z' },
      { path: 'ip/install.sh', type: 'file', size: 5, mode: 0o755, modifiedAt, sha256: sha256('echo\n') },
      { path: 'ip/lib.so', type: 'symlink', size: 0, mode: 0o644, modifiedAt, target: './lib.so.1' },
      { path: 'ip/again', type: 'hardlink', size: 0, mode: 0o644, modifiedAt, target: 'ip/install.sh' },
      { path: 'templates/deep/up', type: 'symlink', size: 0, mode: 0o644, modifiedAt, target: '../../ip/install.sh' },
    ]);
  });

  it('understands long names of pax, of GNU and of ustar, and old headers', async () => {
    const long = `ip/${'long-'.repeat(40)}name`;
    const accented = 'ip/été';
    const report = await read(tarGz(
      pax([['comment', 'for all'], ['mtime', '1600000000.5']], 'g'),
      pax([['path', `${long}.pax`], ['mtime', '1500000000.25']]), tarEntry({ name: 'ip/long' }),
      pax([['linkpath', long]]), tarEntry({ name: 'ip/link', kind: '2', linkName: 'cut' }),
      gnuLong('L', `${long}.gnu`), tarEntry({ name: 'ip/long', format: 'gnu', content: 'x' }),
      gnuLong('K', `${long}.gnu`), tarEntry({ name: 'ip/gnu-link', format: 'gnu', kind: '1', linkName: 'cut' }),
      tarEntry({ name: 'name', prefix: `ip/${'p'.repeat(140)}` }),
      tarEntry({ name: 'ip/old', format: 'v7', content: 'old' }),
      tarEntry({ name: Buffer.from(accented).toString('latin1') }),
      tarEntry({ name: 'ip/contiguous', kind: '7', content: 'c' }),
      tarEntry({ name: 'ip/folder/', kind: '0' }),
      tarEntry({ name: 'ip/%2e%2e', content: 'no traversal' }),
    ));
    assert.deepEqual(paths(report), [
      `${long}.pax`, 'ip/link', `${long}.gnu`, 'ip/gnu-link', `ip/${'p'.repeat(140)}/name`, 'ip/old', accented, 'ip/contiguous', 'ip/folder', 'ip/%2e%2e',
    ]);
    assert.equal(find(report, `${long}.pax`).modifiedAt, '2017-07-14T02:40:00.250Z');
    assert.equal(find(report, 'ip/old').modifiedAt, '2020-09-13T12:26:40.500Z');
    assert.equal(find(report, 'ip/link').target, long);
    assert.equal(find(report, 'ip/folder').type, 'directory');
  });

  it('gives the same report however the bytes are cut', async () => {
    const bytes = tarGz(pax([['path', 'ip/x']]), tarEntry({ name: 'y', content: 'z'.repeat(1500) }), tarEntry({ name: 'ip/e' }));
    const whole = await read(bytes);
    for (const size of [1, 7, 100]) assert.deepEqual(await read(bytes, {}, size), whole);
  });

  it('takes several compressed members, and zeros behind the end', async () => {
    const first = Buffer.concat([tarEntry({ name: 'a', content: 'first' })]);
    const rest = Buffer.concat([tarEntry({ name: 'b', content: 'second' }), endOfTar, Buffer.alloc(9000)]);
    const bytes = Buffer.concat([gzipSync(first), gzipSync(rest), Buffer.alloc(3_000_000)]);
    const report = await read(bytes);
    assert.deepEqual(paths(report), ['a', 'b']);
    assert.equal(report.sha256, sha256(bytes));
  });

  it('takes a folder that is named twice once', async () => {
    const folder = tarEntry({ name: 'ip/', kind: '5' });
    assert.deepEqual(paths(await read(tarGz(tarEntry({ name: 'ip/a' }), folder, folder))), ['ip/a', 'ip']);
  });
});

describe('zip', () => {
  it('lists files, folders and links with mode, size and hash', async () => {
    const { bytes } = buildZip([
      { name: 'ip/', unixMode: 0o040755 },
      { name: 'ip/install.sh', content: 'echo\n', unixMode: 0o100755 },
      { name: 'ip/stored', content: 'stored', method: 0 },
      { name: 'ip/large', content: Buffer.alloc(1_000_000, 'large ') },
      { name: 'ip/large-stored', content: Buffer.alloc(1_000_000, 'large '), method: 0 },
      { name: 'ip/empty', content: '' },
      { name: 'ip/lib.so', content: 'lib.so.1', unixMode: 0o120777 },
    ]);
    const report = await read(bytes);
    assert.equal(report.format, 'zip');
    assert.equal(report.sha256, sha256(bytes));
    assert.equal(report.unpackedSize, 2_000_011);
    const large = sha256(Buffer.alloc(1_000_000, 'large '));
    assert.deepEqual(report.files.map(({ modifiedAt: _, ...file }) => file), [
      { path: 'ip', type: 'directory', size: 0, mode: 0o755 },
      { path: 'ip/install.sh', type: 'file', size: 5, mode: 0o755, sha256: sha256('echo\n') },
      { path: 'ip/stored', type: 'file', size: 6, sha256: sha256('stored') },
      { path: 'ip/large', type: 'file', size: 1_000_000, sha256: large },
      { path: 'ip/large-stored', type: 'file', size: 1_000_000, sha256: large },
      { path: 'ip/empty', type: 'file', size: 0, sha256: sha256('') },
      { path: 'ip/lib.so', type: 'symlink', size: 0, mode: 0o777, target: 'lib.so.1' },
    ]);
  });

  it('understands zip64, data descriptors, names in code page 437 and a directory out of order', async () => {
    const { bytes } = buildZip([
      { name: 'zip64', content: 'a', zip64: true },
      { name: 'marked', content: 'b', descriptor: 'marked' },
      { name: 'bare', content: 'c', descriptor: 'bare' },
      { name: 'wide', content: 'd', descriptor: 'wide', zip64: true },
      { name: Buffer.from([0x82, 0x74, 0x82]), content: 'e' },
      { name: 'ascii', content: 'f' },
    ], { reverse: true, comment: 'a comment' });
    const report = await read(bytes);
    assert.deepEqual(paths(report), ['ascii', 'été', 'wide', 'bare', 'marked', 'zip64']);
    assert.equal(report.sha256, sha256(bytes));
  });
});

describe('visitors', () => {
  const archives = {
    'tar.gz': tarGz(tarEntry({ name: 'ip/keep', content: 'kept '.repeat(300) }), tarEntry({ name: 'ip/skip', content: 'x' })),
    zip: buildZip([{ name: 'ip/keep', content: 'kept '.repeat(300) }, { name: 'ip/skip', content: 'x' }]).bytes,
  };
  for (const [format, bytes] of Object.entries(archives)) {
    it(`get the contents they want from a ${format}, and progress up to the end`, async () => {
      const kept: [string, string][] = [];
      const progress: number[] = [];
      await read(bytes, {
        wantsContent: (file) => (file.path === 'ip/keep' ? 1500 : undefined),
        onContent: (file, content) => void kept.push([file.path, Buffer.from(content).toString()]),
        onProgress: (bytesRead) => void progress.push(bytesRead),
      });
      assert.deepEqual(kept, [['ip/keep', 'kept '.repeat(300)]]);
      assert.equal(progress.at(-1), bytes.length);
    });

    it(`stop the reading of a ${format} by their signal`, async () => {
      const stop = new AbortController();
      const stopReading = (): undefined => stop.abort() as undefined;
      const reading = readArchive(memorySource(bytes), defaultArchiveLimits, { wantsContent: stopReading }, stop.signal);
      await assert.rejects(reading, { name: 'AbortError' });
    });
  }
});

/** Programs that make archives, each with the formats it knows. */
const makers: readonly { readonly title: string; readonly needs: string; readonly command: (archive: string) => readonly string[] }[] = [
  ...['gnu', 'oldgnu', 'pax', 'posix', 'ustar'].map((format) => ({
    title: `tar --format=${format}`, needs: 'tar', command: (archive: string) => ['tar', '-czf', archive, `--format=${format}`, '.'],
  })),
  ...['pax', 'ustar', 'gnutar'].map((format) => ({
    title: `bsdtar --format=${format}`, needs: 'bsdtar', command: (archive: string) => ['bsdtar', '-czf', archive, `--format=${format}`, '.'],
  })),
  { title: 'bsdtar --format=zip', needs: 'bsdtar', command: (archive) => ['bsdtar', '-cf', archive, '--format=zip', 'ip', 'Templates'] },
  { title: 'zip', needs: 'zip', command: (archive) => ['zip', '-qry', archive, '.'] },
];

describe('archives of other programs', () => {
  const folder = useTemporaryFolder();

  for (const { title, needs, command } of makers) {
    it(`${title}: every entry as it was on disk`, async function () {
      const gnu = needs !== 'tar' || hasProgram('tar', 'GNU');
      if (!hasProgram(needs) || !gnu) this.skip();
      const tree = join(folder(), 'tree');
      makeTree(tree);
      const [program = '', ...args] = command(join(folder(), 'archive.x'));
      execFileSync(program, args, { cwd: tree });
      const source = await openFileSource(join(folder(), 'archive.x'));
      try {
        const report = await readArchive(source, defaultArchiveLimits, {});
        await source.assertUnchanged();
        assert.deepEqual(describeFiles(report.files), describeTree(tree));
        assert.equal(report.sha256, sha256(fs.readFileSync(join(folder(), 'archive.x'))));
      } finally {
        await source.close();
      }
    });
  }
});

function hasProgram(name: string, says = ''): boolean {
  try {
    return execFileSync(name, [name === 'zip' ? '-v' : '--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes(says);
  } catch {
    return false;
  }
}

function makeTree(root: string): void {
  const long = join(root, 'ip', 'a-folder-with-quite-a-long-name-'.repeat(3), 'b'.repeat(90));
  fs.mkdirSync(long, { recursive: true });
  fs.mkdirSync(join(root, 'Templates'));
  fs.writeFileSync(join(root, 'ip', 'install.sh'), '#!/bin/sh\n', { mode: 0o755 });
  fs.writeFileSync(join(root, 'ip', 'data.tar.gz'), Buffer.alloc(700_000, 'data '));
  fs.writeFileSync(join(root, 'ip', 'empty'), '');
  fs.writeFileSync(join(long, 'file'), 'long');
  fs.writeFileSync(join(root, 'Templates', 'é.xml'), '<x/>');
  fs.symlinkSync('install.sh', join(root, 'ip', 'link'));
  fs.linkSync(join(root, 'ip', 'install.sh'), join(root, 'ip', 'same'));
}

/** Path, content and, for links, target: what must not differ. A hard link counts as the file it is. */
function describeFiles(files: readonly PackageFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return files.map((file) => {
    const real = file.type === 'hardlink' ? (byPath.get(file.target ?? '') ?? file) : file;
    const kind = real.type === 'directory' ? 'folder' : real.type === 'symlink' ? `-> ${real.target ?? ''}` : `${real.sha256 ?? ''} ${(real.mode ?? 0).toString(8)}`;
    return `${file.path} ${kind}`;
  }).sort();
}

function describeTree(root: string): string[] {
  return fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => {
    const state = fs.lstatSync(join(root, path));
    const kind = state.isDirectory() ? 'folder' : state.isSymbolicLink() ? `-> ${fs.readlinkSync(join(root, path))}` : `${sha256(fs.readFileSync(join(root, path)))} ${(state.mode & 0o777).toString(8)}`;
    return `${path} ${kind}`;
  }).sort();
}
