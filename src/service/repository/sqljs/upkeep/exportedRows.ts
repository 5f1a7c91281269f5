import type { SqlJsStatic } from 'sql.js';
import * as v from 'valibot';
import { createCatalogue, type Catalogue, type Row, type SqlParameter } from '../catalogue';
import { migrate, newestSchema } from '../migrations/migrations';
import { number, text } from '../rows';
import { rowSchema } from './exportFormat';

/** Thrown with what is wrong, in English: it becomes the detail of an error. */
export class BadExport extends Error {}

/** Columns that hold JSON, and what kind of value; other texts are taken as they are. */
const jsonColumns: Readonly<Record<string, 'array' | 'object'>> = {
  'packages.computer_types': 'array', 'packages.templates': 'array', 'packages.supported_systems': 'array', 'packages.identity': 'array',
  'packages.notes': 'array', 'packages.template_options': 'array', 'packages.installation': 'array', 'packages.solution': 'object',
  'package_tenants.identity': 'array',
  'imports.identity': 'object', 'imports.error': 'object', 'imports.located': 'object', 'imports.replace_in': 'array', 'imports.limits': 'object', 'packages.nested': 'object',
  'hosts.authentication': 'object', 'hosts.system': 'object', 'hosts.contact': 'object',
  'applications.options': 'object', 'applications.settings': 'object', 'applications.annex': 'object', 'applications.connections': 'object',
  'applications.ports': 'object', 'applications.permissions': 'object', 'installations.identity': 'object', 'installations.replaced': 'array',
  'deployments.identity': 'object', 'deployments.inputs': 'object', 'deployment_hosts.run': 'object',
  'deployed_packages.identity': 'object', 'deployed_packages.files_to_copy': 'object', 'roles.privileges': 'array',
};
/** From this schema on a source is more than a path. */
const sourcesAsJson = 4;
const idColumn = /^id$|_id$/;
const hashColumn = /^(sha256|content|volume|index_volume)$/;
const id = /^[\w-]{1,64}$/;
const hash = /^[0-9a-f]{64}$/;

/** The rows of an export, in a catalogue of their own until all is checked. */
export interface ExportedRows {
  readonly catalogue: Catalogue;
  /** Takes lines of rows. @throws BadExport */
  add(lines: string): void;
  /** Brings the tables up to now and checks all references. @throws BadExport */
  finish(): void;
  /** The tables in an order in which each comes after those it refers to. */
  tables(): readonly string[];
}

interface Column {
  readonly type: string;
  readonly isNeeded: boolean;
}

/** @param schema the version of the tables that the rows are of */
export function createExportedRows(sql: SqlJsStatic, schema: number): ExportedRows {
  const catalogue = createCatalogue(sql);
  const known = new Map<string, ReadonlyMap<string, Column>>();
  catalogue.transact((writer) => {
    // All or nothing is checked at the end; until then rows come in any order.
    writer.run('PRAGMA defer_foreign_keys = ON');
    migrate(writer, 0, schema);
    // What a new repository begins with is in the export too.
    for (const row of tableRows(writer)) writer.run(`DELETE FROM "${text(row, 'name')}"`);
  });
  for (const row of tableRows(catalogue)) {
    const table = text(row, 'name');
    const columns = catalogue.all(`PRAGMA table_info("${table}")`);
    known.set(table, new Map(columns.map((column) => [text(column, 'name'), { type: text(column, 'type'), isNeeded: column['notnull'] === 1 }])));
  }
  const rows: (readonly [sql: string, values: readonly SqlParameter[]])[] = [];

  return {
    catalogue,
    add(lines) {
      for (const line of lines.split('\n')) {
        if (line === '') continue;
        const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), rowSchema), line);
        if (!parsed.success) throw new BadExport(`a row is not understood: ${line.slice(0, 80)}`);
        const [table, row] = parsed.output;
        const columns = known.get(table);
        if (columns === undefined) throw new BadExport(`there is no table ${table}`);
        checkRow(table, row, columns);
        if (table === 'imports' && schema >= sourcesAsJson && !isJson(String(row['source']), 'object')) throw new BadExport('imports.source holds no object');
        const names = Object.keys(row);
        rows.push([`INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`, Object.values(row)]);
      }
    },
    finish() {
      try {
        catalogue.transact((writer) => {
          writer.run('PRAGMA defer_foreign_keys = ON');
          for (const [statement, values] of rows) writer.run(statement, ...values);
          if (writer.all('PRAGMA foreign_key_check').length > 0) throw new BadExport('a row refers to one that is not there');
        });
        rows.length = 0;
        catalogue.transact((writer) => migrate(writer, schema, newestSchema));
      } catch (error) {
        // SQLite's own words: a row twice, a value that a table does not take.
        throw error instanceof BadExport ? error : new BadExport(error instanceof Error ? error.message : String(error));
      }
    },
    tables: () => sortTables(catalogue),
  };
}

function tableRows(reader: Pick<Catalogue, 'all'>): Row[] {
  return reader.all(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`);
}

function checkRow(table: string, row: Readonly<Record<string, SqlParameter>>, columns: ReadonlyMap<string, Column>): void {
  for (const [name, value] of Object.entries(row)) {
    const where = `${table}.${name}`;
    const column = columns.get(name);
    if (column === undefined) throw new BadExport(`there is no column ${where}`);
    if (value === null) {
      if (column.isNeeded) throw new BadExport(`${where} has no value`);
      continue;
    }
    if (typeof value !== (column.type === 'TEXT' ? 'string' : 'number')) throw new BadExport(`${where} has a value of the wrong kind`);
    if (typeof value !== 'string') continue;
    // A solution definition has no locale.
    const isNoLocale = where === 'packages.locale_id' && value === '';
    if (idColumn.test(name) && !isNoLocale && !id.test(value)) throw new BadExport(`${where} holds no id`);
    if (hashColumn.test(name) && !hash.test(value)) throw new BadExport(`${where} holds no hash`);
    const kind = jsonColumns[where];
    if (kind !== undefined && !isJson(value, kind)) throw new BadExport(`${where} holds no ${kind}`);
  }
}

function isJson(value: string, kind: 'array' | 'object'): boolean {
  try {
    const parsed: unknown = JSON.parse(value);
    return kind === 'array' ? Array.isArray(parsed) : typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

function sortTables(catalogue: Catalogue): readonly string[] {
  const names = tableRows(catalogue).map((row) => text(row, 'name'));
  const parents = new Map(names.map((table) => [table, catalogue.all(`PRAGMA foreign_key_list("${table}")`).map((row) => text(row, 'table')).filter((parent) => parent !== table)]));
  const sorted: string[] = [];
  const place = (table: string): void => {
    if (sorted.includes(table)) return;
    for (const parent of parents.get(table) ?? []) place(parent);
    sorted.push(table);
  };
  for (const table of names) place(table);
  return sorted;
}

/** How many rows a table has. */
export function countRows(reader: Pick<Catalogue, 'first'>, table: string): number {
  return number(reader.first(`SELECT COUNT(*) AS n FROM "${table}"`) ?? { n: 0 }, 'n');
}
