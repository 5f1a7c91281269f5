import type { RowList } from '../../src/core/packages/list/lines';

/** Where rows of given heights lie in a table; no row needs to be in the document for that. */
export interface RowPlaces {
  /** The upper edge of a row, in pixels below the head; of the row behind the last one: the height of all. */
  startOf(index: number): number;
  /** The row at a height, the nearest one beyond the ends. */
  rowAt(offset: number): number;
}

/** The places of rows that each have their own height. */
export function measuredPlaces<R>(rows: RowList<R>, heightOf: (row: R) => number): RowPlaces {
  const starts = new Float64Array(rows.length + 1);
  for (let index = 0; index < rows.length; index++) {
    const row = rows.at(index);
    starts[index + 1] = (starts[index] ?? 0) + (row === undefined ? 0 : heightOf(row));
  }
  return searchedPlaces(rows.length, (index) => starts[index] ?? 0);
}

/** The places of rows whose upper edges are known by their number. */
export function searchedPlaces(count: number, startOf: (index: number) => number): RowPlaces {
  return {
    startOf,
    rowAt: (offset) => {
      let [low, high] = [0, Math.max(0, count - 1)];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (startOf(middle) <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
