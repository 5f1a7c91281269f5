import * as path from 'node:path';
import * as v from 'valibot';
import { isProductError, ProductError } from '../../../../core/errors';
import type { PackageFile } from '../../../../core/packages/model';
import type { RestoreOptions, RestoredRepository, UncheckedArchive } from '../../upkeep';
import type { Row } from '../catalogue';
import { asWriteError } from '../fileErrors';
import { newestSchema } from '../migrations/migrations';
import { number, text } from '../rows';
import { isOwnVolume, volumeName } from '../volumeFile';
import { BadExport, countRows, createExportedRows, type ExportedRows } from './exportedRows';
import { exportFormat, manifestName, manifestSchema, type Manifest } from './exportFormat';
import { readExport, type ExportEntry } from './readExport';
import { nextSlice, type UpkeepParts } from './upkeepParts';

/** What a repository holds that was only just made. */
const mustBeEmpty = ['packages', 'imports', 'hosts', 'applications', 'deployments', 'deployed_packages'];

/**
 * Restores an export into an empty repository. The file counts as hostile: every row, volume and archive in it is checked
 * before the one transaction that makes anything of it visible; when that is not reached, nothing stays.
 */
export async function restoreRepository(parts: UpkeepParts, source: string, bytes: AsyncIterable<Uint8Array>, options: RestoreOptions): Promise<RestoredRepository> {
  const { store, volumes } = parts;
  store.requireWritable();
  await requireEmpty(parts);
  const stored = new Set<string>();
  const journals = new Set<string>();
  let read: { readonly manifest: Manifest; readonly rows: ExportedRows } | undefined;
  try {
    read = await takeEntries(parts, source, bytes, options.signal, stored, journals);
    const { manifest, rows } = read;
    await checkArchives(parts, rows, stored, options);
    await volumes.sync();
    await parts.files.syncFolder(parts.journalFolder);
    options.signal.throwIfAborted();
    await commit(parts, rows);
    for (const name of stored) volumes.release(name);
    options.report(100);
    return { at: manifest.at, packages: countRows(rows.catalogue, 'packages'), hosts: countRows(rows.catalogue, 'hosts'), deployments: countRows(rows.catalogue, 'deployments') };
  } catch (error) {
    for (const name of stored) volumes.release(name);
    await volumes.remove(stored, (name) => store.read((reader) => reader.first('SELECT 1 FROM content_volumes WHERE volume = ?', name) !== undefined)).catch(() => undefined);
    for (const id of journals) await parts.files.remove(path.join(parts.journalFolder, `${id}.jsonl`)).catch(() => undefined);
    throw error instanceof BadExport ? new ProductError('repository/export-refused', { file: source, reason: error.message }, { cause: error }) : error;
  } finally {
    read?.rows.catalogue.close();
  }
}

async function requireEmpty({ store }: UpkeepParts): Promise<void> {
  const full = await store.read((reader) => mustBeEmpty.find((table) => countRows(reader, table) > 0));
  if (full !== undefined) throw new ProductError('repository/not-empty');
}

async function takeEntries(
  parts: UpkeepParts, source: string, bytes: AsyncIterable<Uint8Array>, signal: AbortSignal, stored: Set<string>, journals: Set<string>,
): Promise<{ readonly manifest: Manifest; readonly rows: ExportedRows }> {
  let manifest: Manifest | undefined;
  let rows: ExportedRows | undefined;
  let areRowsComplete = false;
  for await (const entry of readExport(source, bytes)) {
    await nextSlice(signal);
    if (manifest === undefined || rows === undefined) {
      manifest = readManifest(parts, entry);
      rows = createExportedRows(parts.sql, manifest.schema);
      continue;
    }
    const [folder, name = '', piece = ''] = entry.name.split('/');
    if (folder === 'rows' && !areRowsComplete) {
      rows.add(entry.bytes.toString('utf8'));
      continue;
    }
    if (!areRowsComplete) rows.finish();
    areRowsComplete = true;
    if (folder === 'volumes') await storeVolume(parts, entry, rows, stored);
    else if (folder === 'journals') await storeJournal(parts, { id: name, piece, bytes: entry.bytes }, rows, journals);
    else throw new BadExport(`there is no place for ${entry.name}`);
  }
  if (manifest === undefined || rows === undefined) throw new BadExport('it is empty');
  if (!areRowsComplete) rows.finish();
  return { manifest, rows };
}

