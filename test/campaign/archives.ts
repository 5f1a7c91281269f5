import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isProductError } from '../../src/core/errors';
import type { PackageFile } from '../../src/core/packages/model';
import { defaultArchiveLimits, type ArchiveReport } from '../../src/service/archive/archive';
import { readArchive } from '../../src/service/archive/readArchive';
import { buildZip } from '../service/archive/support/buildZip';
import { endOfTar, gnuLong, pax, tarEntry, tarGz, withChecksum } from '../service/archive/support/buildTar';
import { memorySource } from '../service/archive/support/memorySource';
import { createRandom } from '../support/random';

/** Content that does not shrink to nothing, the same each time. */
function noise(size: number, seed: number): Buffer {
  const random = createRandom(seed);
  return Buffer.from(Array.from({ length: size }, () => random(256)));
}

const plainArchives: Readonly<Record<'tar.gz' | 'zip', Buffer>> = {
  'tar.gz': tarGz(
    pax([['path', 'ip/a']]),
    tarEntry({ name: 'ip/x', content: noise(3000, 1) }),
    tarEntry({ name: 'ip/link', kind: '2', linkName: 'a' }),
    tarEntry({ name: 'ip/b', content: noise(200, 2) }),
  ),
  zip: buildZip([
    { name: 'ip/a', content: noise(3000, 1) },
    { name: 'ip/link', content: 'a', unixMode: 0o120777 },
    { name: 'ip/b', content: noise(200, 2), descriptor: 'marked' },
  ]).bytes,
};

/** The blocks of a tar with everything that tar programs could read in two ways. */
const tarBlocks: readonly Buffer[] = [
  tarEntry({ name: './', kind: '5', mode: 0o755 }),
  tarEntry({ name: 'ip/', kind: '5', mode: 0o755 }),
  tarEntry({ name: 'ip/install.sh', mode: 0o755, content: '#!/bin/sh\n' }),
  pax([['path', 'ip/name of pax'], ['mtime', '1600000000.5'], ['comment', 'x']]),
  tarEntry({ name: 'ip/short', content: noise(700, 3) }),
  gnuLong('L', `ip/${'long/'.repeat(25)}name`),
  tarEntry({ name: 'ip/cut', format: 'gnu', content: 'gnu' }),
  tarEntry({ name: 'name', prefix: 'ip/prefix', content: 'ustar' }),
  tarEntry({ name: 'ip/link', kind: '2', linkName: 'install.sh' }),
  tarEntry({ name: 'ip/hard', kind: '1', linkName: 'ip/install.sh' }),
  tarEntry({ name: 'ip/old', format: 'v7', content: 'v7' }),
  pax([['size', '3']]),
  tarEntry({ name: 'ip/sized', content: 'abc' }),
];

/** Where the fields of a header lie, and what a mutation writes there. */
const fields: readonly (readonly [offset: number, length: number, values: readonly string[]])[] = [
  [0, 100, ['ip/x', '../x', 'ip/', 'ip/install.sh', 'x\u0000y', '', '/x', './x']],
  [100, 8, ['0000777', '777', ' 777 ', '0000000', '99', '']],
  [108, 8, ['0001750', 'x', '7777777', '']],
  [116, 8, ['0001750', '-1', '7777777', '']],
  [124, 12, ['00000000000', '00000001000', '5', ' 5 ', '00000000777', '\u0080\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0003', '']],
  [136, 12, ['00000000000', '77777777777', 'x', '\u0080\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0000', '']],
  [156, 1, ['0', '1', '2', '3', '5', '6', '7', 'g', 'x', 'L', 'K', 'S', 'D', 'M', 'V', 'A', '\u0000']],
  [157, 100, ['ip/install.sh', 'install.sh', '../x', '/x', '']],
  [257, 8, ['ustar\u000000', 'ustar  \u0000', '\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000', 'ustar\u0000xx']],
  [329, 16, ['0000001', 'x', '']],
  [345, 155, ['prefix', '..', '/x', '']],
  [508, 4, ['tar\u0000', 'x']],
];

/**
 * Damages archives at random. One that is damaged as a file must be refused or read the same. One whose headers are made
 * anew, with correct checksums, must be refused or unpacked by every tar program here to exactly the files that our reader saw: what it
 * checks is what a host gets. `count` rounds of each.
 */
