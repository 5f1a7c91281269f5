import { sortEntries, type CompareNames, type ListColumn, type ListEntry } from './list/order';
import type { ScanRow, ScanState } from './scanChoice';

/** Columns of the packages that a search has found (ux.md 8). */
export const scanColumns = ['name', 'version', 'localeId', 'system', 'size', 'presence'] as const;
export type ScanColumn = (typeof scanColumns)[number];

export interface ScanSort {
  readonly column: ScanColumn;
  readonly descending: boolean;
}

export const firstScanSort: ScanSort = { column: 'name', descending: false };

/** What can be imported comes first. */
const places: Readonly<Record<ScanState, number>> = { new: 0, repeated: 1, replaceable: 2, locked: 3, identical: 4 };

interface Entry extends ListEntry {
  readonly row: ScanRow;
}

/** Orders what was found as the list of packages is ordered. @param describeSystem the operating system in the reader's words */
export function sortScanRows(rows: readonly ScanRow[], { column, descending }: ScanSort, compareNames: CompareNames, describeSystem: (row: ScanRow) => string): readonly ScanRow[] {
  const isCounted = column === 'size' || column === 'presence';
  const entries = rows.map((row): Entry => ({
    row, name: row.identity.name, nickname: row.nickname, version: row.identity.version, localeId: row.identity.localeId, system: describeSystem(row),
    statusOrder: column === 'size' ? row.size : places[row.state], updatedAt: '', tenantId: '', group: '',
  }));
  const by: ListColumn = isCounted ? 'status' : column;
  return sortEntries(entries, { column: by, descending }, compareNames).map(({ row }) => row);
}
