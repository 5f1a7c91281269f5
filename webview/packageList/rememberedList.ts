import { firstSort, listColumns, type ListColumn, type ListSort } from '../../src/core/packages/list/order';
import { readRemembered, type RememberedDetails } from '../components/sectionStates';

/** What the list remembers with its tab. */
export interface RememberedList {
  readonly sort: ListSort;
  readonly grouped: boolean;
  /** Keys of groups that a person closed. */
  readonly closed: readonly string[];
  readonly filter: string;
  /** Pixels of the columns that a person made wider or narrower, and of the details. */
  readonly widths: Readonly<Partial<Record<ListColumn, number>>>;
  readonly detailsWidth: number;
  /** The row whose details are open. */
  readonly shown: string | undefined;
  readonly details: RememberedDetails;
}

export const widthOfDetails = { first: 340, least: 260, most: 720 } as const;
export const widthOfColumn = { least: 60, most: 600 } as const;

/** Groups that are remembered as closed; the editor writes the state to disk. */
const mostClosed = 2000;

/** Reads what an earlier load remembered; any version may have written it. */
export function readRememberedList(value: unknown): RememberedList {
  const kept = record(value);
  const sort = record(kept['sort']);
  const column = listColumns.find((each) => each === sort['column']);
  const widths = record(kept['widths']);
  return {
    sort: column === undefined ? firstSort : { column, descending: sort['descending'] === true },
    grouped: kept['grouped'] !== false,
    closed: Array.isArray(kept['closed']) ? kept['closed'].filter((each) => typeof each === 'string').slice(0, mostClosed) : [],
    filter: typeof kept['filter'] === 'string' ? kept['filter'] : '',
    widths: Object.fromEntries(listColumns.flatMap((each) => (typeof widths[each] === 'number' ? [[each, between(widths[each], widthOfColumn)]] : []))),
    detailsWidth: typeof kept['detailsWidth'] === 'number' ? between(kept['detailsWidth'], widthOfDetails) : widthOfDetails.first,
    shown: typeof kept['shown'] === 'string' ? kept['shown'] : undefined,
    details: readRemembered(kept['details']),
  };
}

/** A number of pixels within its limits. */
export function between(value: number, { least, most }: { readonly least: number; readonly most: number }): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
