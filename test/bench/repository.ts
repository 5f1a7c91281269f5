import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentTenant } from '../../src/core/packages/model';
import { connectToService, dataFolderAt, type ServiceClient } from '../../src/service/client';
import type { Repository } from '../../src/service/repository/repository';
import { openSqlJsRepository } from '../../src/service/repository/sqljs/openRepository';
import { sampleBytes, samplePackage, storeContent } from '../service/repository/samples';
import { projectRoot } from '../support/projectRoot';
import { writeLargeSample } from '../support/samplePackages/writeSample';
import { connectOptions, endService } from '../support/serviceProcess';
import { timeWindow } from './repositoryWindow';

export interface BenchOptions {
  readonly log: (line: string) => void;
  /** `--packages=N --tenants=N --times=N --size=BYTES`: so often each first page is opened; so much is stored and read back, 0: nothing. */
  readonly args?: readonly string[];
}

const nameWidth = 58;

/** Packages that are added side by side: they share a write to the disk. */
const batch = 200;

/** Times a large repository as its users meet it: opening, first pages, filters, edits, memory; then storing and reading back one large archive. */
export async function run({ log, args = [] }: BenchOptions): Promise<void> {
  const option = (name: string, otherwise: number): number => Number(args.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise);
  const [packages, tenants, size] = [option('packages', 10_000), option('tenants', 20), option('size', 500e6)];
  const folder = mkdtempSync(join(tmpdir(), 'gp-bench-'));
  const dataFolder = join(folder, 'data');
  try {
    await fill(dataFolder, packages, tenants, log);
    log(`${packages} packages in each of ${tenants} tenants; load of the machine: ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
    log(`${'milliseconds'.padEnd(nameWidth)}   median   95th percentile`);
    const report = (name: string, times: readonly number[]): void => log(`  ${name.padEnd(nameWidth)} ${quantile(times, 0.5)} ${quantile(times, 0.95)}`);
    const began = performance.now();
    const client = await connectToService(connectOptions(dataFolder));
    report('opening: start of the service to its first answer', [performance.now() - began]);
    try {
      const before = process.memoryUsage().heapUsed;
      await timeWindow(client, report, option('times', 20));
      log(`memory of the window's lists: about ${megabytes(process.memoryUsage().heapUsed - before)} MB; load now: ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
      const { memory } = await client.request('service/status', {});
      log(`memory of the service: ${megabytes(memory.resident)} MB, at most ${megabytes(memory.peak)} MB`);
      if (size > 0) await timeStoring(client, folder, dataFolder, size, log);
    } finally {
      client.close();
    }
  } finally {
    await endService(dataFolder);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(dataFolder: string, packages: number, tenants: number, log: BenchOptions['log']): Promise<void> {
  const began = performance.now();
  const folder = dataFolderAt(dataFolder).repository;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const repository = await openRepository(folder);
  const others = await Promise.all(Array.from({ length: tenants - 1 }, (_, number) => repository.addTenant(`Tenant ${number + 1}`, environmentTenant.id)));
  // One content for all: what is measured here is the catalogue. Once it is stored, packages can refer to it.
  const content = await storeContent(repository, sampleBytes(1000, 'bench'));
  for (let first = 0; first < packages; first += batch) {
    await Promise.all(Array.from({ length: Math.min(batch, packages - first) }, async (_, number) => {
      const n = first + number;
      const { id } = await repository.addImport({ source: { method: 'archive', path: '/media/bench.tar.gz' }, tenantId: environmentTenant.id, group: '' });
      const names = { name: `Package ${Math.floor(n / 20)}`, nickname: `PKG${Math.floor(n / 20)}`, version: `9.0.${n % 20}.01`, group: `Group ${n % 97}` };
      await repository.addPackage(samplePackage(content, id, names));
    }));
  }
  const all = (await repository.listPackages()).map(({ id, tenantId }) => ({ id, tenantId }));
  const copying = performance.now();
  await repository.copyToTenants(all, others.map(({ id }) => id));
  log(`filled in ${seconds(copying - began)} s; copied to ${others.length} tenants in ${seconds(performance.now() - copying)} s`);
  await repository.close();
}

function openRepository(folder: string): Promise<Repository> {
  let made = 0;
  return openSqlJsRepository({
    folder, wasm: join(projectRoot, 'node_modules/sql.js/dist/sql-wasm.wasm'), now: () => new Date(), newId: (prefix) => `${prefix}-${(++made).toString(16).padStart(20, '0')}`,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined }, mayCommit: () => Promise.resolve(true),
  });
}

async function timeStoring(client: ServiceClient, folder: string, dataFolder: string, size: number, log: BenchOptions['log']): Promise<void> {
  const archive = await writeLargeSample(size, join(folder, 'archives'), 1);
  log(`${megabytes(size)} MB archive, seconds`);
  const second = (name: string, milliseconds: number): void => log(`  ${name.padEnd(44)} ${seconds(milliseconds)}`);
  second('import: read, checked, stored', await timed(async () => {
    const { id } = await client.request('imports/start', { source: { method: 'archive', path: archive } });
    const ended = await client.request('imports/wait', { id });
    assert.equal(ended.state, 'complete', JSON.stringify(ended.error));
  }));
  second('download: read, checked, written', await timed(async () => {
    const stored = (await client.request('packages/list', { tenantId: environmentTenant.id })).find(({ size: bytes }) => bytes > 1e6) ?? assert.fail('not stored');
    const { id } = await client.request('packages/download', { id: stored.id, tenantId: stored.tenantId, target: join(folder, 'download.tar.gz') });
    assert.equal((await client.request('downloads/wait', { id })).state, 'complete');
  }));
  await client.request('service/stop', {});
  await endService(dataFolder);
  // The bytes alone, as the import stores them in its second reading.
  const repository = await openRepository(join(folder, 'alone'));
  let sha256 = '';
  second('storing alone', await timed(async () => {
    const writer = await repository.writeContent(size);
    for await (const piece of createReadStream(archive, { highWaterMark: 1024 * 1024 })) await writer.write(piece as Buffer);
    ({ sha256 } = await writer.finish([]));
  }));
  second('reading back alone, checked', await timed(async () => {
    const read = createHash('sha256');
    for await (const piece of repository.readContent(sha256)) read.update(piece);
    assert.equal(read.digest('hex'), sha256);
  }));
  await repository.close();
  second('cp, fsync', shell('cp "$0" "$1" && sync "$1"', archive, join(folder, 'copy')));
  if (spawnSync('sqlite3', ['--version']).error) {
    log('  the sqlite3 shell is not installed: nothing is stored with it');
    return;
  }
  const script = join(folder, 'store.sql');
  writeFileSync(script, `PRAGMA synchronous = FULL;\nCREATE TABLE c (b BLOB);\nINSERT INTO c VALUES (readfile('${archive}'));\n`);
  second('sqlite3 shell: readfile into a table', shell('sqlite3 "$1" < "$0"', script, join(folder, 'shell.sqlite')));
  second('sqlite3 shell: writefile out of it', shell(`sqlite3 "$1" "SELECT writefile('$0', b) FROM c" > /dev/null && sync "$0"`, join(folder, 'back'), join(folder, 'shell.sqlite')));
}

function shell(command: string, ...args: readonly string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync('sh', ['-c', command, ...args], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return performance.now() - began;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function quantile(times: readonly number[], part: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1).padStart(9);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
