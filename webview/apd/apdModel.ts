import { foldForSearch } from '../../src/core/text/fold';
import type { ApdRow, ApdView } from '../../src/protocol/page/apd';

/** Columns that the table can be sorted by. */
export const sortColumns = ['option', 'apd', 'xml', 'comparison'] as const;
export type SortColumn = (typeof sortColumns)[number];

/** Undefined: the order of the file. */
export interface Sorting {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** What a person has chosen to see; remembered with the tab. */
export interface ApdChoice {
  readonly filter: string;
  readonly onlyDifferences: boolean;
  /** Undefined: all sections. */
  readonly section: string | undefined;
  readonly sorting: Sorting | undefined;
  readonly closed: readonly string[];
}

/** One option with its number in the view. */
export interface NumberedRow extends ApdRow {
  readonly index: number;
}

/** What the lists of sections say of one. */
export interface SectionCount {
  readonly section: string;
  /** Options of the APD. */
  readonly options: number;
  readonly differences: number;
}

/** A line of the table. */
export type Line =
  | { readonly kind: 'section'; readonly key: string; readonly section: string; readonly options: number; readonly open: boolean }
  | { readonly kind: 'option'; readonly key: string; readonly row: NumberedRow; readonly level: 1 | 2 };

type Template = Extract<ApdView, { kind: 'template' }>;

export function isDifferent({ comparison }: ApdRow): boolean {
  return comparison !== undefined && comparison !== 'same';
}

/** True for what stands in the APD, not only in its XML. */
export function isInApd({ comparison }: ApdRow): boolean {
  return comparison !== 'notInApd';
}

/** How many options differ, by the three kinds that the bar names. */
export function countDifferences(rows: readonly ApdRow[]): { readonly all: number; readonly missing: number; readonly extra: number; readonly another: number } {
  const all = rows.filter(isDifferent);
  const missing = all.filter(({ comparison }) => comparison === 'notInApd').length;
  const extra = all.filter(({ comparison }) => comparison === 'notInXml').length;
  return { all: all.length, missing, extra, another: all.length - missing - extra };
}

/** The sections in the order of the file. */
export function countSections({ rows }: Pick<Template, 'rows'>): readonly SectionCount[] {
  const counts = new Map<string, { options: number; differences: number }>();
  for (const row of rows) {
    const count = counts.get(row.section) ?? { options: 0, differences: 0 };
    counts.set(row.section, count);
    if (isInApd(row)) count.options += 1;
    if (isDifferent(row)) count.differences += 1;
  }
  return [...counts].map(([section, count]) => ({ section, ...count }));
}

/** The options that the choice leaves, in its order. */
export function chosenRows({ rows }: Pick<Template, 'rows'>, choice: ApdChoice, locale: string): readonly NumberedRow[] {
  const wanted = foldForSearch(choice.filter.trim());
  const found = rows.map((row, index) => ({ ...row, index })).filter((row) => (choice.section === undefined || row.section === choice.section)
    && (!choice.onlyDifferences || isDifferent(row))
    && (wanted === '' || [row.section, row.option, row.apd, row.other, row.xml].some((text) => text !== undefined && foldForSearch(text).includes(wanted))));
  const { sorting } = choice;
  if (sorting === undefined) return found;
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const textOf = (row: ApdRow): string => (sorting.column === 'apd' ? (row.apd ?? row.other) : row[sorting.column]) ?? '';
  return found.sort((a, b) => (sorting.descending ? -1 : 1) * compare(textOf(a), textOf(b)) || a.index - b.index);
}

/** The lines of the table: sections with their options below, or the options of the one section that was chosen. */
export function linesOf(rows: readonly NumberedRow[], choice: ApdChoice, locale: string): readonly Line[] {
  if (choice.section !== undefined) return rows.map((row) => optionLine(row, 1));
  const sections = new Map<string, NumberedRow[]>();
  for (const row of choice.sorting === undefined ? rows : rows.toSorted((a, b) => a.index - b.index)) if (!sections.has(row.section)) sections.set(row.section, []);
  for (const row of rows) sections.get(row.section)?.push(row);
  const order = [...sections];
  if (choice.sorting?.column === 'option') {
    const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
    order.sort(([a], [b]) => (choice.sorting?.descending === true ? -1 : 1) * compare(a, b));
  }
  return order.flatMap(([section, options]): Line[] => {
    // What was looked for is to be seen.
    const open = choice.filter.trim() !== '' || !choice.closed.includes(section);
    return [{ kind: 'section', key: `s:${section}`, section, options: options.length, open }, ...(open ? options.map((row) => optionLine(row, 2)) : [])];
  });
}

function optionLine(row: NumberedRow, level: 1 | 2): Line {
  return { kind: 'option', key: `o:${row.index}`, row, level };
}

/** The next sorting of a column whose head is pressed: up, down, as in the file. */
export function nextSorting(sorting: Sorting | undefined, column: SortColumn): Sorting | undefined {
  if (sorting?.column !== column) return { column, descending: false };
  return sorting.descending ? undefined : { column, descending: true };
}

/** Reads what an earlier load remembered; any version may have written it. */
export function readChoice(value: unknown): ApdChoice {
  const { filter, onlyDifferences, section, sorting, closed } = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const { column, descending } = (typeof sorting === 'object' && sorting !== null ? sorting : {}) as Readonly<Record<string, unknown>>;
  const known = sortColumns.find((each) => each === column);
  return {
    filter: typeof filter === 'string' ? filter : '',
    onlyDifferences: onlyDifferences === true,
    section: typeof section === 'string' ? section : undefined,
    sorting: known && { column: known, descending: descending === true },
    closed: Array.isArray(closed) ? closed.filter((each) => typeof each === 'string') : [],
  };
}
