import { createHash } from 'node:crypto';
import { setImmediate as others } from 'node:timers/promises';
import type { Database, SqlJsStatic } from 'sql.js';
import type { PackageFile } from '../../../core/packages/model';
import { number, optionalText, text } from './rows';
import type { Row } from './catalogue';
import { findContent, findTable, type ContentStretch } from './volumeLayout';

/** How the bytes of contents are cut. A volume's size is a multiple of a piece's. */
export interface VolumeSizes {
  /** Bytes of content in a full volume. */
  readonly volume: number;
  /** Bytes in one row of it. */
  readonly piece: number;
}

export const defaultVolumeSizes: VolumeSizes = { volume: 8 * 1024 * 1024, piece: 256 * 1024 };

// Large pages: a piece lies in a few of them instead of a chain of many.
const layout = 'PRAGMA page_size = 32768; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1024; PRAGMA user_version = 1';
const pieceTable = 'CREATE TABLE piece (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL)';
const fileTable = `CREATE TABLE file (
  position INTEGER PRIMARY KEY, path TEXT NOT NULL, type TEXT NOT NULL, size INTEGER NOT NULL,
  mode INTEGER, modified_at TEXT, sha256 TEXT, target TEXT
)`;

/** Makes volumes: SQLite files whose bytes depend on nothing but what they hold. */
export interface VolumeBuilder {
  /**
   * A volume of exactly `sizes.volume` bytes of content.
   * @param file an earlier volume of this builder that nobody needs any more; it is overwritten, so that memory is taken once
   */
  full(bytes: Uint8Array, file?: Uint8Array): Uint8Array;
  /** The content's own volume: its last bytes, and the index of its files. */
  index(rest: Uint8Array, files: readonly PackageFile[]): Uint8Array;
}

/**
 * SQLite lays out one full volume; all others have the same layout, and their content is put in its places. Through SQLite
 * each byte of content would be copied six times.
 */
export function createVolumeBuilder(sql: SqlJsStatic, sizes: VolumeSizes): VolumeBuilder {
  let known: { readonly empty: Uint8Array; readonly places: readonly ContentStretch[] } | undefined;

  return {
    full(bytes, file) {
      if (bytes.length !== sizes.volume) throw new RangeError(`a full volume takes ${sizes.volume} bytes, not ${bytes.length}`);
      known ??= layOut(sql, sizes);
      const made = file ?? known.empty.slice();
      for (const { at, start, size } of known.places) made.set(bytes.subarray(start, start + size), at);
      return made;
    },
    index(rest, files) {
      const database = new sql.Database();
      try {
        database.run(layout);
        database.run(pieceTable);
        database.run(fileTable);
        database.run('BEGIN');
        for (let at = 0; at < rest.length; at += sizes.piece) {
          database.run('INSERT INTO piece (position, bytes) VALUES (?, ?)', [at, rest.subarray(at, at + sizes.piece)]);
        }
        const insert = database.prepare('INSERT INTO file (position, path, type, size, mode, modified_at, sha256, target) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
        try {
          files.forEach((file, i) => {
            insert.run([i, file.path, file.type, file.size, file.mode ?? null, file.modifiedAt ?? null, file.sha256 ?? null, file.target ?? null]);
          });
        } finally {
          insert.free();
        }
        database.run('COMMIT');
        return withoutCounters(database.export());
      } finally {
        database.close();
      }
    },
  };
}

/** A full volume of zeros, and where its content lies. */
function layOut(sql: SqlJsStatic, sizes: VolumeSizes): { readonly empty: Uint8Array; readonly places: readonly ContentStretch[] } {
  const database = new sql.Database();
  try {
    database.run(layout);
    database.run(pieceTable);
    database.run('BEGIN');
    for (let at = 0; at < sizes.volume; at += sizes.piece) database.run('INSERT INTO piece (position, bytes) VALUES (?, zeroblob(?))', [at, sizes.piece]);
    database.run('COMMIT');
    const root = database.exec("SELECT rootpage FROM sqlite_schema WHERE name = 'piece'")[0]?.values[0]?.[0];
    const empty = withoutCounters(database.export());
    return { empty, places: findContent(empty, Number(root)) };
  } finally {
    database.close();
  }
}

/** SQLite counts the transactions of a file in its header (bytes 24–27, and 92–95 for which of them the page count holds). */
function withoutCounters(file: Uint8Array): Uint8Array {
  const header = new DataView(file.buffer, file.byteOffset, 100);
  header.setUint32(24, 1);
  header.setUint32(92, 1);
  return file;
}

/** Bytes that are hashed before others have their turn: a millisecond or two. */
const hashedAtOnce = 1024 * 1024;

/**
 * The name of a volume: the SHA-256 of its bytes, lower-case hexadecimal. Others have their turn meanwhile. Web Crypto would
 * do it beside this thread, but copies the bytes first: twice the work in all.
 */
export async function volumeName(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += hashedAtOnce) {
    if (at > 0) await others();
    hash.update(bytes.subarray(at, at + hashedAtOnce));
  }
  return hash.digest('hex');
}

