import type { Database, SqlJsStatic, Statement } from 'sql.js';

export type SqlParameter = string | number | null;

/** One statement with its parameters, as it was executed and as the log keeps it. */
export type ExecutedStatement = readonly [sql: string, ...parameters: SqlParameter[]];

export type Row = Readonly<Record<string, unknown>>;

/** Reads of the catalogue. */
export interface Reader {
  all(sql: string, ...parameters: SqlParameter[]): Row[];
  first(sql: string, ...parameters: SqlParameter[]): Row | undefined;
}

/** Reads and writes inside one transaction. SQL is deterministic: times, ids and random values come in as parameters. */
export interface Writer extends Reader {
  run(sql: string, ...parameters: SqlParameter[]): void;
}

/** The SQLite database in memory that holds everything but the contents of packages. */
export interface Catalogue extends Reader {
  /** Runs `body` as one transaction; what it executed is handed to the log. When `body` throws, nothing has changed. */
  transact<T>(body: (writer: Writer) => T): { readonly result: T; readonly executed: readonly ExecutedStatement[] };
  /** Executes logged statements again as one transaction. */
  replay(statements: readonly ExecutedStatement[]): void;
  /** Makes the file anew, so that nothing is in it of what rows held earlier. */
  compact(): void;
  /** The database as a file. */
  export(): Uint8Array;
  close(): void;
}

/** Opens a catalogue: of the bytes of an SQLite file, else an empty one. */
export function createCatalogue(sql: SqlJsStatic, bytes?: Uint8Array): Catalogue {
  const database = new sql.Database(bytes);
  // The statement log is the journal; SQLite's own rollback journal only serves transactions that are refused.
  database.run('PRAGMA journal_mode = MEMORY; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY');
  const prepared = new Map<string, Statement>();

  const prepare = (text: string): Statement => {
    let statement = prepared.get(text);
    if (!statement) {
      statement = database.prepare(text);
      prepared.set(text, statement);
    }
    return statement;
  };
  const all = (text: string, ...parameters: SqlParameter[]): Row[] => {
    const statement = prepare(text);
    try {
      statement.bind(parameters);
      const rows: Row[] = [];
      // Not getAsObject: it reads the names of all columns anew for every row, which takes longer than their values.
      const names = statement.getColumnNames();
      while (statement.step()) {
        const row: Record<string, Row[string]> = {};
        statement.get().forEach((value, column) => { row[names[column] ?? ''] = value; });
        rows.push(row);
      }
      return rows;
    } finally {
      statement.reset();
    }
  };
  const run = (text: string, parameters: readonly SqlParameter[]): void => {
    const statement = prepare(text);
    try {
      statement.bind([...parameters]);
      statement.step();
    } finally {
      statement.reset();
    }
  };
  const inTransaction = <T>(body: () => T): T => {
    database.run('BEGIN');
    try {
      const result = body();
      database.run('COMMIT');
      return result;
    } catch (error) {
      rollBack(database);
      throw error;
    }
  };
  const reader: Reader = { all, first: (text, ...parameters) => all(text, ...parameters)[0] };

  return {
    ...reader,
    transact(body) {
      const executed: ExecutedStatement[] = [];
      const writer: Writer = {
        ...reader,
        run(text, ...parameters) {
          run(text, parameters);
          executed.push([text, ...parameters]);
        },
      };
      return { result: inTransaction(() => body(writer)), executed };
    },
    replay(statements) {
      inTransaction(() => {
        for (const [text, ...parameters] of statements) run(text, parameters);
      });
    },
    compact: () => void database.run('VACUUM'),
    export: () => database.export(),
    close() {
      for (const statement of prepared.values()) statement.free();
      prepared.clear();
      database.close();
    },
  };
}

/** SQLite rolls some failed transactions back by itself; then there is none to roll back. */
function rollBack(database: Database): void {
  try {
    database.run('ROLLBACK');
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('no transaction'))) throw error;
  }
}
