import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connectToService } from '../../src/service/client';
import { linuxPackageEntries } from '../support/samplePackages/packageEntries';
import { largeSample, pathOnlySilentIni } from '../support/samplePackages/samples';
import { processorTime } from '../support/processorTime';
import { createRandom } from '../support/random';
import { connectOptions, endService } from '../support/serviceProcess';

export interface BenchOptions {
  readonly log: (line: string) => void;
  /** `--size=BYTES` of content in each package; `--flat=BYTES,…` further sizes whose memory is measured; `--formats=zip,tar.gz`; `--kinds=many,few`. */
  readonly args?: readonly string[];
}

type Format = 'zip' | 'tar.gz';

/** How many files a package of the bench holds; the count grows with no size. */
const kinds = { many: 20_000, few: 8 } as const;
type Kind = keyof typeof kinds;

const pack: Readonly<Record<Format, readonly string[]>> = {
  'tar.gz': ['-c', '-z', '--options', 'gzip:compression-level=1', '--format', 'ustar'],
  zip: ['-c', '--format', 'zip', '--options', 'zip:compression-level=1'],
};

/** Kept as they were measured; `memory` in bytes, `processor` and `time` in seconds. */
interface Measured {
  readonly time: number;
  readonly processor: number;
}

/**
 * Times imports of packages with very many and with few files beside what a person would do by hand: unpack to disk, hash
 * every file, copy the archive durably. Then the memory of imports of several sizes. All in one run; what it makes goes.
 */
