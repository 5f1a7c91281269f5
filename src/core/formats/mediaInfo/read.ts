import { parseXml } from '../xml/parse';
import { attribute, childElements, descendants, textOf, type XmlElement } from '../xml/tree';

/** What a Genesys CD says of itself: where its packages and their templates lie. Paths are relative to the file's own folder, as written. */
export interface MediaInfo {
  readonly packages: readonly MediaPackage[];
  readonly templates: readonly MediaTemplate[];
}

export interface MediaPackage {
  readonly nickname: string;
  readonly location: string;
}

export interface MediaTemplate {
  /** Nickname of the package that it belongs to. */
  readonly nickname: string;
  readonly location: string;
  readonly file: string;
}

/** Rows of one table that are read; the largest CD has some hundred packages. */
const mostRows = 20_000;

/**
 * Reads `MediaInfo.xml`: tables (`table name="…"`) with columns (`col`) and rows (`row` of `td`). Never fails: no public file shows how exactly
 * columns are written, so names are found in any case and rows that lack a location are left out.
 */
export function readMediaInfo(text: string): MediaInfo {
  const { root } = parseXml(text);
  if (root === undefined) return { packages: [], templates: [] };
  const packages = rowsOf(root, 'InstallationPackage').flatMap((row): MediaPackage[] => {
    const location = row.get('location') ?? '';
    return location === '' ? [] : [{ nickname: row.get('ipnickname') ?? '', location }];
  });
  const templates = rowsOf(root, 'AppTemplate').flatMap((row): MediaTemplate[] => {
    const file = row.get('file') ?? '';
    return file === '' ? [] : [{ nickname: row.get('ipnickname') ?? '', location: row.get('location') ?? '', file }];
  });
  return { packages, templates };
}

/** The rows of a table, each by its columns' names in lower case. */
function rowsOf(root: XmlElement, table: string): ReadonlyMap<string, string>[] {
  const rows: ReadonlyMap<string, string>[] = [];
  for (const element of [root, ...descendants(root, 'table')]) {
    if (attribute(element, 'name')?.value.trim().toLowerCase() !== table.toLowerCase()) continue;
    const columns = [...descendants(element, 'col')].map((column) => textOf(column).trim().toLowerCase());
    for (const row of descendants(element, 'row')) {
      if (rows.length >= mostRows) return rows;
      const cells = childElements(row, 'td').map((cell) => textOf(cell).trim());
      rows.push(new Map(cells.flatMap((cell, index) => (columns[index] === undefined ? [] : [[columns[index], cell] as const]))));
    }
  }
  return rows;
}