function readManifest({ folder }: UpkeepParts, entry: ExportEntry): Manifest {
  if (entry.name !== manifestName) throw new BadExport('it does not begin as an export does');
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), manifestSchema), entry.bytes.toString('utf8'));
  if (!parsed.success) throw new BadExport('what it says of itself is not understood');
  const { format, schema } = parsed.output;
  if (format > exportFormat || schema > newestSchema) {
    throw new ProductError('repository/newer-schema', { folder, found: `${format}.${schema}`, known: `${exportFormat}.${newestSchema}` });
  }
  return parsed.output;
}

async function storeVolume({ volumes, sql }: UpkeepParts, { name, bytes }: ExportEntry, rows: ExportedRows, stored: Set<string>): Promise<void> {
  const hash = await volumeName(bytes);
  if (name !== `volumes/${hash}.volume`) throw new BadExport(`${name} does not match its checksum`);
  if (!rows.catalogue.first('SELECT 1 FROM content_volumes WHERE volume = ?', hash)) throw new BadExport(`${name} belongs to nothing`);
  if (stored.has(hash)) throw new BadExport(`${name} is there twice`);
  if (!isOwnVolume(sql, bytes)) throw new BadExport(`${name} is no volume of ours`);
  await volumes.store(bytes);
  stored.add(hash);
}

async function storeJournal({ files, journalFolder }: UpkeepParts, { id, piece, bytes }: { id: string; piece: string; bytes: Buffer }, rows: ExportedRows, journals: Set<string>): Promise<void> {
  if (!/^[\w-]{1,64}$/.test(id) || !/^\d{8}$/.test(piece) || !rows.catalogue.first('SELECT 1 FROM deployments WHERE id = ?', id)) throw new BadExport(`there is no deployment ${id}`);
  const file = path.join(journalFolder, `${id}.jsonl`);
  try {
    const journal = await (journals.has(id) ? files.extend(file) : files.create(file));
    journals.add(id);
    try {
      await journal.append(bytes);
      await journal.sync();
    } finally {
      await journal.close();
    }
  } catch (error) {
    throw asWriteError(error, file);
  }
}

/** Reads every archive as an import would, and holds its index against what was found. */
async function checkArchives({ volumes }: UpkeepParts, { catalogue }: ExportedRows, stored: ReadonlySet<string>, { verify, signal, report }: RestoreOptions): Promise<void> {
  const contents = catalogue.all('SELECT sha256, size, index_volume FROM contents ORDER BY sha256');
  const total = contents.reduce((sum, row) => sum + number(row, 'size'), 0);
  let done = 0;
  for (const row of contents) {
    const sha256 = text(row, 'sha256');
    const size = number(row, 'size');
    const stretches = catalogue.all('SELECT volume, start, size FROM content_volumes WHERE content = ? ORDER BY start', sha256);
    let end = 0;
    for (const stretch of stretches) {
      if (number(stretch, 'start') !== end || !stored.has(text(stretch, 'volume'))) throw new BadExport(`the archive ${sha256} is not complete`);
      end += number(stretch, 'size');
    }
    if (end !== size || text(stretches.at(-1) ?? { volume: '' }, 'volume') !== text(row, 'index_volume')) throw new BadExport(`the archive ${sha256} is not complete`);

    async function* read(from: number, to: number): AsyncGenerator<Uint8Array> {
      for (const stretch of stretches) {
        const start = number(stretch, 'start');
        const [a, b] = [Math.max(from, start), Math.min(to, start + number(stretch, 'size'))];
        if (a >= b) continue;
        const { volume, giveBack } = await volumes.borrow(text(stretch, 'volume'));
        try {
          yield* volume.bytes(a - start, b - start);
        } finally {
          giveBack();
        }
      }
    }
    const lies = placesOf(catalogue, sha256);
    let found: { readonly files: readonly PackageFile[]; readonly sha256: string };
    try {
      found = await verify({ sha256, size, read, ...lies }, signal);
    } catch (error) {
      if (isProductError(error) && error.code.startsWith('archive/')) throw new BadExport(`the archive ${sha256} would not be imported: ${error.code}`, { cause: error });
      throw error instanceof RangeError || error instanceof TypeError ? new BadExport(`the archive ${sha256} is not complete`, { cause: error }) : error;
    }
    const { volume, giveBack } = await volumes.borrow(text(row, 'index_volume'));
    try {
      if (found.sha256 !== sha256 || !isSameIndex(volume.files(), found.files)) throw new BadExport(`the archive ${sha256} does not match its checksum or index`);
    } finally {
      giveBack();
    }
    done += size;
    report(Math.min(99, Math.floor((99 * done) / Math.max(total, 1))));
  }
}

