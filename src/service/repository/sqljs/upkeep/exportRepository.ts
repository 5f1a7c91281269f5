import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { pack as createPack } from 'tar-stream';
import { ProductError } from '../../../../core/errors';
import type { RepositoryExport, UpkeepOptions } from '../../upkeep';
import { createCatalogue, type Catalogue } from '../catalogue';
import { asReadError } from '../fileErrors';
import { newestSchema } from '../migrations/migrations';
import { number, text } from '../rows';
import { volumeName } from '../volumeFile';
import { endName, exportFormat, manifestName, type ExportedRow, type Manifest } from './exportFormat';
import { nextSlice, type UpkeepParts } from './upkeepParts';

/** Rows in one entry. */
const rowsInEntry = 2000;
const journalPiece = 8 * 1024 * 1024;

/** Takes the state of now; changes that come later are not in it. @throws ProductError `repository/deployments-run` */
export async function exportRepository(parts: UpkeepParts, { signal, report }: UpkeepOptions): Promise<RepositoryExport> {
  const { store, volumes, sql } = parts;
  if ((await parts.packagesInUse()).size > 0) throw new ProductError('repository/deployments-run');
  const snapshot = createCatalogue(sql, await store.snapshot());
  const names = snapshot.all('SELECT DISTINCT volume FROM content_volumes ORDER BY volume').map((row) => text(row, 'volume'));
  // A package that is deleted meanwhile keeps its archive until the copy is made.
  for (const name of names) volumes.claim(name);
  const count = (table: string): number => number(snapshot.first(`SELECT COUNT(*) AS n FROM "${table}"`) ?? { n: 0 }, 'n');
  const stored = number(snapshot.first('SELECT COALESCE(SUM(size), 0) AS n FROM contents') ?? { n: 0 }, 'n');
  const at = parts.now().toISOString();
  let open = true;
  return {
    at,
    size: Math.ceil(stored * 1.05) + 1024 * 1024,
    counts: { packages: count('packages'), hosts: count('hosts'), deployments: count('deployments') },
    bytes: () => write({ ...parts, snapshot, names, manifest: { product: 'gaxpkg', format: exportFormat, schema: newestSchema, at } }, signal, report),
    close() {
      if (!open) return;
      open = false;
      for (const name of names) volumes.release(name);
      snapshot.close();
    },
  };
}

interface Source extends UpkeepParts {
  readonly snapshot: Catalogue;
  readonly names: readonly string[];
  readonly manifest: Manifest;
}

async function* write(source: Source, signal: AbortSignal, report: (percent: number) => void): AsyncGenerator<Uint8Array> {
  const pack = createPack();
  const hash = createHash('sha256');
  const add = (name: string, bytes: Uint8Array): Promise<void> => new Promise((resolve, reject) => {
    hash.update(`${name}\n${bytes.length}\n`).update(bytes);
    pack.entry({ name, mode: 0o600, mtime: new Date(source.manifest.at) }, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), (error) => (error ? reject(error) : resolve()));
  });
  const filling = (async () => {
    for await (const [name, bytes] of entries(source, signal, report)) await add(name, bytes);
    const end = Buffer.from(JSON.stringify({ sha256: hash.digest('hex') }));
    await new Promise<void>((resolve, reject) => pack.entry({ name: endName, mode: 0o600 }, end, (error) => (error ? reject(error) : resolve())));
    pack.finalize();
  })();
  filling.catch((error: unknown) => pack.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    yield* pack as AsyncIterable<Uint8Array>;
    await filling;
  } finally {
    pack.destroy();
    // What it was adding fails with the pack.
    filling.catch(() => undefined);
  }
}

async function* entries(source: Source, signal: AbortSignal, report: (percent: number) => void): AsyncGenerator<readonly [name: string, bytes: Uint8Array]> {
  yield [manifestName, Buffer.from(JSON.stringify(source.manifest))];
  report(0);
  yield* rowEntries(source, signal);
  for (const [i, name] of source.names.entries()) {
    await nextSlice(signal);
    yield [`volumes/${name}.volume`, await readVolume(source, name)];
    report(Math.floor((99 * (i + 1)) / source.names.length));
  }
  yield* journalEntries(source, signal);
  report(100);
}

async function* rowEntries({ snapshot }: Source, signal: AbortSignal): AsyncGenerator<readonly [string, Uint8Array]> {
  let entry = 0;
  const tables = snapshot.all(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`).map((row) => text(row, 'name'));
  for (const table of tables) {
    for (let after = -1; ;) {
      await nextSlice(signal);
      const rows = snapshot.all(`SELECT rowid AS "rowid of it", * FROM "${table}" WHERE rowid > ? ORDER BY rowid LIMIT ${rowsInEntry}`, after);
      if (rows.length === 0) break;
      after = number(rows.at(-1) ?? {}, 'rowid of it');
      const lines = rows.map(({ 'rowid of it': _, ...row }) => `${JSON.stringify([table, row] as ExportedRow)}\n`);
      entry += 1;
      yield [`rows/${String(entry).padStart(8, '0')}.jsonl`, Buffer.from(lines.join(''))];
    }
  }
}

async function readVolume({ files, volumeFolder, snapshot }: Source, name: string): Promise<Buffer> {
  const file = path.join(volumeFolder, `${name}.volume`);
  const isThere = await files.size(file) !== undefined;
  const bytes = isThere ? await files.read(file).catch((error: unknown) => { throw asReadError(error, file); }) : undefined;
  if (bytes && await volumeName(bytes) === name) return bytes;
  const owner = snapshot.first('SELECT p.name, p.version FROM packages p JOIN content_volumes v ON v.content = p.content WHERE v.volume = ?', name);
  throw new ProductError('repository/content-damaged', { package: owner ? `${text(owner, 'name')} ${text(owner, 'version')}` : name, volume: file, reason: isThere ? 'checksum' : 'missing' });
}

async function* journalEntries({ snapshot, files, journalFolder }: Source, signal: AbortSignal): AsyncGenerator<readonly [string, Uint8Array]> {
  for (const row of snapshot.all('SELECT id FROM deployments ORDER BY id')) {
    const id = text(row, 'id');
    const file = path.join(journalFolder, `${id}.jsonl`);
    const size = await files.size(file) ?? 0;
    for (let at = 0, piece = 1; at < size; at += journalPiece, piece++) {
      await nextSlice(signal);
      const bytes = await files.read(file, at, Math.min(at + journalPiece, size)).catch((error: unknown) => { throw asReadError(error, file); });
      yield [`journals/${id}/${String(piece).padStart(8, '0')}`, bytes];
    }
  }
}
