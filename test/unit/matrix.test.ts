import { deepEqual, ok } from 'node:assert/strict';
import { isWholeMatrix, matrixRows } from '../support/matrix';

describe('rows of a big matrix', () => {
  before(function () {
    if (isWholeMatrix) this.skip();
  });

  const rows = [0, 1, 2].flatMap((a) => [0, 1, 2, 3].flatMap((b) => [0, 1, 2, 3, 4].map((c) => [a, b, c])));

  it('have every two values of different columns in one of them, and are not many more than that takes', () => {
    const chosen = matrixRows(rows, (row) => row);
    for (const [first, second] of [[0, 1], [0, 2], [1, 2]] as const) {
      const pairs = (of: readonly (readonly number[])[]) => new Set(of.map((row) => `${row[first]} ${row[second]}`));
      deepEqual(pairs(chosen).size, pairs(rows).size, `columns ${first} and ${second}`);
    }
    ok(chosen.length <= 24, `${chosen.length} of ${rows.length}`);
  });

  it('are the same each time, in their order, and all of them where only two columns differ', () => {
    deepEqual(matrixRows(rows, (row) => row), matrixRows(rows, (row) => row));
    const two = rows.filter(([a]) => a === 0);
    deepEqual(matrixRows(two, (row) => row), two);
  });
});