const packageFile = v.object({
  path: v.string(), type: v.picklist(['file', 'directory', 'symlink', 'hardlink']), size: v.number(), mode: v.exactOptional(v.number()), modifiedAt: v.exactOptional(v.string()),
  sha256: v.exactOptional(v.string()), target: v.exactOptional(v.string()),
});
const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));
const nestedPackage = v.object({
  path: v.string(), format: v.picklist(['zip', 'tar.gz']), size: wholeNumber, sha256: v.string(), offset: v.exactOptional(wholeNumber), beside: v.array(packageFile),
});

/** How the packages that are stored in an archive say that they lie there. */
function placesOf(catalogue: ExportedRows['catalogue'], sha256: string): Pick<UncheckedArchive, 'format' | 'nested'> {
  const rows = catalogue.all('SELECT DISTINCT archive_format, nested FROM packages WHERE content = ?', sha256);
  const format = v.safeParse(v.picklist(['zip', 'tar.gz', 'tar', 'xml']), rows[0]?.['archive_format']);
  const nested = v.safeParse(v.nullable(v.pipe(v.string(), v.parseJson(), nestedPackage)), rows[0]?.['nested'] ?? null);
  if (rows.length !== 1 || !format.success || !nested.success) throw new BadExport(`it is not clear how a package lies in the archive ${sha256}`);
  return { format: format.output, ...(nested.output && { nested: nested.output }) };
}

function isSameIndex(stated: readonly PackageFile[], found: readonly PackageFile[]): boolean {
  const key = (file: PackageFile): string => JSON.stringify([file.path, file.type, file.size, file.mode, file.modifiedAt, file.sha256, file.target]);
  return stated.length === found.length && stated.every((file, i) => found[i] !== undefined && key(file) === key(found[i]));
}

/** Everything becomes visible in one transaction. The administrators of this repository stay administrators, and its own audit trail goes on. */
function commit({ store, now }: UpkeepParts, rows: ExportedRows): Promise<void> {
  const tables = rows.tables();
  const at = now().toISOString();
  return store.write((transaction) => {
    transaction.run('PRAGMA defer_foreign_keys = ON');
    const before = {
      users: transaction.all('SELECT u.* FROM users u JOIN grants g ON g.user_id = u.id WHERE g.tenant_id = ? ORDER BY u.id', 'environment'),
      grants: transaction.all('SELECT * FROM grants WHERE tenant_id = ? ORDER BY user_id, role_id', 'environment'),
      lastRecord: number(transaction.first('SELECT COALESCE(MAX(seq), 0) AS seq FROM audit') ?? { seq: 0 }, 'seq'),
    };
    for (const table of [...tables].reverse()) if (table !== 'audit') transaction.run(`DELETE FROM "${table}"`);
    for (const table of tables) {
      for (const row of rows.catalogue.all(`SELECT * FROM "${table}" ORDER BY rowid`)) insert(transaction, table, table === 'audit' ? { ...row, seq: number(row, 'seq') + before.lastRecord } : row);
    }
    for (const grant of before.grants) {
      const user = before.users.find((one) => one['id'] === grant['user_id']);
      if (!user) continue;
      const same = transaction.first('SELECT id FROM users WHERE name_key = ?', text(user, 'name_key'));
      const id = same ? text(same, 'id') : `${text(user, 'id')}-${at.replaceAll(/\D/g, '')}`.slice(0, 64);
      if (!same) insert(transaction, 'users', { ...user, id });
      transaction.run('INSERT INTO grants (user_id, role_id, tenant_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', id, text(grant, 'role_id'), 'environment');
    }
    transaction.changed('access', 'tenants', 'packages', 'templates', 'imports', 'hosts', 'applications', 'deployments', 'deployedPackages');
  });
}

function insert(transaction: { run(sql: string, ...parameters: (string | number | null)[]): void }, table: string, row: Row): void {
  const names = Object.keys(row);
  transaction.run(
    `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ...Object.values(row) as (string | number | null)[],
  );
}
