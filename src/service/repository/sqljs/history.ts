import type { SqlJsStatic } from 'sql.js';
import { ProductError } from '../../../core/errors';
import { createCatalogue, type Catalogue } from './catalogue';
import { sortCatalogueFiles, type CatalogueFiles, type CatalogueFolder } from './catalogueFolder';
import type { DurableFiles } from './durableFiles';
import { decodeImage, fileFormat, logStart, type LogPosition } from './image';
import { decodeChange, decodeHeader, peekChange, type LoggedChange, type LogHeader } from './logRecords';
import { migrate, newestSchema } from './migrations/migrations';
import { scanRecords, type ScannedRecord } from './recordFormat';

/** What keeps the newest state from being read in full. */
export interface Damage {
  readonly file: string;
  readonly reason: 'checksum' | 'missing' | 'unreadable';
  readonly offset: number;
  /** Changes that were made after the state that could be read, as far as can be told. */
  readonly missing: number;
}

/** The newest state of the catalogue that the files give. */
export interface History {
  readonly catalogue: Catalogue;
  readonly schema: number;
  /** Where the next log continues. */
  readonly position: LogPosition;
  /** When the last change was made; ISO 8601, UTC. */
  readonly at: string;
  /** Bytes of the image, and of the logs that were replayed on it. */
  readonly imageBytes: number;
  readonly logBytes: number;
  readonly found: CatalogueFiles;
  /** Only with damage: images and logs that this state could not use. */
  readonly unusable: readonly string[];
  readonly damage?: Damage;
}

/** An image, or the empty repository, that logs continue. */
export interface Base {
  readonly number: number;
  readonly schema: number;
  readonly after: LogPosition;
  readonly at: string;
  readonly database?: Uint8Array;
}

/** Where a catalogue lies. */
export interface Source {
  readonly files: DurableFiles;
  readonly folder: CatalogueFolder;
  readonly sql: SqlJsStatic;
}

/**
 * Reads the newest image that is intact and replays the logs behind it. Writes nothing.
 * @returns undefined when there is no catalogue yet
 * @throws ProductError `repository/newer-schema`, `repository/beyond-recovery`
 */
export async function readHistory(source: Source): Promise<History | undefined> {
  const found = sortCatalogueFiles(await source.files.list(source.folder.path));
  if (found.images.length === 0 && found.logs.length === 0) return undefined;
  const { base, damage: imageDamage, change: imageChange } = await readBase(source, found);
  const line = await readLogs(source, base, found.logs.filter((number) => number > base.number));

  const catalogue = createCatalogue(source.sql, base.database);
  let schema = base.database ? base.schema : 0;
  const raise = (to: number) => {
    catalogue.transact((writer) => migrate(writer, schema, to));
    schema = to;
  };
  if (!base.database) raise(base.schema);
  for (const placed of line.changes) {
    if (placed.schema > schema) raise(placed.schema);
    catalogue.replay(placed.change.statements);
  }

  const damage = line.damage ?? imageDamage;
  const change = line.position.change;
  return {
    catalogue, schema, found, position: line.position, imageBytes: base.database?.length ?? 0, logBytes: line.bytes, at: line.changes.at(-1)?.change.at ?? base.at,
    unusable: damage ? unusableFiles(source.folder, found, base.number, line.position.file) : [],
    ...(damage && { damage: { ...damage, missing: Math.max(line.damage?.missing ?? 0, imageChange - change, 0) } }),
  };
}

/** The newest intact image. The empty repository serves as one while the logs since its beginning are kept. */
async function readBase({ files, folder }: Source, { images, logs }: CatalogueFiles): Promise<{ base: Base; damage?: Damage; change: number }> {
  let damage: Damage | undefined;
  let change = 0;
  for (const number of [...images].reverse()) {
    const file = folder.image(number);
    const bytes = await readWhole(files, file);
    const { label, database } = bytes ? decodeImage(bytes) : {};
    if (label) refuseNewer(label, folder);
    if (label && database) return { base: { number, ...label, database }, ...(damage && { damage }), change };
    change = Math.max(change, label?.after.change ?? 0);
    damage ??= { file, reason: bytes ? 'checksum' : 'unreadable', offset: 0, missing: 0 };
  }
  const first = logs[0] === undefined ? undefined : scanRecords(await readWhole(files, folder.log(logs[0])) ?? Buffer.alloc(0)).records[0];
  const header = first && decodeHeader(first.payload);
  const complete = logs.length === 0 ? images[0] === 1 : header?.after.file === logStart.file;
  if (!complete) throw new ProductError('repository/beyond-recovery', { folder: folder.path, file: damage?.file ?? folder.log(logs[0] ?? 1) });
  if (header) refuseNewer(header, folder);
  return {
    base: { number: 0, schema: header?.schema ?? newestSchema, after: logStart, at: new Date(0).toISOString() },
    damage: damage ?? { file: folder.image(1), reason: 'missing', offset: 0, missing: 0 },
    change,
  };
}

