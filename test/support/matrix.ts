/** Whether whole matrices are asked for, as `npm run campaign -- matrices` does. */
export const isWholeMatrix = process.env['GAX_WHOLE_MATRICES'] === 'true';

/**
 * Of the rows of a big matrix as many as it takes to have every two values of different columns in one row, which is what
 * most faults need; all of them where whole matrices are asked for. Always the same ones, in their order.
 * @param columns the values of a row
 */
export function matrixRows<T>(rows: readonly T[], columns: (row: T) => readonly (string | number)[]): readonly T[] {
  if (isWholeMatrix) return rows;
  const pairs = rows.map((row) => {
    const values = columns(row);
    return values.flatMap((value, at) => values.slice(at + 1).map((other, after) => `${at} ${value} | ${at + after + 1} ${other}`));
  });
  const missing = new Set(pairs.flat());
  const chosen = new Set<number>();
  while (missing.size > 0) {
    const news = pairs.map((each) => each.filter((pair) => missing.has(pair)).length);
    const best = news.indexOf(Math.max(...news));
    chosen.add(best);
    for (const pair of pairs[best] ?? []) missing.delete(pair);
  }
  return rows.filter((_, at) => chosen.has(at));
}