/** A volume opened to read it. Its bytes have been checked against its name. */
export interface OpenVolume {
  /** Content from `start` to `end`, counted from the volume's first byte, in pieces. */
  bytes(start: number, end: number): IterableIterator<Uint8Array>;
  files(): PackageFile[];
  close(): void;
}

/**
 * Whether a file has exactly the tables that a builder makes. To be asked of volumes of strangers before they are read: a
 * view or trigger in the place of a table could keep the reader busy for ever.
 */
export function isOwnVolume(sql: SqlJsStatic, file: Uint8Array): boolean {
  try {
    const database = new sql.Database(file);
    try {
      const made = database.exec('SELECT type, name, sql FROM sqlite_schema')[0]?.values ?? [];
      const expected = new Map([['piece', pieceTable], ['file', fileTable]]);
      return made.length > 0 && made.every(([type, name, text]) => type === 'table' && typeof name === 'string' && expected.get(name) === text) && made.some(([, name]) => name === 'piece');
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

/** Bytes of content that are handed over at once. */
const handedOver = 256 * 1024;

/** Content is taken from its places in the file: SQLite in WebAssembly hands a blob over byte by byte. */
export function openVolume(sql: SqlJsStatic, file: Uint8Array): OpenVolume {
  let known: readonly ContentStretch[] | undefined;
  let opened: Database | undefined;
  const database = (): Database => {
    if (opened === undefined) {
      opened = new sql.Database(file);
      opened.run('PRAGMA cache_size = -1024');
    }
    return opened;
  };

  return {
    *bytes(start, end) {
      known ??= findContent(file, findTable(file, 'piece'));
      const places = known;
      let place = places.findIndex((one) => one.start + one.size > start);
      for (let at = start; at < end;) {
        const piece = Buffer.allocUnsafe(Math.min(handedOver, end - at));
        let filled = 0;
        for (let one = places[place]; one !== undefined && one.start <= at && filled < piece.length; one = places[place]) {
          const from = at - one.start;
          const wanted = Math.min(one.size - from, piece.length - filled);
          piece.set(file.subarray(one.at + from, one.at + from + wanted), filled);
          filled += wanted;
          at += wanted;
          if (from + wanted === one.size) place++;
        }
        if (filled < piece.length) throw new RangeError('the volume ends before the content does');
        yield piece;
      }
    },
    files() {
      const select = database().prepare('SELECT path, type, size, mode, modified_at, sha256, target FROM file ORDER BY position');
      try {
        const files: PackageFile[] = [];
        while (select.step()) files.push(asFile(select.getAsObject()));
        return files;
      } finally {
        select.free();
      }
    },
    close: () => opened?.close(),
  };
}

function asFile(row: Row): PackageFile {
  const modifiedAt = optionalText(row, 'modified_at');
  const sha256 = optionalText(row, 'sha256');
  const target = optionalText(row, 'target');
  return {
    path: text(row, 'path'),
    type: text(row, 'type') as PackageFile['type'],
    size: number(row, 'size'),
    ...(row['mode'] !== null && { mode: number(row, 'mode') }),
    ...(modifiedAt !== undefined && { modifiedAt }),
    ...(sha256 !== undefined && { sha256 }),
    ...(target !== undefined && { target }),
  };
}