export async function run({ log, args = [] }: BenchOptions): Promise<void> {
  const option = (name: string, otherwise: string): string => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
  const size = Number(option('size', '1e9'));
  const flat = option('flat', '100e6,4e9').split(',').filter((text) => text !== '').map(Number);
  const formats = option('formats', 'tar.gz,zip').split(',') as Format[];
  const missing = ['bsdtar', 'unzip', 'sha256sum', 'cp', 'sync'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
  if (missing.length > 0) throw new Error(`missing for this benchmark: ${missing.join(', ')} (Debian: libarchive-tools, unzip, coreutils)`);
  const folder = mkdtempSync(join(tmpdir(), 'gp-bench-'));
  try {
    log(`${cpus().length} processors, load ${load()}; seconds (processor time in brackets), MB`);
    for (const kind of option('kinds', 'many,few').split(',') as Kind[]) {
      for (const format of formats) await compare({ folder, kind, format, size, log });
    }
    for (const bytes of flat) {
      for (const format of formats) await measureMemory({ folder, kind: 'few', format, size: bytes, log });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Task {
  readonly folder: string;
  readonly kind: Kind;
  readonly format: Format;
  readonly size: number;
  readonly log: BenchOptions['log'];
}

async function compare(task: Task): Promise<void> {
  const { folder, kind, format, size, log } = task;
  const archive = await makeArchive(task);
  const unpacked = join(folder, 'unpacked');
  log(`${megabytes(size)} in ${kinds[kind]} files, ${format} of ${megabytes(statSync(archive).size)}, load ${load()}`);
  const ours = await importAlone(folder, archive);
  row(log, 'import', ours, `at most ${megabytes(ours.peak)}, ${megabytes(ours.peak - ours.idle)} above idle`);
  mkdirSync(unpacked);
  const steps: readonly (readonly [string, Measured])[] = [
    ['bsdtar -xf', runShell('bsdtar -xf "$0" -C "$1"', archive, unpacked)],
    ['sha256sum of all files', runShell('find "$1" -type f -exec sha256sum {} + > /dev/null', archive, unpacked)],
    ['cp, fsync', runShell('cp "$0" "$1/copy" && sync "$1/copy"', archive, folder)],
  ];
  const sum = { time: total(steps, 'time'), processor: total(steps, 'processor') };
  for (const [name, measured] of steps) row(log, `  ${name}`, measured);
  row(log, '  their sum', sum, `import takes ${(ours.time / sum.time).toFixed(2)} of it`);
  rmSync(unpacked, { recursive: true });
  if (format === 'zip') {
    mkdirSync(unpacked);
    row(log, '  unzip', runShell('unzip -q "$0" -d "$1"', archive, unpacked));
    rmSync(unpacked, { recursive: true });
  }
  rmSync(join(folder, 'copy'));
  rmSync(archive);
}

async function measureMemory(task: Task): Promise<void> {
  const { folder, format, size, log } = task;
  const archive = await makeArchive(task);
  const ours = await importAlone(folder, archive);
  row(log, `import of ${megabytes(size)} in ${kinds.few} files, ${format}`, ours, `at most ${megabytes(ours.peak)}, ${megabytes(ours.peak - ours.idle)} above idle`);
  rmSync(archive);
}

/** Imports with a service of its own, so that its peak is that of this import. */
async function importAlone(folder: string, archive: string): Promise<Measured & { readonly idle: number; readonly peak: number }> {
  const dataFolder = join(folder, 'data');
  const client = await connectToService(connectOptions(dataFolder));
  try {
    const { resident: idle } = (await client.request('service/status', {})).memory;
    const { pid } = client.status;
    const [began, processor] = [performance.now(), processorTime(pid)];
    const { id } = await client.request('imports/start', { source: { method: 'archive', path: archive } });
    const ended = await client.request('imports/wait', { id });
    const measured = { time: (performance.now() - began) / 1000, processor: processorTime(pid) - processor };
    assert.equal(ended.state, 'complete', JSON.stringify(ended.error));
    return { ...measured, idle, peak: (await client.request('service/status', {})).memory.peak };
  } finally {
    client.close();
    await endService(dataFolder);
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** A package whose files are half noise, half text, packed by bsdtar as most archives are: at their fastest level. */
async function makeArchive({ folder, kind, format, size }: Task): Promise<string> {
  const tree = join(folder, 'tree');
  const entries = await linuxPackageEntries({ description: largeSample, silentIni: pathOnlySilentIni('/opt/genesys/large'), templates: [] });
  for (const entry of entries) {
    const path = join(tree, entry.path);
    mkdirSync(entry.path.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!entry.path.endsWith('/')) await writeFile(path, entry.content ?? '', { mode: entry.mode ?? 0o644 });
  }
  const count = kinds[kind];
  const random = createRandom(count);
  const stock = Buffer.from(Array.from({ length: 4 * 1024 * 1024 }, () => random(256)));
  const text = Buffer.alloc(64 * 1024, 'ConfigServer: connection to the backup server is lost, trying the primary one again\n');
  for (let number = 0; number < count; number++) {
    const path = join(tree, 'ip', 'product', String(number % 100), `file-${number}`);
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, 'w');
    for (let left = Math.floor(size / count); left > 0; ) {
      const half = Math.min(32 * 1024, Math.ceil(left / 2));
      const start = Math.floor(random(stock.length - half));
      writeSync(file, stock, start, half);
      left -= half + (left > half ? writeSync(file, text, 0, Math.min(half, left - half)) : 0);
    }
    closeSync(file);
  }
  const archive = join(folder, `package.${format}`);
  runShell('cd "$0" && bsdtar "$@" ip', tree, '-f', archive, ...pack[format]);
  const made = openSync(archive, 'r');
  fsyncSync(made);
  closeSync(made);
  rmSync(tree, { recursive: true });
  return archive;
}

/** Runs a command of the shell. Its processor time is that of its children. */
function runShell(command: string, ...parameters: readonly string[]): Measured {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `${command}; status=$?; times; exit $status`, ...parameters], { encoding: 'utf8' });
  const time = (performance.now() - began) / 1000;
  assert.equal(status, 0, stderr);
  const children = stdout.trimEnd().split('\n').at(-1) ?? '';
  const processor = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
  return { time, processor };
}

function total(steps: readonly (readonly [string, Measured])[], key: keyof Measured): number {
  return steps.reduce((sum, [, measured]) => sum + measured[key], 0);
}

function row(log: BenchOptions['log'], name: string, { time, processor }: Measured, more = ''): void {
  log(`  ${name.padEnd(40)} ${time.toFixed(2).padStart(7)} (${processor.toFixed(2)})  ${more}`.trimEnd());
}

function load(): string {
  return loadavg().map((value) => value.toFixed(1)).join(' ');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
