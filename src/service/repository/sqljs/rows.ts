import type { PackageIdentity } from '../../../core/packages/identity';
import type { Row } from './catalogue';

/** A text column. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${column} holds no text`);
  return value;
}

/** A text column that may be null. */
export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column);
}

/** A number column. */
export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} holds no number`);
  return value;
}

/** A JSON column, in the type it was written with. */
export function json<T>(row: Row, column: string): T {
  return JSON.parse(text(row, column)) as T;
}

/** A JSON column that may be null. */
export function optionalJson<T>(row: Row, column: string): T | undefined {
  return row[column] === null ? undefined : json<T>(row, column);
}

/** The identity in a row of `packages`. */
export function asIdentity(row: Row): PackageIdentity {
  return {
    name: text(row, 'name'),
    version: text(row, 'version'),
    localeId: text(row, 'locale_id'),
    osGroup: text(row, 'os_group'),
    computerTypes: json<string[]>(row, 'computer_types'),
  };
}

/** What a column keeps of a value that may be missing. */
export function asJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** How names are compared: in any case, in one Unicode form. Made here, since SQLite knows the case of ASCII letters only. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