export async function run({ count = 5000, seed, log }: { readonly count?: number; readonly seed: number; readonly log: (line: string) => void }): Promise<void> {
  const random = createRandom(seed);
  const programs = ['tar', 'bsdtar'].filter((program) => spawnSync(program, ['--version']).status === 0);
  const found = { refused: 0, same: 0, unpacked: 0 };
  const folder = fs.mkdtempSync(join(tmpdir(), 'gp-archives-'));
  try {
    const expected = { 'tar.gz': essence(await read(plainArchives['tar.gz'])), zip: essence(await read(plainArchives.zip)) };
    for (let round = 1; round <= count; round++) {
      const format = random(2) < 1 ? 'tar.gz' : 'zip';
      const damaged = await readDamaged(damage(plainArchives[format], random));
      if (damaged) assert.deepEqual(essence(damaged), expected[format], `round ${round}, ${format}`);
      found[damaged ? 'same' : 'refused']++;

      const tar = mutateTar(random);
      const report = await readDamaged(gzipSync(tar, { level: 1 }));
      for (const program of report ? programs : []) compareWithTar(program, report as ArchiveReport, tar, join(folder, String(round)), `round ${round}`);
      found[report ? 'unpacked' : 'refused']++;
      if (round % 1000 === 0) log(`${round} of ${count} rounds: ${JSON.stringify(found)}`);
    }
    assert.ok(found.refused > count / 4 && found.unpacked > count / 50, JSON.stringify(found));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const read = (bytes: Buffer) => readArchive(memorySource(bytes), defaultArchiveLimits, {});

/** The report, or undefined when the archive was refused; any other failure is one of the test. */
async function readDamaged(bytes: Buffer): Promise<ArchiveReport | undefined> {
  try {
    return await read(bytes);
  } catch (error) {
    if (isProductError(error) && error.code.startsWith('archive/')) return undefined;
    throw error;
  }
}

/** Names, kinds and contents: what damage must never change unseen. Modes and times have no checksum in a zip. */
function essence(report: ArchiveReport): Pick<PackageFile, 'path' | 'type' | 'size' | 'target' | 'sha256'>[] {
  return report.files.map(({ path, type, size, target, sha256 }) => ({ path, type, size, ...(target !== undefined && { target }), ...(sha256 !== undefined && { sha256 }) }));
}

function damage(bytes: Buffer, random: (limit: number) => number): Buffer {
  const start = Math.floor(random(bytes.length));
  const end = Math.min(bytes.length, start + 1 + Math.floor(random(random(4) < 1 ? bytes.length : 8)));
  const [head, middle, tail] = [bytes.subarray(0, start), bytes.subarray(start, end), bytes.subarray(end)];
  switch (Math.floor(random(5))) {
    case 0:
      return Buffer.concat([head, Buffer.from(middle.map((byte) => byte ^ (1 << random(8)))), tail]);
    case 1:
      return Buffer.concat([head, Buffer.alloc(middle.length), tail]);
    case 2:
      return Buffer.concat([head, tail]);
    case 3:
      return Buffer.concat([head, middle, middle, tail]);
    default:
      return head;
  }
}

function mutateTar(random: (limit: number) => number): Buffer {
  const blocks = tarBlocks.map((block) => Buffer.from(block));
  const pick = () => Math.floor(random(blocks.length));
  for (let changes = 1 + Math.floor(random(3)); changes > 0; changes--) {
    const place = pick();
    const block = blocks[place] ?? Buffer.alloc(512);
    const kind = random(10);
    if (kind < 6) {
      const [offset, length, values] = fields[Math.floor(random(fields.length))] ?? [0, 0, []];
      block.fill(0, offset, offset + length);
      block.write(values[Math.floor(random(values.length))] ?? '', offset, length, 'latin1');
    } else if (kind < 8) {
      block.writeUInt8(Math.floor(random(256)), Math.floor(random(Math.min(block.length, 1024))));
    } else if (kind < 9) {
      blocks.splice(place, 1);
    } else {
      blocks.splice(pick(), 0, Buffer.from(block));
    }
    withChecksum(block);
  }
  return Buffer.concat([...blocks, endOfTar]);
}

/** Unpacks with a tar program and compares every name, kind, content, permission and target. */
function compareWithTar(program: string, report: ArchiveReport, tar: Buffer, folder: string, title: string): void {
  fs.mkdirSync(folder);
  const { status, stderr } = spawnSync(program, ['-xpf', '-', '-C', folder, '--no-same-owner'], { input: tar, encoding: 'utf8' });
  // Others may refuse more; then nothing is installed.
  if (program !== 'tar' && status !== 0) return fs.rmSync(folder, { recursive: true });
  assert.equal(status, 0, `${title}: ${program} refused what was accepted: ${stderr}`);
  const expected = new Map(report.files.map((file) => [file.path, describe(file, report.files)]));
  for (const path of [...expected.keys()]) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = path.slice(0, end);
      if (!expected.has(parent)) expected.set(parent, 'directory');
    }
  }
  const implied = new Set([...expected.keys()].filter((path) => expected.get(path) === 'directory'));
  const unpacked = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path): [string, string] => [path, describeOnDisk(join(folder, path), implied.has(path))]);
  const lines = (entries: Iterable<readonly [string, string]>) => new Set([...entries].map(([path, what]) => `${path}: ${what}`));
  const [byUs, byTar] = [lines(expected), lines(unpacked)];
  const only = (some: Set<string>, others: Set<string>) => [...some].filter((line) => !others.has(line));
  assert.deepEqual({ byUsAlone: only(byUs, byTar), byTarAlone: only(byTar, byUs) }, { byUsAlone: [], byTarAlone: [] }, `${title}, ${program}`);
  fs.rmSync(folder, { recursive: true });
}

function describe(file: PackageFile, all: readonly PackageFile[]): string {
  const real = file.type === 'hardlink' ? (all.find((other) => other.path === file.target && other.type === 'file') ?? file) : file;
  if (real.type === 'symlink') return `-> ${real.target ?? ''}`;
  // The target of a hard link may be one itself.
  if (real.type === 'hardlink') return describe({ ...real, path: real.target ?? '', ...all.find((other) => other.path === real.target) }, all);
  const mode = (real.mode ?? 0).toString(8);
  return real.type === 'directory' ? `directory ${mode}` : `${real.sha256 ?? ''} ${mode}`;
}

function describeOnDisk(path: string, implied: boolean): string {
  const state = fs.lstatSync(path);
  const mode = (state.mode & 0o7777).toString(8);
  if (state.isSymbolicLink()) return `-> ${fs.readlinkSync(path)}`;
  if (state.isDirectory()) return implied ? 'directory' : `directory ${mode}`;
  return `${createHash('sha256').update(fs.readFileSync(path)).digest('hex')} ${mode}`;
}