function unusableFiles(folder: CatalogueFolder, found: CatalogueFiles, base: number, lastLog: number): string[] {
  return [
    ...found.images.filter((number) => number > base).map((number) => folder.image(number)),
    ...found.logs.filter((number) => number > Math.max(base, lastLog)).map((number) => folder.log(number)),
  ];
}

interface PlacedChange {
  readonly change: LoggedChange;
  readonly schema: number;
  readonly place: LogPosition;
}

interface Line {
  readonly changes: readonly PlacedChange[];
  readonly position: LogPosition;
  readonly bytes: number;
  readonly damage?: Damage;
}

/** Follows the changes from log to log. Each log says where the one before it ended for those who were told. */
export async function readLogs(source: Source, base: Base, numbers: readonly number[]): Promise<Line> {
  let changes: PlacedChange[] = [];
  let position = base.after;
  let damage: Omit<Damage, 'missing'> | undefined;
  let newestSeen = 0;
  let bytes = 0;
  const places = new Map([[placeKey(base.after), 0]]);
  for (const number of numbers) {
    const log = await readLog(source, number);
    bytes += log.bytes;
    newestSeen = Math.max(newestSeen, log.newestSeen);
    const kept = log.header && places.get(placeKey(log.header.after));
    if (log.header && log.start && kept !== undefined) {
      // What lies beyond the place where this log begins, damaged or refused, was never acknowledged.
      changes = [...changes.slice(0, kept), ...log.changes];
      damage = undefined;
      places.set(placeKey(log.start), kept);
      log.changes.forEach(({ place }, i) => places.set(placeKey(place), kept + i + 1));
      position = log.changes.at(-1)?.place ?? log.start;
    } else if (log.header) {
      damage ??= { file: source.folder.log(log.header.after.file), reason: 'missing', offset: log.header.after.size };
    }
    damage ??= log.damage;
  }
  return {
    changes, position, bytes,
    // Where nothing readable follows the damage, it is the last change that is damaged.
    ...(damage && { damage: { ...damage, missing: Math.max(1, newestSeen - position.change) } }),
  };
}

interface ReadLog {
  /** Absent: nothing intact is in it. */
  readonly header?: LogHeader;
  /** The place after the header. */
  readonly start?: LogPosition;
  readonly changes: readonly PlacedChange[];
  readonly bytes: number;
  /** The highest change that can be recognised in it, also behind a damage. */
  readonly newestSeen: number;
  readonly damage?: Omit<Damage, 'missing'>;
}

async function readLog({ files, folder }: Source, number: number): Promise<ReadLog> {
  const file = folder.log(number);
  const bytes = await readWhole(files, file);
  if (!bytes) return { changes: [], bytes: 0, newestSeen: 0, damage: { file, reason: 'unreadable', offset: 0 } };
  const { records: [first, ...rest], tail } = scanRecords(bytes);
  const damage = tail.kind === 'damaged' ? { damage: { file, reason: 'checksum' as const, offset: tail.offset } } : {};
  const beyond = tail.kind === 'damaged' ? tail.beyond.map(peekChange) : [];
  // Made, but its first write never ended: nobody was told of anything in it.
  if (!first) return { changes: [], bytes: bytes.length, newestSeen: Math.max(0, ...beyond), ...damage };
  const header = decodeHeader(first.payload);
  refuseNewer(header, folder);
  const place = (record: ScannedRecord, change: number): LogPosition => ({ file: number, size: record.end, digest: record.digest.toString('hex'), change });
  const changes = rest.map((record): PlacedChange => {
    const change = decodeChange(record.payload);
    return { change, schema: header.schema, place: place(record, change.change) };
  });
  return {
    header, start: place(first, header.after.change), changes, bytes: bytes.length, ...damage,
    newestSeen: Math.max(0, ...changes.map(({ change }) => change.change), ...beyond),
  };
}

function placeKey({ file, size, digest, change }: LogPosition): string {
  return [file, size, digest, change].join(':');
}

/** Undefined when the disk cannot give the file: then it is as good as damaged. */
async function readWhole(files: DurableFiles, file: string): Promise<Buffer | undefined> {
  try {
    return await files.read(file);
  } catch {
    return undefined;
  }
}

function refuseNewer({ format, schema }: { format: number; schema: number }, folder: CatalogueFolder): void {
  if (format <= fileFormat && schema <= newestSchema) return;
  throw new ProductError('repository/newer-schema', {
    folder: folder.path,
    found: `${format}.${schema}`,
    known: `${fileFormat}.${newestSchema}`,
  });
}
